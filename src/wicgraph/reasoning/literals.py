"""What the literals of a graph mean to the rules: same, different, of a datatype."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from wicgraph.reasoning.datatypes import TEXTS, contains, is_datatype, meaning
from wicgraph.terms import RDF, RDFS, XSD, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.reasoning.datatypes import Meaning
    from wicgraph.reasoning.encoding import Terms

_ALL_TEXTS = frozenset({RDF + "PlainLiteral", RDFS + "Literal"})
# Of these any text is one, and no two mean the same: there is nothing to be read.
_SURE: Mapping[str, frozenset[str]] = {
    XSD + "string": _ALL_TEXTS | {XSD + "string"},
    RDF + "langString": _ALL_TEXTS | {RDF + "langString"},
}


class Literals:
    """The literals that a dictionary of terms has when this is made."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._sure: dict[str, list[int]] = {datatype: [] for datatype in _SURE}
        self._read: dict[int, Meaning] = {}
        for at, term in enumerate(terms.literals):
            if isinstance(term, Literal):
                sure = self._sure.get(term.datatype.value)
                if sure is not None:
                    sure.append(-at)
                elif what := meaning(term):
                    self._read[-at] = what

    def same(self) -> Iterator[tuple[int, int]]:
        """Find pairs of literals that mean the same, both ways round."""
        groups: dict[Meaning, list[int]] = {}
        for literal, what in self._read.items():
            if what.kind:
                groups.setdefault(what, []).append(literal)
        if any(what.kind == "text" for what in groups):
            for literals in self._sure.values():
                for literal in literals:
                    if (sure := self._meaning(literal)) in groups:
                        groups[sure].append(literal)
        for group in groups.values():
            if len(group) > 1:
                yield from permutations(group, 2)

    def differ(self, one: int, other: int) -> bool:
        """Tell whether two literals are known to mean different things."""
        first, second = self._meaning(one), self._meaning(other)
        known = first is not None and second is not None
        return known and first != second

    def within(self, datatype: int) -> Iterator[int]:
        """Find the literals whose values are in a datatype, if it is a known one."""
        node = self._terms.term(datatype)
        if not isinstance(node, NamedNode) or not is_datatype(node):
            return
        for sure, literals in self._sure.items():
            if node.value in _SURE[sure]:
                yield from literals
            elif node.value in TEXTS and sure == XSD + "string":
                for literal in literals:
                    text = self._meaning(literal)
                    if text and contains(node, text):
                        yield literal
        for literal, what in self._read.items():
            if contains(node, what):
                yield literal

    def outside(self, literal: int, datatype: int) -> bool:
        """Tell whether a literal is known not to be in a datatype."""
        node, what = self._terms.term(datatype), self._meaning(literal)
        if not isinstance(node, NamedNode) or not is_datatype(node) or what is None:
            return False
        return not contains(node, what)

    def meaningless(self) -> Iterator[tuple[int, NamedNode]]:
        """Find the literals whose text is not of their datatype, and that."""
        for literal, what in self._read.items():
            term = self._terms.term(literal)
            if not what.kind and isinstance(term, Literal):
                yield literal, term.datatype

    def _meaning(self, literal: int) -> Meaning | None:
        if literal in self._read:
            return self._read[literal]
        term = self._terms.term(literal)
        return meaning(term) if isinstance(term, Literal) else None
