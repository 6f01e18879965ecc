"""The ontology as people look it up: terms, shapes, who uses them, and examples."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QuerySolutions

from wicgraph.publishing.ontology import (
    CONSTRAINTS,
    PATTERNS,
    TARGETS,
    Chain,
    Entry,
    Kind,
    Ontology,
    Pattern,
    Step,
    Uses,
)
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import RDF_TYPE, SH, WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot

REPOSITORY = Root(Path(__file__).parents[1])
FILES = Path(__file__).parents[1] / "ontology"
DATA = Path(__file__).parent / "data"
# What a shape has besides targets and constraints, which has a place of its own.
PARTS = {
    *("IRI", "NodeShape", "PropertyShape", "SPARQLConstraint", "alternativePath"),
    *("message", "path", "prefixes", "property", "select", "sparql"),
}


def wic(name: str) -> NamedNode:
    """Name a term of the ontology."""
    return NamedNode(WIC + name)


@pytest.fixture(scope="module")
def small(root: Root, snapshot: Snapshot) -> Ontology:
    """Read the ontology of the small world."""
    return Ontology(snapshot, root.prefixes(), load(root).queries())


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Open the graph of this repository."""
    with open_snapshot(REPOSITORY, graphs, say=lambda _: None) as opened:
        yield opened


@pytest.fixture(scope="module")
def real(graph: Snapshot) -> Ontology:
    """Read its ontology."""
    return Ontology(graph, REPOSITORY.prefixes(), load(REPOSITORY).queries())


@pytest.fixture(scope="module")
def entries(real: Ontology) -> dict[NamedNode, Entry]:
    """Look up every term of it."""
    return {term: real.entry(term) for term in real.terms}


def test_class_says_who_uses_it(small: Ontology) -> None:
    """A class has its properties, shapes, questions, tables, uses and examples."""
    entry = small.entry(wic("Edition"))

    assert entry.kind is Kind.CLASS
    assert (entry.label.en, entry.label.zh) == ("edition", "届次")
    assert entry.definition.en == "One gathering of a series. Not the series."
    assert wic("startDate") in entry.leaving
    assert {wic("hosts"), wic("organizes")} <= {*entry.reaching}
    assert [local(shape.shape) for shape in entry.shapes] == ["Edition"]
    assert "editions" in {query.name for query in entry.queries}
    assert [table.name for table in entry.tables] == ["editions"]
    assert entry.uses.stated == len(entry.uses.examples) + entry.uses.inferred > 0
    assert all(each.object == wic("Edition") for each in entry.uses.examples)


def test_property_says_what_it_follows_from(small: Ontology) -> None:
    """A chain is steps and the classes between them; a step may go backwards."""
    entry = small.entry(wic("hosts"))
    stops = (wic("Organization"), wic("Hosting"), wic("Edition"))
    steps = (Step(wic("host"), back=True), Step(wic("reportedAt"), back=False))

    assert entry.kind is Kind.PROPERTY
    assert entry.joins is not None
    assert entry.joins.domain == (wic("Organization"),)
    assert entry.joins.range == (wic("Edition"),)
    assert entry.joins.chains == (Chain(wic("hosts"), stops, steps),)
    assert entry.above == (wic("organizes"),)
    assert entry.uses.stated == 0
    assert entry.uses.inferred == len(entry.uses.examples) > 0


def test_property_says_which_chains_pass_through_it(small: Ontology) -> None:
    """A property that others follow from leads to them."""
    joins = small.entry(wic("reportedAt")).joins

    assert joins is not None
    assert [chain.relation for chain in joins.serves] == [wic("hosts")]
    assert joins.chains == ()


def test_shape_says_whom_it_looks_at_and_what_it_asks_for(small: Ontology) -> None:
    """A shape has its targets and parts, a part its property and constraints."""
    by_name = {local(shape.shape): shape for shape in small.shapes}
    whole, part = by_name["Edition"], by_name["Edition-prefLabel"]

    assert [target.term for target in whole.targets] == [wic("Edition")]
    assert part.shape in whole.parts
    assert part.of == (whole.shape,)
    assert part.message.zh == "每届活动每种语言有一个首选名称。"
    asked = {local(each.name): each.values for each in part.constraints}
    assert asked == {"minCount": (Literal(1),), "uniqueLang": (Literal(value=True),)}


def test_every_term_has_a_kind_a_label_and_a_definition(
    entries: dict[NamedNode, Entry],
) -> None:
    """Nothing that a file of the ontology declares is left out or unexplained."""
    text = (FILES / "wic.ttl").read_text(encoding="utf-8")
    declared = {wic(name) for name in re.findall(r"^wic:(\w+) a ", text, re.MULTILINE)}

    assert {*entries} == declared | {NamedNode("https://w3id.org/wicgraph/shape/fix")}
    for entry in entries.values():
        assert entry.definition.en
        assert entry.definition.zh
        assert bool(entry.label) == (entry.kind is not Kind.AXIOM)
        assert (entry.joins is not None) == (entry.kind is Kind.PROPERTY)


def test_relations_between_terms_read_both_ways(
    entries: dict[NamedNode, Entry],
) -> None:
    """Above and below, inverse and disjoint: what one page says, the other does."""
    for term, entry in entries.items():
        assert all(term in entries[each].below for each in entry.above)
        assert all(term in entries[each].above for each in entry.below)
        assert all(term in entries[each].disjoint for each in entry.disjoint)
        assert not any(each.value.startswith(WIC) for each in entry.aligned)
        if entry.joins is not None:
            for each in entry.joins.inverse:
                other = entries[each].joins
                assert other is not None
                assert term in other.inverse
            for chain in entry.joins.serves:
                joins = entries[chain.relation].joins
                assert joins is not None
                assert chain in joins.chains


