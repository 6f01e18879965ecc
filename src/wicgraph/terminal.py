"""Text on a terminal: what may be shown there, and how many columns it takes."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """Put a text on one line, without what a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def width(text: str) -> int:
    """Count the columns of a text: a Chinese character has two, an accent none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
