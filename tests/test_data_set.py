"""What the data set says of itself, counted again by another program."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import rdflib
import yaml
from pyoxigraph import parse
from pyshacl import validate
from rdflib import DCTERMS, OWL, RDF, VOID
from typer.testing import CliRunner

from wicgraph.asking.things import Things
from wicgraph.cli import app
from wicgraph.language import Language
from wicgraph.publishing.data_set import ADDRESS, DCAT, DataSet, Statement, Wording
from wicgraph.publishing.descriptions import description
from wicgraph.publishing.descriptions.citation import citation
from wicgraph.publishing.descriptions.distributions import DISTRIBUTIONS
from wicgraph.publishing.descriptions.statements import SD, SPDX
from wicgraph.publishing.descriptions.void import void
from wicgraph.publishing.dumps import canonical, dump
from wicgraph.publishing.formats import (
    DESCRIPTION_FORMATS,
    EXPORT_FORMATS,
)
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import SKOS, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable

REPOSITORY = Path(__file__).parents[1]
SHAPES = Path(__file__).parent / "data" / "descriptions"
DIARY = """
@prefix source: <https://w3id.org/wicgraph/source/> .
@prefix wic: <https://w3id.org/wicgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

source:2018-05-09-diary a wic:Source ;
    wic:issued "2018-05"^^xsd:gYearMonth ;
    wic:issued "2018-05-09"^^xsd:date ;
    wic:readOn "2018-06-02"^^xsd:date .
