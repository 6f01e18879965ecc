from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from wicgraph.checking.engines import SHAPES_FILE, Result, chosen, validate
from wicgraph.errors import SourceError
from wicgraph.terms import SH, NamedNode, Triple

DATA = Path(__file__).parent / "data"
COMPONENTS = DATA / "components"
REPOSITORY = Path(__file__).parents[1]

CASES = sorted(path.stem for path in COMPONENTS.glob("*.ttl"))
# Both engines name these in the same case, which is about no single component.
TOGETHER = {"paths", "targets"}


def triples(path: Path) -> list[Triple]:
    """Read a Turtle file."""
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def both(path: Path) -> tuple[tuple[Result, ...], tuple[Result, ...]]:
    """Hold a file that is data and shapes at once to itself, with either engine."""
    facts = triples(path)
    return validate(facts, facts, "pyshacl"), validate(facts, facts, "shifty")


def used(path: Path) -> set[str]:
    """Name the SHACL terms that are the predicates of a file."""
    return {
        triple.predicate.value.removeprefix(SH)
        for triple in triples(path)
        if triple.predicate.value.startswith(SH)
    }


def known_components() -> dict[str, str]:
    """Name the constraint component of each SHACL parameter that has one of its own."""
    known = (REPOSITORY / "src/wicgraph/checking/known.txt").read_text("utf-8").split()
    names = {name for name in known if name.endswith("ConstraintComponent")}
    capitals = {name.removesuffix("ConstraintComponent"): name for name in names}
    del capitals[""]  # the class of them all
    return {
        "sparql" if name == "SPARQL" else name[0].lower() + name[1:]: component
        for name, component in capitals.items()
    }


@pytest.mark.parametrize("case", CASES)
def test_both_engines_report_the_same(case: str) -> None:
    """The native engine equals the reference: every part of every result."""
    reference, native = both(COMPONENTS / f"{case}.ttl")

    assert reference == native
    assert reference
    if case not in TOGETHER and case != "PropertyConstraintComponent":
        assert {result.component for result in reference} == {case}
    assert all(len(result.messages) == 2 for result in reference)


def test_every_component_that_our_shapes_use_has_a_case() -> None:
    """A shape may use no constraint on which the engines have not been compared."""
    components = known_components()
    ours = used(REPOSITORY / SHAPES_FILE)

    assert len(components) > 25
    assert {components[name] for name in ours & components.keys()} <= set(CASES)


def test_every_path_and_target_that_our_shapes_use_has_a_case() -> None:
    """A shape may use no path or target on which the engines have not been compared."""
    ours = used(REPOSITORY / SHAPES_FILE)
    special = {name for name in ours if name.startswith("target") or "Path" in name}
    compared = {name for case in CASES for name in used(COMPONENTS / f"{case}.ttl")}

    assert special - compared == set()


def test_our_shapes_use_nothing_that_was_not_compared() -> None:
    """Whatever else a shape says in SHACL, some case says it too."""
    compared = {name for case in CASES for name in used(COMPONENTS / f"{case}.ttl")}

    assert used(REPOSITORY / SHAPES_FILE) - compared == set()


def test_the_engines_differ_on_dates_of_mixed_precision() -> None:
    """Pyshacl orders a year and a day, which have no order: the one known difference.

    https://www.w3.org/TR/shacl/#MinInclusiveConstraintComponent has a result "if the
    comparison cannot be performed". A shape must not compare values of two datatypes.
    """
    reference, native = both(DATA / "engines" / "mixed-precision.ttl")

    assert {result.component for result in reference} == {
        "LessThanOrEqualsConstraintComponent"
    }
    assert set(native) - set(reference) == {
        result
        for result in native
        if result.component == "MinInclusiveConstraintComponent"
    }
    assert len(native) == len(reference) + 1


def test_blank_nodes_keep_their_names() -> None:
    """A result about a blank node names the node of the data."""
    text = """
        @prefix ex: <https://example.org/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        ex:shape sh:targetSubjectsOf ex:holder ; sh:property ex:shape-holder .
        ex:shape-holder sh:path ex:holder ; sh:nodeKind sh:IRI .
        ex:role ex:holder _:facts.x.9.3 .
    """
    facts = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]

    for engine in ("pyshacl", "shifty"):
        (result,) = validate(facts, facts, engine)
        assert str(result.value) == "_:facts.x.9.3"


@pytest.mark.parametrize("engine", ["pyshacl", "shifty"])
def test_shapes_that_cannot_be_used_are_refused(engine: str) -> None:
    """A constraint that an engine refuses is an error about the shapes file."""
    text = """
        @prefix ex: <https://example.org/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        ex:shape sh:targetNode ex:thing ; sh:sparql ex:constraint .
        ex:constraint a sh:SPARQLConstraint ;
            sh:select "SELECT $this WHERE { $this ?of ?it . VALUES ?it { 1 } }" .
    """
    facts = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]

    with pytest.raises(SourceError) as caught:
        validate(facts, facts, engine)  # type: ignore[arg-type]
    assert caught.value.path == SHAPES_FILE


def test_the_native_engine_answers_where_it_is_installed() -> None:
    """Nobody has to ask for the fast engine, and anybody may ask for the reference."""
    assert chosen("auto") == "shifty"
    assert chosen("pyshacl") == "pyshacl"


def test_the_reference_answers_where_no_other_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a wheel of the native engine, pyshacl answers by itself."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    facts = triples(COMPONENTS / "MinCountConstraintComponent.ttl")

    assert chosen("auto") == "pyshacl"
    assert validate(facts, facts)


def test_a_result_sorts_by_its_parts() -> None:
    """Results come in one order, whatever order an engine finds them in."""
    reference, _ = both(COMPONENTS / "InConstraintComponent.ttl")

    assert list(reference) == sorted(reference, key=lambda result: result.order)
    assert reference[0].path == NamedNode("https://example.org/kind")
