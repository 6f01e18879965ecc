"""What to cite for a thing or for a row of an answer: the documents that say it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from wicgraph.asking.dossier import about
from wicgraph.asking.grounds import Grounds
from wicgraph.errors import UsageError
from wicgraph.language import Text
from wicgraph.terms import SOURCE, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.evidence import RowEvidence
    from wicgraph.asking.grounds import Document, Quote
    from wicgraph.asking.things import Things
    from wicgraph.store import Snapshot


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and the words in it that are cited."""

    source: NamedNode
    document: Document
    quotes: tuple[Quote, ...]


def sources_of_thing(things: Things, thing: NamedNode) -> tuple[Cited, ...]:
    """List the sources that say something of a thing, or the source that it is."""
    found = _words(about(things, thing, inference=False))
    if thing.value.startswith(SOURCE):
        found = (pair for pair in found if pair[0] == thing)
    return _cited(things.snapshot, found)


def sources_of_row(snapshot: Snapshot, row: RowEvidence) -> tuple[Cited, ...]:
    """List the sources that a row of an answer rests on."""
    grounds = chain.from_iterable(
        each for backed in row.backed for each in backed.grounds.values()
    )
    return _cited(snapshot, ((each.graph, each.quotes) for each in grounds))


def numbered(rows: Iterable[RowEvidence], number: int, query: str) -> RowEvidence:
    """Pick a row by its number, from 1 on; raises UsageError if it is not there."""
    passed = 0
    for passed, row in enumerate(rows, 1):
        if passed == number:
            return row
    has = Text(f"{query} has {passed} here", f"{query} 在此只有 {passed} 行")
    raise UsageError.unfit(Text("row", "行"), str(number), has)


def _words(dossier: Dossier) -> Iterator[tuple[NamedNode, tuple[Quote, ...]]]:
    for section in dossier.sections:
        yield section.graph, ()
        for statement in section.statements:
            yield section.graph, statement.quotes
        for block in section.blocks:
            yield section.graph, block.quotes


def _cited(
    snapshot: Snapshot, found: Iterable[tuple[NamedNode, tuple[Quote, ...]]]
) -> tuple[Cited, ...]:
    """Put the words of each source together, each passage once."""
    quotes: dict[NamedNode, dict[Quote, None]] = {}
    for graph, words in found:
        if graph.value.startswith(SOURCE):
            quotes.setdefault(graph, {}).update(dict.fromkeys(words))
    grounds = Grounds(snapshot)
    return tuple(
        Cited(source, document, tuple(quotes[source]))
        for source in sorted(quotes, key=str)
        if (document := grounds.document(source)) is not None
    )
