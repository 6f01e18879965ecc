"""What owlrl concludes: another reasoner, slow and well known, to be held against.

owlrl lives only here. It knows no rounds, and its contradictions are sentences.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

import rdflib
from owlrl import OWLRL_Semantics

from wicgraph.reasoning.inference import Closure, Contradiction, worldly
from wicgraph.reasoning.reserved import redefined
from wicgraph.reasoning.rules import FALSE, Rule
from wicgraph.terms import (
    OWL,
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    BlankNode,
    NamedNode,
    Term,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from wicgraph.reading.fact import Fact

_HAS_KEY = NamedNode(OWL + "hasKey")
_MEMBERS = (NamedNode(OWL + "members"), NamedNode(OWL + "distinctMembers"))
_FORGETFUL = (NamedNode(OWL + "AllDifferent"), NamedNode(OWL + "AllDisjointProperties"))
_IRI = re.compile(r"(?<!<)\bhttps?://[^\s,()'<>]+")


def infer(facts: Iterable[Fact]) -> Closure:
    """Conclude with owlrl what says something about the world and was not asserted."""
    given = {
        fact.triple
        for fact in facts
        if redefined(fact.subject, fact.predicate, fact.object) is None
    }
    triples, messages = closed(given)
    contradictions = (_told(_IRI.sub(r"<\g<0>>", message)) for message in messages)
    return Closure(
        tuple(sorted(triples - given, key=str)),
        tuple(sorted(contradictions, key=lambda told: told.rule.en)),
    )


def closed(triples: Iterable[Triple]) -> tuple[set[Triple], set[str]]:
    """Give owlrl's conclusions about the world, and its messages, as they are."""
    words: dict[Node, Term] = {}
    graph = rdflib.Graph(store="SimpleMemory")
    for triple in triples:
        terms = [term for term in triple if not isinstance(term, Triple)]
        subject, predicate, value = map(_node, terms)
        words |= zip((subject, predicate, value), terms, strict=True)
        graph.add((subject, predicate, value))
    with _unheard("rdflib.term"):  # logs what is a contradiction here
        semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False)
        semantics.closure()
    for word in ("http://www.w3.org/2002/07/owl#sameAs", str(rdflib.RDF.type)):
        words.setdefault(rdflib.URIRef(word), NamedNode(word))
    concluded = set()
    for statement in graph:
        one, two, three = (words.get(node) for node in statement)
        if one is None or two is None or three is None or not worldly(one, two, three):
            continue
        if isinstance(one, NamedNode) and isinstance(two, NamedNode):
            concluded.add(Triple(one, two, three))
    return concluded, set(semantics.error_messages)


def mended(triples: Iterable[Triple]) -> set[Triple]:
    """Repeat the last member of every list whose last member owlrl forgets.

    Its loops over keys, over things that are all different and over properties that
    are all disjoint end one too early. Only comparisons go this way.
    """
    mended = {*triples}
    first = {
        each.subject: each.object for each in mended if each.predicate == RDF_FIRST
    }
    rest = {each.subject: each.object for each in mended if each.predicate == RDF_REST}
    forgetful = {
        each.subject
        for each in mended
        if each.predicate == RDF_TYPE and each.object in _FORGETFUL
    }
    for each in sorted(mended, key=str):
        if each.predicate == _HAS_KEY or (
            each.subject in forgetful and each.predicate in _MEMBERS
        ):
            last = each.object
            while isinstance(last, NamedNode | BlankNode) and rest.get(
                last, RDF_NIL
            ) not in {RDF_NIL, last}:
                last = rest[last]
            if isinstance(last, NamedNode | BlankNode) and last in rest:
                again = BlankNode(f"again{sha256(str(last).encode()).hexdigest()}")
                mended.discard(Triple(last, RDF_REST, RDF_NIL))
                mended |= {
                    Triple(last, RDF_REST, again),
                    Triple(again, RDF_FIRST, first[last]),
                    Triple(again, RDF_REST, RDF_NIL),
                }
    return mended


def _told(message: str) -> Contradiction:
    return Contradiction(Rule("owlrl", 0, "", FALSE, message, message), (), {})


def _node(term: Term) -> Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


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
