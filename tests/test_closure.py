"""What follows, held against owlrl; and laws that hold of every closure."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from wicgraph.errors import StoreError
from wicgraph.reading.dataset import Dataset
from wicgraph.reading.fact import Fact
from wicgraph.reading.turtle import read_turtle
from wicgraph.reasoning import oracle
from wicgraph.reasoning.columns import Columns
from wicgraph.reasoning.compile import Compiler
from wicgraph.reasoning.database import Database
from wicgraph.reasoning.encoding import Statement, Terms
from wicgraph.reasoning.inference import Closure, infer
from wicgraph.root import Root
from wicgraph.terms import (
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    XSD,
    BlankNode,
    NamedNode,
    Prefixes,
    Triple,
)

DATA = Path(__file__).parent / "data"
TINY = Root(DATA / "tiny")
REPOSITORY = Root(Path(__file__).parents[1])
DEVIATIONS = sorted((DATA / "deviations").glob("*.ttl"))
BROKEN = sorted((DATA / "axioms").glob("*.ttl"))
GRAPH = NamedNode("https://example.org/graph")
PREFIXES = f"""
@prefix : <https://example.org/> .
@prefix owl: <{OWL}> .
@prefix rdf: <{RDF}> .
@prefix rdfs: <{RDFS}> .
@prefix xsd: <{XSD}> .
"""

assert DEVIATIONS
assert BROKEN


@pytest.fixture(autouse=True)
def _literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib leave literals as they are."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def facts_of(text: str) -> tuple[Fact, ...]:
    """Read a Turtle text as one graph."""
    return read_turtle(text, "facts/case.ttl", GRAPH, Prefixes({})).facts


def facts_with(triples: Iterable[Triple]) -> list[Fact]:
    """Make facts of triples."""
    at = (1, 1)
    return [
        Fact(t.subject, t.predicate, t.object, GRAPH, "facts/case.ttl", at, at, at)  # type: ignore[arg-type]  # no quoted triples
        for t in triples
    ]


def by_owlrl(facts: Iterable[Fact]) -> set[Triple]:
    """Conclude with owlrl, with its lists mended."""
    given = {fact.triple for fact in facts}
    return oracle.closed(oracle.mended(given))[0] - given


def assert_as_owlrl(facts: Sequence[Fact]) -> Closure:
    """Compare the conclusions with owlrl's, and whether there is a contradiction."""
    closure = infer(facts)
    asserted = {fact.triple for fact in facts}
    theirs, messages = oracle.closed(oracle.mended(asserted))
    assert set(closure.triples) == theirs - asserted
    assert bool(closure.contradictions) == bool(messages)
    return closure


# --- the same as owlrl ---


def test_closure_of_the_small_world_is_owlrls() -> None:
    """In the small world, the conclusions are owlrl's."""
    assert assert_as_owlrl(Dataset.load(TINY).facts).triples


def test_closure_of_a_part_of_the_graph_is_owlrls() -> None:
    """With the whole ontology and some sources, the conclusions are owlrl's.

    With all sources owlrl takes most of a minute; `make bench` compares those.
    """
    files = Dataset.load(REPOSITORY).files
    sources = [file for file in files if file.path.startswith("facts/sources/")]
    assert sources
    chosen = [file for file in files if file not in sources] + sources[::7]
    facts = [
        fact for file in chosen if "shapes" not in file.path for fact in file.facts
    ]
    assert assert_as_owlrl(facts).triples


