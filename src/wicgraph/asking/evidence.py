"""Where a statement is written and which words of a document bear it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wicgraph.asking.things import local_name, nodes
from wicgraph.terms import WIC, Literal, NamedNode

if TYPE_CHECKING:
    from wicgraph.reading.fact import Position
    from wicgraph.store import Snapshot
    from wicgraph.terms import Triple

EVIDENCE = NamedNode(WIC + "evidence")
_QUOTE = NamedNode(WIC + "quote")
_SUPPORTS = NamedNode(WIC + "supports")


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a passage, and the properties that they bear out."""

    passage: NamedNode
    words: Literal
    supports: tuple[NamedNode, ...]


def quotes_of(
    snapshot: Snapshot, subject: NamedNode, graph: NamedNode
) -> tuple[Quote, ...]:
    """Find the quotes on which the block of a subject in a graph rests."""
    evidence = snapshot.quads(subject, EVIDENCE, graph=graph, inference=False)
    found = []
    for passage in nodes(quad.object for quad in evidence):
        supports = nodes(
            quad.object for quad in snapshot.quads(passage, _SUPPORTS, inference=False)
        )
        texts = snapshot.quads(passage, _QUOTE, inference=False)
        found += [
            Quote(passage, quad.object, supports)
            for quad in texts
            if isinstance(quad.object, Literal)
        ]
    return tuple(found)


def positions_in(
    snapshot: Snapshot, triple: Triple, graph: NamedNode
) -> tuple[Position, ...]:
    """Say where a triple is written: in the file that is the graph, if there."""
    places = snapshot.positions(triple)
    stem = local_name(graph)
    own = tuple(place for place in places if PurePosixPath(place.path).stem == stem)
    return own or places
