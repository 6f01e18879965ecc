import os
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
import rdflib
from owlrl import OWLRL_Semantics
from rdflib.namespace import OWL as OWL_TERMS
from rdflib.namespace import RDF as RDF_TERMS
from rdflib.term import Node

from wicgraph.reading.dataset import Dataset
from wicgraph.reading.fact import Fact
from wicgraph.reading.turtle import read_turtle
from wicgraph.reasoning.closure import Closure, infer
from wicgraph.reasoning.rules import mended
from wicgraph.root import Root
from wicgraph.terms import (
    OWL,
    RDF,
    RDFS,
    XSD,
    BlankNode,
    NamedNode,
    Prefixes,
    Term,
)

Statement: TypeAlias = tuple[Node, Node, Node]

DATA = Path(__file__).parent / "data"
TINY = Root(DATA / "tiny")
REPOSITORY = Root(Path(__file__).parents[1])
CASES = sorted(p for p in (DATA / "rules").glob("*.ttl") if "." not in p.stem)
# owlrl makes rival values the same, and puts each where the other stands.
BY_THE_BOOK = [case for case in CASES if case.stem != "prp-fp-literals"]
TRAITS = ["Asymmetric", "Functional", "Irreflexive", "Symmetric", "Transitive"]
SAME, TYPE = OWL_TERMS.sameAs, RDF_TERMS.type

assert CASES
assert len(BY_THE_BOOK) == len(CASES) - 1


def facts_of(text: str) -> tuple[Fact, ...]:
    """Read a Turtle text as one graph."""
    graph = NamedNode("https://example.org/graph")
    return read_turtle(text, "facts/case.ttl", graph, Prefixes({})).facts


def facts_in(path: Path) -> tuple[Fact, ...]:
    """Read a Turtle file as one graph."""
    return facts_of(path.read_text(encoding="utf-8"))


