"""What documents state, looked up by node and property, with what falls under it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.asking.things import nodes
from wicgraph.errors import OutputError
from wicgraph.language import Text
from wicgraph.store import INFERRED
from wicgraph.terms import RDF_TYPE, RDFS, SOURCE, WIC, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from wicgraph.terms import Prefixes, Quad, Subject, Term

_SUBCLASS = NamedNode(RDFS + "subClassOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")


def wic(name: str) -> NamedNode:
    """Name a term of the ontology."""
    return NamedNode(WIC + name)


class _Said(NamedTuple):
    """What a graph says, without triple terms, which no table can hold."""

    subject: Subject
    predicate: NamedNode
    value: Term
    graph: Hashable


class Facts:
    """Quads by what one asks for; what was inferred is kept apart, in `inferred`.

    A class has the members of the classes below it, and a property the objects of the
    properties below it, so that asserted facts are enough. All is sorted by IRI.
    """

    def __init__(self, quads: Iterable[Quad], prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self._objects: dict[tuple[object, object], set[_Said]] = defaultdict(set)
        self._said: dict[NamedNode, set[_Said]] = defaultdict(set)
        inferred = []
        for subject, predicate, value, graph in quads:
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            fact = _Said(subject, predicate, value, graph)
            if graph == INFERRED:
                inferred.append(fact)
            else:
                self._objects[subject, predicate].add(fact)
                self._said[predicate].add(fact)
        self.inferred = tuple(sorted(inferred, key=str))

    def curie(self, node: NamedNode) -> str:
        """Write a node as tables do, without angle brackets."""
        return self._prefixes.shorten(node).strip("<>")

    def members(self, name: str) -> tuple[NamedNode, ...]:
        """List what is of a class of the ontology."""
        below = self._below(wic(name), _SUBCLASS)
        typed = self._said[RDF_TYPE]
        return nodes(fact.subject for fact in typed if fact.value in below)

    def things(self) -> tuple[NamedNode, ...]:
        """List what has a class of the ontology and is not a term of it."""
        typed = self._said[RDF_TYPE]
        found = nodes(fact.subject for fact in typed if _is_term(fact.value))
        return tuple(node for node in found if not _is_term(node))

    def terms(self) -> tuple[NamedNode, ...]:
        """List the terms of the ontology: classes, properties and closed values."""
        typed = self._said[RDF_TYPE]
        return nodes(fact.subject for fact in typed if _is_term(fact.subject))

    def classes(self, node: NamedNode) -> tuple[NamedNode, ...]:
        """List the classes of the ontology that somebody gave a node."""
        found = nodes(fact.value for fact in self._objects[node, RDF_TYPE])
        return tuple(kind for kind in found if _is_term(kind))

    def objects(self, node: NamedNode, property_: NamedNode) -> tuple[Term, ...]:
        """List what is said of a node by a property and those below it."""
        found = {fact.value for fact in self._facts(node, property_)}
        return tuple(sorted(found, key=str))

    def only(
        self, node: NamedNode, property_: NamedNode, graph: NamedNode | None = None
    ) -> Term | None:
        """Find the one value of a property, in one document if it is given.

        Raises OutputError if there are several, for a cell holds one.
        """
        said = self._facts(node, property_)
        values = {f.value for f in said if graph in {None, f.graph}}
        if len(values) > 1:
            raise _several(self.curie(node), self.curie(property_), len(values))
        return next(iter(values), None)

    def properties(
        self, node: NamedNode, property_: NamedNode
    ) -> tuple[NamedNode, ...]:
        """List the properties, of one and those below it, that a node has."""
        return nodes(fact.predicate for fact in self._facts(node, property_))

    def sources(self, node: NamedNode, *properties: NamedNode) -> tuple[NamedNode, ...]:
        """List the documents that say something of a node by one of the properties."""
        said = (fact for name in properties for fact in self._facts(node, name))
        graphs = nodes(fact.graph for fact in said)
        return tuple(graph for graph in graphs if graph.value.startswith(SOURCE))

    def _facts(self, node: NamedNode, property_: NamedNode) -> Iterator[_Said]:
        for name in self._below(property_, _SUBPROPERTY):
            yield from self._objects.get((node, name), ())

    def _below(self, name: NamedNode, relation: NamedNode) -> frozenset[object]:
        """Collect a class or property and all that is declared to be below it."""
        found: set[object] = set()
        coming: list[object] = [name]
        while coming:
            term = coming.pop()
            if term not in found:
                found.add(term)
                coming += self._hierarchy[relation].get(term, ())
        return frozenset(found)

    @cached_property
    def _hierarchy(self) -> Mapping[NamedNode, Mapping[object, list[NamedNode]]]:
        found: dict[NamedNode, dict[object, list[NamedNode]]] = {}
        for relation in (_SUBCLASS, _SUBPROPERTY):
            below: dict[object, list[NamedNode]] = defaultdict(list)
            for fact in self._said[relation]:
                if isinstance(fact.subject, NamedNode):
                    below[fact.value].append(fact.subject)
            found[relation] = below
        return found


def _is_term(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(WIC)


def _several(node: str, property_: str, count: int) -> OutputError:
    return OutputError(
        Text(
            f"{node} has {count} values of {property_}, and a cell holds one;"
            " the formats of RDF hold all of them",
            f"{node} 有 {count} 个 {property_} 值，而一个单元格只能容纳一个；"
            "RDF 各格式可容纳全部",
        )
    )
