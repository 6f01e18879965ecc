"""What the literals of a graph mean to the rules: same, different, of a datatype."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from wicgraph.reasoning.datatypes import contains, is_datatype, meaning
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.reasoning.datatypes import Meaning
    from wicgraph.reasoning.encoding import Terms


class Literals:
    """The literals that a dictionary of terms has when this is made."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._meanings: list[Meaning | None] = [
            meaning(term) if isinstance(term, Literal) else None
            for term in terms.literals
        ]

    def same(self) -> Iterator[tuple[int, int]]:
        """Find pairs of literals that mean the same, both ways round."""
        groups: dict[Meaning, list[int]] = {}
        for at, what in enumerate(self._meanings):
            if what and what.kind:
                groups.setdefault(what, []).append(-at)
        for group in groups.values():
            if len(group) > 1:
                yield from permutations(group, 2)

    def differ(self, one: int, other: int) -> bool:
        """Tell whether two literals are known to mean different things."""
        first, second = self._meanings[-one], self._meanings[-other]
        known = first is not None and second is not None
        return known and first != second

    def within(self, datatype: int) -> Iterator[int]:
        """Find the literals whose values are in a datatype, if it is a known one."""
        node = self._terms.term(datatype)
        if isinstance(node, NamedNode) and is_datatype(node):
            for at, what in enumerate(self._meanings):
                if what and contains(node, what):
                    yield -at

    def outside(self, literal: int, datatype: int) -> bool:
        """Tell whether a literal is known not to be in a datatype."""
        node, what = self._terms.term(datatype), self._meanings[-literal]
        if not isinstance(node, NamedNode) or not is_datatype(node) or what is None:
            return False
        return not contains(node, what)

    def meaningless(self) -> Iterator[tuple[int, NamedNode]]:
        """Find the literals whose text is not of their datatype, and that."""
        for at, what in enumerate(self._meanings):
            if what and not what.kind:
                term = self._terms.term(-at)
                if isinstance(term, Literal):
                    yield -at, term.datatype
