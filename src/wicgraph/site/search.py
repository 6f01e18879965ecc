"""The search page, and the index with which it finds things without a server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from wicgraph.language import Language, Text
from wicgraph.publishing.lists import MATCHES, kind_of_name
from wicgraph.site.address import Address
from wicgraph.site.folders import HOME
from wicgraph.site.page import Page
from wicgraph.terms import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.names import Name
    from wicgraph.site.material import Material
    from wicgraph.terms import NamedNode

ADDRESS = Address("search")
SCRIPT = "search.js"
INDEX = "search-index.js"
TITLE = Text("Search", "检索")


@dataclass(frozen=True, slots=True)
class Search:
    """What the page says of a match, best match first, and its scripts."""

    matches: tuple[Text, ...]
    scripts: tuple[str, ...]


def pages(_: Material) -> Iterator[Page]:
    """Make the search page."""
    content = Search(tuple(MATCHES.values()), (INDEX, SCRIPT))
    yield Page(ADDRESS, TITLE, "search.html", content, (HOME,))


def index(material: Material) -> Iterator[str]:
    """Write every name of every thing that has a page, as a script.

    It defines `wicgraphIndex`: `things` with path, anchor, labels and classes; `kinds`
    of names; `names` with thing, text, language, kind and normalized text. Labels,
    classes and kinds are there in English and Chinese. Names are in the order in which
    equal matches are shown.
    """
    names = [n for n in material.graph.things.names if material.addresses.find(n.thing)]
    names.sort(key=_order)
    things = {node: n for n, node in enumerate(dict.fromkeys(n.thing for n in names))}
    kinds = {node: n for n, node in enumerate(dict.fromkeys(n.kind for n in names))}
    yield "const wicgraphIndex = {\n"
    yield from _lines("things", (_thing(material, node) for node in things))
    yield from _lines("kinds", (_kind(material, node) for node in kinds))
    yield from _lines(
        "names",
        (
            (
                things[name.thing],
                name.text.value,
                language_tag(name.text.language or ""),
                kinds[name.kind],
                name.folded,
            )
            for name in names
        ),
    )
    yield "};\n"


def _order(name: Name) -> tuple[int, str, str, str]:
    text = name.text.value
    return (len(text), text, name.kind.value, name.thing.value)


def _lines(key: str, values: Iterator[tuple[object, ...]]) -> Iterator[str]:
    yield f"{key}: [\n"
    for value in values:
        yield json.dumps(value, ensure_ascii=False, separators=(",", ":")) + ",\n"
    yield "],\n"


def _thing(material: Material, node: NamedNode) -> tuple[object, ...]:
    address = material.addresses.find(node)
    classes = material.graph.things.classes(node, inference=False)
    between = {Language.EN: ", ", Language.ZH: "、"}
    return (
        quote(address.path) if address else "",
        f"#{quote(address.anchor)}" if address and address.anchor else "",
        [material.labels.of(node, each) for each in Language],
        [
            between[each].join(material.labels.of(kind, each).text for kind in classes)
            for each in Language
        ],
    )


def _kind(material: Material, node: NamedNode) -> tuple[object, ...]:
    said = kind_of_name(node, material.labels.text(node))
    return tuple(said.spoken(each) for each in Language)
