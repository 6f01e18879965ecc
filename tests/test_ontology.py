"""The ontology: every term has what it owes, and all of it stays in OWL 2 RL."""

from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

FOLDER = Path(__file__).parents[1] / "ontology"
WIC = "https://w3id.org/wicgraph/ontology#"
ONTOLOGY = Graph().parse(FOLDER / "wic.ttl")
ALIGNMENTS = Graph().parse(FOLDER / "alignments.ttl")


def declared(kind: URIRef) -> set[URIRef]:
    """List the terms that the ontology declares to be of a kind."""
    terms = ONTOLOGY.subjects(RDF.type, kind)
    return {term for term in terms if isinstance(term, URIRef)}


CLASSES = declared(OWL.Class)
OBJECT_PROPERTIES = declared(OWL.ObjectProperty)
DATA_PROPERTIES = declared(OWL.DatatypeProperty)
ANNOTATIONS = declared(OWL.AnnotationProperty)
VALUES = {value for kind in CLASSES for value in declared(kind)}
KINDS = (CLASSES, OBJECT_PROPERTIES, DATA_PROPERTIES, ANNOTATIONS, VALUES)
TERMS = sorted({term for kind in KINDS for term in kind})
NO_DOMAIN = {  # said of things of several kinds; the definition says of which
    "basis", "confidence", "content", "evidence", "hasFigure", "hasName", "hasPart",
    "order", "partOf", "premise", "relayedBy", "saidBy", "subjectOfClaim", "topic",
    "wording",
}  # fmt: skip
NO_RANGE = {  # things of every kind, and dates of three precisions
    "about", "attestedOn", "beganOn", "compares", "covers", "derivedEnd",
    "derivedStart", "derivedYear", "endDate", "endedOn", "figureOf", "hasPart",
    "issued", "mentions", "nameOf", "partOf", "readOn", "saidOn", "startDate",
    "topicOf",
}  # fmt: skip
AXIOMS = {  # predicate → what OWL 2 RL admits there, as far as this ontology goes
    RDFS.subClassOf: (CLASSES, CLASSES | {SKOS.Concept}),
    RDFS.subPropertyOf: (OBJECT_PROPERTIES, OBJECT_PROPERTIES),
    OWL.inverseOf: (OBJECT_PROPERTIES, OBJECT_PROPERTIES),
    OWL.propertyDisjointWith: (OBJECT_PROPERTIES, OBJECT_PROPERTIES),
    RDFS.domain: (OBJECT_PROPERTIES | DATA_PROPERTIES, CLASSES),
    RDFS.range: (OBJECT_PROPERTIES | DATA_PROPERTIES, None),
    OWL.propertyChainAxiom: (OBJECT_PROPERTIES, None),
    OWL.hasKey: (CLASSES, None),
    OWL.members: (None, None),
}
SAYING = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, SKOS.definition, OWL.versionInfo}
TYPES = {
    OWL.AllDisjointClasses, OWL.AnnotationProperty, OWL.AsymmetricProperty, OWL.Class,
    OWL.DatatypeProperty, OWL.IrreflexiveProperty, OWL.ObjectProperty, OWL.Ontology,
    OWL.TransitiveProperty,
}  # fmt: skip
DATATYPES = {  # https://www.w3.org/TR/owl2-profiles/#Entities_3
    str(RDF.langString),
    *(
        f"http://www.w3.org/2001/XMLSchema#{name}"
        for name in ("string", "integer", "decimal", "anyURI", "dateTime")
    ),
}


def local(term: Node) -> str:
    """Shorten a term of ours to its name."""
    return str(term).removeprefix(WIC)


def items(head: Node) -> list[Node]:
    """Read an RDF list of the ontology."""
    return list(Collection(ONTOLOGY, head))


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_term_is_labelled_and_defined_once_in_each_language(term: URIRef) -> None:
    """A term has one label and one definition in English and in Chinese."""
    for predicate in (RDFS.label, SKOS.definition):
        languages = [
            value.language
            for value in ONTOLOGY.objects(term, predicate)
            if isinstance(value, Literal)
        ]
        assert sorted(map(str, languages)) == ["en", "zh-Hans"]


@pytest.mark.parametrize("term", sorted(CLASSES), ids=local)
def test_definition_of_class_says_what_it_is_not(term: URIRef) -> None:
    """A class is told apart from what people take it for."""
    english = next(
        str(text)
        for text in ONTOLOGY.objects(term, SKOS.definition)
        if isinstance(text, Literal) and text.language == "en"
    )
    assert any(word in english.lower() for word in ("not", "never", "nor", "nothing"))


@pytest.mark.parametrize("term", sorted(OBJECT_PROPERTIES | DATA_PROPERTIES), ids=local)
def test_property_has_domain_and_range(term: URIRef) -> None:
    """A property has a domain and a range, unless it is listed as having none."""
    has_domain = (term, RDFS.domain, None) in ONTOLOGY
    has_range = (term, RDFS.range, None) in ONTOLOGY
    assert has_domain == (local(term) not in NO_DOMAIN)
    assert has_range == (local(term) not in NO_RANGE)


