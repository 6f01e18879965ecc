"""What the files of a graph folder say of its terms, looked up by subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.language import preferred
from wicgraph.asking.things import nodes
from wicgraph.language import Language, Text
from wicgraph.terms import (
    OWL,
    RDF_FIRST,
    RDF_REST,
    RDFS,
    BlankNode,
    Literal,
    NamedNode,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot
    from wicgraph.terms import Subject, Term

SUBCLASS = NamedNode(RDFS + "subClassOf")
SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")
DOMAIN = NamedNode(RDFS + "domain")
RANGE = NamedNode(RDFS + "range")
INVERSE = NamedNode(OWL + "inverseOf")


@dataclass(frozen=True, slots=True)
class Axioms:
    """The asserted statements of a snapshot; what is inferred defines no term."""

    snapshot: Snapshot

    def objects(self, subject: Subject, *predicates: NamedNode) -> Iterator[Term]:
        """Go through what properties lead to, all if none is named, in any order."""
        for predicate in predicates or (None,):
            for each in self.snapshot.triples(subject, predicate, inference=False):
                if not isinstance(each.object, Triple):
                    yield each.object

    def nodes(self, subject: Subject, *predicates: NamedNode) -> tuple[NamedNode, ...]:
        """List the named nodes that properties lead to, sorted."""
        return nodes(self.objects(subject, *predicates))

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[NamedNode, ...]:
        """List the named nodes of which a property has a value, sorted."""
        said = self.snapshot.triples(None, predicate, value, inference=False)
        return nodes(each.subject for each in said)

    def text(self, subject: Subject, predicate: NamedNode) -> Text:
        """Take a text in both languages; empty where there is none."""
        said = self.objects(subject, predicate)
        literals = [each for each in said if isinstance(each, Literal)]
        english, chinese = (preferred(literals, each) for each in Language)
        return Text(english.value if english else "", chinese.value if chinese else "")

    def items(self, head: Term) -> tuple[Term, ...]:
        """Read a list, the first member first; what is no list has no members.

        A list that comes back to itself ends there.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            found += self.objects(head, RDF_FIRST)
            head = next(self.objects(head, RDF_REST), Literal(""))
        return tuple(found)

    def above(self, term: NamedNode, relation: NamedNode) -> frozenset[NamedNode]:
        """Collect what is above a class or property, directly or not, and itself."""
        found: set[NamedNode] = set()
        coming = [term]
        while coming:
            each = coming.pop()
            if each not in found:
                found.add(each)
                coming += self.nodes(each, relation)
        return frozenset(found)
