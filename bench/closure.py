"""Hold the conclusions from the whole graph against owlrl's own, and take the times.

`tests/test_closure.py` does the same with a part of the graph. owlrl takes most of a
minute with all of it. Exits with 1 if the conclusions differ.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import rdflib
from owlrl import OWLRL_Semantics
from pyoxigraph import RdfFormat, Triple, parse

from wicgraph.reading.dataset import Dataset
from wicgraph.reasoning.closure import infer
from wicgraph.reasoning.rules import mended
from wicgraph.root import Root
from wicgraph.terms import OWL, RDF, RDFS, XSD

REPOSITORY = Path(__file__).resolve().parents[1]


def by_owlrl(triples: set[Triple]) -> set[Triple]:
    """Conclude with owlrl alone, and drop what it says about the languages."""
    given = rdflib.Graph()
    given.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    graph = rdflib.Graph(store="SimpleMemory")
    for statement in mended(given):
        graph.add(statement)
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    told = rdflib.Graph()
    for subject, predicate, value in graph:
        blank = {type(subject), type(value)} & {rdflib.BNode}
        about = value if str(predicate) == RDF + "type" else predicate
        foreign = str(about).startswith((OWL, RDF, RDFS, XSD))
        if not blank and isinstance(subject, rdflib.URIRef) and not foreign:
            told.add((subject, predicate, value))
    text = told.serialize(format="nt")
    return {quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)} - triples


def main() -> int:
    """Print the times and their ratio."""
    rdflib.NORMALIZE_LITERALS = False
    facts = Dataset.load(Root.find(REPOSITORY, REPOSITORY)).facts
    triples = {fact.triple for fact in facts}
    start = time.process_time()
    ours = set(infer(facts).triples)
    middle = time.process_time()
    theirs = by_owlrl(triples)
    end = time.process_time()
    mine, other = middle - start, end - middle
    print(f"{len(triples):,} triples, {len(ours):,} conclusions")
    print(f"  wicgraph {mine:7.2f} s")
    print(f"  owlrl    {other:7.2f} s  {other / mine:.0f} x")
    for triple in sorted(map(str, ours ^ theirs))[:5]:
        print(f"  different: {triple}")
    return int(ours != theirs)


if __name__ == "__main__":
    sys.exit(main())
