"""The page at the address of the SPARQL service, which a site of files cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.site.address import Address
from wicgraph.site.folders import HOME
from wicgraph.site.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.site.material import Material

ADDRESS = Address("sparql")
TITLE = Text("SPARQL service", "SPARQL 服务")


@dataclass(frozen=True, slots=True)
class Service:
    """What the page has to offer instead: answers, if questions are stored."""

    has_answers: bool


def pages(material: Material) -> Iterator[Page]:
    """Make the page that says where queries are answered."""
    content = Service(bool(material.graph.catalogue.queries()))
    yield Page(ADDRESS, TITLE, "service.html", content, (HOME,))
