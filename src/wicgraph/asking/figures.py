"""Figures as documents state them: a number, how exact it is, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.terms import WIC, NamedNode

if TYPE_CHECKING:
    from wicgraph.terms import Term

_CERTAINLY = NamedNode(WIC + "Certainly")
_POSSIBLY = NamedNode(WIC + "Possibly")
_NOT = NamedNode(WIC + "CertainlyNot")
_INCOMPARABLE = NamedNode(WIC + "Incomparable")


@dataclass(frozen=True, slots=True)
class Quantity:
    """All numbers that a figure can mean, of one kind of things in one state.

    `most` is None where nothing is said of it: no bound is made up.
    """

    least: int
    most: int | None
    counts: Term
    population: Term

    @classmethod
    def of(
        cls, number: int, qualifier: NamedNode, counts: Term, population: Term
    ) -> Quantity:
        """Read the number of a figure as its qualifier says."""
        name = qualifier.value.removeprefix(WIC)
        least = {
            "AtLeast": number,
            "Exactly": number,
            "MoreThan": number + 1,
            "SeveralTimes": 2 * number,  # several are two at least
        }
        most = {
            "Exactly": number,
            "LessThan": number - 1,
            "Nearly": number - 1,
            "UpTo": number,
        }
        return cls(least.get(name, 0), most.get(name), counts, population)

    def compare(self, other: Quantity) -> NamedNode:
        """Say whether it is greater: a wic:Likelihood.

        Quantities of other things, or of things in another state, are incomparable.
        """
        if (self.counts, self.population) != (other.counts, other.population):
            return _INCOMPARABLE
        if other.most is not None and self.least > other.most:
            return _CERTAINLY
        if self.most is not None and self.most <= other.least:
            return _NOT
        return _POSSIBLY
