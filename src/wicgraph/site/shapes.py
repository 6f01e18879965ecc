"""The pages of shapes: what each asks for, in words and in SHACL."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.publishing.ontology import CONSTRAINTS, TARGETS
from wicgraph.site.address import Address
from wicgraph.site.folders import HOME, title, trail
from wicgraph.site.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.publishing.ontology import Shape
    from wicgraph.site.material import Material
    from wicgraph.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Asked:
    """All that stands on the page of a shape: itself, and the shapes it consists of.

    `words` name what shapes can ask for, and `query` is the query without its margin.
    """

    shape: Shape
    parts: tuple[Shape, ...]
    query: str
    words: Mapping[NamedNode, Text]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The list of shapes; those that are parts of others stand on their pages."""

    shapes: tuple[Shape, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the list of shapes, and the page of each."""
    shapes = {shape.shape: shape for shape in material.graph.ontology.shapes}
    if shapes:
        content = Shapes(tuple(each for each in shapes.values() if not each.of))
        address = Address("shape/index")
        yield Page(address, title("shape"), "shapes.html", content, (HOME,))
    for node, address in material.places:
        if node in shapes:
            yield _page(material, shapes, shapes[node], address)


def _page(
    material: Material,
    shapes: Mapping[NamedNode, Shape],
    shape: Shape,
    address: Address,
) -> Page:
    name = material.graph.prefixes.shorten(shape.shape)
    parts = tuple(shapes[part] for part in shape.parts if part in shapes)
    query = dedent(shape.query).strip()
    return Page(
        address,
        Text(name, name),
        "shape.html",
        Asked(shape, parts, query, TARGETS | CONSTRAINTS),
        trail("shape"),
        files=material.data.of_term(shape.shape),
    )
