"""Triples in columns: what is counted and chosen of them without a join."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np

from wicgraph.reasoning.encoding import SAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.instances import Key

    Column: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"
    Mask: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"


@dataclass(frozen=True, slots=True)
class Columns:
    """Triples in numbers, in three columns of one length."""

    subjects: Column
    predicates: Column
    values: Column

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Put triples into columns."""
        table = np.fromiter(chain.from_iterable(rows), np.int32).reshape(-1, 3)
        return cls(*(table[:, at].copy() for at in range(3)))

    def count(self) -> Counter[Key]:
        """Count triples by what patterns ask for: their property, or their class."""
        counts: Counter[Key] = Counter()
        for predicate, count in _counted(self.predicates):
            counts[predicate, None] = count
        for kind, count in _counted(self.values[self.predicates == TYPE]):
            counts[TYPE, kind] = count
        return counts

    def axioms(
        self, predicates: Collection[int], classes: Collection[int]
    ) -> Iterator[Row]:
        """Choose the triples of some properties, and the types of some classes."""
        chosen = np.isin(self.predicates, [*predicates])
        typed = self.predicates == TYPE
        chosen[typed] |= np.isin(self.values[typed], [*classes])
        return self._rows(chosen)

    def with_values(self, values: Collection[int]) -> Iterator[Row]:
        """Choose the triples that have some objects."""
        return self._rows(np.isin(self.values, [*values]))

    def _rows(self, chosen: Mask) -> Iterator[Row]:
        columns = (self.subjects, self.predicates, self.values)
        return zip(*(column[chosen].tolist() for column in columns), strict=True)

    def equated(self) -> Iterator[tuple[int, int]]:
        """Find the literals that are said to be the same."""
        same = self.predicates == SAME
        same &= (self.subjects < 0) & (self.values < 0)
        ones, others = self.subjects[same].tolist(), self.values[same].tolist()
        yield from zip(ones, others, strict=True)


def _counted(column: Column) -> Iterator[tuple[int, int]]:
    numbers, counts = np.unique(column, return_counts=True)
    yield from zip(numbers.tolist(), counts.tolist(), strict=True)
