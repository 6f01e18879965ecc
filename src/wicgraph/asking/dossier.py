"""All that the graph says about one thing, source by source, with the words it rests on.

A node that has evidence and no name of its own (a role, tenure, figure, claim, printed
name …) is a fact with several parts; it is shown whole with the things that it joins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from wicgraph.asking.answer import evaluate
from wicgraph.asking.sparql import QueryText
from wicgraph.terms import (
    GRAPH,
    RDF_TYPE,
    SKOS,
    WIC,
    BlankNode,
    Literal,
    NamedNode,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.asking.things import Things
    from wicgraph.reading.turtle import Position
    from wicgraph.terms import Term

_INFERRED = NamedNode(GRAPH + "inferred")
_NAMES = tuple(
    NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "hiddenLabel")
)
_EVIDENCE = NamedNode(WIC + "evidence")
_OUT = """
SELECT DISTINCT ?graph ?subject ?predicate ?object WHERE {{
  VALUES ?subject {{ {nodes} }}
  GRAPH ?graph {{ ?subject ?predicate ?object }}
}}
"""
_IN = """
SELECT DISTINCT ?graph ?subject ?predicate ?object WHERE {{
  VALUES ?object {{ {nodes} }}
  GRAPH ?graph {{ ?subject ?predicate ?object }}
}}
"""
_QUOTES = """
PREFIX wic: <https://w3id.org/wicgraph/ontology#>
SELECT DISTINCT ?graph ?subject ?passage ?quote ?property WHERE {{
  VALUES ?subject {{ {nodes} }}
  GRAPH ?graph {{
    ?subject wic:evidence ?passage .
    ?passage wic:quote ?quote .
    OPTIONAL {{ ?passage wic:supports ?property }}
  }}
}}
"""
