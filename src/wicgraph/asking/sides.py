"""The two sides of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wicgraph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.things import Things
    from wicgraph.queries.catalogue import Catalogue
    from wicgraph.terms import Quad, Subject


class Change(StrEnum):
    """What became of something from the old graph to the new one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two graphs, with its stored queries."""

    things: Things
    catalogue: Catalogue

    def quads(self, *, inference: bool) -> Iterator[Quad]:
        """Go through all statements with their graphs; raises StoreError."""
        snapshot = self.things.snapshot
        for graph in snapshot.graphs(inference=inference):  # quicker than all at once
            yield from snapshot.quads(graph=graph)

    def says(self, subject: Subject, graph: NamedNode) -> bool:
        """Tell whether a graph says anything of a node, which has no name elsewhere."""
        if not isinstance(subject, NamedNode):
            return False
        return any(self.things.snapshot.quads(subject, graph=graph))