"""
ALL = rdflib.URIRef(ADDRESS)
CHECKSUM = rdflib.URIRef(SPDX + "checksumValue")
NAME, GRAPH_OF, UNION, REGIME, PROFILE = (
    rdflib.URIRef(SD + name)
    for name in (
        "name",
        "graph",
        "defaultGraph",
        "defaultEntailmentRegime",
        "defaultSupportedEntailmentProfile",
    )
)
CFF_SCHEMA = Path(__file__).parent / "data" / "schemas" / "cff-1.2.0.json"


@pytest.fixture(scope="module")
def world(world: Path) -> Path:
    """Let the small world say of itself what this repository does."""
    about = Path("facts") / "reference" / "about.ttl"
    shutil.copy(REPOSITORY / about, world / about)
    return world


def read(chunks: Iterable[str], form: str = "turtle") -> rdflib.Graph:
    """Let rdflib read what was written."""
    return rdflib.Graph().parse(data="".join(chunks), format=form)


def described(things: Things, form: str, *, inference: bool = True) -> rdflib.Graph:
    """Let rdflib read a description."""
    return read(description(things, form, inference=inference))


def dumped(things: Things, *, inference: bool = True) -> rdflib.Graph:
    """Let rdflib read the graph that is described."""
    quads = things.snapshot.quads(inference=inference)
    return read(dump(quads, "ntriples", things.prefixes), "nt")


def fits(graph: rdflib.Graph, form: str) -> bool:
    """Hold a description against the shapes of its vocabulary."""
    shapes = read([(SHAPES / f"{form}.ttl").read_text(encoding="utf-8")])
    conforms, _, _ = validate(graph, shacl_graph=shapes)
    return bool(conforms)


@pytest.mark.parametrize("form", DESCRIPTION_FORMATS)
def test_description_fits_the_shapes_of_its_vocabulary(
    form: str, things: Things
) -> None:
    """Everything is there that readers of such descriptions count on."""
    assert fits(described(things, form), form)


@pytest.mark.parametrize(
    ("form", "needed"),
    [
        ("void", DCTERMS.license),
        ("void", VOID.entities),
        ("dcat", rdflib.URIRef(DCAT + "accessURL")),
        ("dcat", DCTERMS.publisher),
        ("sd", rdflib.URIRef(SD + "endpoint")),
        ("sd", VOID.triples),
    ],
)
def test_shapes_miss_what_is_left_out(
    form: str, needed: rdflib.URIRef, things: Things
) -> None:
    """A description without something that it needs does not pass."""
    graph = described(things, form)
    graph.remove((None, needed, None))
    assert not fits(graph, form)


@pytest.mark.parametrize("form", DESCRIPTION_FORMATS)
def test_description_is_the_same_every_time(form: str, things: Things) -> None:
    """Two descriptions of one graph are the same text."""
    first = "".join(description(things, form, inference=True))
    assert "".join(description(things, form, inference=True)) == first


@pytest.mark.parametrize("inference", [True, False])
def test_void_counts_what_is_in_the_dump(things: Things, *, inference: bool) -> None:
    """The totals are those that rdflib finds in the N-Triples."""
    told = described(things, "void", inference=inference)
    graph = dumped(things, inference=inference)
    expected = {
        VOID.triples: len(graph),
        VOID.distinctSubjects: len(set(graph.subjects())),
        VOID.distinctObjects: len(set(graph.objects())),
        VOID.properties: len(set(graph.predicates())),
        VOID.classes: len(classes_named(graph)),
        VOID.entities: sum(str(s).startswith(ADDRESS) for s in set(graph.subjects())),
    }
    assert {name: count(told, ALL, name) for name in expected} == expected


@pytest.mark.parametrize("inference", [True, False])
def test_void_has_a_part_for_each_class_and_property(
    things: Things, *, inference: bool
) -> None:
    """Each is counted as rdflib counts it, and nothing is left out."""
    told = described(things, "void", inference=inference)
    graph = dumped(things, inference=inference)

    classes = {
        told.value(part, VOID["class"]): count(told, part, VOID.entities)
        for part in told.objects(ALL, VOID.classPartition)
    }
    properties = {
        told.value(part, VOID.property): tuple(
            count(told, part, name)
            for name in (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        )
        for part in told.objects(ALL, VOID.propertyPartition)
    }
    assert classes == {
        kind: len(set(graph.subjects(RDF.type, kind))) for kind in classes_named(graph)
    }
    assert properties == {
        name: (
            len(list(graph.subject_objects(name))),
            len(set(graph.subjects(name))),
            len(set(graph.objects(None, name))),
        )
        for name in set(graph.predicates())
    }


def classes_named(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """Find the classes that have a name."""
    kinds = set(graph.objects(None, RDF.type))
    return {kind for kind in kinds if isinstance(kind, rdflib.URIRef)}


def count(graph: rdflib.Graph, node: rdflib.term.Node, name: rdflib.URIRef) -> int:
    """Read a number."""
    return int(str(graph.value(node, name, any=False)))


def test_examples_are_things_of_which_something_is_said(things: Things) -> None:
    """One of each kind, such as a person and an event, and it is in the graph."""
    examples = set(described(things, "void").objects(ALL, VOID.exampleResource))
    kinds = [str(node).removeprefix(ADDRESS).partition("/")[0] for node in examples]

    assert examples <= set(dumped(things).subjects())
    assert {"event", "person", "source"} <= set(kinds)
    assert len(kinds) == len(set(kinds))


def test_links_are_counted_by_whose_things_they_lead_to(things: Things) -> None:
    """Two exact matches in one place and one in another are two sets of links."""
    same = NamedNode(SKOS + "exactMatch")
    links = [
        Quad(NamedNode(ADDRESS + f"person/{name}"), same, NamedNode(target))
        for name, target in (
            ("a", "https://example.org/1"),
            ("b", "https://example.org/2"),
            ("b", "https://example.net/b"),
            ("b", ADDRESS + "person/c"),
        )
    ]
    data = DataSet(Statement(()), "", "")
    told = read(dump(void(links, data, things.prefixes), "turtle", things.prefixes))

    assert {
        str(told.value(links, VOID.objectsTarget)): count(told, links, VOID.triples)
        for links in told.subjects(RDF.type, VOID.Linkset)
    } == {"https://example.org/": 2, "https://example.net/": 1}


def test_hash_is_that_of_what_is_asserted(things: Things) -> None:
    """The N-Quads without inference have the digest that both descriptions give."""
    quads = canonical(things.snapshot.quads(inference=False))
    text = "".join(dump(quads, "nquads", things.prefixes))
    digest = hashlib.sha256(text.encode()).hexdigest()
    asserted = rdflib.URIRef(ADDRESS + ".well-known/void#asserted")
    told = described(things, "void").value(asserted, DCTERMS.identifier)
    checksums = described(things, "dcat").objects(None, CHECKSUM)

    assert str(told) == f"sha256:{digest}"
    assert [str(each) for each in checksums] == [digest]


def test_newest_day_is_that_of_a_document(world: Path, tmp_path: Path) -> None:
    """The data changed last when a document was read or issued, not today."""
    shutil.copytree(world, tmp_path / "world")
    file = tmp_path / "world" / "facts" / "sources" / "2018-05-09-diary.ttl"
    file.write_text(DIARY, encoding="utf-8")
    root = Root(tmp_path / "world")
    with open_snapshot(root, tmp_path / "cache", say=lambda _: None) as snapshot:
        told = described(Things(snapshot, root.prefixes()), "dcat")

    assert str(told.value(ALL, DCTERMS.modified)) == "2018-06-02"


def test_nobody_guesses_a_day(things: Things) -> None:
    """Where no document has a day, the description has none."""
    assert described(things, "dcat").value(ALL, DCTERMS.modified) is None


def test_every_format_is_a_distribution() -> None:
    """Whatever export writes of the graph, a catalogue knows where it is."""
    others = {*DESCRIPTION_FORMATS, "citation", "context", "datasette", "openapi"}
    assert {each.form for each in DISTRIBUTIONS} == {*EXPORT_FORMATS} - others
    assert len({each.address for each in DISTRIBUTIONS}) == len(DISTRIBUTIONS)


@pytest.mark.parametrize("inference", [True, False])
def test_service_knows_its_graphs(things: Things, *, inference: bool) -> None:
    """Each named graph has its size; the default graph has every triple once."""
    told = described(things, "sd", inference=inference)
    sizes = {
        str(told.value(named, NAME)): count(told, graph, VOID.triples)
        for named, graph in told.subject_objects(GRAPH_OF)
    }
    (union,) = told.objects(None, UNION)
    quads = things.snapshot.quads(inference=inference)
    lines = "".join(dump(quads, "nquads", things.prefixes)).splitlines()
    names = Counter(line.split()[-2].strip("<>") for line in lines)

    assert sizes == names
    expected = len(dumped(things, inference=inference))
    assert count(told, union, VOID.triples) == expected


def test_service_says_how_it_infers(things: Things) -> None:
    """Without inference it has no more than simple entailment, and no profile."""
    regimes = [
        {
            str(each)
            for each in described(things, "sd", inference=inference).objects(None, term)
        }
        for inference in (True, False)
        for term in (REGIME, PROFILE)
    ]
    assert regimes == [
        {"http://www.w3.org/ns/entailment/OWL-RDF-Based"},
        {"http://www.w3.org/ns/owl-profile/RL"},
        {"http://www.w3.org/ns/entailment/Simple"},
        set(),
    ]


@pytest.fixture(scope="module")
def ours() -> Statement:
    """Read what the data set of this repository says of itself."""
    about = REPOSITORY / "facts" / "reference" / "about.ttl"
    return Statement(tuple(quad.triple for quad in parse(path=about)))


def test_data_and_ontology_have_one_version(ours: Statement) -> None:
    """They are published together."""
    graph = rdflib.Graph().parse(REPOSITORY / "ontology" / "wic.ttl")
    ontology = graph.value(rdflib.URIRef(ADDRESS + "ontology"), OWL.versionInfo)
    assert ours.version == str(ontology)


def test_citation_file_is_what_export_writes(ours: Statement) -> None:
    """CITATION.cff in the repository is neither older nor other than the export."""
    file = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert file == citation(ours, Language.EN)


@pytest.mark.parametrize("language", Language)
def test_citation_of_a_silent_data_set_is_one(language: Language) -> None:
    """Who says nothing of a data set gets a file that has what its format requires."""
    found = yaml.safe_load(citation(Statement(()), language))
    assert set(found) == {"cff-version", "message", "type", "title", "authors", "url"}
    assert found["title"] == ADDRESS


def test_wording_falls_back() -> None:
    """Where a language has no text English does, and then any."""
    english, french = Literal("wind", language="en"), Literal("vent", language="fr")
    assert Wording((english, french)).spoken(Language.ZH) == ("wind",)
    assert Wording((french,)).spoken(Language.ZH) == ("vent",)


@pytest.mark.parametrize("language", Language)
def test_citation_fits_its_schema(ours: Statement, language: Language) -> None:
    """The schema that the makers of the format publish finds nothing wrong."""
    schema = json.loads(CFF_SCHEMA.read_text(encoding="utf-8"))
    for said in (ours, Statement(())):
        jsonschema.validate(yaml.safe_load(citation(said, language)), schema)


@pytest.mark.parametrize("form", [*DESCRIPTION_FORMATS, "citation"])
def test_export_writes_descriptions(form: str, world: Path, tmp_path: Path) -> None:
    """The command has each of them; they are about the whole graph and no part."""
    path, root = tmp_path / form, str(world)
    export = ["--root", root, "export", "--format", form]
    written = CliRunner().invoke(app, [*export, "-o", str(path)], prog_name="wicgraph")
    part = CliRunner().invoke(app, [*export, "--thing", "x"], prog_name="wicgraph")

    assert written.exit_code == 0
    assert path.stat().st_size > 0
    assert part.exit_code == 2
    assert "about the whole graph" in part.stderr
