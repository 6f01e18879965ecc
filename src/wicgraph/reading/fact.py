"""What reading gives: facts with their places, file by file."""

from __future__ import annotations

from dataclasses import dataclass

from wicgraph.terms import NamedNode, Subject, Term, Triple


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; lines and columns count from 1, columns in code points."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fact:
    """An asserted triple and where its three terms are written, as (line, column).

    What a bracket abbreviates stands where the bracket does: the subject of
    `[ … ]` and of the first cell of `( … )` at the opening one, the end of a list at
    the closing one.
    """

    subject: Subject
    predicate: NamedNode
    object: Term
    graph: NamedNode
    path: str
    subject_at: tuple[int, int]
    predicate_at: tuple[int, int]
    object_at: tuple[int, int]

    @property
    def position(self) -> Position:
        """Where the fact is said to be: at its predicate."""
        return Position(self.path, *self.predicate_at)

    @property
    def triple(self) -> Triple:
        """The fact without its place."""
        return Triple(self.subject, self.predicate, self.object)


@dataclass(frozen=True, slots=True)
class PrefixUse:
    """A prefix as a file declares it; `used` if a name of the file needs it."""

    prefix: str
    iri: str
    line: int
    used: bool


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """A Turtle file as read: its text, its prefixes and its facts in reading order."""

    path: str
    graph: NamedNode
    text: str
    prefixes: tuple[PrefixUse, ...]
    facts: tuple[Fact, ...]
