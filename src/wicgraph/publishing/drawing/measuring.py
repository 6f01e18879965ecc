"""How wide a text is at most, whatever font a reader has."""

from __future__ import annotations

import unicodedata

# The widest of DejaVu Sans, Noto Sans and Noto Sans CJK, in parts of the size.
_WIDTHS = {
    0.3: "'ijl",
    0.35: " ,.:;I",
    0.4: "()-/[\\]ft",
    0.45: "!r",
    0.5: '"',
    0.55: "?Jcsz",
    0.6: "*FL_kvxy|",
    0.65: "$0123456789EPSTY`abdeghnopqu{}",
    0.7: "ABCKRVXZ",
    0.75: "U",
    0.8: "&DGHNOQ",
    0.85: "#+<=>^w~",
    0.95: "M",
    1.0: "%@Wm",
}
_WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}
_OTHER = 0.75  # a letter of another alphabet, or one with an accent
_BOLD = 1.15
_NONE = frozenset({"Mn", "Me", "Cf"})


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many units a text takes at a size of letters, at most."""
    units = sum(map(_width, text)) * size
    return units * _BOLD if bold else units


def _width(char: str) -> float:
    if char in _WIDTH:
        return _WIDTH[char]
    if unicodedata.category(char) in _NONE:
        return 0.0
    # What is as wide as a Chinese character in some fonts counts as wide.
    wide = unicodedata.east_asian_width(char) in "WFA" and char not in "·’‘"
    return 1.0 if wide else _OTHER
