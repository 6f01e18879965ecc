"""Anonymous inverses of properties, which are read as the property itself, backwards.

`[ owl:inverseOf :p ]` in a chain stands for what leads from y to x where `:p` leads
from x to y. To write that down for every triple of `:p` would double them for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.reasoning.encoding import INVERSE, SAME, TYPE
from wicgraph.terms import BlankNode, NamedNode

if TYPE_CHECKING:
    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.matching import Source


@dataclass(frozen=True, slots=True)
class Inverse:
    """Of which property one is the inverse, and the axiom that says so."""

    other: int
    axiom: Row


class Inverses:
    """Knows the anonymous properties that need not be written down.

    They are those that no rule concludes, by the axioms there are about them.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        concluding = ("rdfs:subPropertyOf", "owl:equivalentProperty")
        self._concluding = (*map(terms.word, concluding), SAME)
        self._chain = terms.word("owl:propertyChainAxiom")
        self._on = terms.word("owl:onProperty")
        self._value = terms.word("owl:hasValue")
        self._kinds = (
            terms.word("owl:SymmetricProperty"),
            terms.word("owl:TransitiveProperty"),
        )

    def of(self, predicate: int, source: Source) -> Inverse | None:
        """Find the property of which an anonymous one is the inverse."""
        if predicate < 0 or not isinstance(self._terms.term(predicate), BlankNode):
            return None
        axioms = [
            *source.match(predicate, INVERSE, None),
            *source.match(None, INVERSE, predicate),
        ]
        if len(axioms) != 1 or self._is_concluded(predicate, source):
            return None
        other = axioms[0][0] if axioms[0][2] == predicate else axioms[0][2]
        if not isinstance(self._terms.term(other), NamedNode):
            return None
        return Inverse(other, axioms[0])

    def _is_concluded(self, predicate: int, source: Source) -> bool:
        rows = [
            row
            for word in self._concluding
            for row in source.match(None, word, predicate)
        ]
        rows += [
            row
            for word in self._concluding[1:]
            for row in source.match(predicate, word, None)
        ]
        if any(row[0] != row[2] for row in rows):
            return True
        if any((*source.match(predicate, self._chain, None),)):
            return True
        if any((*source.match(predicate, TYPE, kind),) for kind in self._kinds):
            return True
        return any(
            (*source.match(row[0], self._value, None),)
            for row in source.match(None, self._on, predicate)
        )
