"""All that is to be said of a term of the ontology, for who looks it up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.mentions import mentions
from wicgraph.asking.things import local_name, nodes
from wicgraph.publishing.ontology.axioms import (
    DOMAIN,
    RANGE,
    SUBCLASS,
    SUBPROPERTY,
    Axioms,
)
from wicgraph.publishing.ontology.examples import example
from wicgraph.publishing.ontology.properties import chains, property_of
from wicgraph.publishing.ontology.shapes import shapes
from wicgraph.publishing.ontology.uses import uses
from wicgraph.publishing.relational.design import TABLES
from wicgraph.terms import (
    OWL,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SKOS,
    WIC,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.language import Text
    from wicgraph.publishing.ontology.examples import Example, Pattern
    from wicgraph.publishing.ontology.properties import Chain, Property
    from wicgraph.publishing.ontology.shapes import Shape
    from wicgraph.publishing.ontology.uses import Uses
    from wicgraph.publishing.relational.table import Table
    from wicgraph.queries.stored import StoredQuery
    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes

_CLASS = NamedNode(OWL + "Class")
_PROPERTIES = frozenset(
    NamedNode(OWL + name)
    for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_DISJOINT_CLASSES = NamedNode(OWL + "AllDisjointClasses")
_MEMBERS = NamedNode(OWL + "members")
_DISJOINT = (NamedNode(OWL + "disjointWith"), NamedNode(OWL + "propertyDisjointWith"))
_HAS_KEY = NamedNode(OWL + "hasKey")
_DEFINITION = NamedNode(SKOS + "definition")
_COMMENT = NamedNode(RDFS + "comment")


class Kind(Enum):
    """What kind of term it is."""

    CLASS = "class"
    PROPERTY = "property"
    VALUE = "value"
    AXIOM = "axiom"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the files say of a term, and who uses it; nodes are sorted by name.

    `types` are what it is declared to be, such as a transitive property or a claim
    kind. `above` and `below` are one step away and of the ontology; `aligned` are terms
    of other vocabularies above it. `disjoint` are those that nothing can be as well,
    `members` the closed values of a class or the classes of an axiom, `leaving` and
    `reaching` the properties that have the class as their domain or range, and
    `inherited` those that have a class above it as their domain. `joins` is there for a
    property only.
    """

    term: NamedNode
    kind: Kind
    label: Text
    definition: Text
    types: tuple[NamedNode, ...]
    above: tuple[NamedNode, ...]
    below: tuple[NamedNode, ...]
    aligned: tuple[NamedNode, ...]
    disjoint: tuple[NamedNode, ...]
    members: tuple[NamedNode, ...]
    keys: tuple[tuple[NamedNode, ...], ...]
    leaving: tuple[NamedNode, ...]
    inherited: tuple[NamedNode, ...]
    reaching: tuple[NamedNode, ...]
    joins: Property | None
    shapes: tuple[Shape, ...]
    queries: tuple[StoredQuery, ...]
    tables: tuple[Table, ...]
    uses: Uses

    @property
    def name(self) -> str:
        """The name of the term in its namespace, such as "Edition"."""
        return local_name(self.term)


