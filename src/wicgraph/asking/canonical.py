"""Graphs whose blank nodes have names that do not depend on who wrote them.

RDFC-1.0 numbers the blank nodes of a whole graph, so that one more renames many. Here
each part that hangs together by blank nodes is numbered alone, under the hash of what
it says: what two graphs have in common then has the same names in both.
https://www.w3.org/TR/rdf-canon/
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from wicgraph.terms import BlankNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DIGITS = 16  # of the hash; no two parts of a graph share so many in practice


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """Rename the blank nodes of a graph after what is said of them.

    Graphs that are equal but for the names of blank nodes become equal sets. What says
    the same twice, with other blank nodes, stays there twice.
    """
    named, blank = set(), []
    for quad in quads:
        if any(_blank_nodes(quad)):
            blank.append(quad)
        else:
            named.add(quad)
    copies: Counter[str] = Counter()
    for part in _parts(blank):
        dataset = Dataset(part)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        lines = "\n".join(sorted(map(str, dataset)))
        digest = sha256(lines.encode()).hexdigest()[:_DIGITS]
        named |= {_renamed(quad, f"b{digest}x{copies[digest]}") for quad in dataset}
        copies[digest] += 1
    return frozenset(named)


def _parts(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Part quads into those that hang together by blank nodes."""
    part_of: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        nodes = tuple(_blank_nodes(quad))
        known = {id(p): p for n in nodes if (p := part_of.get(n)) is not None}
        joined, *others = sorted(known.values(), key=len, reverse=True) or [[]]
        for other in others:
            joined += other
            part_of.update((n, joined) for q in other for n in _blank_nodes(q))
        joined.append(quad)
        part_of.update((node, joined) for node in nodes)
    yield from {id(part): part for part in part_of.values()}.values()


def _blank_nodes(quad: Quad) -> Iterator[BlankNode]:
    for term in (quad.subject, quad.object):
        if isinstance(term, BlankNode):
            yield term


def _renamed(quad: Quad, name: str) -> Quad:
    """Put the name of its part before the number of each blank node."""
    subject, value = (
        BlankNode(name + term.value) if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object)
    )
    return Quad(subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]
