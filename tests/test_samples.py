"""Every shape rejects a sample made to break it, and lets a sound one pass."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH

from wicgraph.checking.engines import Engine, Result, validate
from wicgraph.terms import NamedNode, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[1] / "ontology"
FOLDER = Path(__file__).parent / "data" / "shapes"
AnyTerm = TypeVar("AnyTerm", bound=Term | Triple)
CONTEXT = "context"
WIC = "https://w3id.org/wicgraph/ontology#"
SHAPE = "https://w3id.org/wicgraph/shape/"
SHAPES = Graph().parse(ONTOLOGY / "shapes.ttl")
VOCABULARY = Graph().parse(ONTOLOGY / "wic.ttl")
# What a node shape may ask of the thing itself, and how its sample is named.
OF_THE_THING = {"closed": "", "not": "-not", "pattern": "-pattern"}


def local(node: Node) -> str:
    """Shorten a shape or a term of ours to its name."""
    return str(node).removeprefix(SHAPE).removeprefix(WIC)


def constraints(shape: Node) -> set[str]:
    """Name what a node shape holds its things to: a sample breaks each of them."""
    parts = {
        local(part)
        for predicate in (SH.property, SH.sparql)
        for part in SHAPES.objects(shape, predicate)
    }
    of_the_thing = {
        local(shape) + ending
        for name, ending in OF_THE_THING.items()
        if (shape, SH[name], None) in SHAPES
    }
    return parts | of_the_thing


CLASSES = {local(shape): shape for shape in SHAPES.subjects(RDF.type, SH.NodeShape)}
CONSTRAINTS = {name for shape in CLASSES.values() for name in constraints(shape)}
VALID = {f"{name}.valid" for name in CLASSES}
INVALID = {f"{name}.invalid" for name in CONSTRAINTS}
SAMPLES = sorted(VALID | INVALID)
# A result of a SPARQL constraint names the node shape; its message tells which it was.
QUERIES = {
    str(message): local(constraint)
    for constraint in SHAPES.subjects(RDF.type, SH.SPARQLConstraint)
    for message in SHAPES.objects(constraint, SH.message)
}


def triples(path: Path) -> list[Triple]:
    """Read a Turtle file; its blank nodes are its own."""
    quads = parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def apart(sample: str) -> list[Triple]:
    """Read a sample, with names for its things that no other sample has."""
    facts = triples(FOLDER / f"{sample}.ttl")
    described = {fact.subject for fact in facts}

    def renamed(term: AnyTerm) -> AnyTerm:
        if isinstance(term, NamedNode) and term in described:
            namespace, slash, name = term.value.rpartition("/")
            return type(term)(f"{namespace}{slash}{sample}-{name}")
        return term

    return [
        Triple(renamed(fact.subject), fact.predicate, renamed(fact.object))
        for fact in facts
    ]


def shape_of(constraint: str) -> str:
    """Name the shape that a constraint is of, or is."""
    for ending in filter(None, OF_THE_THING.values()):
        constraint = constraint.removesuffix(ending)
    return constraint


def broken(result: Result) -> str:
    """Name the constraint that a result is of, as its sample is named."""
    if result.component == "SPARQLConstraintComponent":
        (name,) = {QUERIES[text] for text in result.messages if text in QUERIES}
        return name
    name = result.shape.value.removeprefix(SHAPE)
    if name not in CLASSES:
        return name
    component = result.component.removesuffix("ConstraintComponent")
    return name + OF_THE_THING[component[0].lower() + component[1:]]


@pytest.fixture(scope="module", params=get_args(Engine)[1:])
def violations(request: pytest.FixtureRequest) -> Mapping[str, set[str]]:
    """Name what each sample breaks, by an engine that sees all of them at once."""
    shapes = triples(ONTOLOGY / "shapes.ttl") + triples(ONTOLOGY / "prefixes.ttl")
    data = [fact for path in ONTOLOGY.glob("*.ttl") for fact in triples(path)]
    data += triples(FOLDER / f"{CONTEXT}.ttl")
    owners: dict[Term | Triple, str] = {}
    for sample in sorted({path.stem for path in FOLDER.glob("*.ttl")} - {CONTEXT}):
        facts = apart(sample)
        owners |= dict.fromkeys((fact.subject for fact in facts), sample)
        data += facts
    found: dict[str, set[str]] = {}
    for result in validate(data, shapes, request.param):
        sample = owners.get(result.focus, CONTEXT)
        found.setdefault(sample, set()).add(broken(result))
    return found


def comment(sample: str) -> str:
    """Return the first comment of a sample, which says what is right or wrong."""
    text = (FOLDER / f"{sample}.ttl").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.startswith("# "))
    return next(lines, "").removeprefix("# ")


def test_every_shape_has_its_samples_and_every_sample_its_shape() -> None:
    """A class has a sound sample, a constraint a broken one, and no file is idle."""
    assert len(INVALID) > 300
    assert {path.stem for path in FOLDER.glob("*.ttl")} == {*SAMPLES, CONTEXT}


def test_every_constraint_is_part_of_a_node_shape() -> None:
    """A property shape or query that no node shape names would never be asked."""
    declared = {
        local(shape)
        for kind in (SH.PropertyShape, SH.SPARQLConstraint)
        for shape in SHAPES.subjects(RDF.type, kind)
    }

    assert declared - CONSTRAINTS == set()


def test_a_node_shape_asks_nothing_else_of_the_thing_itself() -> None:
    """Whatever a node shape says beside its parts has a sample too."""
    said = {
        str(predicate).removeprefix(str(SH))
        for shape in CLASSES.values()
        for predicate in SHAPES.predicates(shape)
        if str(predicate).startswith(str(SH))
    }
    harmless = {
        "ignoredProperties",
        "message",
        "property",
        "sparql",
        "targetClass",
        "targetSubjectsOf",
    }

    assert said == harmless | OF_THE_THING.keys()


@pytest.mark.parametrize("sample", [*SAMPLES, CONTEXT])
def test_a_sample_says_what_it_shows(sample: str) -> None:
    """The first comment of a sample is a sentence about it."""
    assert re.fullmatch(r"[A-Z].*[^.]\.", comment(sample))


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_a_sample_breaks_its_shape_and_no_other(
    name: str, violations: Mapping[str, set[str]]
) -> None:
    """The sample breaks this constraint, and only those that its comment names."""
    found = violations.get(f"{name}.invalid", set())
    others = re.findall(r"\bshape:([\w-]+)", comment(f"{name}.invalid"))

    assert name in found
    assert {shape_of(constraint) for constraint in found - {name}} == set(others)


@pytest.mark.parametrize("name", [*sorted(VALID), CONTEXT])
def test_a_sound_sample_passes(name: str, violations: Mapping[str, set[str]]) -> None:
    """What is as it should be breaks no shape."""
    assert violations.get(name, set()) == set()


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_a_sound_sample_has_every_property_that_its_shape_allows(name: str) -> None:
    """What a shape allows is there, on a thing of its class, so that it passed."""
    shape = CLASSES[name]
    sample = Graph().parse(FOLDER / f"{name}.valid.ttl")
    things = targets(shape, sample)
    paths = [
        set(steps(path))
        for part in SHAPES.objects(shape, SH.property)
        if (part, SH.maxCount, Literal(0)) not in SHAPES
        for path in SHAPES.objects(part, SH.path)
    ]
    used = {path for thing in things for path in sample.predicates(thing)}

    assert things or not paths
    assert [path for path in paths if not path & used] == []


def targets(shape: Node, sample: Graph) -> set[Node]:
    """Return the things of a sample that are of the class that a shape is for."""
    return {
        thing
        for target in SHAPES.objects(shape, SH.targetClass)
        for kind in VOCABULARY.transitive_subjects(RDFS.subClassOf, target)
        for thing in sample.subjects(RDF.type, kind)
    }


def steps(path: Node) -> list[Node]:
    """Return the properties that a path of a shape is, or chooses from."""
    if isinstance(path, URIRef):
        return [path]
    (choice,) = SHAPES.objects(path, SH.alternativePath)
    return list(Collection(SHAPES, choice))
