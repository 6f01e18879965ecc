"""Graphs as text: sorted, so that the same graph is the same bytes, always."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.publishing.rows import ntriples
from wicgraph.terms import (
    RDF,
    RDF_TYPE,
    XSD_BOOLEAN,
    XSD_STRING,
    BlankNode,
    Literal,
    NamedNode,
    Triple,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.terms import Prefixes, Quad, Subject, Term

_BARE = (NamedNode(RDF + "langString"), XSD_STRING)  # datatypes that are never written
_ONE_GRAPH = ("turtle", "ntriples")  # formats that cannot say which graph


class _Fact(NamedTuple):
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


def dump(quads: Iterable[Quad], form: str, prefixes: Prefixes) -> Iterator[str]:
    """Write quads in one of GRAPH_FORMATS, a piece at a time.

    Turtle and N-Triples have one graph, so they hold each triple once, whoever says it.
    """
    facts = sorted(set(_facts(quads, merged=form in _ONE_GRAPH)), key=lambda f: f.place)
    if form in {"ntriples", "nquads"}:
        return map(_line, facts)
    if form == "jsonld":
        return _jsonld(facts, prefixes)
    return _turtle(facts, prefixes)


def _facts(quads: Iterable[Quad], *, merged: bool) -> Iterator[_Fact]:
    for quad in quads:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, Triple) or isinstance(value, Triple):
            continue  # no file can say such a thing: Turtle 1.1 has no triple terms
        named = graph if isinstance(graph, NamedNode) and not merged else None
        yield _Fact(subject, quad.predicate, value, named)


def _line(fact: _Fact) -> str:
    terms = (str(fact.subject), str(fact.predicate), ntriples(fact.object))
    return f"{' '.join((*terms, str(fact.graph or ''))).rstrip()} .\n"


def _turtle(facts: Sequence[_Fact], prefixes: Prefixes) -> Iterator[str]:
    """Write Turtle, and TriG where facts have graphs: a block for each subject."""
    yield prefixes.turtle_header(_used(facts, prefixes))
    for graph, members in groupby(facts, key=lambda fact: fact.graph):
        indent = "    " if graph else ""
        if graph:
            yield f"\n{prefixes.show(graph)} {{"
        for subject, block in groupby(members, key=lambda fact: fact.subject):
            lines = (
                f"{_verb(fact, prefixes)} {prefixes.show(fact.object)}"
                for fact in block
            )
            body = f" ;\n{indent}    ".join(lines)
            yield f"\n{indent}{prefixes.show(subject)} {body} .\n"
        if graph:
            yield "}\n"


def _verb(fact: _Fact, prefixes: Prefixes) -> str:
    return "a" if fact.predicate == RDF_TYPE else prefixes.show(fact.predicate)


def _used(facts: Iterable[_Fact], prefixes: Prefixes) -> set[str]:
    """Collect the prefixes that the names of some facts need."""
    nodes: set[NamedNode] = set()
    for fact in facts:
        if fact.predicate != RDF_TYPE:
            nodes.add(fact.predicate)
        if isinstance(fact.subject, NamedNode):
            nodes.add(fact.subject)
        if fact.graph:
            nodes.add(fact.graph)
        if isinstance(fact.object, NamedNode):
            nodes.add(fact.object)
        elif isinstance(fact.object, Literal) and fact.object.datatype not in _BARE:
            nodes.add(fact.object.datatype)
    curies = (prefixes.shorten(node) for node in nodes)
    return {name.partition(":")[0] for name in curies if not name.startswith("<")}


def _jsonld(facts: Sequence[_Fact], prefixes: Prefixes) -> Iterator[str]:
    """Write JSON-LD with a context of prefixes; named graphs are nested.

    https://www.w3.org/TR/json-ld11/#named-graphs
    """
    context = {name: prefixes.table[name] for name in sorted(_used(facts, prefixes))}
    yield f'{{"@context": {_json(context)},\n"@graph": [\n'
    between = ""
    for graph, members in groupby(facts, key=lambda fact: fact.graph):
        nodes = [
            _json(_node(tuple(block), prefixes))
            for _, block in groupby(members, key=lambda fact: fact.subject)
        ]
        if graph:
            inner = ",\n".join(nodes)
            name = _json(_name(graph, prefixes))
            nodes = [f'{{"@id": {name}, "@graph": [\n{inner}\n]}}']
        for node in nodes:
            yield between + node
            between = ",\n"
    yield "\n]}\n"


def _node(facts: Sequence[_Fact], prefixes: Prefixes) -> dict[str, object]:
    node: dict[str, object] = {"@id": _name(facts[0].subject, prefixes)}
    for predicate, group in groupby(facts, key=lambda fact: fact.predicate):
        objects = [fact.object for fact in group]
        if predicate == RDF_TYPE:
            types = (value for value in objects if not isinstance(value, Literal))
            node["@type"] = [_name(value, prefixes) for value in types]
        else:
            values = [_value(value, prefixes) for value in objects]
            node[_name(predicate, prefixes)] = values
    return node


def _value(term: Term, prefixes: Prefixes) -> object:
    if not isinstance(term, Literal):
        return {"@id": _name(term, prefixes)}
    if term.language:
        return {"@value": term.value, "@language": language_tag(term.language)}
    if term.datatype == XSD_STRING:
        return term.value
    if term.datatype == XSD_BOOLEAN and term.value in {"true", "false"}:
        return term.value == "true"
    return {"@value": term.value, "@type": _name(term.datatype, prefixes)}


def _name(node: NamedNode | BlankNode, prefixes: Prefixes) -> str:
    """Write a node as JSON-LD does: a compact IRI, or an IRI without brackets."""
    if isinstance(node, BlankNode):
        return str(node)
    return prefixes.shorten(node).strip("<>")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