CLASSES = [f":{letter}" for letter in "ABCDE"]
PROPERTIES = [f":{letter}" for letter in "pqrs"]
THINGS = [f":{letter}" for letter in "uvwxyz"]
classes, properties = some.sampled_from(CLASSES), some.sampled_from(PROPERTIES)
things = some.sampled_from(THINGS)
fillers = some.one_of(classes, some.just("owl:Thing"))
lists = some.lists(classes, min_size=1, max_size=3).map(" ".join)
steps = some.one_of(properties, properties.map(lambda p: f"[ owl:inverseOf {p} ]"))
# That a thing is twice among those that are all different is beyond owlrl.
several = some.lists(things, min_size=2, max_size=3, unique=True).map(" ".join)
chains = some.lists(steps, min_size=2, max_size=4).map(" ".join)
kinds = some.sampled_from(
    [
        *("Transitive", "Symmetric", "Asymmetric", "Irreflexive"),
        *("Functional", "InverseFunctional"),
    ]
)
AXIOMS = [
    some.builds("{} rdfs:subClassOf {} .".format, classes, classes),
    some.builds("{} owl:equivalentClass {} .".format, classes, classes),
    some.builds("{} owl:disjointWith {} .".format, classes, classes),
    some.builds("{} owl:complementOf {} .".format, classes, classes),
    some.builds("{} owl:unionOf ( {} ) .".format, classes, lists),
    some.builds("{} owl:intersectionOf ( {} ) .".format, classes, lists),
    some.builds(
        "{} rdfs:subClassOf [ owl:intersectionOf ( {} ) ] .".format, classes, lists
    ),
    some.builds(
        "{} owl:equivalentClass [ owl:unionOf ( {} ) ] .".format, classes, lists
    ),
    some.builds("{} owl:oneOf ( {} {} ) .".format, classes, things, things),
    some.builds(
        "{} owl:equivalentClass [ owl:onProperty {} ; owl:someValuesFrom {} ] .".format,
        *(classes, properties, fillers),
    ),
    some.builds(
        "{} rdfs:subClassOf [ owl:onProperty {} ; owl:allValuesFrom {} ] .".format,
        *(classes, properties, classes),
    ),
    some.builds(
        "{} owl:equivalentClass [ owl:onProperty {} ; owl:hasValue {} ] .".format,
        *(classes, properties, things),
    ),
    some.builds(
        "{} rdfs:subClassOf [ owl:onProperty {} ; owl:maxCardinality {} ] .".format,
        *(classes, properties, some.sampled_from([0, 1, 2])),
    ),
    some.builds(
        "{} rdfs:subClassOf [ owl:onProperty {} ; owl:onClass {} ;"
        " owl:maxQualifiedCardinality {} ] .".format,
        *(classes, properties, fillers, some.sampled_from([0, 1])),
    ),
    some.builds("{} owl:hasKey ( {} {} ) .".format, classes, properties, properties),
    some.builds("{} owl:hasKey ( {} ) .".format, classes, properties),
    some.builds("{} rdfs:domain {} .".format, properties, fillers),
    some.builds("{} rdfs:range {} .".format, properties, fillers),
    some.builds("{} rdfs:subPropertyOf {} .".format, properties, properties),
    some.builds(
        "{} rdfs:subPropertyOf [ owl:inverseOf {} ] .".format, properties, properties
    ),
    some.builds("{} owl:equivalentProperty {} .".format, properties, properties),
    some.builds("{} owl:inverseOf {} .".format, properties, properties),
    some.builds("{} owl:propertyDisjointWith {} .".format, properties, properties),
    some.builds("{} owl:propertyChainAxiom ( {} ) .".format, properties, chains),
    some.builds("{} a owl:{}Property .".format, properties, kinds),
    some.builds("[] a owl:AllDisjointClasses ; owl:members ( {} ) .".format, lists),
    some.builds("[] a owl:AllDifferent ; owl:members ( {} ) .".format, several),
]
FACTS = [
    some.builds("{} a {} .".format, things, classes),
    some.builds("{} {} {} .".format, things, properties, things),
    some.builds("{} {} {} .".format, things, properties, things),
    some.builds("{} owl:differentFrom {} .".format, things, things),
]
SAME = [some.builds("{} owl:sameAs {} .".format, things, things)]
# owlrl does not see that a class that is nowhere said to be one is within itself.
DECLARED = [f"{name} a owl:Class ." for name in CLASSES]
DECLARED += [f"{name} a owl:ObjectProperty ." for name in PROPERTIES]
statements = some.builds(
    lambda axioms, facts: [*axioms, *facts],
    some.lists(some.one_of(AXIOMS), min_size=1, max_size=9),
    some.lists(some.one_of(*FACTS, *SAME), min_size=2, max_size=12),
)
worlds = statements.map(lambda lines: "\n".join([PREFIXES, *DECLARED, *lines]))
slowly = settings(
    deadline=None,
    max_examples=int(os.environ.get("WICGRAPH_EXAMPLES", "25")),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)


@slowly
@given(worlds)
def test_closure_of_anything_is_owlrls(text: str) -> None:
    """On ontologies made by chance, the conclusions are owlrl's as well."""
    assert_as_owlrl(facts_of(text))


