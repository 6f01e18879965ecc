"""Contradictions: statements that cannot all be true, by which rule, written where.

A check is named after the rule that concludes "false". Each finding stands at the
statement that is most likely wrong: the last of those in `facts/` on which it rests.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from wicgraph.checking.causes import About, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.inference import infer
from wicgraph.reasoning.proof import Explainer
from wicgraph.reasoning.view import ASSERTED, Held
from wicgraph.reasoning.wording import sentence
from wicgraph.terms import (
    RDF_FIRST,
    RDF_REST,
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_PREF_LABEL,
    BlankNode,
    Literal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact
    from wicgraph.reasoning.inference import BrokenList, Contradiction
    from wicgraph.terms import Term

BROKEN_LIST = "broken-list"
OTHERS = "more-contradictions"

_ENOUGH = 100  # contradictions; whoever made more made most of them by one axiom
_MOST = 6  # statements that a message lists
_PLACES = 3  # of one statement


def contradictions(asserted: Asserted) -> Iterator[Suspicion]:
    """Find what cannot all be true, and axioms whose lists cannot be read."""
    closure = infer(asserted.dataset.facts)
    for fault in closure.faults:
        yield from _broken(asserted, fault)
    if not closure.contradictions or closure.concluded is None:
        return
    rounds = dict(closure.concluded.statements())
    facts = _by_statement(asserted)
    rounds.update(dict.fromkeys(facts, ASSERTED))
    explainer = Explainer(Held(rounds))
    seen: set[frozenset[Statement]] = set()
    found = sorted(closure.contradictions, key=lambda told: len(told.premises))
    enough = _ENOUGH
    for place, told in enumerate(found, 1):
        grounds = _grounds(told, explainer)
        stated = frozenset(each for each in grounds if not _is_axiom(facts[each]))
        if stated not in seen or not stated:
            seen.add(stated)
            yield from _contradiction(asserted, told, grounds, facts)
            enough -= 1
        if not enough and found[place:]:
            yield from _others(len(found) - place, grounds, facts)
            return


def _others(
    rest: int, grounds: tuple[Statement, ...], facts: Mapping[Statement, list[Fact]]
) -> Iterator[Suspicion]:
    """Count the contradictions that are not looked into, at an axiom of the last."""
    last = max((fact for leaf in grounds for fact in facts[leaf]), key=_is_in_ontology)
    finding = Finding(
        Severity.ERROR,
        OTHERS,
        f"There are {rest:,} more contradictions, and perhaps one axiom has them all.",
        f"另有 {rest:,} 处矛盾，也许均由同一公理引起。",
        "Correct those that are told first; this is an axiom of the last of them.",
        "请先更正已列出的矛盾；此处是其中最后一处所依据的公理。",
        last.position,
        last.subject,
    )
    yield Suspicion(finding, Stage.CONTRADICTION)


def _grounds(told: Contradiction, explainer: Explainer) -> tuple[Statement, ...]:
    """Collect the asserted statements behind a contradiction."""
    leaves: dict[Statement, None] = {}
    for premise in told.premises:
        for proof in islice(explainer.proofs(premise), 1):
            leaves |= dict.fromkeys(proof.leaves())
    return tuple(leaves)


def _by_statement(asserted: Asserted) -> dict[Statement, list[Fact]]:
    facts: dict[Statement, list[Fact]] = {}
    for fact in asserted.dataset.facts:
        statement = Statement(fact.subject, fact.predicate, fact.object)
        facts.setdefault(statement, []).append(fact)
    return facts


def _contradiction(
    asserted: Asserted,
    told: Contradiction,
    leaves: tuple[Statement, ...],
    facts: Mapping[Statement, list[Fact]],
) -> Iterator[Suspicion]:
    grounds = [fact for leaf in leaves for fact in facts[leaf]]
    of_things = [fact for fact in grounds if fact.path.startswith("facts/")]
    told_at = max(of_things or grounds, key=_suspect, default=None)
    if told_at is None:
        return
    said = {
        language: sentence(told.rule, told.values, language, _Names(asserted, language))
        for language in ("en", "zh")
    }
    listed = [facts[leaf] for leaf in leaves if not _is_cell(leaf)]
    listed.sort(key=_is_axiom)
    written = [_written(asserted, same) for same in listed]
    rest = len(written) - _MOST
    more = (f"; and {rest} more", f"；另有 {rest} 条") if rest > 0 else ("", "")
    start = said["en"][:1].upper() + said["en"][1:]
    finding = Finding(
        Severity.ERROR,
        told.rule.name,
        f"{start}. It rests on {'; '.join(written[:_MOST])}{more[0]}.",
        f"{said['zh']}。依据：{'；'.join(written[:_MOST])}{more[1]}。",
        "Correct or remove one of these statements.",
        "请更正或删除其中一条陈述。",
        told_at.position,
        told_at.subject,
    )
    about = tuple(
        About(fact.subject, fact.predicate, fact.object) for fact in of_things
    )
    yield Suspicion(finding, Stage.CONTRADICTION, about, yields=True)


def _suspect(fact: Fact) -> tuple[bool, int, str, int]:
    """Rank by how likely a statement is the wrong one, by how seldom it is one."""
    is_class = fact.predicate == RDF_TYPE
    return (
        fact.path.startswith("facts/sources/"),
        not is_class,
        fact.path,
        fact.predicate_at[0],
    )


def _is_in_ontology(fact: Fact) -> bool:
    return fact.path.startswith("ontology/") and not _is_cell(
        Statement(fact.subject, fact.predicate, fact.object)
    )


def _is_cell(statement: Statement) -> bool:
    """Tell a part of a list, which is shown with the axiom that has it."""
    return statement.predicate in {RDF_FIRST, RDF_REST}


def _is_axiom(same: list[Fact]) -> bool:
    """Tell what the ontology says from what is said of things."""
    return not any(fact.path.startswith("facts/") for fact in same)


def _written(asserted: Asserted, same: list[Fact]) -> str:
    """Write a statement as a file does, and where that is."""
    fact = same[0]
    verb = "a" if fact.predicate == RDF_TYPE else asserted.show(fact.predicate)
    value = (
        "( … )" if isinstance(fact.object, BlankNode) else asserted.show(fact.object)
    )
    places = [f"{each.path}:{each.predicate_at[0]}" for each in same[:_PLACES]]
    if len(same) > _PLACES:
        places.append("…")
    return f"{asserted.show(fact.subject)} {verb} {value} ({', '.join(places)})"


def _broken(asserted: Asserted, fault: BrokenList) -> Iterator[Suspicion]:
    """Say that a list of an axiom cannot be used."""
    axiom = fault.axiom
    for fact in asserted.facts_about(axiom.subject):
        if (fact.predicate, fact.object) == (axiom.predicate, axiom.object):
            name = asserted.show(fact.predicate)
            finding = Finding(
                Severity.ERROR,
                BROKEN_LIST,
                f"The list of {name} cannot be used: {fault.reason.en}.",
                f"{name} 的列表无法使用：{fault.reason.zh}。",
                "Write a list of things, as ( … ); until then nothing follows from it.",
                "请写成由事物组成的列表，如 ( … )；在此之前无法由该公理推理。",
                fact.position,
                fact.subject,
            )
            about = (About(fact.subject, fact.predicate, fact.object),)
            yield Suspicion(finding, Stage.TERM, about)
            return


class _Names:
    """Names terms in one language, by their labels or as a file writes them."""

    def __init__(self, asserted: Asserted, language: str) -> None:
        self._asserted = asserted
        self._language = language

    def __call__(self, term: Term) -> str:
        if isinstance(term, Literal | BlankNode):
            return self._asserted.show(term)
        labels = {
            (fact.object.language or ""): fact.object.value
            for fact in self._asserted.facts_about(term)
            if fact.predicate in {SKOS_PREF_LABEL, RDFS_LABEL}
            and isinstance(fact.object, Literal)
        }
        for wanted in (self._language, "en", "zh"):
            for tag in sorted(labels):
                if tag.partition("-")[0] == wanted:
                    return labels[tag]
        return self._asserted.show(term)
