"""What sources say differently of one thing, each statement beside the others.

The stored query `conflicts` decides what differs; here its rows become values.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from wicgraph.asking.answer import ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.queries.stored import StoredQuery
    from wicgraph.store import Snapshot
    from wicgraph.terms import NamedNode, Term

_COLUMNS = (
    *("matter", "scope", "divergence", "value", "source"),
    *("date", "language", "publisher", "rank", "reason"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source says, and what a reader weighs it by; None where nothing is said.

    Only claims have a rank. `reason` is what somebody holds about the statements that
    are compared, such as the hypothesis that two bodies are one.
    """

    value: Term | None
    source: Term | None
    date: Term | None
    language: Term | None
    publisher: Term | None
    rank: Term | None
    reason: Term | None


@dataclass(frozen=True, slots=True)
class Matter:
    """A property, counted kind or kind of claim, and how the sources differ in it.

    `scope` is the population of a figure, or what else the statements have in common.
    """

    kind: Term | None
    scope: Term | None
    divergence: Term | None
    entries: tuple[Entry, ...]

    def terms(self) -> Iterator[Term]:
        """Go through all terms of the matter."""
        found = [self.kind, self.scope, self.divergence]
        for entry in self.entries:
            found += [entry.value, entry.source, entry.publisher]
            found += [entry.rank, entry.reason]
        yield from (term for term in found if term is not None)


def ledger(
    snapshot: Snapshot, conflicts: StoredQuery, thing: NamedNode
) -> tuple[Matter, ...]:
    """Ask the stored query `conflicts` about a thing; what is inferred has no say.

    No matters if a folder keeps another question, with other columns, under that name.
    """
    return ledgers(snapshot, conflicts, thing).get(thing, ())


def ledgers(
    snapshot: Snapshot, conflicts: StoredQuery, thing: NamedNode | None = None
) -> Mapping[Term, tuple[Matter, ...]]:
    """Ask the stored query `conflicts` about all things at once, or about one.

    What sources say of the same has no entry; see `ledger`.
    """
    if not {column.name for column in conflicts.columns}.issuperset(
        ("thing", *_COLUMNS)
    ):
        return {}
    variable = conflicts.parameter("thing").variable
    given = {} if thing is None else {variable: thing}
    answer = ask(snapshot, conflicts, given, inference=False)
    found: dict[Term, list[dict[str, Term | None]]] = {}
    for row in answer.rows:
        said = dict(zip(answer.columns, row, strict=True))
        about = said["thing"]
        if about is not None:
            found.setdefault(about, []).append(said)
    return {about: tuple(_matters(rows)) for about, rows in found.items()}


def _matters(rows: list[dict[str, Term | None]]) -> Iterator[Matter]:
    for (kind, scope, divergence), together in groupby(rows, key=_matter):
        yield Matter(kind, scope, divergence, tuple(map(_entry, together)))


def _matter(row: Mapping[str, Term | None]) -> tuple[Term | None, ...]:
    return (row["matter"], row["scope"], row["divergence"])


def _entry(row: Mapping[str, Term | None]) -> Entry:
    return Entry(**{name: row[name] for name in _COLUMNS[3:]})
