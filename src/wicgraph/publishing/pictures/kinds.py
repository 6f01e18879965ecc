"""The kinds of things that pictures tell apart, and what their lines mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.publishing.drawing import Edge, Shapes, Style, Text
from wicgraph.terms import WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Collection

    from wicgraph.asking.things import Things
    from wicgraph.language import Language

_SAMPLE = 36  # how long the lines of the legend are


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: its class, its name in pictures and its headings."""

    of_class: NamedNode
    name: str
    headings: tuple[str, str]


def _kind(of_class: str, name: str, *headings: str) -> Kind:
    english, chinese = headings
    return Kind(NamedNode(WIC + of_class), name, (english, chinese))


# In the order in which they are drawn; the first that fits a thing is its kind.
KINDS = (
    _kind("Gathering", "event", "Events", "活动"),
    _kind("Organization", "organization", "Organizations", "机构"),
    _kind("Person", "person", "Persons", "人物"),
    _kind("Post", "post", "Posts", "职务"),
    _kind("Agent", "group", "Groups and unnamed people", "群体与未具名者"),
    _kind("Place", "place", "Places", "地点"),
    _kind("Topic", "topic", "Topics", "议题"),
    _kind("Report", "report", "Reports", "报告"),
)


def kind_of(things: Things, node: NamedNode) -> Kind | None:
    """Return the kind of a thing; None for what pictures do not show."""
    return kind_among(things.classes(node, inference=True))


def kind_among(classes: Collection[NamedNode]) -> Kind | None:
    """Return the kind that a class is of, by all classes above it and itself."""
    return next((kind for kind in KINDS if kind.of_class in classes), None)


def what(things: Things, node: NamedNode) -> str:
    """Name the classes that documents give a thing."""
    classes = things.classes(node, inference=False)
    labels = things.labels(classes)
    return ", ".join(things.label(each, labels) for each in classes)


def legend(x: int, y: int, language: Language) -> Shapes:
    """Draw what a solid and a dashed line mean, in one row."""
    stated = language.pick("stated by a document", "有文献陈述")
    inferred = language.pick(
        "inferred, stated by no document", "推理得出，无文献直接陈述"
    )
    edges, texts = [], []
    for text, is_inferred in ((stated, False), (inferred, True)):
        edges.append(Edge((x, y), (x + _SAMPLE, y), inferred=is_inferred))
        texts.append(Text(x + _SAMPLE + 8, y + 4, text, Style.NOTE))
        x += _SAMPLE + 8 + round(Style.NOTE.measure(text)) + 24
    return Shapes(tuple(edges), (), tuple(texts))