@dataclass(frozen=True)
class Ontology:
    """The terms and the shapes of a graph, and the stored queries that use them.

    Without `inference` nothing is counted or shown that no document states.
    """

    snapshot: Snapshot
    prefixes: Prefixes
    queries: tuple[StoredQuery, ...]
    inference: bool = True

    @cached_property
    def terms(self) -> tuple[NamedNode, ...]:
        """All terms that a file declares: what has a type, in our namespaces.

        Shapes have a property of their own, which is a term too.
        """
        said = self.snapshot.triples(predicate=RDF_TYPE, inference=False)
        types: dict[NamedNode, set[object]] = {}
        for each in said:
            if isinstance(each.subject, NamedNode):
                types.setdefault(each.subject, set()).add(each.object)
        return nodes(
            term
            for term, kinds in types.items()
            if term.value.startswith(WIC) or kinds & _PROPERTIES
        )

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """All shapes, and the rules of shapes that are queries."""
        return shapes(self._axioms, self.prefixes)

    def kind(self, term: NamedNode) -> Kind:
        """Tell what kind of term it is; what is none of the others is a value."""
        types = {*self._axioms.nodes(term, RDF_TYPE)}
        if _CLASS in types:
            return Kind.CLASS
        if types & _PROPERTIES:
            return Kind.PROPERTY
        return Kind.AXIOM if _DISJOINT_CLASSES in types else Kind.VALUE

    def of_kind(self, kind: Kind) -> tuple[NamedNode, ...]:
        """List the terms of a kind, sorted by name."""
        return tuple(term for term in self.terms if self.kind(term) is kind)

    def roots(self) -> tuple[NamedNode, ...]:
        """List the classes that are below no class that a file declares."""
        classes = self.of_kind(Kind.CLASS)
        return tuple(
            each
            for each in classes
            if not {*self._axioms.nodes(each, SUBCLASS)} & {*classes}
        )

    def below(self, term: NamedNode) -> tuple[NamedNode, ...]:
        """List the classes directly below a class, or the properties below one."""
        found = {*self._axioms.subjects(SUBCLASS, term)}
        return nodes(found | {*self._axioms.subjects(SUBPROPERTY, term)})

    def entry(self, term: NamedNode) -> Entry:
        """Collect what there is to say of a term."""
        axioms, kind = self._axioms, self.kind(term)
        joins = None
        if kind is Kind.PROPERTY:
            joins = property_of(axioms, term, self._chains)
        every = axioms.nodes(term, SUBCLASS, SUBPROPERTY)
        ours = tuple(each for each in every if each.value.startswith(WIC))
        return Entry(
            term,
            kind,
            axioms.text(term, RDFS_LABEL),
            axioms.text(term, _DEFINITION) or axioms.text(term, _COMMENT),
            axioms.nodes(term, RDF_TYPE),
            ours,
            self.below(term),
            tuple(each for each in every if each not in ours),
            self._disjoint(term),
            self._members(term),
            self._keys(term),
            axioms.subjects(DOMAIN, term),
            nodes(
                each
                for above in self.above(term) - {term}
                for each in axioms.subjects(DOMAIN, above)
            ),
            axioms.subjects(RANGE, term),
            joins,
            tuple(shape for shape in self.shapes if term in shape.mentions),
            tuple(self._asking.get(term, ())),
            tuple(table for table in TABLES if term in table.reads),
            self.uses(term),
        )

    def above(self, term: NamedNode) -> frozenset[NamedNode]:
        """Collect the classes above a class, of any vocabulary, and itself."""
        return self._axioms.above(term, SUBCLASS)

    def uses(self, term: NamedNode) -> Uses:
        """Count the uses of a term: of a class as a class, of a value as a value."""
        kind = self.kind(term)
        if kind is Kind.PROPERTY:
            return uses(self.snapshot, term, None, inference=self.inference)
        relation = RDF_TYPE if kind is Kind.CLASS else None
        return uses(self.snapshot, relation, term, inference=self.inference)

    def example(self, pattern: Pattern) -> Example | None:
        """Choose a fact that shows a pattern; None if the graph has none."""
        chains = self._chains if self.inference else ()
        return example(self._axioms, chains, pattern)

    @cached_property
    def _axioms(self) -> Axioms:
        return Axioms(self.snapshot)

    @cached_property
    def _chains(self) -> tuple[Chain, ...]:
        return chains(self._axioms)

    @cached_property
    def _asking(self) -> Mapping[NamedNode, list[StoredQuery]]:
        """Find the stored queries that name a term, or ask for a thing of a class."""
        found: dict[NamedNode, list[StoredQuery]] = {}
        for query in self.queries:
            named = [node for _, node in mentions(query.source)]
            named += [p.of_class for p in query.parameters if p.of_class]
            for node in dict.fromkeys(named):
                found.setdefault(node, []).append(query)
        return found

    @cached_property
    def _lists(self) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
        """The members of each axiom that sets classes apart."""
        axioms = self._axioms
        return {
            axiom: tuple(
                member
                for head in axioms.objects(axiom, _MEMBERS)
                for member in nodes(axioms.items(head))
            )
            for axiom in axioms.subjects(RDF_TYPE, _DISJOINT_CLASSES)
        }

    def _disjoint(self, term: NamedNode) -> tuple[NamedNode, ...]:
        found: set[NamedNode] = set()
        for relation in _DISJOINT:
            found |= {*self._axioms.nodes(term, relation)}
            found |= {*self._axioms.subjects(relation, term)}
        for members in self._lists.values():
            found |= {*members} if term in members else set()
        return nodes(found - {term})

    def _members(self, term: NamedNode) -> tuple[NamedNode, ...]:
        if term in self._lists:
            return self._lists[term]
        typed = self._axioms.subjects(RDF_TYPE, term)
        return tuple(each for each in typed if each.value.startswith(WIC))

    def _keys(self, term: NamedNode) -> tuple[tuple[NamedNode, ...], ...]:
        heads = self._axioms.objects(term, _HAS_KEY)
        return tuple(sorted((nodes(self._axioms.items(h)) for h in heads), key=str))
