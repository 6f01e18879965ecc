"""What pages call the nodes of the graph, in either language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.asking.language import preferred
from wicgraph.asking.things import local_name, nodes
from wicgraph.language import Language, Text
from wicgraph.publishing.lists import NAME_KINDS
from wicgraph.publishing.vocabulary import WORDS
from wicgraph.terms import (
    GRAPH,
    QUERY,
    RDF_TYPE,
    RDFS,
    Literal,
    NamedNode,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.things import Things

_GRAPHS = {
    "about": Text("What the data set says of itself", "数据集对自身的描述"),
    "inferred": Text("What is inferred", "推理所得"),
    "ontology": Text("The ontology", "本体"),
    "queries": Text("The stored questions", "存储的问题"),
    "shapes": Text("The shapes", "形状"),
}
_FILES = {  # of reference, in Chinese
    "events": "活动",
    "groups": "群体与未具名者",
    "organizations": "机构",
    "people": "人物",
    "places": "地点",
    "posts": "职务",
    "works": "报告",
}
_COMMENT = NamedNode(RDFS + "comment")  # in which a stored query has its question
_ELSEWHERE = (  # the names of what describes the data set
    NamedNode("http://xmlns.com/foaf/0.1/name"),
    NamedNode("http://purl.org/dc/terms/title"),
)


class Label(NamedTuple):
    """A text and the tag of its language, which is "" where it has none."""

    text: str
    tag: str = ""


@dataclass(frozen=True)
class Labels:
    """Names nodes, and remembers what it found.

    A fact that has no name is called by its class and the things that it joins, and
    what joins none by its CURIE.
    """

    things: Things
    _found: dict[tuple[NamedNode, Language], Label] = field(
        default_factory=dict, repr=False
    )

    def of(self, node: NamedNode, language: Language) -> Label:
        """Name a node in a language, or in the other one where that has no name."""
        key = (node, language)
        if key not in self._found:
            self._found[key] = self._made(node, language)
        return self._found[key]

    def text(self, node: NamedNode) -> Text:
        """Name a node in both languages."""
        return Text(*(self.of(node, each).text for each in (Language.EN, Language.ZH)))

    def _made(self, node: NamedNode, language: Language) -> Label:
        if node in NAME_KINDS:
            return Label(NAME_KINDS[node].spoken(language), language)
        if node in WORDS:
            return Label(WORDS[node].spoken(language), language)
        found = replace(self.things, language=language).text(node)
        if found is None:
            found = preferred(self._titles(node), language)
        if node.value.startswith(GRAPH):
            return Label(_graph(local_name(node)).spoken(language), language)
        if found is not None:
            return Label(found.value, language_tag(found.language or ""))
        parts = list(dict.fromkeys(self._parts(node)))
        if len(parts) > 1:
            names = (self.of(part, language).text for part in parts)
            return Label(" · ".join(names), language)
        return Label(self.things.prefixes.shorten(node))

    def _titles(self, node: NamedNode) -> Iterator[Literal]:
        """Find what a node is called in other words than those of the graph."""
        is_query = node.value.startswith(QUERY)
        for kind in (_COMMENT,) if is_query else _ELSEWHERE:
            for triple in self.things.snapshot.triples(node, kind):
                if isinstance(triple.object, Literal):
                    yield triple.object

    def _parts(self, node: NamedNode) -> Iterator[NamedNode]:
        """Find the classes of an unnamed fact, then the things that it joins."""
        yield from self.things.classes(node, inference=False)
        said = self.things.snapshot.triples(node, inference=False)
        joined = nodes(t.object for t in said if t.predicate != RDF_TYPE)
        yield from (each for each in joined if self._is_thing(each))

    def _is_thing(self, node: NamedNode) -> bool:
        """Tell a thing from a term, which has no slash after our namespace."""
        return "#" not in node.value and self.things.is_named(node)


def _graph(name: str) -> Text:
    """Name a graph that is no source: one of ours, or else a file of reference."""
    said = Text(f"Reference data: {name}", f"参考数据：{_FILES.get(name, name)}")
    return _GRAPHS.get(name, said)
