"""A graph and all that follows from it, as proofs look at it: triples with rounds."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Protocol

from wicgraph.reasoning.derivation import Folded
from wicgraph.reasoning.encoding import Statement, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.reasoning.encoding import Row
    from wicgraph.terms import Term

ASSERTED = 0  # the round of what somebody wrote


class View(Protocol):
    """Something that holds asserted statements in round 0 and concluded ones after."""

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterable[tuple[Statement, int]]:
        """Find statements with their rounds, each once; None fits anything."""


class Held:
    """A view of statements in memory."""

    def __init__(self, rounds: Mapping[Statement, int]) -> None:
        self._rounds = rounds
        self._found: dict[tuple[Term | None, ...], list[Statement]] = defaultdict(list)
        for statement in rounds:
            subject, predicate, value = statement
            for key in product((subject, None), (predicate, None), (value, None)):
                self._found[key].append(statement)

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        """Find statements with their rounds; None fits anything."""
        for statement in self._found.get((subject, predicate, value), ()):
            yield statement, self._rounds[statement]


class Known:
    """A view in numbers, for the rules; it remembers what it was asked.

    `round` tells when a triple came, also one that is in no table (see `Folded`).
    """

    def __init__(self, view: View) -> None:
        self.terms = Terms()
        self.folded = Folded(self.terms, self)
        self._view = view
        self._rounds: dict[Row, int | None] = {}
        self._matches: dict[tuple[int | None, ...], tuple[Row, ...]] = {}

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> tuple[Row, ...]:
        """Find triples; None fits anything."""
        key = (subject, predicate, value)
        if key not in self._matches:
            terms = (None if n is None else self.terms.term(n) for n in key)
            rows = []
            for statement, number in self._view.match(*terms):
                row = self.terms.row(statement)
                self._rounds[row] = number
                rows.append(row)
            self._matches[key] = tuple(rows)
        return self._matches[key]

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a term is a literal that writes a number."""
        return self.terms.means(literal, value)

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word of OWL that the rules read."""
        return self.terms.is_read(number)

    def forget(self) -> None:
        """Forget what it was told, because the view has more to say now."""
        self._rounds.clear()
        self._matches.clear()

    def told(self, row: Row) -> int | None:
        """Tell the round of a triple that is in a table; None if it is in none."""
        if row not in self._rounds and not self.match(*row):
            self._rounds[row] = None
        return self._rounds[row]

    def round(self, row: Row) -> int | None:
        """Tell the round of a triple; None if it does not hold."""
        number = self.told(row)
        if number is None:
            basis = self.folded.basis(row)
            if basis is not None:
                rounds = [self.told(each) for each in basis]
                return None if None in rounds else max([0, *filter(None, rounds)])
        return number
