"""Graphs as text: sorted, so that the same graph is the same bytes, always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.dumps.context import NO_TERMS, Vocabulary
from wicgraph.publishing.dumps.facts import canonical, in_order
from wicgraph.publishing.dumps.jsonld import jsonld
from wicgraph.publishing.dumps.lines import graph_hash, lines
from wicgraph.publishing.dumps.rdfxml import rdfxml
from wicgraph.publishing.dumps.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Prefixes, Quad

__all__ = ["Vocabulary", "canonical", "dump", "graph_hash"]

_ONE_GRAPH = ("turtle", "ntriples", "rdfxml")  # formats that cannot say which graph


def dump(
    quads: Iterable[Quad],
    form: str,
    prefixes: Prefixes,
    vocabulary: Vocabulary = NO_TERMS,
) -> Iterator[str]:
    """Write quads in one of GRAPH_FORMATS, a piece at a time.

    Turtle, N-Triples and RDF/XML have one graph, so they hold each triple once, whoever
    says it. Blank nodes keep their labels, but for the cells of lists in Turtle and
    TriG, which need none. What RDF/XML cannot say raises OutputError before the first
    piece. The vocabulary gives JSON-LD its short names.
    """
    merged = form in _ONE_GRAPH
    if form in {"ntriples", "nquads"}:
        return lines(quads, merged=merged)
    facts = in_order(quads, merged=merged)
    if form == "jsonld":
        return jsonld(facts, prefixes, vocabulary)
    return (rdfxml if form == "rdfxml" else turtle)(facts, prefixes)
