"""Which triples are axioms: the part of a graph by which the rules of OWL 2 RL go.

The names are those of the languages (RDF, RDFS, OWL), never of an ontology. IRIs are
plain text here, because owlrl has other terms than the rest of wicgraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.terms import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPE = RDF + "type"
_LIST = (RDF + "first", RDF + "rest")
_SCHEMA = frozenset(
    RDFS + name for name in ("domain", "range", "subClassOf", "subPropertyOf")
)
# Types that say of a thing only that it is there.
_EXISTENCE = (OWL + "Thing", OWL + "NamedIndividual")
# Types that say of a term only what kind of term it is.
_DECLARATIONS = frozenset(
    OWL + name
    for name in (
        "AnnotationProperty",
        "Class",
        "DatatypeProperty",
        "ObjectProperty",
        "Ontology",
        "OntologyProperty",
        "Restriction",
    )
).union(_EXISTENCE)


def is_axiom(predicate: str, value: str) -> bool:
    """Tell whether a rule may go by a triple with this predicate and object."""
    if predicate == _TYPE:
        return value.startswith((OWL, RDFS, RDF)) and value not in _EXISTENCE
    return predicate in _SCHEMA or describes(predicate)


def describes(predicate: str) -> bool:
    """Tell whether a triple with this predicate is part of a description in OWL."""
    return predicate in _LIST or predicate.startswith(OWL)


def mentioned(axioms: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Collect the terms of which axioms say more than what kind of term they are.

    A fact whose property is not mentioned, and whose class is not if the property is
    `rdf:type`, is read by no rule but those of equality.
    """
    return frozenset(
        term
        for subject, _, value in axioms
        if value not in _DECLARATIONS
        for term in (subject, value)
    )
