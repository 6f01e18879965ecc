"""What is declared of a property: what it joins, and what it follows from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from wicgraph.publishing.ontology.axioms import DOMAIN, INVERSE, RANGE, SUBCLASS
from wicgraph.terms import OWL, BlankNode, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.publishing.ontology.axioms import Axioms

CHAIN = NamedNode(OWL + "propertyChainAxiom")


@dataclass(frozen=True, slots=True)
class Step:
    """A property that a chain goes along, from its value to its subject if `back`."""

    property: NamedNode
    back: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """What a relation follows from: steps, with a stop before each and after the last.

    A stop is the class of what is there, None where the ontology does not say.
    https://www.w3.org/TR/owl2-syntax/#Object_Subproperties
    """

    relation: NamedNode
    stops: tuple[NamedNode | None, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """What a property joins and follows from; `serves` are chains of others with it."""

    domain: tuple[NamedNode, ...]
    range: tuple[NamedNode, ...]
    inverse: tuple[NamedNode, ...]
    chains: tuple[Chain, ...]
    serves: tuple[Chain, ...]


def property_of(axioms: Axioms, term: NamedNode, every: Sequence[Chain]) -> Property:
    """Read what is declared of a property, whose chains are among all of them."""
    return Property(
        axioms.nodes(term, DOMAIN),
        axioms.nodes(term, RANGE),
        tuple(sorted({*_inverses(axioms, term)}, key=str)),
        tuple(each for each in every if each.relation == term),
        tuple(
            chain
            for chain in every
            if chain.relation != term and term in {s.property for s in chain.steps}
        ),
    )


def _inverses(axioms: Axioms, term: NamedNode) -> Iterator[NamedNode]:
    yield from axioms.nodes(term, INVERSE)
    yield from axioms.subjects(INVERSE, term)


def chains(axioms: Axioms) -> tuple[Chain, ...]:
    """Read all chains, sorted by what follows from them."""
    found = []
    for each in axioms.snapshot.triples(predicate=CHAIN, inference=False):
        relation, head = each.subject, each.object
        if isinstance(relation, NamedNode) and isinstance(head, BlankNode):
            steps = tuple(_steps(axioms, head))
            if steps:  # a list of nothing says nothing
                found.append(Chain(relation, _stops(axioms, steps), steps))
    return tuple(sorted(found, key=str))


def _stops(axioms: Axioms, steps: Sequence[Step]) -> tuple[NamedNode | None, ...]:
    ends = [_ends(axioms, step) for step in steps]
    between = (
        _narrower(axioms, after, before) for (_, after), (before, _) in pairwise(ends)
    )
    return (ends[0][0], *between, ends[-1][1])


def _steps(axioms: Axioms, head: BlankNode) -> Iterator[Step]:
    for member in axioms.items(head):
        if isinstance(member, NamedNode):
            yield Step(member, back=False)
        elif isinstance(member, BlankNode):
            for each in axioms.nodes(member, INVERSE):
                yield Step(each, back=True)


def _ends(axioms: Axioms, step: Step) -> tuple[NamedNode | None, NamedNode | None]:
    """Name the class from which a step goes, and the one to which it leads."""
    domain, range_ = (
        next(iter(axioms.nodes(step.property, each)), None) for each in (DOMAIN, RANGE)
    )
    return (range_, domain) if step.back else (domain, range_)


def _narrower(
    axioms: Axioms, one: NamedNode | None, other: NamedNode | None
) -> NamedNode | None:
    """Choose the class that says more: of one that is above the other, the other."""
    if one is None or other is None:
        return one or other
    return other if one in axioms.above(other, SUBCLASS) else one