@pytest.mark.parametrize("path", DEVIATIONS, ids=lambda path: path.stem)
def test_deviation_from_owlrl_is_as_documented(path: Path) -> None:
    """Where owlrl errs, we conclude what the rules say, and owlrl still does not.

    Below the line stands what the rules say; a contradiction is a comment there.
    """
    above, _, below = path.read_text(encoding="utf-8").partition("# --- then ---")
    prefixes = [line for line in above.splitlines() if line.startswith("@prefix")]
    expected = {fact.triple for fact in facts_of("\n".join([*prefixes, below]))}
    refuted = [line[2:] for line in below.splitlines() if line.startswith("# ")]
    facts = facts_of(above)
    closure = infer(facts)
    assert set(closure.triples) == expected
    assert sorted({told.rule.name for told in closure.contradictions}) == refuted
    asserted = {fact.triple for fact in facts}
    theirs, messages = oracle.closed(asserted)
    assert (theirs - asserted, bool(messages)) != (expected, bool(refuted))


# --- laws ---


@slowly
@given(worlds)
def test_concluding_twice_adds_nothing(text: str) -> None:
    """What was concluded is complete: it makes no further conclusion."""
    facts = facts_of(text)
    closure = infer(facts)
    assert not infer([*facts, *facts_with(closure.triples)]).triples


@slowly
@given(worlds)
def test_neither_order_nor_names_of_blank_nodes_matter(
    text: str,
) -> None:
    """Facts in another order, and with other blank nodes, conclude the same."""
    facts = facts_of(text)
    renamed = [
        replace(fact, subject=other(fact.subject), object=other(fact.object))  # type: ignore[arg-type]  # of the same kind
        for fact in reversed(facts)
    ]
    one, two = infer(facts), infer(renamed)
    assert [*one.triples] == [*two.triples]
    rules = [[told.rule.name for told in each.contradictions] for each in (one, two)]
    assert rules[0] == rules[1]


def other(term: object) -> object:
    """Give another name to a blank node."""
    return BlankNode(f"z{term.value[::-1]}") if isinstance(term, BlankNode) else term


def test_conclusions_are_the_same_in_another_process() -> None:
    """Facts in another order, in another process, make the same sorted conclusions."""
    program = (
        "import sys; from wicgraph.reading.dataset import Dataset;"
        "from pathlib import Path; from wicgraph.root import Root;"
        "from wicgraph.reasoning.inference import infer;"
        "facts = Dataset.load(Root(Path(sys.argv[1]))).facts;"
        "print(*infer(facts[::int(sys.argv[2])]).triples, sep='\\n')"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(TINY.folder), step],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "src"},
            cwd=REPOSITORY.folder,
            capture_output=True,
            check=True,
        ).stdout
        for seed, step in (("1", "1"), ("2", "-1"))
    }
    assert len(outputs) == 1
    assert b"hosts" in outputs.pop()


def test_closure_has_nothing_that_was_asserted() -> None:
    """Conclusions and facts are apart, so that one can tell which is which."""
    facts = Dataset.load(TINY).facts
    assert not {fact.triple for fact in facts} & set(infer(facts).triples)


def test_triples_are_a_sequence_in_the_order_of_their_terms() -> None:
    """They can be counted, gone through and picked, and are the same each time."""
    triples = infer(Dataset.load(TINY).facts).triples
    listed = [*triples]
    assert listed == sorted(listed, key=lambda triple: [str(term) for term in triple])
    assert len(triples) == len(listed)
    assert [triples[0], triples[-1]] == [listed[0], listed[-1]]
    assert [*triples[2:5]] == listed[2:5]


def test_nothing_follows_from_nothing() -> None:
    """No facts make no conclusions, although the language has axioms of its own."""
    closure = infer([])
    assert not closure.triples
    assert not closure.contradictions


def test_terms_that_are_only_declared_make_no_conclusions() -> None:
    """To say that a class and a property are there is to conclude nothing."""
    text = f"{PREFIXES} :C a owl:Class . :p a owl:ObjectProperty . :x a :C ; :p :y ."
    assert not infer(facts_of(text)).triples


def test_world_is_concluded_from_roles() -> None:
    """A hosting makes its host host, organize and be what the range says."""
    prefixes = TINY.prefixes()
    texts = {
        " ".join(prefixes.show(term) for term in triple)
        for triple in infer(Dataset.load(TINY).facts).triples
    }
    bureau, summit = "organization:example-bureau", "event:example-summit-2018"
    assert f"{bureau} wic:hosts {summit}" in texts
    assert f"{bureau} wic:organizes {summit}" in texts


