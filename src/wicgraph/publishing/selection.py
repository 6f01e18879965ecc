"""What of a graph is written: all, one source, or one thing with what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.asking.grounds import EVIDENCE
from wicgraph.asking.resolving import resolve
from wicgraph.asking.things import LABELS, local_name, nodes
from wicgraph.errors import UnknownName
from wicgraph.language import Text
from wicgraph.terms import RDF_TYPE, SOURCE, WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.things import Things
    from wicgraph.terms import Quad

_KIND = Text("source", "来源")
_SOURCE = NamedNode(WIC + "Source")
_RESTS_ON = (EVIDENCE, NamedNode(WIC + "premise"))
_PASSAGE_OF = NamedNode(WIC + "passageOf")


def selected(
    things: Things, *, source: str = "", thing: str = "", inference: bool = True
) -> frozenset[Quad]:
    """Choose quads by the names that somebody gave; both names narrow the choice.

    A source is one named graph. A thing comes with the facts that are nodes of their
    own and have it at one end, the passages that all this rests on, the description of
    their documents, and the names and classes of what is pointed to. Raises UnknownName
    and AmbiguousName.
    """
    snapshot = things.snapshot
    graph = _graph(things, source) if source else None
    if not thing:
        return frozenset(snapshot.quads(graph=graph, inference=inference))
    around = _Surroundings(things, inference=inference).of(resolve(things, thing))
    return frozenset(quad for quad in around if graph in {None, quad.graph_name})


def _graph(things: Things, text: str) -> NamedNode:
    """Find the graph of a source, or another graph by its name."""
    graphs = things.snapshot.graphs()
    for graph in graphs:
        if text in {graph.value, things.prefixes.shorten(graph), local_name(graph)}:
            return graph
    found = resolve(things, text, _SOURCE, _KIND)
    if found in graphs:
        return found
    remedy = Text(
        "it is mentioned, and no file has what it says",
        "它只是被提及，没有文件记录其内容",
    )
    raise UnknownName(_KIND, text, remedy=remedy)


class _Surroundings:
    """Collects what is said of a thing, and what readers need to make sense of it."""

    def __init__(self, things: Things, *, inference: bool) -> None:
        self._things = things
        self._inference = inference

    def of(self, thing: NamedNode) -> Iterator[Quad]:
        """Go through the quads, some of them again and again."""
        facts = self._facts(thing)
        said = [quad for node in (thing, *facts) for quad in self._quads(node)]
        said += self._quads(value=thing)
        passages = nodes(q.object for q in said if q.predicate in _RESTS_ON)
        said += [quad for node in passages for quad in self._quads(node)]
        documents = nodes(
            (
                *(q.graph_name for q in said),
                *(q.object for q in said if q.predicate == _PASSAGE_OF),
            )
        )
        described = [node for node in documents if node.value.startswith(SOURCE)]
        said += [quad for node in described for quad in self._quads(node)]
        yield from said
        yield from self._names(said)

    def _facts(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """Find the facts with the thing at one end, and what is said of those."""
        facts = self._pointing_to([thing])
        return tuple(dict.fromkeys((*facts, *self._pointing_to(facts))))

    def _pointing_to(self, targets: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
        found = nodes(q.subject for node in targets for q in self._quads(value=node))
        return tuple(node for node in found if self._is_fact(node))

    def _is_fact(self, node: NamedNode) -> bool:
        rests = self._things.snapshot.quads(node, EVIDENCE, inference=False)
        return any(rests) and not self._things.is_named(node)

    def _names(self, said: Iterable[Quad]) -> Iterator[Quad]:
        """Find the names and classes of what is pointed to, and the names of those."""
        pointed = nodes(term for q in said for term in (q.subject, q.object))
        kinds = set()
        for node in pointed:
            for quad in self._quads(node, RDF_TYPE):
                kinds.add(quad.object)
                yield quad
        for node in {*pointed, *nodes(kinds)}:
            for label in LABELS:
                yield from self._quads(node, label)

    def _quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
    ) -> Iterator[Quad]:
        return self._things.snapshot.quads(
            subject, predicate, value, inference=self._inference
        )
