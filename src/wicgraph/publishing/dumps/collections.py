"""Lists of RDF, where they are whole enough to be written as one.

https://www.w3.org/TR/turtle/#collections
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wicgraph.terms import RDF_FIRST, RDF_NIL, RDF_REST, BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Term

_LINKS = frozenset((RDF_FIRST, RDF_REST))


@dataclass(frozen=True, slots=True)
class Collections:
    """The items of lists by their first cells, and the cells of all of them.

    A list counts if each cell has one item and is used once, all in one graph, so that
    nothing is lost without the cells' labels. A list that is an item of another one
    does not, so no list can be within itself.
    """

    items: Mapping[Term, tuple[Term, ...]]
    cells: frozenset[Term]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Self:
        """Find the lists among facts, each of which is there once."""
        told: defaultdict[Term, list[Fact]] = defaultdict(list)
        uses: Counter[Term] = Counter()
        owners = []
        for fact in facts:
            if isinstance(fact.subject, BlankNode):
                told[fact.subject].append(fact)
            if isinstance(fact.object, BlankNode):
                uses[fact.object] += 1
                if fact.predicate not in _LINKS:
                    owners.append(fact)
        items: dict[Term, tuple[Term, ...]] = {}
        cells: set[Term] = set()
        for owner in owners:
            found: dict[Term, Term] = {}
            cell = owner.object
            while uses[cell] == 1 and _is_cell(told[cell], owner):
                said = {fact.predicate: fact.object for fact in told[cell]}
                found[cell] = said[RDF_FIRST]
                cell = said[RDF_REST]
            if found and cell == RDF_NIL:
                items[owner.object] = (*found.values(),)
                cells.update(found)
        return cls(items, frozenset(cells))


def _is_cell(told: list[Fact], owner: Fact) -> bool:
    """Tell a node of which an item and a rest are said, where its owner is, only."""
    links = {fact.predicate for fact in told if fact.graph == owner.graph}
    return len(told) == len(_LINKS) and links == _LINKS
