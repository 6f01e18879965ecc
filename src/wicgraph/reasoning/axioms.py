"""The axioms of a graph: the triples that rules read as axioms, to be searched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wicgraph.reasoning.matching import Reason, members_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.instances import Key

_ORDERS = (
    *("rdfs:subClassOf", "owl:equivalentClass"),
    *("rdfs:subPropertyOf", "owl:equivalentProperty"),
)
# How many members a list must have for its axiom to say anything.
_ENOUGH = {
    "owl:propertyChainAxiom": 2,
    "owl:hasKey": 1,
    "owl:intersectionOf": 1,
    "owl:unionOf": 1,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A list of an axiom that is broken or too short: its axiom, and what is wrong."""

    axiom: Row
    reason: Reason


@dataclass(slots=True)
class Axioms:
    """The axioms so far, to be searched."""

    terms: Terms
    orders: frozenset[int] = field(init=False)
    rows: set[Row] = field(default_factory=set)
    keys: set[Key] = field(default_factory=set)
    by_subject: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    by_object: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    by_predicate: dict[int, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.orders = frozenset(map(self.terms.word, _ORDERS))

    def add(self, row: Row) -> None:
        """Take one more axiom.

        That a term is below itself, or equivalent, is found only where it is asked
        for as such: to go on from there leads back to where one was.
        """
        subject, predicate, value = row
        self.rows.add(row)
        self.keys |= {(predicate, None), (predicate, value)}
        if subject == value and predicate in self.orders:
            return
        self.by_subject.setdefault((subject, predicate), []).append(row)
        self.by_object.setdefault((predicate, value), []).append(row)
        self.by_predicate.setdefault(predicate, []).append(row)

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> Sequence[Row]:
        """Find axioms; a pattern of the rules always has its predicate."""
        if predicate is None:
            return ()
        if subject is not None and value is not None:
            row = (subject, predicate, value)
            return (row,) if row in self.rows else ()
        if subject is not None:
            return self.by_subject.get((subject, predicate), ())
        if value is not None:
            return self.by_object.get((predicate, value), ())
        return self.by_predicate.get(predicate, ())

    def has_all(self, keys: Iterable[Key]) -> bool:
        """Tell whether there is an axiom for each of some patterns."""
        return all(key in self.keys for key in keys)

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a term is a literal that writes this number."""
        return self.terms.means(literal, value)

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word of OWL that the rules read."""
        return self.terms.is_read(number)

    def faults(self, predicates: Iterable[int]) -> Iterator[Fault]:
        """Find the lists that are broken, or too short for what they are of."""
        enough = {self.terms.word(name): least for name, least in _ENOUGH.items()}
        for predicate in predicates:
            for row in self.match(None, predicate, None):
                found = members_of(self, row)
                least = enough.get(predicate, 0)
                if found.fault:
                    yield Fault(row, found.fault)
                elif len(found.members) < least:
                    yield Fault(row, _too_few(least))


def _too_few(least: int) -> Reason:
    if least == 1:
        return Reason("it is empty", "它是空的")
    return Reason(f"it has fewer than {least} members", f"其成员不足 {least} 个")
