"""Proofs: every conclusion has one, each step is by its rule, and all of them end."""

from __future__ import annotations

from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from wicgraph.reading.dataset import Dataset
from wicgraph.reasoning.absence import gaps
from wicgraph.reasoning.derivation import FOLDING, Folded
from wicgraph.reasoning.encoding import (
    FIRST,
    IN,
    MEANS_OTHER,
    MEANS_SAME,
    NIL,
    NOT_IN,
    REST,
    Row,
    Statement,
    Terms,
)
from wicgraph.reasoning.inference import infer
from wicgraph.reasoning.matching import unified
from wicgraph.reasoning.patterns import Chain, Every, Listed, Pattern, put, read
from wicgraph.reasoning.proof import Explainer, Proof
from wicgraph.reasoning.supposing import refutation
from wicgraph.reasoning.view import ASSERTED, Held
from wicgraph.root import Root
from wicgraph.terms import OWL, RDF, RDFS, BlankNode, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.reading.fact import Fact

REPOSITORY = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
TESTS = {IN, NOT_IN, MEANS_SAME, MEANS_OTHER}
DEEP = 3000


class World(NamedTuple):
    """Facts with all that follows from them, and in which round."""

    facts: tuple[Fact, ...]
    rounds: Mapping[Statement, int]
    inferred: tuple[Statement, ...]
    explainer: Explainer


def world(facts: Iterable[Fact]) -> World:
    """Conclude what follows from facts."""
    known = tuple(facts)
    closure = infer(known)
    rounds = {Statement(f.subject, f.predicate, f.object): ASSERTED for f in known}
    assert closure.concluded is not None
    for statement, number in closure.concluded.statements():
        rounds.setdefault(statement, number)
    inferred = tuple(
        statement for statement, number in rounds.items() if number != ASSERTED
    )
    return World(known, rounds, inferred, Explainer(Held(rounds)))


@cache
def real() -> World:
    """Conclude what follows from the graph of this repository."""
    return world(Dataset.load(Root(REPOSITORY)).facts)


@cache
def tiny() -> World:
    """Conclude what follows from the small world."""
    return world(Dataset.load(Root(DATA / "tiny")).facts)


def node(name: str) -> NamedNode:
    """Name a thing of a made-up graph, or a word of OWL."""
    prefix, _, local = name.partition(":")
    spaces = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}
    return NamedNode(spaces.get(prefix, "http://example.org/") + local)


def told(text: str) -> Statement:
    """Read a statement such as "e:a e:locatedIn e:b"."""
    subject, predicate, value = text.split()
    return Statement(node(subject), node(predicate), node(value))


# --- Laws ---


@pytest.mark.parametrize("which", [tiny, real])
def test_every_conclusion_has_a_proof_by_the_rules(which: object) -> None:
    """Whatever follows has a proof; each step is by its rule, each leaf is asserted."""
    here = tiny() if which is tiny else real()
    checked: set[int] = set()
    for statement in here.inferred:
        proof = next(here.explainer.proofs(statement), None)
        assert proof is not None, statement
        for step in proof.steps():
            if id(step) in checked:
                continue
            checked.add(id(step))
            if step.rule is None:
                assert here.rounds[step.statement] == ASSERTED
            else:
                assert is_by_its_rule(step), step
    assert len(here.inferred) > 30


@pytest.mark.parametrize("which", [tiny, real])
def test_premises_come_before_their_conclusions(which: object) -> None:
    """No proof leans on itself, because each step goes back in rounds."""
    here = tiny() if which is tiny else real()
    for statement in here.inferred[::7]:
        for proof in islice(here.explainer.proofs(statement), 1):
            for step in proof.steps():
                if step.rule is None or step.statement not in here.rounds:
                    continue
                for premise in step.premises:
                    number = here.rounds.get(premise.statement)
                    assert number is None or number < here.rounds[step.statement]
                    if number is None:
                        assert premise.rule is not None
                        assert premise.rule.name in FOLDING


def test_smaller_proofs_come_first() -> None:
    """Proofs come in the order of their sizes, and none comes twice."""
    here = real()
    many = 0
    for statement in here.inferred[::50]:
        found = list(islice(here.explainer.proofs(statement), 20))
        assert all(one.size <= other.size for one, other in pairwise(found))
        assert len({shape(proof) for proof in found}) == len(found)
        many += len(found) > 1
    assert many > 10


def test_without_a_leaf_of_its_only_proof_nothing_follows() -> None:
    """Removing any leaf of the only proof of a conclusion removes the conclusion."""
    here = tiny()
    tried = 0
    for statement in here.inferred:
        found = list(islice(here.explainer.proofs(statement), 2))
        if len(found) > 1 or not isinstance(statement.subject, NamedNode):
            continue
        for leaf in found[0].leaves():
            rest = [
                fact
                for fact in here.facts
                if Statement(fact.subject, fact.predicate, fact.object) != leaf
            ]
            assert statement not in world(rest).rounds, leaf
            tried += 1
        if tried > 25:
            break
    assert tried > 20


