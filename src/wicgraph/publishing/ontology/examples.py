"""The patterns of the ontology, each shown by a fact that a rule chooses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.grounds import EVIDENCE
from wicgraph.asking.things import nodes
from wicgraph.language import Text
from wicgraph.publishing.ontology.axioms import SUBPROPERTY
from wicgraph.terms import RDF_TYPE, SKOS, WIC, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.publishing.ontology.axioms import Axioms
    from wicgraph.publishing.ontology.properties import Chain
    from wicgraph.terms import Term

_VALUE = NamedNode(WIC + "ValueList")
_NOTE = NamedNode(SKOS + "note")
# Links that are followed one step further: to the document, the body, the thing named.
_ONWARD = tuple(NamedNode(WIC + name) for name in ("passageOf", "postIn", "nameOf"))
_MOST = 2  # nodes that are shown of one link


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of saying something in the graph: its name, and the class of its facts.

    `telling` is a closed value that shows the point of it, at what the fact joins.
    """

    name: str
    of_class: NamedNode
    title: Text
    summary: Text
    telling: NamedNode | None = None


PATTERNS = (
    Pattern(
        "role",
        NamedNode(WIC + "Involvement"),
        Text("A role", "角色"),
        Text(
            "Somebody’s part in an event is a node. One link says who and in which"
            " part, another says which event and whether the part was played,"
            " announced or only asked for. Relations between the two are inferred,"
            " never typed.",
            "某人或某机构在活动中的角色是一个节点。一条链接说明由谁担任何种角色，"
            "另一条说明是哪次活动，以及是已经发生、已宣布还是仅受邀请。"
            "二者之间的关系由推理得出，从不手工录入。",
        ),
    ),
    Pattern(
        "tenure",
        NamedNode(WIC + "Tenure"),
        Text("A tenure", "任职"),
        Text(
            "A post exists apart from whoever holds it. A tenure joins the two, with"
            " the day on which a document shows it; when it began or ended is mostly"
            " unknown.",
            "职务独立于任职者而存在。任职把二者联系起来，并注明文献所证实的日期；"
            "起止时间大多不详。",
        ),
    ),
    Pattern(
        "figure",
        NamedNode(WIC + "Figure"),
        Text("A figure", "数字"),
        Text(
            "A number is kept as a document states it: the words, the number in them,"
            " how exact they are, what is counted and in which state. Nothing is"
            " computed from it.",
            "数字按文献所述保留：原文、其中的数值、精确程度、计数对象及其状态。"
            "不由此推算任何内容。",
        ),
    ),
    Pattern(
        "claim",
        NamedNode(WIC + "Claim"),
        Text("A claim", "说法"),
        Text(
            "What somebody says is kept as a claim of theirs: affirmed, denied or"
            " asked. It is not a fact of the graph, and nothing follows from it.",
            "某人所说的话记作其说法：肯定、否认或询问。说法不是图谱中的事实，"
            "不由此推出任何内容。",
        ),
    ),
    Pattern(
        "name-correction",
        NamedNode(WIC + "NameCorrection"),
        Text("A name correction", "名称更正"),
        Text(
            "A name stays as it is printed. Another document may show the right form:"
            " the correction points to the printed name, and says on what it rests and"
            " how sure it is.",
            "名称保持所印原样。如另有文献证明正确形式，则由名称更正指向所印名称，"
            "并说明其依据和置信度。",
        ),
        NamedNode(WIC + "GarbledForm"),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a fact to a node, the `place`th `of` so many, and on from there."""

    relation: NamedNode
    node: NamedNode
    place: int
    of: int
    onward: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A fact that shows a pattern: what it says, what it joins, what follows from it.

    `said` are its texts, numbers and closed values, each with its property.
    """

    pattern: Pattern
    node: NamedNode
    said: tuple[tuple[NamedNode, Term], ...]
    links: tuple[Link, ...]
    follows: tuple[Triple, ...]


def example(
    axioms: Axioms, chains: tuple[Chain, ...], pattern: Pattern
) -> Example | None:
    """Choose the fact that shows a pattern best; None if the graph has none.

    It is one that has the telling value beside it, if there is any; of those, one from
    which most kinds of relations follow, then one that has most properties, then fewest
    values, and then the first by name.
    """
    typed = axioms.snapshot.triples(None, RDF_TYPE, pattern.of_class)
    facts = nodes(each.subject for each in typed)
    examples = (_example(axioms, chains, pattern, fact) for fact in facts)
    return min(examples, key=lambda each: _order(axioms, each), default=None)


def _order(axioms: Axioms, each: Example) -> tuple[bool, int, int, int, str]:
    telling = each.pattern.telling
    values = {v for link in each.links for v in axioms.objects(link.node)}
    relations = {triple.predicate for triple in each.follows}
    said = [name for name, _ in each.said if name != _NOTE]
    properties = {*said, *(link.relation for link in each.links)}
    size = len(each.said) + sum(link.of for link in each.links)
    is_dull = telling is not None and telling not in values
    return (is_dull, -len(relations), -len(properties), size, each.node.value)


def _example(
    axioms: Axioms, chains: tuple[Chain, ...], pattern: Pattern, node: NamedNode
) -> Example:
    said, joined = [], []
    for each in axioms.snapshot.triples(node, inference=False):
        value = each.object
        if isinstance(value, NamedNode) and not _is_value(axioms, value):
            joined.append((each.predicate, value))
        elif isinstance(value, (NamedNode, Literal)):
            said.append((each.predicate, value))
    links = tuple(_links(axioms, joined))
    return Example(
        pattern,
        node,
        tuple(sorted(said, key=_place)),
        links,
        tuple(_follows(axioms, chains, node, links)),
    )


def _place(said: tuple[NamedNode, Term]) -> tuple[bool, str, str]:
    """Put our own notes last."""
    return (said[0] == _NOTE, str(said[0]), str(said[1]))


def _is_value(axioms: Axioms, node: NamedNode) -> bool:
    found = axioms.snapshot.triples(node, RDF_TYPE, _VALUE)
    return next(found, None) is not None


def _links(axioms: Axioms, joined: list[tuple[NamedNode, NamedNode]]) -> Iterator[Link]:
    """Make links of what is joined: what it rests on last, and each node once."""
    ordered = sorted(joined, key=lambda j: (j[0] == EVIDENCE, str(j[0]), str(j[1])))
    every = [each for each in ordered if each[0] != RDF_TYPE]
    sizes = Counter(relation for relation, _ in every)
    shown: Counter[NamedNode] = Counter()
    drawn = {node for _, node in every}
    for relation, node in every:
        shown[relation] += 1
        if shown[relation] <= _MOST:
            onward = []
            for step in _ONWARD:
                for each in axioms.nodes(node, step):
                    if each not in drawn:
                        drawn.add(each)
                        onward.append(Link(step, each, 1, 1))
            place = shown[relation]
            yield Link(relation, node, place, sizes[relation], tuple(onward))


def _follows(
    axioms: Axioms, chains: tuple[Chain, ...], node: NamedNode, links: tuple[Link, ...]
) -> Iterator[Triple]:
    """Find what chains through the fact conclude of the nodes beside it.

    What follows from one of these relations in turn, being wider, is left out.
    """
    beside = {each.node for link in links for each in (link, *link.onward)}
    around = (axioms.snapshot.triples(node), axioms.snapshot.triples(None, None, node))
    near = {each.predicate for said in around for each in said}
    found = {
        Triple(path[0], chain.relation, path[-1])
        for chain in chains
        if not near.isdisjoint(step.property for step in chain.steps)
        for path in _paths(axioms, chain, {node, *beside})
        if node in path
    }
    for each in sorted(found, key=str):
        wider = (
            axioms.above(other.predicate, SUBPROPERTY)
            for other in found - {each}
            if (other.subject, other.object) == (each.subject, each.object)
        )
        if not any(each.predicate in above for above in wider):
            yield each


def _paths(
    axioms: Axioms, chain: Chain, among: set[NamedNode]
) -> list[tuple[NamedNode, ...]]:
    """Go along a chain, over some nodes only."""
    paths: list[tuple[NamedNode, ...]] = [(node,) for node in among]
    for step in chain.steps:
        paths = [
            (*path, after)
            for path in paths
            for after in _after(axioms, path[-1], step.property, back=step.back)
            if after in among
        ]
    return paths


def _after(
    axioms: Axioms, node: NamedNode, relation: NamedNode, *, back: bool
) -> tuple[NamedNode, ...]:
    """List where a property leads from a node, or from where it leads to it."""
    if back:
        said = axioms.snapshot.triples(None, relation, node)
        return nodes(each.subject for each in said)
    return nodes(each.object for each in axioms.snapshot.triples(node, relation))