def theirs(term: Term) -> Node:
    """Write a term as rdflib does."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.Literal(
        term.value,
        lang=term.language,
        datatype=None if term.language else term.datatype.value,
        normalize=False,
    )


def stated(facts: Iterable[Fact]) -> set[Statement]:
    """Write facts as rdflib does."""
    return {(theirs(f.subject), theirs(f.predicate), theirs(f.object)) for f in facts}


def concluded(closure: Closure) -> set[Statement]:
    """Write conclusions as rdflib does."""
    return stated(conclusions(closure))


def conclusions(closure: Closure) -> list[Fact]:
    """Make facts of conclusions."""
    graph, at = NamedNode("https://example.org/inferred"), (1, 1)
    return [
        Fact(t.subject, t.predicate, t.object, graph, "inferred", at, at, at)  # type: ignore[arg-type]  # no quoted triples
        for t in closure.triples
    ]


def by_owlrl(facts: Iterable[Fact]) -> tuple[set[Statement], set[str]]:
    """Conclude with owlrl alone, from all the facts, and drop what it says of itself.

    Its graph has the lists that it does not forget the ends of; see `mended`.
    """
    graph = rdflib.Graph(store="SimpleMemory")
    given = stated(facts)
    for triple in mended(given):
        graph.add(triple)
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    return {t for t in graph if worldly(*t)} - given, set(semantics.error_messages)


def worldly(subject: Node, predicate: Node, value: Node) -> bool:
    """Tell whether a triple is about a named thing."""
    if {type(subject), type(predicate)} != {rdflib.URIRef} or foreign(subject):
        return False
    if predicate == SAME:
        return subject != value and isinstance(value, rdflib.URIRef)
    told = value if predicate == TYPE else predicate
    return not isinstance(value, rdflib.BNode) and not foreign(told)


def foreign(node: Node) -> bool:
    """Tell whether a term is a word of RDF, RDFS, OWL or XSD."""
    return str(node).startswith((OWL, RDF, RDFS, XSD))


def plain(messages: Iterable[str]) -> set[str]:
    """Take the angle brackets from sentences."""
    return {message.replace("<", "").replace(">", "") for message in messages}


def name(path: Path) -> str:
    """Name a case by its rule."""
    return path.stem


@pytest.mark.parametrize("case", CASES, ids=name)
def test_rule_concludes_what_its_case_says(case: Path) -> None:
    """Each rule of OWL 2 RL concludes what stands beside its case, and nothing else."""
    inferred = case.with_suffix(".inferred.ttl")
    refused = case.with_suffix(".contradictions.txt")
    closure = infer(facts_in(case))
    expected = stated(facts_in(inferred)) if inferred.exists() else set()
    sentences = refused.read_text(encoding="utf-8") if refused.exists() else ""
    assert expected or sentences
    assert expected == concluded(closure)
    assert tuple(sentences.splitlines()) == closure.contradictions


@pytest.mark.parametrize("case", BY_THE_BOOK, ids=name)
def test_rule_concludes_what_owlrl_does(case: Path) -> None:
    """Firing only where there is news concludes what firing everywhere does."""
    facts = facts_in(case)
    closure = infer(facts)
    triples, messages = by_owlrl(facts)
    assert triples == concluded(closure)
    assert messages == plain(closure.contradictions)


def test_closure_of_the_small_world_is_owlrls() -> None:
    """What is left out of the reasoning makes no difference to what is concluded."""
    facts = Dataset.load(TINY).facts
    assert_as_owlrl(facts)


def test_closure_of_a_part_of_the_graph_is_owlrls() -> None:
    """With the whole ontology and some sources, the conclusions are owlrl's.

    With all sources owlrl takes most of a minute; `bench/closure.py` compares those.
    """
    files = Dataset.load(REPOSITORY).files
    sources = [file for file in files if file.path.startswith("facts/sources/")]
    assert sources
    chosen = [file for file in files if file not in sources] + sources[::5]
    assert_as_owlrl([fact for file in chosen for fact in file.facts])


def assert_as_owlrl(facts: Sequence[Fact]) -> None:
    """Compare the conclusions with those of owlrl alone."""
    closure = infer(facts)
    triples, messages = by_owlrl(facts)
    assert triples == concluded(closure) != set()
    assert messages == plain(closure.contradictions)


@pytest.mark.parametrize("seed", range(24))
def test_closure_of_anything_is_owlrls(seed: int) -> None:
    """On ontologies made by chance, the conclusions are owlrl's as well."""
    facts = facts_of(chance(random.Random(seed)))  # noqa: S311  (nothing secret)
    closure = infer(facts)
    triples, messages = by_owlrl(facts)
    assert triples == concluded(closure)
    assert messages == plain(closure.contradictions)


def chance(dice: random.Random) -> str:
    """Make up some axioms, and some facts for them to meet."""
    classes = [f":{letter}" for letter in "ABCDE"]
    properties = [f":{letter}" for letter in "pqrs"]
    things = [f":{letter}" for letter in "uvwxyz"]

    def some(choices: list[str]) -> str:
        return dice.choice(choices)

    kinds = [
        lambda: f"{some(classes)} rdfs:subClassOf {some(classes)} .",
        lambda: f"{some(classes)} owl:equivalentClass {some(classes)} .",
        lambda: f"{some(classes)} owl:disjointWith {some(classes)} .",
        lambda: f"{some(classes)} owl:unionOf ( {some(classes)} {some(classes)} ) .",
        lambda: (
            f"{some(classes)} rdfs:subClassOf"
            f" [ owl:intersectionOf ( {some(classes)} {some(classes)} ) ] ."
        ),
        lambda: (
            f"{some(classes)} owl:equivalentClass [ owl:onProperty {some(properties)} ;"
            f" owl:someValuesFrom {some([*classes, 'owl:Thing'])} ] ."
        ),
        lambda: (
            f"{some(classes)} rdfs:subClassOf [ owl:onProperty {some(properties)} ;"
            f" owl:allValuesFrom {some(classes)} ] ."
        ),
        lambda: (
            f"{some(classes)} owl:equivalentClass [ owl:onProperty {some(properties)} ;"
            f" owl:hasValue {some(things)} ] ."
        ),
        lambda: f"{some(classes)} owl:hasKey ( :t {some(properties)} ) .",
        lambda: f"{some([*properties, ':t'])} rdfs:domain {some(classes)} .",
        lambda: f"{some(properties)} rdfs:range {some(classes)} .",
        lambda: f"{some(properties)} rdfs:subPropertyOf {some(properties)} .",
        lambda: f"{some(properties)} owl:inverseOf {some(properties)} .",
        lambda: f"{some(properties)} owl:propertyDisjointWith {some(properties)} .",
        lambda: (
            f"{some(properties)} owl:propertyChainAxiom"
            f" ( {some(properties)} {some(properties)} ) ."
        ),
        lambda: (
            f"{some(properties)} owl:propertyChainAxiom"
            f" ( [ owl:inverseOf {some(properties)} ] {some(properties)} ) ."
        ),
        lambda: (
            f"{some(properties)} a owl:"
            + some(
                ["Transitive", "Symmetric", "Asymmetric", "Irreflexive", "Functional"]
            )
            + "Property ."
        ),
    ]
    axioms = [dice.choice(kinds)() for _ in range(12)]
    facts = [f"{some(things)} a {some(classes)} ." for _ in range(5)]
    facts += [f"{some(things)} {some(properties)} {some(things)} ." for _ in range(9)]
    facts += [f"{some(things)} :t {dice.randrange(2)} ." for _ in range(3)]
    facts += [f"{some(things)} :unmentioned {some(things)} ." for _ in range(2)]
    header = [f"@prefix owl: <{OWL}> .", f"@prefix rdfs: <{RDFS}> ."]
    return "\n".join([*header, "@prefix : <https://example.org/> .", *axioms, *facts])


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


