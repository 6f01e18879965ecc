"""The site as files: every page in both languages, and what stands beside it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from wicgraph.language import Language
from wicgraph.site import (
    front,
    graphs,
    lists,
    questions,
    redirects,
    search,
    service,
    shapes,
    sources,
    terms,
    things,
)
from wicgraph.site.material import Material
from wicgraph.site.names import require_names
from wicgraph.site.rendering import Renderer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.graph import Graph
    from wicgraph.site.page import Page

_ASSETS = ("site.css", search.SCRIPT)
_KINDS = (
    front.pages,
    search.pages,
    service.pages,
    lists.pages,
    things.pages,
    sources.pages,
    questions.pages,
    graphs.pages,
    terms.pages,
    shapes.pages,
)


def site(graph: Graph, place: str = "") -> Iterator[tuple[str, Iterable[str]]]:
    """Make a site of a graph: the names of its files, and what is in them.

    If it is said at which URL the site will stand, the rules with which w3id.org
    leads there are a file of it. Raises UsageError for what is no URL, and OutputError
    for an IRI that can have no page of its own.
    """
    if place:
        yield redirects.FILE, [redirects.redirects(place)]
    material = Material(graph)
    require_names(material)
    renderer = Renderer(material)
    for name in _ASSETS:
        yield name, [files("wicgraph.site").joinpath("assets", name).read_text("utf-8")]
    yield search.INDEX, search.index(material)
    for page in pages(material):
        for language in Language:
            yield page.address.file(language), [renderer.render(page, language)]
        for file in page.files:
            yield page.address.beside(file.suffix), file.chunks


def pages(material: Material) -> Iterator[Page]:
    """Make every page of the site, kind by kind."""
    for kind in _KINDS:
        yield from kind(material)
