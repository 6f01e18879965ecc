"""Which IRIs can have pages: each a file of its own, on every system and at every URL.

Windows keeps some characters and names for itself, and like macOS it folds case; in a
URL some characters end a path; and a dot begins the suffix of a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from wicgraph.errors import OutputError
from wicgraph.language import NOTHING, Text, quoted, spaced
from wicgraph.site import search, service
from wicgraph.site.address import NAMESPACE
from wicgraph.site.folders import FOLDERS, HOME, ONTOLOGY
from wicgraph.terms import QUERY, WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.reading.fact import Position
    from wicgraph.site.address import Address
    from wicgraph.site.material import Material
    from wicgraph.store import Snapshot

_UNFIT = re.compile(r'[.?*:"<>|\\#%\x00-\x20\x7f-\x9f]')
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]")
_LONGEST = 240  # bytes of a name, beside which there is room for suffixes

# The pages that the site has of its own, by their paths.
_OWN = {
    HOME.address.path: HOME.title,
    ONTOLOGY.address.path: ONTOLOGY.title,
    search.ADDRESS.path: search.TITLE,
    service.ADDRESS.path: service.TITLE,
    **{f"{folder}/index": name for folder, name in FOLDERS.items()},
}
_FOUND_THERE = (NAMESPACE, WIC.removesuffix("#"))  # the IRIs that these pages are of
_KEPT = {"ontology": WIC, "queries": QUERY}  # folders of one namespace only


def require_names(material: Material) -> None:
    """Refuse a graph with an IRI that can have no page, or not one of its own.

    Raises OutputError, which says where the IRI is written.
    """
    taken: dict[str, NamedNode] = {}
    for node, address in material.places:
        if _stands_on_other(node, address):
            continue
        why = _unfit(address) or _kept(node, address)
        other = taken.setdefault(_folded(address.path), node)
        if not why and other != node:
            why = _alike(material.snapshot, other)
        if why:
            it = _written(material.snapshot, node)
            raise OutputError(
                Text(
                    f"{it.en} can have no page: {why.en}; give it another IRI",
                    f"{spaced(it.zh, '不能有网页')}：{why.zh}；请换用别的 IRI",
                )
            )


def _stands_on_other(node: NamedNode, address: Address) -> bool:
    """Tell a node that has a place on the page of something else."""
    is_parameter = node.value.startswith(f"{QUERY}parameter/")
    return bool(address.anchor) or is_parameter or node.value in _FOUND_THERE


def _unfit(address: Address) -> Text:
    """Say which part of a path can be no name of a file, if one cannot."""
    for part in address.path.split("/"):
        found = _UNFIT.search(part)
        if found:
            sign = quoted(found[0])
            return Text(
                f"the name of a page cannot have {sign.en} in it",
                f"网页的名称中不能有{sign.zh}",
            )
        if _DEVICES.fullmatch(part.casefold()):
            name = quoted(part)
            return Text(
                f"on Windows no file can be named {name.en}",
                f"Windows 上的文件不能取名{name.zh}",
            )
        if len(part.encode()) > _LONGEST:
            return Text("its name is too long for a file", "名称过长，不能作为文件名")
    return NOTHING


def _kept(node: NamedNode, address: Address) -> Text:
    """Say which page of the site itself stands there, if one does."""
    title = _OWN.get(_folded(address.path))
    if title:
        shown = Text(quoted(title.en).en, quoted(title.zh).zh)
        return Text(
            f"{address.path} is the page {shown.en} of the site",
            f"{address.path} 是网站自有的页面{shown.zh}",
        )
    namespace = _KEPT.get(address.folder.casefold(), "")
    if not node.value.startswith(namespace):
        return Text(
            f"the folder {address.folder} has only the pages of <{namespace}…>",
            f"文件夹 {address.folder} 只放 <{namespace}…> 的网页",
        )
    return NOTHING


def _alike(snapshot: Snapshot, other: NamedNode) -> Text:
    shown = _written(snapshot, other)
    return Text(
        f"some file systems cannot tell it from {shown.en}",
        spaced("有些文件系统会将它与", shown.zh, "混为一谈"),
    )


def _folded(path: str) -> str:
    """Write a path as file systems do that know neither case nor ways to compose."""
    return normalize("NFC", path).casefold()


def _written(snapshot: Snapshot, node: NamedNode) -> Text:
    """Name a node and the first place where it is written, as far as one is known."""
    for said in (_positions(snapshot, node, end) for end in range(3)):
        first = min(said, key=lambda at: (at.path, at.line), default=None)
        if first:
            where = f"{first.path}:{first.line}"
            return Text(f"<{node.value}> ({where})", f"<{node.value}>（{where}）")
    return Text(f"<{node.value}>", f"<{node.value}>")


def _positions(snapshot: Snapshot, node: NamedNode, end: int) -> Iterator[Position]:
    """Find where triples are written that have a node as subject, predicate, object."""
    pattern: list[NamedNode | None] = [None, None, None]
    pattern[end] = node
    for triple in snapshot.triples(*pattern, inference=False):
        yield from snapshot.positions(triple)
