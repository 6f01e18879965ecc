"""What follows from the facts by the rules of OWL 2 RL.

owlrl applies the rules, once per build. It is slow, so it gets only what can make
something: the axioms, and the facts whose property or class an axiom mentions. No rule
but those of equality reads any other fact, so they join in when two things turn out
to be the same.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.axioms import THING, is_axiom, mentioned
from wicgraph.terms import (
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    XSD,
    BlankNode,
    Literal,
    NamedNode,
    Subject,
    Term,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from wicgraph.reading.fact import Fact
    from wicgraph.reasoning.rules import Statement

    Parts: TypeAlias = tuple[Subject, NamedNode, Term]

_SAME_AS = NamedNode(OWL + "sameAs")
_LANGUAGES = (OWL, RDF, RDFS, XSD)  # their words are never about the world
_IRI = re.compile(r"(?<!<)\bhttps?://[^\s,()'<>]+")


@dataclass(frozen=True, slots=True)
class Closure:
    """What was concluded; both are sorted.

    `contradictions` are sentences, most of them owlrl's, with IRIs in angle brackets.
    """

    triples: tuple[Triple, ...]
    contradictions: tuple[str, ...]


def infer(facts: Iterable[Fact]) -> Closure:
    """Conclude what follows by OWL 2 RL and was not asserted.

    What is kept is about the world: types and relations of named things, those of
    the vocabularies that ours is aligned to included, and `owl:sameAs` of two things.
    What follows about terms (that a class is below another, say) is left out, because
    `rdfs:subClassOf+` finds it in the ontology; so are blank nodes, `owl:Thing` and
    all else that RDF, RDFS, OWL and XSD say about themselves.
    """
    # Its imports take 0.3 s, which only a build has to pay.
    from wicgraph.reasoning.rules import Rules, mended  # noqa: PLC0415

    asserted = {(fact.subject, fact.predicate, fact.object) for fact in facts}
    axioms = {parts for parts in asserted if is_axiom(parts[1].value, parts[2].value)}
    waiting = asserted - axioms
    words = _Dictionary()
    rules = Rules()
    with _unheard("rdflib.term"):  # logs what is a contradiction here
        rules.extend(mended(map(words.statement, axioms)))
        while joining := _readable(waiting, rules.schema):
            rules.extend(map(words.statement, joining))
            waiting -= joining
        if rules.merges:
            rules.extend(map(words.statement, waiting))
    concluded = (words.parts(statement) for statement in rules.closed)
    kept = {parts for parts in concluded if parts is not None and _tells(*parts)}
    return Closure(
        tuple(sorted((Triple(*parts) for parts in kept - asserted), key=str)),
        tuple(sorted(_IRI.sub(r"<\g<0>>", text) for text in rules.contradictions)),
    )


def _readable(facts: Iterable[Parts], axioms: Iterable[Statement]) -> set[Parts]:
    """Choose the facts that a rule can read."""
    terms = mentioned([(str(s), str(p), str(o)) for s, p, o in axioms])
    return {
        (subject, predicate, value)
        for subject, predicate, value in facts
        if (value if predicate == RDF_TYPE else predicate).value in terms
        or THING in terms
    }


def _tells(subject: Subject, predicate: NamedNode, value: Term) -> bool:
    """Tell whether a conclusion says something about the world."""
    if isinstance(value, BlankNode) or subject.value.startswith(_LANGUAGES):
        return False
    if predicate == _SAME_AS:
        return subject != value and not isinstance(value, Literal)
    if predicate == RDF_TYPE:
        return not value.value.startswith(_LANGUAGES)
    return not predicate.value.startswith(_LANGUAGES)


@contextmanager
def _unheard(name: str) -> Iterator[None]:
    """Let a logger say nothing for a while."""
    logger = logging.getLogger(name)
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """Our terms as rdflib's and back; what was never given has no word of ours."""

    theirs: dict[Term, Node] = field(default_factory=dict)
    ours: dict[Node, Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for term in (RDF_TYPE, _SAME_AS):  # the rules know these without being told
            self._their(term)

    def statement(self, parts: Parts) -> Statement:
        """Translate a triple for rdflib."""
        subject, predicate, value = parts
        return self._their(subject), self._their(predicate), self._their(value)

    def parts(self, statement: Statement) -> Parts | None:
        """Translate a triple back if its terms were given and its subject is named."""
        subject, predicate, value = (self.ours.get(node) for node in statement)
        if (
            isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and value is not None
        ):
            return subject, predicate, value
        return None

    def _their(self, term: Term) -> Node:
        if term not in self.theirs:
            node = _rdflib(term)
            self.theirs[term] = node
            self.ours[node] = term
        return self.theirs[term]


def _rdflib(term: Term) -> Node:
    import rdflib  # noqa: PLC0415

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
