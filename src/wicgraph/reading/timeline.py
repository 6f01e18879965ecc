"""When tenures, memberships and parts in events hold, and the facts of one day.

- One tenure or membership is one time without a gap. It certainly holds from the
  first to the last day on which its own document shows it; before, after, and between
  two documents it may hold. Nobody is a member of an organization, or has a post in
  it, before it is founded.
- A part in an event stands from the day on which the event begins, or on which a
  document speaks of it, if that is sooner; and then for good.
- So does what a document says of an event. What a document says of an organization is
  left out before it is founded.
- Nothing else depends on the day: things, names, documents, figures and claims stay.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.reading.period import Period, Span, Standing
from wicgraph.terms import RDF_TYPE, RDFS, SOURCE, WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.reading.fact import Fact
    from wicgraph.terms import Term

_SUBCLASS = NamedNode(RDFS + "subClassOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")


def _wic(*names: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(WIC + name) for name in names)


_RELATION, _INITIAL, _PART = _wic("TimedRelation", "InitialMembership", "Involvement")
_ATTESTED, _BEGAN, _ENDED = _wic("attestedOn", "beganOn", "endedOn")
_OF_POST, _POST_IN, _MEMBER_IN = _wic("ofPost", "postIn", "memberIn")
_IN_EVENT, _SESSION_OF, _INAUGURATES = _wic("inEvent", "sessionOf", "inaugurates")
_START, _END, _ISSUED = _wic("startDate", "endDate", "issued")
_DATE_OF, _DERIVED_YEAR = _wic("dateOf", "derivedYear")
_STATUS, _HELD, _EVENT = _wic("reportedStatus", "Held", "Event")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The facts of a day: those of nodes that stand on it in one of the given ways.

    What does not depend on the day is always among them.
    """

    day: date | None
    kept: tuple[Standing, ...]

    @classmethod
    def possibly(cls, day: date) -> AsOf:
        """Keep what held on the day and what may have held."""
        return cls(day, (Standing.HELD, Standing.UNKNOWN))

    @classmethod
    def certainly(cls, day: date) -> AsOf:
        """Keep what held on the day."""
        return cls(day, (Standing.HELD,))

    @classmethod
    def undated(cls) -> AsOf:
        """Keep what depends on no day."""
        return cls(None, ())

    @property
    def name(self) -> str:
        """Its name, another one for other facts."""
        return " ".join((str(self.day), *(way.value for way in self.kept)))

    def facts(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Choose the facts that stand; none leads to a node that does not."""
        timeline = Timeline(facts)
        gone: set[object] = {
            node for node, held in timeline.periods.items() if self._lacks(held)
        }
        gone |= {told for told, held in timeline.told.items() if self._lacks(held)}
        gone |= {
            (body, graph)
            for body, on in timeline.founded.items()
            for graph in timeline.documents
            if self.day and self.day < on.first
        }
        return tuple(
            fact
            for fact in facts
            if gone.isdisjoint((fact.subject, fact.object, (fact.subject, fact.graph)))
        )

    def _lacks(self, period: Period) -> bool:
        return self.day is None or period.holds_on(self.day) not in self.kept


@dataclass(frozen=True)
class Timeline:
    """The periods of all that depends on the day."""

    facts: tuple[Fact, ...]

    @cached_property
    def periods(self) -> Mapping[Term, Period]:
        """The period of each tenure, membership and part in an event."""
        relations = self._below(_RELATION, _SUBCLASS)
        parts = self._below(_PART, _SUBCLASS)
        found: dict[Term, Period] = {}
        for fact in self._said[RDF_TYPE]:
            if fact.object in relations:
                found[fact.subject] = self._relation(fact.subject)
            elif fact.object in parts:
                found[fact.subject] = self._part(fact.subject)
        return found

    @cached_property
    def told(self) -> Mapping[tuple[Term, Term], Period]:
        """The period of what each document says of each event, as (event, document)."""
        kinds = self._below(_EVENT, _SUBCLASS)
        events = {f.subject for f in self._said[RDF_TYPE] if f.object in kinds}
        return {
            (event, graph): self._since([self._start(event), self._issued[graph]])
            for event in events
            for graph in {fact.graph for fact in self._about[event]}
            if graph in self.documents
        }

    @cached_property
    def documents(self) -> frozenset[Term]:
        """The graphs that are documents."""
        graphs = {fact.graph for fact in self.facts}
        return frozenset(g for g in graphs if g.value.startswith(SOURCE))

    def _relation(self, node: Term) -> Period:
        posts = self._objects(node, _OF_POST)
        bodies = [*self._objects(node, _MEMBER_IN)]
        bodies += [body for post in posts for body in self._objects(post, _POST_IN)]
        founded = Span.agreed(self.founded[b] for b in bodies if b in self.founded)
        begins = Span.agreed(self._spans(node, _BEGAN))
        if _INITIAL in self._objects(node, RDF_TYPE):
            begins = Span.agreed((begins, founded))
        begins = Span(max(begins.first, founded.first), begins.last)
        ends = Span.agreed(self._spans(node, _ENDED))
        days = self._spans(node, _ATTESTED)
        return Period.witnessed(days, begins, ends)

    @cached_property
    def founded(self) -> Mapping[Term, Span]:
        """The day on which each organization was founded, where it is known."""
        meetings: dict[Term, list[Span]] = defaultdict(list)
        for fact in self._said[_INAUGURATES]:
            meetings[fact.object].append(self._start(fact.subject))
        return {body: Span.agreed(days) for body, days in meetings.items()}

    def _part(self, node: Term) -> Period:
        said = [fact for fact in self._about[node] if fact.predicate in self._links]
        starts = [self._start(fact.object) for fact in said] or [Span()]
        starts += [self._issued[fact.graph] for fact in said]
        return self._since(starts)

    @staticmethod
    def _since(days: Iterable[Span]) -> Period:
        """Make the period that begins on the first of some days, and never ends."""
        return Period(Span.first_of(days), Span(date.max, date.max))

    @cached_property
    def _links(self) -> frozenset[Term]:
        return self._below(_IN_EVENT, _SUBPROPERTY)

    def _start(self, event: Term, inside: frozenset[Term] = frozenset()) -> Span:
        """Say when an event begins; a session begins within what it is a part of."""
        spans = (*self._spans(event, _START), *self._derived[event])
        wholes = [w for w in self._objects(event, _SESSION_OF) if w not in inside]
        if spans or not wholes:
            return Span.agreed(spans)
        return Span(
            max(self._start(whole, inside | {event}).first for whole in wholes),
            min(Span.agreed(self._spans(whole, _END)).last for whole in wholes),
        )

    @cached_property
    def _derived(self) -> Mapping[Term, list[Span]]:
        """The years of events that documents give in other words."""
        found: dict[Term, list[Span]] = defaultdict(list)
        for fact in self._said[_DATE_OF]:
            found[fact.object] += self._spans(fact.subject, _DERIVED_YEAR)
        return found

    @cached_property
    def _issued(self) -> Mapping[Term, Span]:
        """The day of each document; without a date, no day before what it tells of."""
        found: dict[Term, Span] = {}
        told: dict[Term, list[Span]] = defaultdict(list)
        for fact in (*self._said[_STATUS], *self._said[_ATTESTED]):
            if fact.predicate == _ATTESTED:
                told[fact.graph] += filter(None, (Span.of(fact.object),))
            elif fact.object == _HELD:
                told[fact.graph].append(self._start(fact.subject))
        for graph in {fact.graph for fact in self.facts}:
            printed = tuple(self._spans(graph, _ISSUED))
            earliest = Span(max((s.first for s in told[graph]), default=Span().first))
            found[graph] = Span.agreed(printed) if printed else earliest
        return found

    def _spans(self, node: Term, predicate: NamedNode) -> Iterator[Span]:
        return filter(None, map(Span.of, self._objects(node, predicate)))

    def _objects(self, node: Term, predicate: NamedNode) -> Iterator[Term]:
        return (f.object for f in self._about[node] if f.predicate == predicate)

    def _below(self, top: NamedNode, relation: NamedNode) -> frozenset[Term]:
        """Collect a class and those below it, or a property and those below it."""
        found: set[Term] = {top}
        size = 0
        while size < len(found):
            size = len(found)
            found |= {f.subject for f in self._said[relation] if f.object in found}
        return frozenset(found)

    @cached_property
    def _about(self) -> Mapping[Term, list[Fact]]:
        found: dict[Term, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.subject].append(fact)
        return found

    @cached_property
    def _said(self) -> Mapping[Term, list[Fact]]:
        found: dict[Term, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            found[fact.predicate].append(fact)
        return found
