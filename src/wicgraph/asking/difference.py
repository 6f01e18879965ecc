"""What differs between two graphs: what is said, what follows, what is answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.asking.canonical import differing
from wicgraph.asking.replies import failures, questions, replies
from wicgraph.asking.sides import Change
from wicgraph.asking.things import nodes
from wicgraph.queries.descriptions import QUERIES
from wicgraph.store import INFERRED
from wicgraph.terms import GRAPH, BlankNode, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.asking.replies import Failure, Question
    from wicgraph.asking.sides import Side
    from wicgraph.terms import Quad, Subject, Term

ONTOLOGY = NamedNode(GRAPH + "ontology")
_SHAPES = NamedNode(GRAPH + "shapes")
_NO_FACTS = {ONTOLOGY, _SHAPES, QUERIES, INFERRED}
Triples: TypeAlias = tuple[Triple, ...]
Inner: TypeAlias = "Mapping[BlankNode, Triples]"


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


@dataclass(frozen=True)
class Difference:
    """All that differs between two graphs; no blank node has the name of another.

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
        """What blank nodes say, those of the old graph and those of the new one."""
        return _inside((*self.lost, *self.gained))


def compare(old: Side, new: Side, *, inference: bool = True) -> Difference:
    """Compare two graphs; raises StoreError. Questions are asked without parameters."""
    quads = (side.quads(inference=inference) for side in (old, new))
    lost, gained = differing(*quads)
    was, now = (replies(side, inference=inference) for side in (old, new))
    return Difference(
        old,
        new,
        lost,
        gained,
        tuple(_only_of(new, gained, old)),
        tuple(_only_of(old, lost, new)),
        tuple(_sections((old, lost), (new, gained))),
        tuple(questions(was, now)),
        tuple(failures(was, now)),
    )


def _only_of(side: Side, quads: Iterable[Quad], other: Side) -> Iterator[NamedNode]:
    """Name the things that facts tell of on one side only, sorted."""
    told = {quad.subject for quad in quads if quad.graph_name not in _NO_FACTS}
    for node in nodes(told):
        graphs = {quad.graph_name for quad in other.things.snapshot.quads(node)}
        if side.things.is_named(node) and graphs <= _NO_FACTS:
            yield node


def _sections(*sides: tuple[Side, Iterable[Quad]]) -> Iterator[Section]:
    """Part what differs by graph: first the terms, last what is inferred.

    Descriptions of stored queries are left out, for these are compared themselves.
    """
    parted = [_by_graph(quads) for _, quads in sides]
    graphs = {graph for each in parted for graph in each} - {QUERIES}
    for graph in sorted(graphs, key=lambda g: (g == INFERRED, g != ONTOLOGY, g.value)):
        lost, gained = (dict(_told(each.get(graph, ()))) for each in parted)
        blocks = []
        for subject in sorted({*lost, *gained}, key=str):
            was, is_now = (side.says(subject, graph) for side, _ in sides)
            change = Change.CHANGED
            if not (was and is_now):
                change = Change.ADDED if subject in gained else Change.REMOVED
            said = (each.get(subject, ()) for each in (lost, gained))
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
