"""Quads in the one order in which they are written, and labels that never vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from wicgraph.terms import RDF_TYPE, BlankNode, NamedNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Subject, Term


class Fact(NamedTuple):
    """A quad, its graph None where it is the default graph."""

    subject: Subject
    predicate: NamedNode
    object: Term
    graph: NamedNode | None

    @property
    def place(self) -> str:
        """Order by graph and subject; the types of a subject come first.

        One text takes less room than a tuple; no IRI has the character between them.
        """
        typed = "" if self.predicate == RDF_TYPE else str(self.predicate)
        graph = str(self.graph) if self.graph else ""
        return f"{graph}\0{self.subject}\0{typed}\0{self.object}"


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
    return sorted(
        map(_fact, set(said(quads, merged=merged))), key=lambda fact: fact.place
    )


def _has_triple_term(quad: Quad) -> bool:
    """Tell what no file of RDF 1.1 can say."""
    return Triple in {type(quad.subject), type(quad.object)}


def said(quads: Iterable[Quad], *, merged: bool) -> Iterator[Quad]:
    """Go through quads but those with triple terms; `merged` takes their graphs.

    A graph without a name is the default graph.
    """
    for quad in quads:
        if _has_triple_term(quad):
            continue
        if merged or not isinstance(quad.graph_name, NamedNode):
            yield Quad(quad.subject, quad.predicate, quad.object)
        else:
            yield quad


def _fact(quad: Quad) -> Fact:
    graph = quad.graph_name
    subject, value = cast("Subject", quad.subject), cast("Term", quad.object)
    named = graph if isinstance(graph, NamedNode) else None
    return Fact(subject, quad.predicate, value, named)
