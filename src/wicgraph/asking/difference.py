"""What differs between two graphs: what is said, what follows, what is answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wicgraph.asking.answer import ask
from wicgraph.asking.canonical import canonical
from wicgraph.asking.parameters import bind
from wicgraph.errors import WicgraphError
from wicgraph.queries.descriptions import QUERIES
from wicgraph.store import INFERRED
from wicgraph.terms import GRAPH, BlankNode, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.asking.answer import Row
    from wicgraph.asking.things import Things
    from wicgraph.queries.catalogue import Catalogue
    from wicgraph.queries.stored import StoredQuery
    from wicgraph.terms import Quad, Subject, Term

ONTOLOGY = NamedNode(GRAPH + "ontology")
_SHAPES = NamedNode(GRAPH + "shapes")
_NO_FACTS = (ONTOLOGY, _SHAPES, QUERIES, INFERRED)
# Nobody names a blank node, so one is as good as another where rows are compared.
_ANY = BlankNode("any")
Triples: TypeAlias = tuple[Triple, ...]
Inner: TypeAlias = "Mapping[BlankNode, Triples]"


class Change(StrEnum):
    """What became of something from the old graph to the new one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two graphs, with its stored queries."""

    things: Things
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Block:
    """What one graph says otherwise of one subject; both sorted.

    It is added or removed if the other graph of that name says nothing of it. What a
    blank node in it says is in `inside` of the difference.
    """

    subject: Subject
    change: Change
    lost: Triples
    gained: Triples


@dataclass(frozen=True, slots=True)
class Section:
    """What one named graph says otherwise, block by block."""

    graph: NamedNode
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query that is new, gone or another, or whose rows are.

    `rewritten` if its file says something else; rows have the columns that both have.
    """

    query: StoredQuery
    change: Change
    rewritten: bool = False
    columns: tuple[str, ...] = ()
    lost: tuple[Row, ...] = ()
    gained: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A stored query that could not be compared, and why a side has no answer."""

    name: str
    old: WicgraphError | None
    new: WicgraphError | None


@dataclass(frozen=True)
class Difference:
    """All that differs between two graphs; blank nodes have canonical names.

    `lost` and `gained` are all quads, `sections` the same for people; `added` and
    `removed` are the things that facts tell of in one of the two only.
    """

    old: Side
    new: Side
    lost: frozenset[Quad]
    gained: frozenset[Quad]
    added: tuple[NamedNode, ...]
    removed: tuple[NamedNode, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    failures: tuple[Failure, ...]

    def __bool__(self) -> bool:
        """Tell whether there is any difference."""
        one_sided = any(not (each.old and each.new) for each in self.failures)
        quads = self.lost or self.gained
        return bool(quads or self.prefixes or self.questions or one_sided)

    @cached_property
    def prefixes(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The namespaces of each prefix that differs, before and after, sorted."""
        old, new = self.old.things.prefixes.table, self.new.things.prefixes.table
        pairs = {name: (old.get(name), new.get(name)) for name in sorted({*old, *new})}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @cached_property
    def inside(self) -> Inner:
        """What blank nodes say; their names are those of what they say, so no clash."""
        return _inside((*self.lost, *self.gained))


class _Reply(NamedTuple):
    """What a stored query answers on one side."""

    query: StoredQuery
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def rows_of(self, columns: Iterable[str]) -> Iterator[Row]:
        """Take some columns; blank nodes become one."""
        places = [self.columns.index(name) for name in columns]
        for row in self.rows:
            cells = (row[place] for place in places)
            yield tuple(_ANY if isinstance(c, BlankNode) else c for c in cells)


Replies: TypeAlias = "Mapping[str, _Reply | WicgraphError]"


def compare(old: Side, new: Side, *, inference: bool = True) -> Difference:
    """Compare two graphs; raises StoreError. Questions are asked without parameters."""
    before, after = (
        canonical(side.things.snapshot.quads(inference=inference))
        for side in (old, new)
    )
    lost, gained = before - after, after - before
    with ThreadPoolExecutor() as pool:  # Oxigraph can answer both at once
        was, now = pool.map(partial(_replies, inference=inference), (old, new))
    return Difference(
        old,
        new,
        lost,
        gained,
        tuple(_only_in(after, before, new.things)),
        tuple(_only_in(before, after, old.things)),
        tuple(_sections(before, after, lost, gained)),
        tuple(_questions(was, now)),
        tuple(_failures(was, now)),
    )


def _only_in(
    quads: Iterable[Quad], others: Iterable[Quad], things: Things
) -> Iterator[NamedNode]:
    """Name the things that facts tell of in one graph only, sorted."""
    here, there = (
        {quad.subject for quad in each if quad.graph_name not in _NO_FACTS}
        for each in (quads, others)
    )
    for node in sorted(here - there, key=str):
        if isinstance(node, NamedNode) and things.is_named(node):
            yield node


