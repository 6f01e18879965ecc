"""All that the graph says about one thing, source by source, with the words for it.

A node that has evidence and no name (a role, tenure, figure, claim, printed name …) is
one fact with several parts, so it is taken whole, with all that it joins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.grounds import EVIDENCE, Grounds
from wicgraph.asking.ledger import ledger
from wicgraph.asking.things import LABELS, nodes
from wicgraph.terms import (
    GRAPH,
    OWL,
    RDF_TYPE,
    SKOS,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SOURCE,
    WIC,
    Literal,
    NamedNode,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.grounds import Quote
    from wicgraph.asking.ledger import Matter
    from wicgraph.asking.past import Past
    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import StoredQuery
    from wicgraph.reading.fact import Position
    from wicgraph.reading.period import Standing
    from wicgraph.terms import Quad, Term

_INVERSE = NamedNode(OWL + "inverseOf")
_NAMES = (*LABELS, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL)
_PUBLISHER = NamedNode(WIC + "publisher")
_ISSUED = NamedNode(WIC + "issued")
_NOTE = NamedNode(SKOS + "note")
_PASSAGE_OF = NamedNode(WIC + "passageOf")
_UNWRITTEN = frozenset({RDF_TYPE, EVIDENCE})  # shown as classes and as quotes


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact with the thing at one end; `other` is at the other end.

    `incoming` if the thing is the object. `position` is None for what was inferred.
    `standing` is None if it has no time, or if nobody asked for a day.
    """

    predicate: NamedNode
    other: Term
    incoming: bool
    position: Position | None
    quotes: tuple[Quote, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A fact that is a node: its classes, its parts, and how it is about the thing.

    `standing` says whether it held on the day that was asked for, if it has a time.
    """

    node: NamedNode
    classes: tuple[NamedNode, ...]
    links: tuple[NamedNode, ...]
    statements: tuple[Statement, ...]
    quotes: tuple[Quote, ...]
    position: Position | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Section:
    """What one named graph says: a source, or a file of reference.

    `publisher` and `issued` are those of a source, None where it prints none.
    """

    graph: NamedNode
    publisher: NamedNode | None
    issued: Literal | None
    statements: tuple[Statement, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of the thing and the property that gives it."""

    kind: NamedNode
    text: Literal


@dataclass(frozen=True, slots=True)
class Dossier:
    """All about one thing; `inferred` has only what says something more.

    `ledger` has what sources say differently.
    """

    thing: NamedNode
    names: tuple[Naming, ...]
    classes: tuple[NamedNode, ...]
    ledger: tuple[Matter, ...]
    sections: tuple[Section, ...]
    inferred: tuple[Statement, ...]

    def terms(self) -> Iterator[Term]:
        """Go through all terms that the dossier shows, some of them again and again."""
        yield from (self.thing, *self.classes)
        for matter in self.ledger:
            yield from matter.terms()
        statements = list(self.inferred)
        quotes: list[Quote] = []
        for section in self.sections:
            yield section.graph
            if section.publisher:
                yield section.publisher
            statements += section.statements
            for block in section.blocks:
                yield from (block.node, *block.classes, *block.links)
                statements += block.statements
                quotes += block.quotes
        for statement in statements:
            yield from (statement.predicate, statement.other)
        for quote in quotes:
            yield from quote.supports


def about(  # noqa: PLR0913  (what to collect, and of what)
    things: Things,
    thing: NamedNode,
    conflicts: StoredQuery | None = None,
    *,
    inference: bool = True,
    past: Past | None = None,
    grounds: Grounds | None = None,
) -> Dossier:
    """Collect all that the graph says about a thing; of the past, with its standing.

    The stored query `conflicts` makes its ledger; a folder may have none. Whoever asks
    about many things has the same `grounds` for all.
    """
    matters = ledger(things.snapshot, conflicts, thing) if conflicts else ()
    grounds = grounds or Grounds(things.snapshot)
    return _Clerk(things, thing, past, grounds).dossier(matters, inference=inference)


def stated(
    things: Things, source: NamedNode, grounds: Grounds | None = None
) -> tuple[Block, ...]:
    """Collect what a source says, a block for each of its subjects, as in its file.

    Its passages and what describes the source itself are left out.
    """
    grounds = grounds or Grounds(things.snapshot)
    return tuple(_Clerk(things, source, None, grounds).stated())


class _Clerk:
    """Collects one dossier."""

    def __init__(
        self, things: Things, thing: NamedNode, past: Past | None, grounds: Grounds
    ) -> None:
        self._past = past
        self._grounds = grounds
        self._things = things
        self._snapshot = things.snapshot
        self._thing = thing
        self._facts: dict[object, bool] = {}
        self._outgoing = list(self._quads(subject=thing))
        self._incoming = list(self._quads(value=thing))

    def dossier(self, matters: tuple[Matter, ...], *, inference: bool) -> Dossier:
        names = {
            Naming(quad.predicate, quad.object)
            for quad in self._outgoing
            if quad.predicate in _NAMES and isinstance(quad.object, Literal)
        }
        return Dossier(
            self._thing,
            tuple(sorted(names, key=_name_order)),
            self._things.classes(self._thing, inference=False),
            matters,
            tuple(self._sections()),
            tuple(self._inferred()) if inference else (),
        )

    def stated(self) -> Iterator[Block]:
        """Make a block of each subject that the thing, a source, speaks of."""
        quads = tuple(self._quads(graph=self._thing))
        apart = {quad.subject for quad in quads if quad.predicate == _PASSAGE_OF}
        told = nodes({quad.subject for quad in quads} - apart - {self._thing})
        blocks = (self._block(node, self._thing, ()) for node in told)
        yield from sorted(blocks, key=_block_order)

    def _sections(self) -> Iterator[Section]:
        statements: dict[NamedNode, list[Statement]] = defaultdict(list)
        links: dict[NamedNode, dict[NamedNode, set[NamedNode]]] = defaultdict(dict)
        for quad in self._outgoing:
            if quad.predicate not in {*_UNWRITTEN, *_NAMES}:
                graph = _graph(quad)
                statements[graph] += self._statement(quad, incoming=False)
        for quad in (*self._incoming, *self._second()):
            graph, subject = _graph(quad), quad.subject
            if self._is_fact(subject) and isinstance(subject, NamedNode):
                links[graph].setdefault(subject, set()).add(quad.predicate)
            elif quad.object == self._thing:
                statements[graph] += self._statement(quad, incoming=True)
        for graph in sorted({*statements, *links}, key=_graph_order):
            blocks = (
                self._block(node, graph, via) for node, via in links[graph].items()
            )
            publisher = self._value(graph, _PUBLISHER)
            issued = self._value(graph, _ISSUED)
            yield Section(
                graph,
                publisher if isinstance(publisher, NamedNode) else None,
                issued if isinstance(issued, Literal) else None,
                tuple(sorted(statements[graph], key=_order)),
                tuple(sorted(blocks, key=_block_order)),
            )

    def _value(self, subject: NamedNode, predicate: NamedNode) -> Term | None:
        """Find the value of a property that a source has once."""
        values = (quad.object for quad in self._quads(subject, predicate))
        return min(
            (v for v in values if not isinstance(v, Triple)), key=str, default=None
        )

    def _second(self) -> Iterator[Quad]:
        """Find what is said of the facts, such as the correction of a printed name."""
        for fact in nodes(q.subject for q in self._incoming):
            if not self._is_fact(fact):
                continue
            for quad in self._quads(value=fact):
                if self._is_fact(quad.subject) and quad.subject != self._thing:
                    yield quad

    def _is_fact(self, node: object) -> bool:
        """Tell a fact that is a node: it has evidence and no name."""
        if node not in self._facts:
            self._facts[node] = (
                isinstance(node, NamedNode)
                and any(self._quads(node, EVIDENCE))
                and not self._things.is_named(node)
            )
        return self._facts[node]

    def _block(
        self, node: NamedNode, graph: NamedNode, links: Iterable[NamedNode]
    ) -> Block:
        quads = list(self._quads(subject=node, graph=graph))
        written = [quad for quad in quads if quad.predicate not in _UNWRITTEN]
        parts = [s for quad in written for s in self._statement(quad, incoming=False)]
        places = [place for quad in quads for place in self._positions(quad)]
        return Block(
            node,
            nodes(quad.object for quad in quads if quad.predicate == RDF_TYPE),
            nodes(links),
            tuple(sorted(parts, key=_order)),
            self._quotes(node, graph),
            min(places, key=lambda place: (place.line, place.column), default=None),
            self._past.standing(node) if self._past else None,
        )

    def _statement(self, quad: Quad, *, incoming: bool) -> tuple[Statement, ...]:
        """Read a quad from the side of the thing; none if it has a triple in it."""
        other = quad.subject if incoming else quad.object
        if isinstance(other, Triple):
            return ()
        position = next(iter(self._positions(quad)), None)
        quotes = tuple(
            quote
            for quote in self._quotes(quad.subject, _graph(quad))
            if quad.predicate in quote.supports or not quote.supports
        )
        return (Statement(quad.predicate, other, incoming, position, quotes),)

    def _quotes(self, subject: object, graph: NamedNode) -> tuple[Quote, ...]:
        if not isinstance(subject, NamedNode):
            return ()
        return self._grounds.quotes(subject, graph)

    def _positions(self, quad: Quad) -> tuple[Position, ...]:
        return self._grounds.places(quad.triple, _graph(quad))

    def _inferred(self) -> Iterator[Statement]:
        """Choose the inferred facts that say something which is not yet said.

        An inverse says nothing new, nor does a term of another vocabulary that one of
        ours is aligned to.
        """
        said = {(quad.predicate, quad.object) for quad in self._outgoing}
        heard = {(quad.predicate, quad.subject) for quad in self._incoming}
        inverse = self._inverses()
        found = []
        for triple in self._snapshot.triples(self._thing):
            link = (triple.predicate, triple.object)
            mirrored = (inverse.get(triple.predicate), triple.object)
            if link not in said and mirrored not in heard:
                said.add(link)
                found.append((*link, False))
        for triple in self._snapshot.triples(value=self._thing):
            link = (triple.predicate, triple.subject)
            mirrored = (inverse.get(triple.predicate), triple.subject)
            if link not in heard and mirrored not in said:
                found.append((*link, True))
        for predicate, other, incoming in sorted(found, key=str):
            if not isinstance(other, NamedNode) or not self._things.is_named(other):
                continue
            ours = other if predicate == RDF_TYPE else predicate
            if ours.value.startswith(WIC):
                one, two = (other, self._thing) if incoming else (self._thing, other)
                stood = self._past.standing(one, predicate, two) if self._past else None
                yield Statement(predicate, other, incoming, None, standing=stood)

    def _inverses(self) -> dict[object, object]:
        pairs = self._snapshot.triples(predicate=_INVERSE, inference=False)
        found: dict[object, object] = {}
        for pair in pairs:
            found |= {pair.subject: pair.object, pair.object: pair.subject}
        return found

    def _quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        return self._snapshot.quads(subject, predicate, value, graph, inference=False)


def _graph(quad: Quad) -> NamedNode:
    """Name the graph of a quad; asserted quads always have one."""
    graph = quad.graph_name
    return graph if isinstance(graph, NamedNode) else NamedNode(GRAPH)


def _graph_order(graph: NamedNode) -> tuple[bool, str]:
    """Put files of reference before sources, which start with their dates."""
    return (graph.value.startswith(SOURCE), graph.value)


def _name_order(naming: Naming) -> tuple[int, str, str]:
    text = naming.text
    return (_NAMES.index(naming.kind), text.language or "", text.value)


def _order(statement: Statement) -> tuple[bool, bool, str, str]:
    """Put what is said before our notes on it, and what others say of it last."""
    predicate, other = str(statement.predicate), str(statement.other)
    return (statement.incoming, statement.predicate == _NOTE, predicate, other)


def _block_order(block: Block) -> tuple[int, str]:
    return (block.position.line if block.position else 0, str(block.node))
