"""Graphs compared whatever their blank nodes are called.

RDFC-1.0 numbers the blank nodes of a whole graph, so that one more renames many. So
each part that hangs together by blank nodes is compared as a whole, by the hash of what
it says: https://www.w3.org/TR/rdf-canon/
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from wicgraph.terms import BlankNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class _Graph:
    """A graph in parts: the parts with blank nodes by their hash, counted from 0."""

    named: frozenset[Quad]
    parts: Mapping[tuple[str, int], tuple[Quad, ...]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> _Graph:
        named, blank = set(), []
        for quad in quads:
            if any(_blank_nodes(quad)):
                blank.append(quad)
            else:
                named.add(quad)
        copies: Counter[str] = Counter()
        parts = {}
        for part in _parts(_labelled(blank)):
            digest = sha256("\n".join(map(str, _labelled(part))).encode()).hexdigest()
            parts[digest, copies[digest]] = tuple(part)
            copies[digest] += 1
        return cls(frozenset(named), parts)

    def without(self, other: _Graph) -> Iterator[Quad]:
        """Go through the quads that the other one lacks."""
        yield from self.named - other.named
        for key, part in self.parts.items():
            if key not in other.parts:
                yield from part


def differing(
    old: Iterable[Quad], new: Iterable[Quad]
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Find the quads that only the old graph has, and those that only the new one has.

    A part that says the same twice, with other blank nodes, counts twice. Blank nodes
    of the old graph have the labels of RDFC-1.0, as in its dumps; those of the new one
    have `new` before them, so that no label means two nodes.
    """
    before, after = _Graph.of(old), _Graph.of(new)
    return frozenset(before.without(after)), frozenset(
        _renamed(quad) for quad in after.without(before)
    )


def _labelled(quads: Iterable[Quad]) -> list[Quad]:
    """Give blank nodes the labels of RDFC-1.0; sorted."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def _parts(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Part quads into those that hang together by blank nodes."""
    part_of: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        around = tuple(_blank_nodes(quad))
        known = {id(p): p for n in around if (p := part_of.get(n)) is not None}
        joined, *others = sorted(known.values(), key=len, reverse=True) or [[]]
        for other in others:
            joined += other
            part_of.update((n, joined) for q in other for n in _blank_nodes(q))
        joined.append(quad)
        part_of.update((node, joined) for node in around)
    yield from {id(part): part for part in part_of.values()}.values()


def _blank_nodes(quad: Quad) -> Iterator[BlankNode]:
    for term in (quad.subject, quad.object):
        if isinstance(term, BlankNode):
            yield term


def _renamed(quad: Quad) -> Quad:
    subject, value = (
        BlankNode(f"new{term.value}") if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object)
    )
    return Quad(subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]