def test_concluding_twice_adds_nothing() -> None:
    """What was concluded is complete: it makes no further conclusion."""
    facts = Dataset.load(TINY).facts
    closure = infer(facts)
    assert infer([*facts, *conclusions(closure)]).triples == ()


def test_conclusions_do_not_depend_on_the_order_of_facts() -> None:
    """Facts in another order, in another process, make the same sorted conclusions."""
    program = (
        "import sys; from wicgraph.reading.dataset import Dataset;"
        "from pathlib import Path; from wicgraph.root import Root;"
        "from wicgraph.reasoning.closure import infer;"
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


def test_date_that_does_not_exist_is_a_contradiction_and_no_noise(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What rdflib logs of a literal stays inside; the contradiction comes out."""
    facts = facts_in(DATA / "rules" / "dt-not-type.ttl")
    caplog.clear()
    assert len(infer(facts).contradictions) == 1
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_list_in_two_axioms_is_mended_once() -> None:
    """Two classes may share one list of keys, written out cell by cell."""
    text = f"""
        @prefix owl: <{OWL}> .
        @prefix rdf: <{RDF}> .
        @prefix : <https://example.org/> .
        :C owl:hasKey _:keys .
        :D owl:hasKey _:keys .
        _:keys rdf:first :p ; rdf:rest rdf:nil .
        :x a :C ; :p 1 . :y a :C ; :p 1 . :z a :C ; :p 2 .
    """
    triples = infer(facts_of(text)).triples
    assert {triple.subject for triple in triples} == {
        NamedNode("https://example.org/x"),
        NamedNode("https://example.org/y"),
    }


def test_nothing_follows_from_nothing() -> None:
    """No facts make no conclusions, although the language has axioms of its own."""
    assert infer([]) == Closure((), ())


def test_terms_that_are_only_declared_make_no_conclusions() -> None:
    """To say that a class and a property are there is to conclude nothing."""
    text = f"""
        @prefix owl: <{OWL}> .
        @prefix : <https://example.org/> .
        :C a owl:Class .
        :p a owl:ObjectProperty .
        :x a :C ; :p :y .
    """
    assert infer(facts_of(text)).triples == ()


def test_what_is_said_of_everything_reaches_what_no_axiom_mentions() -> None:
    """An axiom about owl:Thing makes conclusions from every class that is declared."""
    text = f"""
        @prefix owl: <{OWL}> .
        @prefix rdfs: <{RDFS}> .
        @prefix : <https://example.org/> .
        :C a owl:Class .
        owl:Thing rdfs:subClassOf :Being .
        :x a :C .
    """
    facts = facts_of(text)
    assert by_owlrl(facts)[0] == concluded(infer(facts)) != set()
