"""The editions as documents report them: when each was, and who organized it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.asking.things import nodes
from wicgraph.terms import RDF_TYPE, SOURCE, WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.asking.things import Things

_EDITION = NamedNode(WIC + "Edition")
_SERIES = NamedNode(WIC + "EventSeries")
_ANNOUNCEMENT = NamedNode(WIC + "Announcement")
_NUMBER = NamedNode(WIC + "editionNumber")
_START = NamedNode(WIC + "startDate")
_END = NamedNode(WIC + "endDate")
_STATUS = NamedNode(WIC + "reportedStatus")
_ORGANIZER = NamedNode(WIC + "organizer")
_WORDING = NamedNode(WIC + "wording")
_REPORTED_AT = NamedNode(WIC + "reportedAt")
_YEAR = re.compile(r"-([12][0-9]{3})$")


class Span(NamedTuple):
    """From when to when an event is, as precisely as a document has it.

    Each end is a year, a month or a day as ISO 8601 writes it, or "".
    """

    start: str
    end: str

    def says_less(self, other: Span) -> bool:
        """Tell whether another span says the same and more."""
        ends = zip(self, other, strict=True)
        return self != other and all(theirs.startswith(own) for own, theirs in ends)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: the year in its name, and what documents say of it.

    `year` is "" and `numbers` and `spans` are empty where nothing is said. Of spans,
    those that say less than another are left out. `statuses` has, for each status, the
    documents that report it.
    """

    node: NamedNode
    year: str
    numbers: tuple[int, ...]
    spans: tuple[Span, ...]
    statuses: tuple[tuple[NamedNode, tuple[NamedNode, ...]], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part in organizing an event: its role, of which classes, and who states it.

    `wordings` are what the document calls it, if that was taken down.
    """

    role: NamedNode
    agent: NamedNode
    event: NamedNode
    classes: tuple[NamedNode, ...]
    wordings: tuple[Literal, ...]
    source: NamedNode


@dataclass(frozen=True)
class Matrix:
    """Who organized which edition, or the series of all.

    `agents` are sorted by when each first organized; `events` has the series first,
    then editions by year.
    """

    agents: tuple[NamedNode, ...]
    events: tuple[NamedNode, ...]
    parts: tuple[Part, ...]

    def cell(self, agent: NamedNode, event: NamedNode) -> tuple[Part, ...]:
        """List the parts of an agent in an event, none if no document says so."""
        return self._cells.get((agent, event), ())

    @cached_property
    def _cells(self) -> dict[tuple[NamedNode, NamedNode], tuple[Part, ...]]:
        cells: dict[tuple[NamedNode, NamedNode], tuple[Part, ...]] = defaultdict(tuple)
        for part in self.parts:
            cells[part.agent, part.event] += (part,)
        return dict(cells)


def editions(things: Things) -> tuple[Edition, ...]:
    """List the editions by year; those whose name has none come last."""
    found = things.snapshot.triples(None, RDF_TYPE, _EDITION)
    every = [_edition(things, node) for node in nodes(t.subject for t in found)]
    return tuple(sorted(every, key=lambda each: (each.year or "~", each.node.value)))


def organizing(things: Things) -> Matrix:
    """Collect who organized editions and series, whatever the part was called."""
    columns = _columns(things)
    parts = {part for part in _parts(things) if part.event in columns}
    held = sorted(parts, key=lambda part: (columns.index(part.event), part.role.value))
    return Matrix(
        tuple(dict.fromkeys(part.agent for part in held)),
        tuple(dict.fromkeys(part.event for part in held)),
        tuple(held),
    )


def _parts(things: Things) -> Iterator[Part]:
    for naming in things.snapshot.triples(predicate=_ORGANIZER):
        role, agent = naming.subject, naming.object
        if not isinstance(role, NamedNode) or not isinstance(agent, NamedNode):
            continue
        classes = things.classes(role, inference=False)
        wordings = tuple(_wordings(things, role))
        for quad in things.snapshot.quads(role, _REPORTED_AT, inference=False):
            event, source = quad.object, quad.graph_name
            if isinstance(event, NamedNode) and isinstance(source, NamedNode):
                yield Part(role, agent, event, classes, wordings, source)


def _wordings(things: Things, role: NamedNode) -> Iterator[Literal]:
    said = things.snapshot.triples(role, _WORDING, inference=False)
    for text in sorted((triple.object for triple in said), key=str):
        if isinstance(text, Literal):
            yield text


def _columns(things: Things) -> Sequence[NamedNode]:
    """List what a column can be about; what only announces an event is no event."""
    announced = set(_typed(things, _ANNOUNCEMENT))
    series = [node for node in _typed(things, _SERIES) if node not in announced]
    return [*series, *(edition.node for edition in editions(things))]


def _typed(things: Things, of_class: NamedNode) -> tuple[NamedNode, ...]:
    typed = things.snapshot.triples(None, RDF_TYPE, of_class)
    return nodes(triple.subject for triple in typed)


def _edition(things: Things, node: NamedNode) -> Edition:
    said: dict[NamedNode, dict[NamedNode, object]] = defaultdict(dict)
    for quad in things.snapshot.quads(node, inference=False):
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and graph.value.startswith(SOURCE):
            said[graph][quad.predicate] = quad.object
    numbers = {
        int(number.value)
        for report in said.values()
        if isinstance(number := report.get(_NUMBER), Literal)
    }
    spans = {
        Span(_day(report.get(_START)), _day(report.get(_END)))
        for report in said.values()
    }
    statuses: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for source in sorted(said, key=str):
        status = said[source].get(_STATUS)
        if isinstance(status, NamedNode):
            statuses[status].append(source)
    year = _YEAR.search(node.value)
    return Edition(
        node,
        year[1] if year else "",
        tuple(sorted(numbers)),
        _telling(spans),
        tuple((each, tuple(statuses[each])) for each in sorted(statuses, key=str)),
    )


def _day(said: object) -> str:
    return said.value if isinstance(said, Literal) else ""


def _telling(spans: Iterable[Span]) -> tuple[Span, ...]:
    every = sorted(span for span in spans if any(span))
    return tuple(
        span for span in every if not any(span.says_less(other) for other in every)
    )
