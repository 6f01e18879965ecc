"""Text on a terminal: what may be shown there, and how many columns it takes."""

from __future__ import annotations

import unicodedata

_LONGEST = 100  # characters of what somebody wrote that a message repeats


def printable(text: str) -> str:
    """Put a text on one line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def visible(text: str) -> str:
    """Put a text on one line, with escapes for what a terminal would obey or hide."""
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def shortened(text: str) -> str:
    """Repeat what somebody wrote: all of it if it is short."""
    return visible(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def width(text: str) -> int:
    """Count the columns of a text: a Chinese character has two, an accent none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
