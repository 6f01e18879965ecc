"""Stored queries as RDF, in the terms that editors of SPARQL look for.

https://www.w3.org/TR/shacl-af/#SPARQLExecutable · the examples of the SIB:
https://github.com/sib-swiss/sparql-examples
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.reading.fact import Fact
from wicgraph.terms import (
    GRAPH,
    QUERY,
    RDF_TYPE,
    RDFS,
    SH,
    XSD_BOOLEAN,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.queries.stored import Parameter, StoredQuery
    from wicgraph.terms import Term

QUERIES = NamedNode(GRAPH + "queries")
_PREFIXES = NamedNode("https://w3id.org/wicgraph/ontology")  # declares them all
_COMMENT = NamedNode(RDFS + "comment")
_KEYWORDS = NamedNode("https://schema.org/keywords")
_DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")
_START = (1, 1)


def description(query: StoredQuery) -> Iterator[Fact]:
    """Describe a stored query: its text, its summary and its parameters.

    The facts are in `graph:queries` and stand at the start of the file. A parameter
    is pre-bound under the name of its variable, the last part of its `sh:path`.
    """
    node = NamedNode(QUERY + query.name)
    for predicate, value in _about(query):
        yield _fact(query, node, predicate, value)
    for parameter in query.parameters:
        inner = NamedNode(f"{node.value}/{parameter.name}")
        yield _fact(query, node, NamedNode(SH + "parameter"), inner)
        for predicate, value in _of_parameter(parameter):
            yield _fact(query, inner, predicate, value)


def _about(query: StoredQuery) -> Iterator[tuple[NamedNode, Term]]:
    verb = query.source.verb
    form = verb.text.lower() if verb else "select"
    kind = f"SPARQL{form.capitalize()}Executable"
    yield RDF_TYPE, NamedNode(SH + "SPARQLExecutable")
    yield RDF_TYPE, NamedNode(SH + kind)
    yield _COMMENT, Literal(query.summary, language="en")
    yield _COMMENT, Literal(query.summary_zh, language="zh-Hans")
    yield NamedNode(SH + "prefixes"), _PREFIXES
    yield NamedNode(SH + form), Literal(query.source.sparql.strip() + "\n")
    if query.description:
        yield _DESCRIPTION, Literal(query.description, language="en")
        yield _DESCRIPTION, Literal(query.description_zh, language="zh-Hans")
    for tag in query.tags:
        yield _KEYWORDS, Literal(tag)


def _of_parameter(parameter: Parameter) -> Iterator[tuple[NamedNode, Term]]:
    yield RDF_TYPE, NamedNode(SH + "Parameter")
    yield NamedNode(SH + "path"), NamedNode(f"{QUERY}parameter/{parameter.variable}")
    yield NamedNode(SH + "name"), Literal(parameter.label, language="en")
    yield NamedNode(SH + "name"), Literal(parameter.label_zh, language="zh-Hans")
    yield NamedNode(SH + "optional"), Literal("true", datatype=XSD_BOOLEAN)
    if parameter.datatype is not None:
        yield NamedNode(SH + "datatype"), parameter.datatype
    else:
        yield NamedNode(SH + "nodeKind"), NamedNode(SH + "IRI")
    if parameter.of_class is not None:
        yield NamedNode(SH + "class"), parameter.of_class


def _fact(
    query: StoredQuery, subject: NamedNode, predicate: NamedNode, value: Term
) -> Fact:
    return Fact(subject, predicate, value, QUERIES, query.path, _START, _START, _START)