def _sections(
    before: Iterable[Quad],
    after: Iterable[Quad],
    lost: Iterable[Quad],
    gained: Iterable[Quad],
) -> Iterator[Section]:
    """Part what differs by graph: first the terms, last what is inferred.

    Descriptions of stored queries are left out, for these are compared themselves.
    """
    subjects = [{(q.graph_name, q.subject) for q in quads} for quads in (before, after)]
    parted = [_by_graph(quads) for quads in (lost, gained)]
    graphs = {graph for each in parted for graph in each} - {QUERIES}
    for graph in sorted(graphs, key=lambda g: (g == INFERRED, g != ONTOLOGY, g.value)):
        known = [{node for name, node in each if name == graph} for each in subjects]
        quads = [each.get(graph, []) for each in parted]
        told = [dict(_told(each)) for each in quads]
        blocks = []
        for subject in sorted({*told[0], *told[1]}, key=str):
            was, is_ = (subject in each for each in known)
            change = Change.ADDED if not was else Change.CHANGED
            change = change if is_ else Change.REMOVED
            said = (each.get(subject, ()) for each in told)
            blocks.append(Block(subject, change, *said))
        yield Section(graph, tuple(blocks))


def _by_graph(quads: Iterable[Quad]) -> dict[NamedNode, list[Quad]]:
    parted = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            parted[quad.graph_name].append(quad)
    return parted


def _told(quads: Iterable[Quad]) -> Iterator[tuple[Subject, Triples]]:
    """Gather triples by subject, without blank nodes that others lead to."""
    said: dict[Subject, list[Triple]] = defaultdict(list)
    for triple in sorted((quad.triple for quad in quads), key=str):
        said[triple.subject].append(triple)  # type: ignore[index]
    led_to = {triple.object for triples in said.values() for triple in triples}
    reached: set[Term] = set()
    # Of blank nodes that lead to each other in a circle, the first is told of.
    for subject in sorted(said, key=lambda n: (isinstance(n, BlankNode), n in led_to)):
        if subject not in reached:
            yield subject, tuple(said[subject])
            _reach(subject, said, reached)


def _reach(
    start: Subject, said: Mapping[Subject, Iterable[Triple]], reached: set[Term]
) -> None:
    """Note the blank nodes that a subject leads to."""
    ahead = [start]
    while ahead:
        for triple in said.get(ahead.pop(), ()):
            value = triple.object
            if isinstance(value, BlankNode) and value not in reached:
                reached.add(value)
                ahead.append(value)


def _inside(quads: Iterable[Quad]) -> Inner:
    found: dict[BlankNode, set[Triple]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            found[quad.subject].add(quad.triple)
    return {node: tuple(sorted(said, key=str)) for node, said in found.items()}


def _replies(side: Side, *, inference: bool) -> dict[str, _Reply | WicgraphError]:
    """Ask every stored query, by name."""
    replies: dict[str, _Reply | WicgraphError] = {}
    for name in side.catalogue.paths:
        try:
            query = side.catalogue.query(name)
            values = bind(query, {}, side.things)
            answer = ask(side.things.snapshot, query, values, inference=inference)
            replies[name] = _Reply(query, answer.columns, tuple(answer.rows))
        except WicgraphError as error:
            replies[name] = error
    return replies


def _failures(was: Replies, now: Replies) -> Iterator[Failure]:
    for name in sorted({*was, *now}):
        old, new = (
            reply if isinstance(reply, WicgraphError) else None
            for reply in (was.get(name), now.get(name))
        )
        if old or new:
            yield Failure(name, old, new)


def _questions(was: Replies, now: Replies) -> Iterator[Question]:
    for name in sorted({*was, *now}):
        old, new = was.get(name), now.get(name)
        if isinstance(old, _Reply) and new is None:
            yield Question(old.query, Change.REMOVED)
        elif isinstance(new, _Reply) and old is None:
            yield Question(new.query, Change.ADDED)
        elif isinstance(old, _Reply) and isinstance(new, _Reply):
            yield from _question(old, new)


def _question(old: _Reply, new: _Reply) -> Iterator[Question]:
    """Compare the rows of a query by the columns that both have."""
    shared = tuple(name for name in new.columns if name in old.columns)
    before, after = Counter(old.rows_of(shared)), Counter(new.rows_of(shared))
    lost = tuple((before - after).elements())
    gained = tuple((after - before).elements())
    rewritten = old.query.text.split() != new.query.text.split()
    if lost or gained or rewritten:
        yield Question(new.query, Change.CHANGED, rewritten, shared, lost, gained)