class Nothing:
    """A source without triples."""

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> tuple[Row, ...]:
        """Find nothing."""
        del subject, predicate, value
        return ()

    def means(self, literal: int, value: str) -> bool:
        """Know no literals."""
        del literal, value
        return False

    def is_read(self, number: int) -> bool:
        """Know no words."""
        del number
        return False


def shape(proof: Proof) -> tuple[object, ...]:
    """Write a proof so that equal ones are equal."""
    return tuple((step.statement, step.rule) for step in proof.steps())


def is_by_its_rule(step: Proof) -> bool:
    """Tell whether a step is an instance of its rule: nothing lacks, nothing is idle.

    It goes by the text of the rule, and not by the search that found the step.
    """
    assert step.rule is not None
    terms = Terms()
    form = read(step.rule, terms.word)
    values = {name: terms.number(term) for name, term in step.values.items()}
    premises = [terms.row(premise.statement) for premise in step.premises]
    goal = terms.row(step.statement)
    heads = [put(head, values) for head in form.then]
    if goal not in heads:
        return False
    used: set[Row] = set()
    lists: dict[str, list[int]] = {}
    for item in form.when:
        if isinstance(item, Listed):
            axiom, members = listed(item, premises, values)
            used |= axiom
            lists[item.members[0]] = members
            if any(
                values.get(name, members[0]) not in members for name in item.members
            ):
                return False
            continue
        for pattern in spelled(item, lists, values):
            if pattern[1] in TESTS:
                continue
            found = [row for row in premises if fits(pattern, row, terms)]
            if not found:
                return False
            used |= set(found)
    return used == set(premises)


def fits(pattern: Pattern, row: Row, terms: Terms) -> bool:
    """Tell whether a premise matches a pattern of a rule."""
    return unified(pattern, row, terms_only(terms)) is not None


def terms_only(terms: Terms) -> Folded:
    """Give what can read numbers in literals, and knows nothing else."""
    return Folded(terms, Nothing())


def listed(
    item: Listed, premises: list[Row], values: Mapping[str, int]
) -> tuple[set[Row], list[int]]:
    """Read the list of an axiom from the premises."""
    subject = values[item.subject] if isinstance(item.subject, str) else item.subject
    (axiom,) = (row for row in premises if row[:2] == (subject, item.predicate))
    used, members, cell = {axiom}, [], axiom[2]
    while cell != NIL:
        (first,) = {row for row in premises if row[:2] == (cell, FIRST)}
        (rest,) = {row for row in premises if row[:2] == (cell, REST)}
        used |= {first, rest}
        members.append(first[2])
        cell = rest[2]
    return used, members


def spelled(
    item: Pattern | Every | Chain,
    lists: Mapping[str, list[int]],
    values: Mapping[str, int],
) -> list[Pattern]:
    """Write a premise with its values, once for each member of its list."""
    if isinstance(item, Every):
        return [
            put(pattern, {**values, item.member: member})
            for member in lists[item.member]
            for pattern in item.patterns
        ]
    if isinstance(item, Chain):
        start, _, end = item.pattern
        stops = [start, *(f"?step.{n}" for n in range(1, len(lists[item.member]))), end]
        return [
            put((stops[at], member, stops[at + 1]), values)
            for at, member in enumerate(lists[item.member])
        ]
    return [put(item, values)]


# --- Cases ---


def test_asserted_statement_is_its_own_proof() -> None:
    """What somebody wrote has one proof, without a step."""
    statement = told("e:a e:likes e:b")

    (proof,) = Explainer(Held({statement: 0})).proofs(statement)

    assert (proof.rule, proof.premises, proof.size) == (None, (), 0)


def test_what_does_not_hold_has_no_proof() -> None:
    """A statement that nobody wrote and that does not follow has no proof."""
    held = Held({told("e:a e:likes e:b"): 0})

    assert list(Explainer(held).proofs(told("e:b e:likes e:a"))) == []


def test_all_proofs_of_a_statement_are_found() -> None:
    """Two ways over different things are two proofs."""
    rounds = {
        told("e:in rdf:type owl:TransitiveProperty"): 0,
        told("e:a e:in e:b"): 0,
        told("e:b e:in e:d"): 0,
        told("e:a e:in e:c"): 0,
        told("e:c e:in e:d"): 0,
        told("e:a e:in e:d"): 1,
    }

    found = list(Explainer(Held(rounds)).proofs(told("e:a e:in e:d")))

    assert [proof.size for proof in found] == [1, 1]
    assert {proof.values["?y"] for proof in found} == {node("e:b"), node("e:c")}


