"""Which triples are axioms: the part of a graph by which the rules of OWL 2 RL go.

The names are those of the languages (RDF, RDFS, OWL), never of an ontology. IRIs are
plain text here, because owlrl has other terms than the rest of wicgraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.terms import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable

THING = OWL + "Thing"
_NOTHING = OWL + "Nothing"
_TYPE = RDF + "type"
_LIST = (RDF + "first", RDF + "rest")
_SCHEMA = frozenset(
    RDFS + name for name in ("domain", "range", "subClassOf", "subPropertyOf")
)
# Types that say of a thing only that it is there.
_EXISTENCE = (THING, OWL + "NamedIndividual")
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
# With these, THING as the object says no more than that it is there.
_OF_NO_CONSEQUENCE = frozenset(
    {_TYPE}
    | {RDFS + name for name in ("domain", "range", "subClassOf")}
    | {OWL + name for name in ("allValuesFrom", "onClass", "someValuesFrom")}
)


def is_axiom(predicate: str, value: str) -> bool:
    """Tell whether a rule may go by a triple with this predicate and object."""
    if predicate == _TYPE:
        named = value.startswith(OWL) or value == RDF + "Property"
        return named and value not in _EXISTENCE
    return predicate in _SCHEMA or describes(predicate)


def describes(predicate: str) -> bool:
    """Tell whether a triple with this predicate is part of a description in OWL."""
    return predicate in _LIST or predicate.startswith(OWL)


def mentioned(axioms: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Collect the terms of which axioms say more than what kind of term they are.

    A fact whose property is not mentioned, and whose class is not if the property is
    `rdf:type`, is read by no rule but those of equality: unless THING is mentioned,
    which everything is.
    """
    return frozenset(
        term
        for subject, predicate, value in axioms
        if subject not in {value, _NOTHING} and value not in _DECLARATIONS
        for term in (subject, value)
    ).union(
        THING
        for subject, predicate, value in axioms
        if subject != value == THING and predicate not in _OF_NO_CONSEQUENCE
    )
