"""Diagnosis: what is wrong between two places, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wicgraph.language import NOTHING, Text

if TYPE_CHECKING:
    from wicgraph.reading.faults.scene import Scene
    from wicgraph.reading.tokens import Token

_LONGEST = 40  # characters of a word that a message shows


class Diagnosis(NamedTuple):
    """A fault between two offsets of a text; the hint may be empty."""

    start: int
    end: int
    reason: Text
    hint: Text = NOTHING


def at(token: Token, reason: Text, hint: Text = NOTHING) -> Diagnosis:
    """Point at a whole word."""
    return Diagnosis(token.start, token.end, reason, hint)


def at_sign(token: Token, reason: Text, hint: Text) -> Diagnosis:
    """Point at the first character of a word."""
    return Diagnosis(token.start, token.start + 1, reason, hint)


def after(scene: Scene, reason: Text, hint: Text = NOTHING) -> Diagnosis:
    """Point behind the last word before the fault, where something is missing."""
    end = scene.last.end
    return Diagnosis(end, end + 1, reason, hint)


def shown(text: str) -> str:
    """Quote a word of the file in a message: printable, on one line, not too long."""
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in line)
    if len(line) == 1 and not line.isalnum():
        return f'"{line}"'
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