def test_graph_has_no_contradiction() -> None:
    """What the repository says can all be true."""
    assert infer(Dataset.load(REPOSITORY).facts).contradictions == ()


# --- contradictions ---


def test_long_lists_conclude_as_short_ones_do() -> None:
    """What is asked in several statements comes in one round, as in one."""
    listed = " ".join(f":C{at}" for at in range(16))
    typed = " , ".join(f":C{at}" for at in range(16))
    closure = infer(
        facts_of(
            f"{PREFIXES} :All owl:intersectionOf ( {listed} ) ."
            f" :Part rdfs:subClassOf :All . :x a :Part . :y a {typed} ."
        )
    )
    told = {str(triple.object) for triple in closure.triples}
    assert told == {
        f"<https://example.org/{name}>"
        for name in ("All", *(f"C{at}" for at in range(16)))
    }
    assert len(closure.triples) == 18


def test_what_does_not_fit_in_memory_is_said() -> None:
    """Whatever the engine has to say of its memory, a person gets one message."""
    nothing = np.zeros(0, np.int32)
    with (
        pytest.raises(StoreError, match="does not fit"),
        Database(Columns(nothing, nothing, nothing)),
    ):
        raise duckdb.OutOfMemoryException


def test_pairs_of_a_list_share_its_cells() -> None:
    """A pair does not keep the whole list for itself."""
    terms = Terms()
    facts = facts_of(
        f"{PREFIXES} [] a owl:AllDifferent ; owl:members ( :a :b :c :d :e ) ."
    )
    compiler = Compiler(terms)
    parts = ((f.subject, f.predicate, f.object) for f in facts)
    step = compiler.extend([terms.row(Statement(*each)) for each in parts])
    pairs = [each for each in step.instances if each.rule.name == "eq-diff2"]

    assert len(pairs) == 10
    assert {len(each.axioms[-1]) for each in pairs} == {10}
    assert len({id(each.axioms[-1]) for each in pairs}) == 1


def test_contradiction_is_told_in_both_languages() -> None:
    """A contradiction names what is wrong in words, with its premises."""
    text = f"{PREFIXES} :C owl:disjointWith :D . :x a :C , :D ."
    (told,) = infer(facts_of(text)).contradictions
    show = Prefixes({"": "https://example.org/"}).show
    assert told.rule.name == "cax-dw"
    assert told.sentence("en", show) == "nothing is both a :C and a :D, but :x is"
    assert told.sentence("zh", show) == "没有事物既是 :C 又是 :D，而 :x 却是"
    assert len(told.premises) == 3


def test_contradiction_yields_no_triples() -> None:
    """Two values of a functional property are not put in each other's place."""
    text = f'{PREFIXES} :p a owl:FunctionalProperty . :x :p 1 , "a" . :y :q 1 .'
    closure = infer(facts_of(text))
    assert [told.rule.name for told in closure.contradictions] == ["eq-diff1"]
    assert not closure.triples


def test_member_of_nothing_is_not_of_every_class() -> None:
    """That x is in owl:Nothing does not make x a member of everything."""
    text = f"{PREFIXES} :C a owl:Class . :x a owl:Nothing ."
    closure = infer(facts_of(text))
    assert [told.rule.name for told in closure.contradictions] == ["cls-nothing2"]
    assert not closure.triples


def test_thing_with_two_names_contradicts_once() -> None:
    """One contradiction is told once, by the premises that were asserted."""
    text = f"{PREFIXES} :C owl:disjointWith :D . :x a :C , :D . :x owl:sameAs :y ."
    (told,) = infer(facts_of(text)).contradictions
    assert {str(premise.subject) for premise in told.premises} == {
        f"<https://example.org/{name}>" for name in ("C", "x")
    }


# --- broken axioms ---


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_axiom_is_told_and_passed_over(path: Path) -> None:
    """An axiom whose list is broken concludes nothing, says why, and stops nobody."""
    text = path.read_text(encoding="utf-8")
    expected = [line[4:] for line in text.splitlines() if line.startswith("# = ")]
    closure = infer(facts_of(text))
    assert [fault.reason.en for fault in closure.faults] == expected
    assert [str(triple.object) for triple in closure.triples] == [
        "<https://example.org/D>"
    ]
    assert {type(fault.axiom.predicate) for fault in closure.faults} <= {NamedNode}
    assert RDF_TYPE in {triple.predicate for triple in closure.triples}
