"""How two things are connected: through roles, posts, tenures, memberships, editions.

Agents, posts, events and series of events are the stops of a path. Two of them are one
step apart where a role, a tenure or a membership names both, or where one of a few
relations joins them. Nothing else connects: that two are persons, are from one country,
are in one document or care for one topic says nothing of what they have to do with each
other.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from wicgraph.asking.counts import count
from wicgraph.asking.evidence import Backing
from wicgraph.asking.filling import Instance
from wicgraph.asking.resolving import resolve
from wicgraph.errors import UnknownName, UsageError
from wicgraph.language import Text, listed
from wicgraph.reasoning.encoding import Statement
from wicgraph.terms import GRAPH, WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wicgraph.asking.evidence import Backed
    from wicgraph.asking.grounds import Ground
    from wicgraph.asking.things import Things

STOPS = tuple(NamedNode(WIC + name) for name in ("Agent", "Gathering", "Post"))
# What a role, a tenure or a membership says of stops, the plainest first.
PARTS = tuple(
    NamedNode(WIC + name)
    for name in (
        *("host", "undertaker", "coOrganizer", "guide", "supporter", "organizer"),
        *("speaker", "sender", "attendee", "participant", "readBy", "holder", "member"),
        *("reportedAt", "announcedFor", "confirmedFor", "invitedFor", "sentTo"),
        *("inCapacityOf", "onBehalfOf", "ofPost", "memberIn"),
    )
)
# What joins two stops without a role.
RELATIONS = tuple(
    NamedNode(WIC + name)
    for name in (
        *("postIn", "unitOf", "subgroupOf", "sessionOf", "editionOf"),
        *("announces", "inaugurates"),
    )
)
_ONTOLOGY = NamedNode(GRAPH + "ontology")
_FEW = 3  # paths that are shown if nobody says how many
_LENGTH = 6  # steps within which a path is searched if nobody says
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two stops: one statement, or a fact with a statement of each.

    `fact` is a role, tenure or membership and None for a relation; a fact's classes
    are those that documents give it.
    """

    statements: tuple[Statement, ...]
    fact: NamedNode | None = None
    classes: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Two stops and all that joins them, at least one link."""

    one: NamedNode
    other: NamedNode
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """How two things are connected: paths of steps, the shortest first.

    A thing is connected to itself by a path without steps. `more` tells whether there
    are paths that were not asked for; none of them all has more than `within` steps.
    `backed` has every statement of the paths.
    """

    one: NamedNode
    other: NamedNode
    within: int
    paths: tuple[tuple[Step, ...], ...]
    more: bool = False
    backed: Mapping[Statement, Backed] = field(default_factory=dict)

    def is_stated(self, step: Step) -> bool:
        """Tell a step that a document states, in any of its links."""
        return any(
            all(self.backed[statement].asserted for statement in link.statements)
            for link in step.links
        )

    def doubtful(self, holds: Callable[[Statement], bool]) -> tuple[int, ...]:
        """List by number the paths with a step of which no link holds as a whole."""
        return tuple(
            number
            for number, path in enumerate(self.paths, 1)
            if not all(
                any(all(map(holds, link.statements)) for link in step.links)
                for step in path
            )
        )

    def places(self, link: Link) -> tuple[Ground, ...]:
        """Find where a link is written, or what it follows from, once for each graph.

        The quotes are those of all its statements there. What the ontology says of
        classes and properties is left out.
        """
        merged: dict[NamedNode, Ground] = {}
        for statement in link.statements:
            grounds = self.backed[statement].grounds.values()
            for ground in chain.from_iterable(grounds):
                if ground.graph == _ONTOLOGY:
                    continue
                known = merged.setdefault(ground.graph, ground)
                quotes = tuple(dict.fromkeys((*known.quotes, *ground.quotes)))
                first = min(known, ground, key=_reading_order)
                merged[ground.graph] = replace(first, quotes=quotes)
        return tuple(sorted(merged.values(), key=_reading_order))


def paths_wanted(limit: str, *, every: bool) -> int | None:
    """Read how many paths somebody wants, a few unless they say; None for all.

    Raises UsageError for a limit that is no whole number from 1 on.
    """
    if not limit:
        return None if every else _FEW
    return count(limit, Text("limit", "上限"))


def steps_allowed(within: str) -> int:
    """Read how long a path may be, 6 steps unless somebody says; raises UsageError."""
    kind = Text("length of a path", "路径长度")
    steps = count(within, kind) if within else _LENGTH
    if steps > _LONGEST:
        remedy = Text(f"{_LONGEST} steps are the most", f"最多 {_LONGEST} 步")
        raise UsageError.unfit(kind, within, remedy)
    return steps


def connect(
    things: Things,
    ends: Sequence[str],
    *,
    limit: int | None = _FEW,
    within: int = _LENGTH,
    inference: bool = True,
) -> Connection:
    """Find how two things are connected that are named as people do.

    `limit` is how many paths are wanted, None for all that have at most `within` steps.
    Raises UnknownName, AmbiguousName and StoreError.
    """
    one, other = (_stop(things, text) for text in ends)
    search = _Search(things, one, other, within, inference)
    found = tuple(islice(search.paths(), None if limit is None else limit + 1))
    shown = found[:limit]
    statements = {
        statement: None
        for path in shown
        for step in path
        for link in step.links
        for statement in link.statements
    }
    backing = Backing(things.snapshot)
    backed = {each: backing.of(Instance(each)) for each in statements}
    return Connection(one, other, within, shown, len(found) > len(shown), backed)


def _stop(things: Things, text: str) -> NamedNode:
    """Find the thing that a text means, which must be one that paths go through."""
    node = resolve(things, text)
    if set(STOPS).isdisjoint(things.classes(node, inference=True)):
        kind = Text("person, organization, post or event", "人物、机构、职务或活动")
        remedy = listed(things.described([node]), "and")
        remedy += Text(" is something else", "属于其他类别")
        raise UnknownName(kind, text, remedy=remedy)
    return node


@dataclass(frozen=True)
class _Search:
    """Searches the paths between two stops; remembers who is beside whom."""

    things: Things
    one: NamedNode
    other: NamedNode
    within: int
    inference: bool
    _known: dict[NamedNode, dict[NamedNode, list[Link]]] = field(default_factory=dict)

    def paths(self) -> Iterator[tuple[Step, ...]]:
        """Go through the paths by length, then by the names of their stops."""
        if self.one == self.other:
            yield ()
            return
        shortest = self._far.get(self.one, self.within + 1)
        for length in range(shortest, self.within + 1):
            for stops in self._walks((self.one,), length):
                yield tuple(self._step(*pair) for pair in pairwise(stops))

    def _walks(
        self, stops: tuple[NamedNode, ...], left: int
    ) -> Iterator[tuple[NamedNode, ...]]:
        """Go on from the last stop with exactly so many steps, without detours.

        A detour goes through two stops that are beside each other but do not follow
        each other, so that a shorter path says the same.
        """
        if not left:
            yield stops
            return
        *before, last = stops
        for stop in sorted(self._beside(last), key=str):
            is_end = stop == self.other
            if is_end != (left == 1) or self._far.get(stop, left) >= left:
                continue
            passed = before[1:] if is_end else before
            if stop not in stops and not any(
                stop in self._beside(earlier) for earlier in passed
            ):
                yield from self._walks((*stops, stop), left - 1)

    @cached_property
    def _far(self) -> dict[NamedNode, int]:
        """How many steps each stop is from the other end, if they are not too many."""
        far = {self.other: 0}
        queue = deque([self.other])
        while queue:
            stop = queue.popleft()
            if far[stop] == self.within:
                break
            for beside in self._beside(stop):
                if beside not in far:
                    far[beside] = far[stop] + 1
                    queue.append(beside)
        return far

    def _step(self, one: NamedNode, other: NamedNode) -> Step:
        links = sorted(self._beside(one)[other], key=str)
        return Step(one, other, tuple(links))

    def _beside(self, stop: NamedNode) -> Mapping[NamedNode, list[Link]]:
        """Find the stops that are one step away, and what joins them to this one."""
        if stop not in self._known:
            self._known[stop] = {}
            for other, link in (*self._through_facts(stop), *self._related(stop)):
                if other != stop:
                    self._known[stop].setdefault(other, []).append(link)
        return self._known[stop]

    def _through_facts(self, stop: NamedNode) -> Iterator[tuple[NamedNode, Link]]:
        about = self.things.snapshot.triples(value=stop, inference=self.inference)
        facts = {triple.subject for triple in about if triple.predicate in PARTS}
        for fact in facts:
            if not isinstance(fact, NamedNode):
                continue
            parts = self._parts(fact)
            classes = self.things.classes(fact, inference=False)
            for other, part in parts.items():
                yield other, Link((parts[stop], part), fact, classes)

    def _parts(self, fact: NamedNode) -> dict[NamedNode, Statement]:
        """Find the stops of a fact: what documents say of each, else what follows."""
        snapshot = self.things.snapshot
        stated = set(snapshot.triples(fact, inference=False))
        every = snapshot.triples(fact, inference=self.inference)
        parts = [t for t in every if t.predicate in PARTS]
        parts.sort(key=lambda t: (t not in stated, PARTS.index(t.predicate)))
        found: dict[NamedNode, Statement] = {}
        for triple in parts:
            if isinstance(triple.object, NamedNode):
                said = Statement(fact, triple.predicate, triple.object)
                found.setdefault(triple.object, said)
        return found

    def _related(self, stop: NamedNode) -> Iterator[tuple[NamedNode, Link]]:
        snapshot = self.things.snapshot
        for relation in RELATIONS:
            onward = snapshot.triples(stop, relation, inference=self.inference)
            back = snapshot.triples(None, relation, stop, inference=self.inference)
            for triple in (*onward, *back):
                one, other = triple.subject, triple.object
                if isinstance(one, NamedNode) and isinstance(other, NamedNode):
                    link = Link((Statement(one, relation, other),))
                    yield (one if other == stop else other), link


def _reading_order(ground: Ground) -> tuple[bool, str, int]:
    """Put sources, which start with their dates, before files of reference."""
    line = ground.position.line if ground.position else 0
    return (ground.document is None, ground.graph.value, line)
