"""All that the graph says about one thing, source by source, with the words for it.

A node that has evidence and no name (a role, tenure, figure, claim, printed name …) is
one fact with several parts, so it is taken whole, with all that it joins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.things import LABELS, nodes
from wicgraph.terms import (
    OWL,
    RDF_TYPE,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    WIC,
    Literal,
    NamedNode,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.things import Things
    from wicgraph.reading.fact import Position
    from wicgraph.terms import Quad, Term

_EVIDENCE = NamedNode(WIC + "evidence")
_QUOTE = NamedNode(WIC + "quote")
_SUPPORTS = NamedNode(WIC + "supports")
_INVERSE = NamedNode(OWL + "inverseOf")
_NAMES = (*LABELS, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL)
_UNWRITTEN = frozenset({RDF_TYPE, _EVIDENCE})  # shown as classes and as quotes


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a passage, and the properties that they bear out."""

    passage: NamedNode
    words: Literal
    supports: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact with the thing at one end; `other` is at the other end.

    `incoming` if the thing is the object. `position` is None for what was inferred.
    """

    predicate: NamedNode
    other: Term
    incoming: bool
    position: Position | None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A fact that is a node: its classes, its parts, and how it is about the thing."""

    node: NamedNode
    classes: tuple[NamedNode, ...]
    links: tuple[NamedNode, ...]
    statements: tuple[Statement, ...]
    quotes: tuple[Quote, ...]
    position: Position | None


@dataclass(frozen=True, slots=True)
class Section:
    """What one named graph says: a source, or a file of reference."""

    graph: NamedNode
    statements: tuple[Statement, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of the thing and the property that gives it."""

    kind: NamedNode
    text: Literal


@dataclass(frozen=True, slots=True)
class Dossier:
    """All about one thing; `inferred` leaves out what an inverse says already."""

    thing: NamedNode
    names: tuple[Naming, ...]
    classes: tuple[NamedNode, ...]
    sections: tuple[Section, ...]
    inferred: tuple[Statement, ...]


def about(things: Things, thing: NamedNode, *, inference: bool = True) -> Dossier:
    """Collect all that the graph says about a thing."""
    snapshot = things.snapshot
    asserted = list(snapshot.quads(subject=thing, inference=False))
    incoming = list(snapshot.quads(value=thing, inference=False))
    members = {q.subject for q in incoming if _is_member(things, q.subject)}
    members -= {thing}
    # What is said about such a fact, such as the correction of a printed name.
    second = [q for node in members for q in snapshot.quads(value=node, inference=False)]
    links = [*incoming, *(q for q in second if _is_member(things, q.subject))]
    sections = _sections(things, thing, asserted, links)
    names = (
        Naming(quad.predicate, quad.object)
        for quad in asserted
        if quad.predicate in _NAMES and isinstance(quad.object, Literal)
    )
    return Dossier(
        thing,
        tuple(sorted(set(names), key=_name_order)),
        things.classes(thing, inference=False),
        tuple(sections),
        tuple(_inferred(things, thing)) if inference else (),
    )


def _sections(
    things: Things, thing: NamedNode, asserted: Iterable[Quad], links: Iterable[Quad]
) -> Iterator[Section]:
    statements: dict[NamedNode, list[Statement]] = defaultdict(list)
    blocks: dict[NamedNode, dict[NamedNode, list[NamedNode]]] = defaultdict(dict)
    quotes: dict[NamedNode, tuple[Quote, ...]] = {}
    for quad in asserted:
        graph = quad.graph_name
        if not isinstance(graph, NamedNode) or quad.predicate in _UNWRITTEN:
            continue
        if quad.predicate in _NAMES:
            continue
        if graph not in quotes:
            quotes[graph] = tuple(_quotes(things, thing, graph))
        statement = _statement(things, quad, quotes[graph], incoming=False)
        if statement is not None:
            statements[graph].append(statement)
    for quad in links:
        graph, subject = quad.graph_name, quad.subject
        if not isinstance(graph, NamedNode) or not isinstance(subject, NamedNode):
            continue
        if _is_member(things, subject):
            blocks[graph].setdefault(subject, []).append(quad.predicate)
        elif quad.object == thing:
            own = tuple(_quotes(things, subject, graph))
            statement = _statement(things, quad, own, incoming=True)
            if statement is not None:
                statements[graph].append(statement)
    for graph in sorted({*statements, *blocks}, key=_graph_order):
        made = (
            _block(things, node, graph, via) for node, via in blocks[graph].items()
        )
        yield Section(
            graph,
            tuple(sorted(statements[graph], key=_order)),
            tuple(sorted(made, key=_block_order)),
        )


def _block(
    things: Things, node: NamedNode, graph: NamedNode, links: Iterable[NamedNode]
) -> Block:
    quads = things.snapshot.quads(subject=node, graph=graph, inference=False)
    every = list(quads)
    quotes = tuple(_quotes(things, node, graph))
    statements = (
        _statement(things, quad, (), incoming=False)
        for quad in every
        if quad.predicate not in _UNWRITTEN
    )
    types = nodes(quad.object for quad in every if quad.predicate == RDF_TYPE)
    first = (position for quad in every if (position := _position(things, quad)))
    return Block(
        node,
        types,
        nodes(links),
        tuple(sorted((s for s in statements if s is not None), key=_order)),
        quotes,
        min(first, key=lambda place: (place.line, place.column), default=None),
    )


def _statement(
    things: Things, quad: Quad, quotes: tuple[Quote, ...], *, incoming: bool
) -> Statement | None:
    other = quad.subject if incoming else quad.object
    if isinstance(other, Triple):
        return None
    borne = tuple(q for q in quotes if quad.predicate in q.supports or not q.supports)
    return Statement(quad.predicate, other, incoming, _position(things, quad), borne)


def _inferred(things: Things, thing: NamedNode) -> Iterator[Statement]:
    """Choose the inferred facts that say something new about the thing."""
    snapshot = things.snapshot
    axioms = list(snapshot.triples(predicate=_INVERSE, inference=False))
    inverse = {t.subject: t.object for t in axioms} | {
        t.object: t.subject for t in axioms
    }
    outgoing = set(snapshot.triples(thing))
    stated = set(snapshot.triples(thing, inference=False))
    said = {(t.predicate, t.subject) for t in snapshot.triples(value=thing, inference=False)}
    found = []
    for triple in outgoing - stated:
        other = triple.object
        if (inverse.get(triple.predicate), other) in said or isinstance(other, Triple):
            continue
        if not isinstance(other, NamedNode) or things.is_named(other):
            found.append(Statement(triple.predicate, other, False, None))
    shown = {(t.predicate, t.object) for t in outgoing}
    for triple in snapshot.triples(value=thing):
        subject = triple.subject
        if (triple.predicate, subject) in said or not isinstance(subject, NamedNode):
            continue
        if (inverse.get(triple.predicate), subject) in shown:
            continue
        if things.is_named(subject):
            found.append(Statement(triple.predicate, subject, True, None))
    yield from sorted(found, key=_order)
