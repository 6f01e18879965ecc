"""Faults: what is wrong with a text that is not Turtle, where, and what to do.

Oxigraph says where it could not go on. That is often one word after the place where
somebody forgot something, so a fault is told from what was read before, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.errors import SourceError, excerpt
from wicgraph.reading.faults import statements, words
from wicgraph.reading.faults.scene import Scene

if TYPE_CHECKING:
    from wicgraph.reading.faults.diagnosis import Diagnosis
    from wicgraph.terms import Prefixes


def fault(text: str, path: str, error: SyntaxError, known: Prefixes) -> SourceError:
    """Explain a syntax error of Oxigraph's parser in the words of an author.

    What is missing is placed after the word that it should follow, what is never
    closed where it opens, and everything else where it stands. `known` holds the
    prefixes that the author may have meant.
    """
    scene = Scene.of(text, error, known)
    found = _diagnose(scene)
    line, column = scene.lines.at(found.start)
    shown = excerpt(text, line, column, found.end - found.start)
    return SourceError(path, line, column, found.reason, shown, found.hint)


def _diagnose(scene: Scene) -> Diagnosis:
    """Ask every recogniser; the first that names the fault wins."""
    for recognise in (*words.RECOGNISERS, *statements.RECOGNISERS):
        diagnosis = recognise(scene)
        if diagnosis:
            return diagnosis
    return statements.not_ended(scene)
