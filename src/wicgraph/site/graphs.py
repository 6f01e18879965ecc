"""The pages of named graphs that are no sources: what files of reference say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.things import nodes
from wicgraph.site.folders import trail
from wicgraph.site.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.site.address import Address
    from wicgraph.site.material import Material
    from wicgraph.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Named:
    """What is in a graph: how many triples, of which properties, about what."""

    node: NamedNode
    count: int
    properties: tuple[tuple[NamedNode, int], ...]
    subjects: tuple[NamedNode, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the pages of named graphs, by IRI."""
    for node, address in material.within("graph"):
        yield page(material, node, address)


def page(material: Material, node: NamedNode, address: Address) -> Page:
    """Make the page of a named graph."""
    quads = tuple(material.snapshot.quads(graph=node))
    counts = Counter(quad.predicate for quad in quads)
    properties = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].value))
    subjects = nodes(quad.subject for quad in quads)
    content = Named(node, len(quads), tuple(properties), subjects)
    return Page(
        address,
        material.labels.text(node),
        "graph.html",
        content,
        trail(address.folder),
        files=material.data.of_graph(node),
    )