def test_reading_order_is_conclusion_first() -> None:
    """Steps come conclusions first, and leaves once however often they are used."""
    rounds = {
        told("e:p rdfs:subPropertyOf e:q"): 0,
        told("e:q rdfs:subPropertyOf e:r"): 0,
        told("e:a e:p e:b"): 0,
        told("e:a e:q e:b"): 1,
        told("e:a e:r e:b"): 2,
    }

    proof = next(Explainer(Held(rounds)).proofs(told("e:a e:r e:b")))

    assert [step.statement for step in proof.steps()] == [
        told("e:a e:r e:b"),
        told("e:q rdfs:subPropertyOf e:r"),
        told("e:a e:q e:b"),
        told("e:p rdfs:subPropertyOf e:q"),
        told("e:a e:p e:b"),
    ]
    assert len(proof.leaves()) == 3
    assert proof.size == 2


def test_anonymous_inverse_is_explained() -> None:
    """A step that is in no table is by the rule of inverses, from what is in one."""
    inverse = BlankNode("inverse")
    held = Held(
        {
            Statement(inverse, node("owl:inverseOf"), node("e:holds")): 0,
            told("e:a e:holds e:b"): 0,
        }
    )

    (proof, *_) = Explainer(held).proofs(Statement(node("e:b"), inverse, node("e:a")))

    assert proof.rule is not None
    assert proof.rule.name in {"prp-inv1", "prp-inv2"}
    assert told("e:a e:holds e:b") in proof.leaves()


def test_proofs_may_be_deep() -> None:
    """Thousands of steps behind one another are no trouble."""
    rounds = {
        told("e:Linked owl:onProperty e:next"): 0,
        told("e:Linked owl:someValuesFrom e:Linked"): 0,
        told("e:a0 rdf:type e:Linked"): 0,
    }
    for number in range(DEEP):
        rounds[told(f"e:a{number + 1} e:next e:a{number}")] = 0
        rounds[told(f"e:a{number + 1} rdf:type e:Linked")] = number + 1

    proof = next(Explainer(Held(rounds)).proofs(told(f"e:a{DEEP} rdf:type e:Linked")))

    assert proof.size == DEEP
    assert len(proof.leaves()) == DEEP + 3


# --- What does not hold ---


def test_refutation_rests_on_the_supposition() -> None:
    """What contradicts what is known is refuted by a rule that concludes false."""
    rounds = {
        told("e:Person owl:disjointWith e:Place"): 0,
        told("e:livesIn rdfs:range e:Place"): 0,
        told("e:ann rdf:type e:Person"): 0,
    }
    supposed = told("e:bob e:livesIn e:ann")

    proof = refutation(Held(rounds), supposed)

    assert proof is not None
    assert proof.rule is not None
    assert proof.rule.name == "cax-dw"
    assert set(proof.leaves()) == {*rounds, supposed}


def test_what_contradicts_nothing_is_not_refuted() -> None:
    """That nobody says something does not refute it."""
    rounds = {told("e:ann rdf:type e:Person"): 0}

    assert refutation(Held(rounds), told("e:ann e:likes e:bob")) is None


def test_gap_names_the_first_premise_that_fails() -> None:
    """Premises hold up to the one that does not, with what they could be."""
    rounds = {
        Statement(node("e:in"), node("owl:propertyChainAxiom"), node("e:1")): 0,
        told("e:1 rdf:first e:holds"): 0,
        told("e:1 rdf:rest e:2"): 0,
        told("e:2 rdf:first e:postIn"): 0,
        told("e:2 rdf:rest rdf:nil"): 0,
        told("e:ann e:holds e:chair"): 0,
        told("e:chair e:postIn e:club"): 0,
    }

    (gap,) = gaps(Explainer(Held(rounds)), told("e:ann e:in e:guild"))

    assert gap.rule.name == "prp-spo2"
    assert gap.found == ((node("e:ann"), node("e:holds"), "?step.1"),)
    assert gap.missing == (node("e:chair"), node("e:postIn"), node("e:guild"))
    assert gap.values == {"?step.1": (node("e:chair"),)}


def test_gap_goes_on_behind_what_could_follow() -> None:
    """Where the missing premise could follow itself, its own gaps are told."""
    rounds = {
        told("e:hosts rdfs:subPropertyOf e:organizes"): 0,
        told("e:directs rdfs:subPropertyOf e:hosts"): 0,
    }

    (gap,) = gaps(Explainer(Held(rounds)), told("e:ann e:organizes e:fair"))
    (deeper,) = gap.deeper

    assert gap.missing == told("e:ann e:hosts e:fair")
    assert deeper.missing == told("e:ann e:directs e:fair")


def test_gaps_do_not_go_in_circles() -> None:
    """Rules that lead back to what was asked are left out."""
    rounds = {
        told("e:p owl:inverseOf e:q"): 0,
        told("e:p rdf:type owl:SymmetricProperty"): 0,
        told("e:q rdfs:subPropertyOf e:p"): 0,
    }

    found = gaps(Explainer(Held(rounds)), told("e:a e:p e:b"))

    assert 0 < len(found) < 6
