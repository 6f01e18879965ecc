"""From a conclusion back to its premises: which rules conclude it, and from what.

A few conclusions of the rules are in no table, because they follow from a glance at
their terms and would be too many: that a thing is the same as itself (eq-ref), that
literals are of a datatype or differ (dt-type2, dt-diff), and what an anonymous inverse
of a property holds of (prp-inv1, prp-inv2). `Folded` finds them with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wicgraph.reasoning import encoding
from wicgraph.reasoning.datatypes import contains, is_datatype, meaning
from wicgraph.reasoning.encoding import DIFFERENT, SAME, TYPE
from wicgraph.reasoning.inverses import Inverses
from wicgraph.reasoning.matching import Match, members, solve, unified
from wicgraph.reasoning.patterns import Listed, put, spelled_out, variables
from wicgraph.reasoning.reserved import AXIOMS, redefined
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.inverses import Inverse
    from wicgraph.reasoning.matching import Source
    from wicgraph.reasoning.patterns import Form, Pattern
    from wicgraph.reasoning.rules import Rule


# The rules whose conclusions are in no table; what Folded adds is concluded by these.
FOLDING = frozenset({"eq-ref", "dt-type2", "dt-eq", "dt-diff", "prp-inv1", "prp-inv2"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way to conclude a triple: a rule, its premises, what its variables mean.

    The premises stand in the order of the rule, a list after the axiom that has it.
    """

    rule: Rule
    premises: tuple[Row, ...]
    values: Mapping[str, int]


def derivations(form: Form, goal: Row, source: Source) -> Iterator[Derivation]:
    """Find every way in which one rule concludes a triple from what a source has."""
    for head in form.then:
        values = unified(head, goal, source)
        if values is not None:
            for match in solve(form, form.when, source, Match(values, {}, ())):
                yield Derivation(
                    form.rule, premises_of(form, match, source), match.values
                )


@dataclass(frozen=True, slots=True)
class Folded:
    """A source with the conclusions that are in no table, as far as they are asked."""

    terms: Terms
    source: Source
    _inverses: Inverses = field(init=False, repr=False, compare=False)
    _axioms: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_inverses", Inverses(self.terms))
        axioms = frozenset(map(self.terms.number, AXIOMS))
        object.__setattr__(self, "_axioms", axioms)

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> Iterator[Row]:
        """Find triples, those included that follow at a glance.

        Axioms about words of OWL itself are not there for the rules.
        """
        for row in self.source.match(subject, predicate, value):
            if row[1] not in self._axioms or not redefined(*self.terms.statement(row)):
                yield row
        if predicate == SAME and value in {subject, None} and subject is not None:
            yield subject, SAME, subject
        elif predicate == SAME and subject is None and value is not None:
            yield value, SAME, value
        elif predicate is not None and subject is not None and value is not None:
            row = (subject, predicate, value)
            if self.basis(row) == ():
                yield row
        inverse = self._inverse(predicate)
        if predicate is not None and inverse:
            for row in self.source.match(value, inverse.other, subject):
                yield row[2], predicate, row[0]

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a term is a literal that writes a number."""
        return self.terms.means(literal, value)

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word of OWL that the rules read."""
        return self.terms.is_read(number)

    def basis(self, row: Row) -> tuple[Row, ...] | None:
        """Tell on what a triple rests that is in no table; None if it is none of those.

        It holds as soon as these triples do, in the same round.
        """
        subject, predicate, value = row
        if predicate == SAME and subject == value:
            return ()
        if inverse := self._inverse(predicate):
            return ((value, inverse.other, subject),)
        if subject < 0 and self._is_meant(row):
            return ()
        return None

    def _is_meant(self, row: Row) -> bool:
        """Tell whether a test, or what follows from one, holds of a literal."""
        one, predicate, other = self.terms.term(row[0]), row[1], self.terms.term(row[2])
        what = meaning(one) if isinstance(one, Literal) else None
        if what is None or not isinstance(one, Literal):
            return False
        if isinstance(other, Literal):
            that = meaning(other)
            same = what == that and bool(what.kind)
            if predicate == encoding.MEANS_SAME:
                return same
            different = predicate in {encoding.MEANS_OTHER, DIFFERENT}
            return different and that is not None and not same
        if not isinstance(other, NamedNode) or not is_datatype(other):
            return False
        if predicate == encoding.NOT_IN:
            return not contains(other, what)
        typed = contains(other, what) or one.datatype == other
        return predicate in {TYPE, encoding.IN} and typed

    def _inverse(self, predicate: int | None) -> Inverse | None:
        if predicate is None:
            return None
        return self._inverses.of(predicate, self.source)


def premises_of(form: Form, match: Match, source: Source) -> tuple[Row, ...]:
    """Write the premises in the order of the rule; tests of literals are none."""
    told = (item for item in form.when if isinstance(item, tuple))
    outside = frozenset([*variables(told), *variables(form.then)])
    found: list[Row] = []
    for item in form.when:
        if isinstance(item, Listed):
            axiom = put((item.subject, item.predicate, "?list"), match.values)
            rows = [row for row in match.rows if unified(axiom, row, source)]
            found += [*rows[:1], *members(source, rows[0][2]).cells]
        elif isinstance(item, tuple):
            found += _row(put(item, match.values), match, source)
        else:
            for pattern in spelled_out(item, match.lists[item.member], outside):
                found += _row(put(pattern, match.values), match, source)
    tests = {encoding.IN, encoding.NOT_IN, encoding.MEANS_SAME, encoding.MEANS_OTHER}
    return tuple(row for row in found if row[1] not in tests)


def _row(pattern: Pattern, match: Match, source: Source) -> list[Row]:
    return [row for row in match.rows if unified(pattern, row, source) is not None][:1]
