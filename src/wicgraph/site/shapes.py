"""The pages of shapes: what each asks for, in words and in SHACL."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.publishing.ontology import CONSTRAINTS, TARGETS
from wicgraph.site.folders import trail
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


def pages(material: Material) -> Iterator[Page]:
    """Make the pages of all shapes."""
    shapes = {shape.shape: shape for shape in material.ontology.shapes}
    for node, address in material.places():
        if node not in shapes:
            continue
        name = material.graph.prefixes.shorten(node)
        parts = (shapes[part] for part in shapes[node].parts if part in shapes)
        query = dedent(shapes[node].query).strip()
        content = Asked(shapes[node], tuple(parts), query, TARGETS | CONSTRAINTS)
        yield Page(
            address,
            Text(name, name),
            "shape.html",
            content,
            trail("shape"),
            files=material.data.of_term(node),
        )