def test_relation_between_things_has_an_inverse() -> None:
    """A relation that chains derive has an inverse, so that it reads both ways."""
    derived = set(ONTOLOGY.subjects(OWL.propertyChainAxiom, None))
    inverses = {
        end
        for pair in ONTOLOGY.subject_objects(OWL.inverseOf)
        if not isinstance(pair[0], BNode)
        for end in pair
    }
    assert {local(term) for term in derived - inverses} == {"onBehalfOf"}


def test_axioms_are_of_owl_2_rl() -> None:
    """Each axiom has a form of the profile, https://www.w3.org/TR/owl2-profiles/#OWL_2_RL."""
    for subject, predicate, value in ONTOLOGY:
        if predicate in SAYING or predicate in (RDF.first, RDF.rest):
            continue
        if predicate == RDF.type:
            assert value in TYPES | CLASSES
            continue
        assert isinstance(predicate, URIRef)
        assert predicate in AXIOMS
        subjects, values = AXIOMS[predicate]
        if isinstance(subject, BNode):
            assert predicate == OWL.inverseOf
        else:
            assert subjects is None or subject in subjects
        assert values is None or value in values, value


def test_ranges_are_classes_or_datatypes_of_the_profile() -> None:
    """The range of a relation is a class, that of a data property a datatype."""
    for subject, value in ONTOLOGY.subject_objects(RDFS.range):
        if subject in OBJECT_PROPERTIES:
            assert value in CLASSES
        else:
            assert str(value) in DATATYPES


def test_lists_hold_what_the_profile_admits() -> None:
    """Chains hold two or more relations, keys properties, disjoint groups classes."""
    for head in ONTOLOGY.objects(None, OWL.propertyChainAxiom):
        links = items(head)
        assert len(links) >= 2
        for link in links:
            inverse = ONTOLOGY.value(link, OWL.inverseOf)
            assert (inverse if isinstance(link, BNode) else link) in OBJECT_PROPERTIES
    for head in ONTOLOGY.objects(None, OWL.hasKey):
        assert set(items(head)) <= OBJECT_PROPERTIES | DATA_PROPERTIES
    for head in ONTOLOGY.objects(None, OWL.members):
        assert len(items(head)) >= 2
        assert set(items(head)) <= CLASSES


def composite() -> set[Node]:
    """Find the properties that are not simple: transitive, chained, or above such."""
    found: set[Node] = set(ONTOLOGY.subjects(RDF.type, OWL.TransitiveProperty))
    found |= set(ONTOLOGY.subjects(OWL.propertyChainAxiom, None))
    while True:
        wider = {
            above
            for term in found
            for above in (
                *ONTOLOGY.objects(term, RDFS.subPropertyOf),
                *ONTOLOGY.objects(term, OWL.inverseOf),
                *ONTOLOGY.subjects(OWL.inverseOf, term),
            )
            if isinstance(above, URIRef)
        }
        if wider <= found:
            return found
        found |= wider


def test_global_restrictions_hold() -> None:
    """Asymmetric, irreflexive and disjoint properties are simple, as OWL 2 DL wants."""
    restricted: set[Node] = {
        *ONTOLOGY.subjects(RDF.type, OWL.AsymmetricProperty),
        *ONTOLOGY.subjects(RDF.type, OWL.IrreflexiveProperty),
        *ONTOLOGY.subjects(OWL.propertyDisjointWith, None),
        *ONTOLOGY.objects(None, OWL.propertyDisjointWith),
    }
    assert restricted
    assert not restricted & composite()


def test_no_term_is_of_two_kinds() -> None:
    """A name is a class, a relation, a data property, an annotation or a value."""
    assert len(TERMS) == sum(len(kind) for kind in KINDS)


def test_alignments_are_subsumptions_of_declared_terms_only() -> None:
    """An alignment puts a term of ours below one of theirs, never beside it."""
    for subject, predicate, value in ALIGNMENTS:
        assert subject in CLASSES | OBJECT_PROPERTIES | DATA_PROPERTIES
        assert predicate == (
            RDFS.subClassOf if subject in CLASSES else RDFS.subPropertyOf
        )
        assert not str(value).startswith(WIC)
        assert isinstance(value, URIRef)


@pytest.mark.parametrize(
    "vocabulary",
    [
        "http://www.w3.org/ns/org#",
        "https://schema.org/",
        "http://www.w3.org/ns/prov#",
        "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/2006/time#",
        "http://www.w3.org/ns/oa#",
    ],
)
def test_vocabulary_is_aligned(vocabulary: str) -> None:
    """Each vocabulary that people know has terms of ours below its own."""
    assert any(str(value).startswith(vocabulary) for value in ALIGNMENTS.objects())
