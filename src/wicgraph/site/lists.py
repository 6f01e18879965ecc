"""The pages that list what is in a folder, by class and name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from wicgraph.asking.things import nodes
from wicgraph.site.address import Address
from wicgraph.site.folders import FOLDERS, HOME, title
from wicgraph.site.material import PASSAGE_OF
from wicgraph.site.page import Page
from wicgraph.site.sources import in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.site.material import Material
    from wicgraph.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a folder: the nodes of each class, or the passages of each source.

    Passages are `in_order`, as they follow in the text; others are sorted by name.
    """

    nodes: tuple[tuple[NamedNode | None, tuple[NamedNode, ...]], ...]
    in_order: bool


def pages(material: Material) -> Iterator[Page]:
    """Make a list of each folder that has anything."""
    places = [(a.folder, node) for node, a in material.places if _listed(a)]
    for folder, found in groupby(sorted(places, key=str), key=lambda place: place[0]):
        kinds: dict[NamedNode | None, list[NamedNode]] = {}
        for _, node in found:
            kinds.setdefault(_kind(material, node), []).append(node)
        in_order = folder == "passage"
        content = Listing(
            tuple(
                (kind, in_text(material, kinds[kind]) if in_order else (*kinds[kind],))
                for kind in sorted(kinds, key=lambda kind: (kind is None, str(kind)))
            ),
            in_order,
        )
        address = Address(f"{folder}/index")
        yield Page(address, title(folder), "list.html", content, (HOME,))


def _listed(address: Address) -> bool:
    """Tell whether a page is in a folder that has its list from here."""
    return address.folder in FOLDERS and address.folder not in {"queries", "shape"}


def _kind(material: Material, node: NamedNode) -> NamedNode | None:
    """Say under what a node is listed: its document, or else its class."""
    sources = material.snapshot.triples(node, PASSAGE_OF, inference=False)
    found = nodes(triple.object for triple in sources)
    found += material.graph.things.classes(node, inference=False)
    return next(iter(found), None)
