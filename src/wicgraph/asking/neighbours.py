"""What a thing is joined with: directly, or through roles, tenures and memberships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.paths import PARTS
from wicgraph.asking.things import nodes
from wicgraph.terms import OWL, RDF_TYPE, RDFS, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.things import Things

_INVERSE = NamedNode(OWL + "inverseOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")


@dataclass(frozen=True, slots=True)
class Tie:
    """One way in which a thing is joined with a neighbour.

    `classes` are those of the fact between them, which says `relation` of the
    neighbour; without a fact the thing has the relation to the neighbour, or the other
    way round if it is `incoming`.
    """

    relation: NamedNode
    classes: tuple[NamedNode, ...] = ()
    incoming: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node beside a thing, and the ties between them.

    What follows counts only where no document states anything between the two.
    """

    node: NamedNode
    ties: tuple[Tie, ...]
    stated: bool


def neighbours(dossier: Dossier, things: Things) -> tuple[Neighbour, ...]:
    """List the neighbours of the thing that a dossier is about, sorted by name.

    A relation that follows from another one to the same neighbour is left out.
    """
    stated: dict[NamedNode, set[Tie]] = {}
    for node, tie in _stated(dossier):
        stated.setdefault(node, set()).add(tie)
    inferred: dict[NamedNode, set[Tie]] = {}
    for each in dossier.inferred:
        if isinstance(each.other, NamedNode) and each.predicate != RDF_TYPE:
            tie = Tie(each.predicate, incoming=each.incoming)
            inferred.setdefault(each.other, set()).add(tie)
    return tuple(
        Neighbour(
            node,
            _telling(stated.get(node) or inferred[node], things),
            node in stated,
        )
        for node in sorted({*stated, *inferred} - {dossier.thing}, key=str)
    )


def _telling(ties: set[Tie], things: Things) -> tuple[Tie, ...]:
    """Leave out the ties that others imply."""
    implied = {
        (relation, tie.incoming)
        for tie in ties
        for relation in _implied(tie.relation, things)
    }
    kept = (tie for tie in ties if (tie.relation, tie.incoming) not in implied)
    return tuple(sorted(kept, key=str))


def _implied(relation: NamedNode, things: Things) -> set[object]:
    """Find the relations that follow from one: has speaker, so has participant."""
    wider = _values(relation, _SUBPROPERTY, things)
    for inverse in _values(relation, _INVERSE, things):
        for other in _values(inverse, _SUBPROPERTY, things):
            wider |= _values(other, _INVERSE, things)
    return {each for each in wider if each != relation}


def _values(node: NamedNode, kind: NamedNode, things: Things) -> set[NamedNode]:
    return {*nodes(t.object for t in things.snapshot.triples(node, kind))}


def _stated(dossier: Dossier) -> Iterator[tuple[NamedNode, Tie]]:
    for section in dossier.sections:
        for statement in section.statements:
            if isinstance(statement.other, NamedNode):
                tie = Tie(statement.predicate, (), statement.incoming)
                yield statement.other, tie
        for block in section.blocks:
            if set(PARTS).isdisjoint(block.links):
                continue
            for part in block.statements:
                if part.predicate in PARTS and isinstance(part.other, NamedNode):
                    yield part.other, Tie(part.predicate, block.classes)
