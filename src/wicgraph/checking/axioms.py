"""Axioms from which nothing can follow: about words of OWL itself, or of literals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import About, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reasoning.reserved import LANGUAGES, redefined
from wicgraph.terms import OWL, RDF, RDF_TYPE, RDFS, BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact

AXIOM_ABOUT_A_WORD = "axiom-about-a-word"
LITERAL_IN_AXIOM = "literal-in-axiom"

_OF_TERMS = frozenset(
    NamedNode(namespace + name)
    for namespace, names in (
        (RDF, ("type",)),
        (RDFS, ("domain", "range", "subClassOf", "subPropertyOf")),
        (OWL, ("equivalentClass", "equivalentProperty", "inverseOf")),
        (OWL, ("disjointWith", "propertyDisjointWith", "complementOf")),
    )
    for name in names
)


def axioms_about_words(asserted: Asserted) -> Iterator[Suspicion]:
    """Find axioms that give a word of OWL itself another meaning than it has."""
    for fact in asserted.dataset.facts:
        word = redefined(fact.subject, fact.predicate, fact.object)
        if word is not None:
            yield _suspicion(asserted, fact, word)


def literals_in_axioms(asserted: Asserted) -> Iterator[Suspicion]:
    """Find literals in the place of a class or a property."""
    for fact in asserted.dataset.facts:
        if fact.predicate in _OF_TERMS and isinstance(fact.object, Literal):
            value, name = asserted.show(fact.object), asserted.show(fact.predicate)
            finding = Finding(
                Severity.ERROR,
                LITERAL_IN_AXIOM,
                f"{name} needs a class or a property, and {value} is a literal.",
                f"{name} 须指向类或属性，而 {value} 是字面量。",
                "Write the name of the term, without quotation marks.",
                "请写该词项的名称，不加引号。",
                object_position(fact),
                fact.subject,
            )
            about = (About(fact.subject, fact.predicate, fact.object),)
            yield Suspicion(finding, Stage.TERM, about, claims=True)


def _suspicion(asserted: Asserted, fact: Fact, word: NamedNode) -> Suspicion:
    name = asserted.show(word)
    language = next(
        name for start, name in LANGUAGES.items() if word.value.startswith(start)
    )
    subject, value = (
        "[ … ]" if isinstance(term, BlankNode) else asserted.show(term)
        for term in (fact.subject, fact.object)
    )
    verb = "a" if fact.predicate == RDF_TYPE else asserted.show(fact.predicate)
    finding = Finding(
        Severity.ERROR,
        AXIOM_ABOUT_A_WORD,
        f"An axiom about a word of {language} itself: {subject} {verb} {value}."
        f" What {name} means is not for a graph to say.",
        f"这是关于 {language} 自身词汇的公理：{subject} {verb} {value}。"
        f"{name} 的含义由其规范规定，图谱不得另作规定。",
        "Say it of a class or property of the graph itself; labels and comments of"
        f" {name} may stay. Until then reasoning leaves the axiom out.",
        f"请改为对图谱自己的类或属性作此陈述；{name} 的标签和注释可以保留。"
        "在此之前，推理不采用该公理。",
        fact.position,
        fact.subject,
    )
    about = (About(fact.subject, fact.predicate, fact.object),)
    return Suspicion(finding, Stage.TERM, about, claims=True)
