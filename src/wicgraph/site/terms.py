"""The pages of the ontology: one of the whole, and one of each of its terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.publishing.ontology import PATTERNS, Kind
from wicgraph.publishing.pictures import class_picture, pattern_picture
from wicgraph.reasoning.encoding import Statement
from wicgraph.site.folders import HOME, ONTOLOGY
from wicgraph.site.page import Page
from wicgraph.site.proofs import proof_of
from wicgraph.terms import GRAPH, OWL, WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.publishing.ontology import Entry, Example
    from wicgraph.site.address import Address
    from wicgraph.site.material import Material
    from wicgraph.site.page import Drawn
    from wicgraph.site.proofs import Step
    from wicgraph.terms import Triple

_GRAPH = NamedNode(GRAPH + "ontology")
_WHOLE = NamedNode(WIC.removesuffix("#"))
_OBJECT_PROPERTY = NamedNode(OWL + "ObjectProperty")
_VERSION = NamedNode(OWL + "versionInfo")

# The sorts of terms on the page of the ontology, by the anchors of their places.
_SORTS = {
    "classes": (
        Text("Classes", "类"),
        Text(
            "What kinds of things there are. The definition says what a thing of the"
            " class is, and what it is not.",
            "有哪些类别的事物。定义说明属于该类的事物是什么、不是什么。",
        ),
    ),
    "relations": (
        Text("Relations that rules infer", "由规则推出的关系"),
        Text(
            "Chains of properties conclude them, or their inverses, from what documents"
            " state, such as roles, tenures and memberships; each has a proof.",
            "由属性链从文献所述（如角色、任职、成员资格）推出，逆属性亦然；"
            "每一条都有证明。",
        ),
    ),
    "links": (
        Text("Links", "链接"),
        Text(
            "They lead from a fact or a thing to another thing.",
            "从一项事实或事物指向另一事物。",
        ),
    ),
    "texts": (
        Text("Texts, numbers and dates", "文字、数字与日期"),
        Text("Their values are no things.", "其取值不是事物。"),
    ),
    "apart": (
        Text("What is never one", "绝不相同的事物"),
        Text(
            "Nothing is of two classes of one of these sets.",
            "任何事物都不能同时属于下列任一组中的两个类。",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one sort; `anchor` names the part of the page that has them."""

    anchor: str
    title: Text
    summary: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A pattern, by the fact that shows it, and how it is drawn."""

    example: Example
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Whole:
    """All that stands on the page of the ontology; `shapes` counts them.

    A shape that is part of another does not count.
    """

    node: NamedNode
    definition: Text
    version: str
    classes: Drawn
    patterns: tuple[Shown, ...]
    groups: tuple[Group, ...]
    lists: tuple[Entry, ...]
    entries: Mapping[NamedNode, Entry]
    shapes: int


@dataclass(frozen=True, slots=True)
class Use:
    """A statement that uses a term; the proof is there if no document states it."""

    triple: Triple
    stated: bool
    proof: Step | None


@dataclass(frozen=True, slots=True)
class Term:
    """All that stands on the page of a term."""

    entry: Entry
    examples: tuple[Use, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the page of the ontology, and those of its terms."""
    ontology = material.graph.ontology
    entries = {term: ontology.entry(term) for term in ontology.terms}
    yield _whole(material, entries)
    for node, address in material.places:
        if node in entries or node.value.startswith(WIC):
            entry = entries.get(node) or ontology.entry(node)
            yield _term(material, entry, address)


def _whole(material: Material, entries: Mapping[NamedNode, Entry]) -> Page:
    ontology = material.graph.ontology
    said = material.snapshot.triples(_WHOLE, _VERSION, inference=False)
    versions = [t.object.value for t in said if isinstance(t.object, Literal)]
    examples = (ontology.example(pattern) for pattern in PATTERNS)
    content = Whole(
        _WHOLE,
        ontology.entry(_WHOLE).definition,
        ", ".join(sorted(versions)),
        partial(class_picture, ontology),
        tuple(Shown(each, partial(pattern_picture, each)) for each in examples if each),
        tuple(_groups(entries)),
        tuple(each for each in entries.values() if _is_list(each)),
        entries,
        sum(not shape.of for shape in ontology.shapes),
    )
    return Page(
        ONTOLOGY.address,
        ONTOLOGY.title,
        "ontology.html",
        content,
        (HOME,),
        files=material.data.of_graph(_GRAPH),
    )


def _groups(entries: Mapping[NamedNode, Entry]) -> Iterator[Group]:
    """Sort classes and properties, and the axioms that set classes apart."""
    sorts: dict[str, list[Entry]] = {}
    for entry in entries.values():
        sorts.setdefault(_sort(entries, entry), []).append(entry)
    for name, (title, summary) in _SORTS.items():
        if name in sorts:
            yield Group(name, title, summary, tuple(sorts[name]))


def _sort(entries: Mapping[NamedNode, Entry], entry: Entry) -> str:
    if entry.kind is Kind.CLASS:
        return "" if _is_list(entry) else "classes"
    if entry.joins is None:
        return "apart" if entry.kind is Kind.AXIOM else ""
    if _OBJECT_PROPERTY not in entry.types:
        return "texts"
    both = (entry, *(entries[each] for each in entry.joins.inverse if each in entries))
    follows = any(each.joins and each.joins.chains for each in both)
    return "relations" if follows else "links"


def _is_list(entry: Entry) -> bool:
    """Tell a class whose members are closed values of the ontology."""
    return entry.kind is Kind.CLASS and bool(entry.members)


def _term(material: Material, entry: Entry, address: Address) -> Page:
    stated = entry.uses.stated > 0
    examples = (
        Use(each, stated, None if stated else proof_of(material, Statement(*each)))
        for each in entry.uses.examples
    )
    title = material.labels.text(entry.term)
    content = Term(entry, tuple(examples))
    return Page(
        address,
        title,
        "term.html",
        content,
        (HOME, ONTOLOGY),
        files=material.data.of_term(entry.term),
    )
