"""The pages of sources and of their passages: what a document says, in which words."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.dossier import stated
from wicgraph.asking.grounds import words_of
from wicgraph.asking.things import nodes
from wicgraph.site.folders import FOLDERS, title, trail
from wicgraph.site.material import PASSAGE_OF
from wicgraph.site.page import Page
from wicgraph.terms import WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.dossier import Block, Section, Statement
    from wicgraph.asking.grounds import Quote
    from wicgraph.language import Text
    from wicgraph.site.address import Address
    from wicgraph.site.material import Material

_START, _END = NamedNode(WIC + "start"), NamedNode(WIC + "end")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document, and where they stand: the first character and the last."""

    node: NamedNode
    quotes: tuple[Quote, ...]
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Source:
    """All that stands on the page of a source; `own` is how it describes itself."""

    node: NamedNode
    classes: tuple[NamedNode, ...]
    own: tuple[Statement, ...]
    others: tuple[Section, ...]
    stated: tuple[tuple[Text, tuple[Block, ...]], ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """All that stands on the page of a passage."""

    passage: Passage
    sources: tuple[NamedNode, ...]
    resting: tuple[Section, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the pages of sources, then those of passages, each by IRI."""
    for node, address in material.within("source"):
        yield page(material, node, address)
    for node, address in material.within("passage"):
        yield passage_page(material, node, address)


def page(material: Material, node: NamedNode, address: Address) -> Page:
    """Make the page of a source."""
    found = material.snapshot.triples(None, PASSAGE_OF, node, inference=False)
    passages = (_passage(material, each) for each in nodes(t.subject for t in found))
    dossier = material.dossier(node)
    own = (
        statement
        for section in dossier.sections
        if section.graph == node
        for statement in section.statements
        if not statement.incoming
    )
    content = Source(
        node,
        dossier.classes,
        tuple(own),
        tuple(section for section in dossier.sections if section.graph != node),
        _by_folder(material, stated(material.graph.things, node, material.grounds)),
        tuple(sorted(passages, key=_order)),
    )
    return Page(
        address,
        material.labels.text(node),
        "source.html",
        content,
        trail(address.folder),
        material.data.json_ld(node),
        material.data.of_graph(node),
    )


def passage_page(material: Material, node: NamedNode, address: Address) -> Page:
    """Make the page of a passage."""
    found = material.snapshot.triples(node, PASSAGE_OF, inference=False)
    sources = nodes(triple.object for triple in found)
    dossier = material.dossier(node)
    return Page(
        address,
        material.labels.text(node),
        "passage.html",
        Quoted(_passage(material, node), sources, tuple(map(_heard, dossier.sections))),
        trail(address.folder),
        files=material.data.of_thing(dossier),
    )


def in_text(material: Material, passages: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    """Sort passages of one source as they follow in its text."""
    found = sorted((_passage(material, each) for each in passages), key=_order)
    return tuple(passage.node for passage in found)


def _by_folder(
    material: Material, blocks: Iterable[Block]
) -> tuple[tuple[Text, tuple[Block, ...]], ...]:
    """Put what a source says under the titles of folders, in the order of these."""
    found: dict[str, list[Block]] = {folder: [] for folder in FOLDERS}
    for block in blocks:
        address = material.addresses.find(block.node)
        found.setdefault(address.folder if address else "other", []).append(block)
    return tuple(
        (title(folder), tuple(several)) for folder, several in found.items() if several
    )


def _heard(section: Section) -> Section:
    """Leave out what describes the passage itself."""
    rests = tuple(each for each in section.statements if each.incoming)
    return replace(section, statements=rests)


def _passage(material: Material, node: NamedNode) -> Passage:
    start, end = (_number(material, node, each) for each in (_START, _END))
    span = None if start is None or end is None else (start + 1, end)
    return Passage(node, words_of(material.snapshot, node), span)


def _number(material: Material, node: NamedNode, predicate: NamedNode) -> int | None:
    """Read an offset; None where a passage gives none, or something else."""
    found = material.snapshot.triples(node, predicate, inference=False)
    texts = [t.object.value for t in found if isinstance(t.object, Literal)]
    return min((int(text) for text in texts if text.isdecimal()), default=None)


def _order(passage: Passage) -> tuple[tuple[int, int], str]:
    return (passage.span or (sys.maxsize, sys.maxsize), passage.node.value)
