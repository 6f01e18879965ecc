"""Quads in the one order in which they are written, and labels that never vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from wicgraph.terms import RDF_TYPE, BlankNode, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Quad, Subject, Term


class Fact(NamedTuple):
    """A quad, its graph None where it is the default graph."""

    subject: Subject
    predicate: NamedNode
    object: Term
    graph: NamedNode | None

    @property
    def place(self) -> tuple[str, str, bool, str, str]:
        """Order by graph and subject; the types of a subject come first."""
        graph = str(self.graph) if self.graph else ""
        typed = self.predicate == RDF_TYPE
        rest = (str(self.predicate), str(self.object))
        return (graph, str(self.subject), not typed, *rest)


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Give blank nodes the labels of RDFC-1.0, which no file and no order changes.

    https://www.w3.org/TR/rdf-canon/
    """
    found = {quad for quad in quads if not _has_triple_term(quad)}
    labelled = {q for q in found if BlankNode in {type(q.subject), type(q.object)}}
    dataset = Dataset(labelled)  # no label depends on a quad without a blank node
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found - labelled | set(dataset)


def in_order(quads: Iterable[Quad], *, merged: bool) -> list[Fact]:
    """Sort quads, each once; `merged` takes their graphs away."""
    return sorted(set(facts(quads, merged=merged)), key=lambda fact: fact.place)


def _has_triple_term(quad: Quad) -> bool:
    """Tell what no file of RDF 1.1 can say."""
    return Triple in {type(quad.subject), type(quad.object)}


def facts(quads: Iterable[Quad], *, merged: bool) -> Iterator[Fact]:
    """Go through quads but those with triple terms; `merged` takes their graphs."""
    for quad in quads:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, Triple) or isinstance(value, Triple):
            continue  # no file can say such a thing: Turtle 1.1 has no triple terms
        named = graph if isinstance(graph, NamedNode) and not merged else None
        yield Fact(subject, quad.predicate, value, named)