def test_chains_lead_from_domain_to_range(entries: dict[NamedNode, Entry]) -> None:
    """Each end of a chain is of a class that the relation may have there."""
    chains = [
        c for entry in entries.values() if entry.joins for c in entry.joins.chains
    ]

    assert chains
    for chain in chains:
        assert len(chain.stops) == len(chain.steps) + 1
        assert all(step.property in entries for step in chain.steps)
        assert None not in chain.stops


def test_class_has_the_properties_of_those_above_it(
    entries: dict[NamedNode, Entry],
) -> None:
    """What may be said of any involvement may be said of a hosting."""
    hosting = entries[wic("Hosting")]

    assert hosting.leaving == (wic("host"),)
    assert {*entries[wic("Organizing")].leaving} <= {*hosting.inherited}
    assert {*entries[wic("Involvement")].leaving} <= {*hosting.inherited}
    assert entries[wic("Involvement")].inherited == ()


def test_uses_are_those_that_sparql_counts(
    entries: dict[NamedNode, Entry], graph: Snapshot
) -> None:
    """A count is one that everybody can ask for."""
    patterns = {
        Kind.CLASS: f"?s <{RDF_TYPE.value}> <{{}}>",
        Kind.PROPERTY: "?s <{}> ?o",
        Kind.VALUE: f"?s ?p <{{}}> FILTER (STRSTARTS(STR(?p), '{WIC}'))",
    }
    for term, entry in entries.items():
        if entry.kind is Kind.AXIOM:
            continue
        pattern = patterns[entry.kind].format(term.value)
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        stated = _number(graph, query, inference=False)
        every = _number(graph, query, inference=True)
        assert (entry.uses.stated, entry.uses.inferred) == (stated, every - stated)
        assert len(entry.uses.examples) == min(3, entry.uses.stated or every)


def test_shapes_ask_for_nothing_without_a_name() -> None:
    """Every word of SHACL that the shapes use is one that pages can say."""
    text = (FILES / "shapes.ttl").read_text(encoding="utf-8")
    used = set(re.findall(r"\bsh:(\w+)", text))
    named = {local(name) for name in (*CONSTRAINTS, *TARGETS)}

    assert used - PARTS == named


def test_shapes_of_this_graph_are_all_read(real: Ontology) -> None:
    """Each has a message and a fix or is a list of others, and is about something."""
    assert len(real.shapes) > 300
    for shape in real.shapes:
        assert shape.parts or (shape.message and shape.fix)
        assert shape.targets or shape.of
        assert shape.mentions


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_pattern_is_shown_by_a_fact_of_this_graph(
    pattern: Pattern, real: Ontology, graph: Snapshot
) -> None:
    """What it says is stated by documents, and what follows is not."""
    example = real.example(pattern)

    assert example is not None
    assert any(graph.triples(example.node, RDF_TYPE, pattern.of_class))
    assert len(example.links) > 1
    for link in example.links:
        assert stated(graph, example.node, link.relation, link.node)
        for onward in link.onward:
            assert stated(graph, link.node, onward.relation, onward.node)
    for triple in example.follows:
        ends = (triple.subject, triple.object)
        one, other = (each for each in ends if isinstance(each, NamedNode))
        assert any(graph.triples(one, triple.predicate, other))
        assert not stated(graph, one, triple.predicate, other)
    assert bool(example.follows) == (pattern.name in {"role", "tenure"})


def test_pattern_that_no_fact_has_is_not_shown(small: Ontology) -> None:
    """A graph without figures has no picture of one."""
    found = {pattern.name: small.example(pattern) for pattern in PATTERNS}

    assert found["figure"] is None
    assert found["tenure"] is not None


def test_without_inference_nothing_follows(real: Ontology) -> None:
    """Whoever asks only for what documents state is shown nothing else."""
    stated = replace(real, inference=False)
    follows = [each.follows for each in map(stated.example, PATTERNS) if each]

    assert stated.entry(wic("speaksAt")).uses == Uses(0, 0, ())
    assert stated.entry(wic("Edition")).uses == real.entry(wic("Edition")).uses
    assert follows == [()] * len(PATTERNS)


def test_axioms_that_are_wrong_are_read_to_their_end(
    world: Path, tmp_path: Path
) -> None:
    """Whoever looks up a term learns what there is; `check` tells what is wrong."""
    shutil.copytree(world, tmp_path / "world")
    shutil.copytree(DATA / "entries", tmp_path / "world", dirs_exist_ok=True)
    root = Root(tmp_path / "world")
    with open_snapshot(root, tmp_path / "cache", say=lambda _: None) as snapshot:
        odd = Ontology(snapshot, root.prefixes(), ())
        circles, says = odd.entry(wic("circles")), odd.entry(wic("says"))
        one = odd.entry(wic("One"))

        assert circles.joins is not None
        assert [len(chain.steps) for chain in circles.joins.chains] == [1]
        assert says.joins is not None
        assert says.joins.chains == ()
        assert one.above == one.below == (wic("Other"),)
        assert odd.above(wic("One")) == {wic("One"), wic("Other")}
        assert wic("One") not in odd.roots()


def stated(
    graph: Snapshot, one: NamedNode, relation: NamedNode, other: NamedNode
) -> bool:
    """Tell whether somebody wrote a triple."""
    return any(graph.triples(one, relation, other, inference=False))


def local(node: NamedNode) -> str:
    """Shorten a node to its name."""
    return node.value.removeprefix(SH).removeprefix("https://w3id.org/wicgraph/shape/")


def _number(graph: Snapshot, query: str, *, inference: bool) -> int:
    rows = graph.query(query, inference=inference)
    assert isinstance(rows, QuerySolutions)
    number = next(rows)[0]
    assert isinstance(number, Literal)
    return int(number.value)
