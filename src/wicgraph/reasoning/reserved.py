"""The words of RDF, RDFS, OWL and XSD, of which no axiom of a graph may say more.

What they mean is what the rules do. To say that everything is nothing, or that
rdf:type is symmetric, makes all things of all classes; so reasoning passes it over.
https://www.w3.org/TR/owl2-syntax/#IRIs (reserved vocabulary)
"""

from __future__ import annotations

import re

from wicgraph.reasoning.rules import RULES
from wicgraph.terms import OWL, RDF, RDF_TYPE, RDFS, XSD, NamedNode, Term

LANGUAGES = {OWL: "OWL", RDF: "RDF", RDFS: "RDFS", XSD: "XSD"}

_NAMESPACES = {"owl": OWL, "rdf": RDF, "rdfs": RDFS}
_CURIE = re.compile(r"\b(owl|rdfs?):(\w+)")
# Others may build on labels, datatypes and the like, which mean nothing to the rules.
READ = frozenset(
    {
        RDF_TYPE,
        *(
            NamedNode(_NAMESPACES[prefix] + name)
            for rule in RULES
            for prefix, name in _CURIE.findall(rule.when)
        ),
    }
)


def _owl(*names: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(OWL + name) for name in names)


def _rdfs(*names: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(RDFS + name) for name in names)


_EQUATING = _owl("equivalentClass", "equivalentProperty", "inverseOf", "sameAs")
_PARTING = _owl("disjointWith", "propertyDisjointWith", "complementOf")
_PLACING = _rdfs("subClassOf", "domain", "range")
_BELOW = _rdfs("subPropertyOf")
_BUILDING = _owl(
    *("unionOf", "intersectionOf", "oneOf", "disjointUnionOf"),
    *("propertyChainAxiom", "hasKey", "onProperty"),
)
_OF_SUBJECT = _EQUATING | _PARTING | _PLACING | _BELOW | _BUILDING
_OF_OBJECT = _EQUATING | _PARTING | _BELOW | _owl("onProperty")
_CHARACTERISTICS = _owl(
    *("FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty"),
    *("ReflexiveProperty", "SymmetricProperty", "AsymmetricProperty"),
    *("TransitiveProperty",),
)
AXIOMS = _OF_SUBJECT | _OF_OBJECT | {RDF_TYPE}
_EVERYTHING = _owl("Thing") | _rdfs("Resource", "Literal")
(_NOTHING,) = _owl("Nothing")
_EMPTY = _rdfs("subClassOf") | _owl("equivalentClass")


def redefined(subject: Term, predicate: Term, value: Term) -> NamedNode | None:
    """Give the word of which a triple says more than its language does, if it does.

    Labels and declarations say nothing that matters to the rules, and that all is in
    owl:Thing and nothing in owl:Nothing is true anyway.
    """
    if predicate not in AXIOMS or _is_harmless(subject, predicate, value):
        return None
    if isinstance(subject, NamedNode) and _is_word(subject):
        return subject
    if predicate in _OF_OBJECT and isinstance(value, NamedNode) and value in READ:
        return value
    return None


def _is_harmless(subject: Term, predicate: Term, value: Term) -> bool:
    if predicate == RDF_TYPE:
        return value not in _CHARACTERISTICS
    if predicate in _PLACING and value in _EVERYTHING:
        return True
    if predicate in _EMPTY and _NOTHING in {subject, value}:
        return not (_is_word(subject) and _is_word(value))
    return subject == value


def _is_word(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith((*LANGUAGES,))
