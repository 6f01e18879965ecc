"""The asserted graph: every Turtle file of a graph folder, read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.errors import SourceError
from wicgraph.reading.turtle import Fact, TurtleFile, read_turtle
from wicgraph.root import PREFIX_FILE, Root
from wicgraph.terms import Prefixes, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reading(NamedTuple):
    """What came of reading a graph folder; both sorted by path, one error a file."""

    files: tuple[TurtleFile, ...]
    errors: tuple[SourceError, ...]


@dataclass(frozen=True)
class Dataset:
    """The facts that people wrote, file by file. Nothing changes it, ever."""

    root: Root
    prefixes: Prefixes
    files: tuple[TurtleFile, ...]

    @classmethod
    def load(cls, root: Root) -> Dataset:
        """Read every Turtle file; raises the first SourceError."""
        reading = read_all(root)
        for error in reading.errors:
            raise error
        return cls(root, root.prefixes(), reading.files)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, file by file; a triple that is written twice is here twice."""
        return tuple(fact for file in self.files for fact in file.facts)

    @cached_property
    def by_subject(self) -> Mapping[Subject, tuple[Fact, ...]]:
        """The facts about each subject, in the order of `facts`."""
        found: dict[Subject, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.subject, []).append(fact)
        return {subject: tuple(facts) for subject, facts in found.items()}


def read_all(root: Root) -> Reading:
    """Read every Turtle file and go on after one that cannot be read."""
    files: list[TurtleFile] = []
    errors: dict[str, SourceError] = {}
    try:
        known = root.prefixes()
    except SourceError as error:
        known = Prefixes({})
        errors[PREFIX_FILE] = error  # reading that file may explain it better
    for path in root.turtle_files():
        try:
            graph = root.graph_of(path)
            files.append(read_turtle(root.read(path), path, graph, known))
        except SourceError as error:
            errors[path] = error
    return Reading(tuple(files), tuple(errors[path] for path in sorted(errors)))
