"""JSON-LD with a context of prefixes.

https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps.turtle import used_prefixes
from wicgraph.terms import (
    RDF_TYPE,
    XSD_BOOLEAN,
    XSD_STRING,
    BlankNode,
    Literal,
    NamedNode,
    Prefixes,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Term


def jsonld(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[str]:
    """Write a node a line; named graphs are nested.

    https://www.w3.org/TR/json-ld11/#named-graphs
    """
    prefixes = _usable(facts, prefixes)
    context = {
        name: prefixes.table[name] for name in sorted(used_prefixes(facts, prefixes))
    }
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


def _usable(facts: Sequence[Fact], prefixes: Prefixes) -> Prefixes:
    """Leave out prefixes that JSON-LD would misread: "", or the scheme of an IRI."""
    terms = {term for fact in facts for term in fact if isinstance(term, NamedNode)}
    schemes = {term.value.partition(":")[0] for term in terms}
    table = prefixes.table.items()
    return Prefixes({k: v for k, v in table if k and k not in schemes})


def _node(facts: Sequence[Fact], prefixes: Prefixes) -> dict[str, object]:
    node: dict[str, object] = {"@id": _name(facts[0].subject, prefixes)}
    for predicate, group in groupby(facts, key=lambda fact: fact.predicate):
        objects = [fact.object for fact in group]
        key = _name(predicate, prefixes)
        if predicate == RDF_TYPE:
            key = predicate.value  # no name of ours makes its prefix known
            types = [_name(v, prefixes) for v in objects if not isinstance(v, Literal)]
            node |= {"@type": types} if types else {}
            objects = [value for value in objects if isinstance(value, Literal)]
        if objects:
            node[key] = [_value(value, prefixes) for value in objects]
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
