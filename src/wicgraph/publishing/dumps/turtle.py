"""Turtle, and TriG where facts have graphs, as people write them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps.collections import Collections
from wicgraph.terms import RDF, RDF_TYPE, XSD_STRING, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Prefixes

_BARE = (NamedNode(RDF + "langString"), XSD_STRING)  # datatypes that are never written


def turtle(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[str]:
    """Write a block for each subject, in a block for each graph."""
    lists = Collections.of(facts)
    shown = [fact for fact in facts if fact.subject not in lists.cells]
    yield prefixes.turtle_header(used_prefixes(_spread(shown, lists), prefixes))
    for graph, members in groupby(shown, key=lambda fact: fact.graph):
        indent = "    " if graph else ""
        if graph:
            yield f"\n{prefixes.show(graph)} {{"
        for subject, block in groupby(members, key=lambda fact: fact.subject):
            lines = (
                f"{_verb(fact, prefixes)} {_object(fact, lists, prefixes)}"
                for fact in block
            )
            body = f" ;\n{indent}    ".join(lines)
            yield f"\n{indent}{prefixes.show(subject)} {body} .\n"
        if graph:
            yield "}\n"


def used_prefixes(facts: Iterable[Fact], prefixes: Prefixes) -> set[str]:
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


def _spread(facts: Iterable[Fact], lists: Collections) -> Iterator[Fact]:
    """Put each item of a list in the place of the list."""
    for fact in facts:
        for item in lists.items.get(fact.object, (fact.object,)):
            yield fact._replace(object=item)


def _object(fact: Fact, lists: Collections, prefixes: Prefixes) -> str:
    if fact.object not in lists.items:
        return prefixes.show(fact.object)
    return f"( {' '.join(map(prefixes.show, lists.items[fact.object]))} )"


def _verb(fact: Fact, prefixes: Prefixes) -> str:
    return "a" if fact.predicate == RDF_TYPE else prefixes.show(fact.predicate)
