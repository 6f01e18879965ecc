"""Faults: what is wrong with a text that is not Turtle, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.errors import SourceError, excerpt

if TYPE_CHECKING:
    from wicgraph.terms import Prefixes


def fault(text: str, path: str, error: SyntaxError, known: Prefixes) -> SourceError:
    """Explain a syntax error that Oxigraph found."""
    del known
    line, column = error.lineno or 1, error.offset or 1
    reason = error.msg.partition(": ")[2]
    return SourceError(path, line, column, reason, excerpt(text, line, column))
