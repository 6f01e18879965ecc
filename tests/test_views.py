"""Views say in the words of others what the graph says, and no more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.errors import SourceError
from wicgraph.publishing.dumps.views import short_names, view
from wicgraph.publishing.formats import VIEW_FORMATS
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import RDF_TYPE, WIC, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot
    from wicgraph.terms import Quad

ROOT = Root(Path(__file__).parents[1])
NAMESPACE = "https://w3id.org/wicgraph/"
VOCABULARIES = {
    "schemaorg": ("https://schema.org/",),
    "prov": ("http://www.w3.org/ns/prov#",),
    "sem": ("http://semanticweb.cs.vu.nl/2009/11/sem/", "rdf-schema#label"),
    "wikidata": (
        "https://w3id.org/wicgraph/prop/",
        "http://wikiba.se/ontology#",
        "http://www.w3.org/ns/prov#wasDerivedFrom",
    ),
}


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Build the graph of this repository."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as snapshot:
        yield snapshot


def made(name: str, graph: Snapshot, *, inference: bool = True) -> frozenset[Quad]:
    """Construct a view of the whole graph."""
    return view(ROOT, name, graph.quads(inference=inference)).quads


def test_every_view_is_a_format() -> None:
    """A file in the folder can be asked for, and a format is a file there."""
    files = (ROOT.folder / "queries" / "views").iterdir()

    assert sorted(path.stem for path in files) == sorted(VIEW_FORMATS)


@pytest.mark.parametrize("name", VIEW_FORMATS)
@pytest.mark.parametrize("inference", [True, False])
def test_view_speaks_the_vocabulary(
    name: str, graph: Snapshot, *, inference: bool
) -> None:
    """Every property and class is of the vocabulary, with and without inference."""
    quads = made(name, graph, inference=inference)
    terms = {q.predicate.value for q in quads if q.predicate != RDF_TYPE}
    terms |= {str(q.object)[1:-1] for q in quads if q.predicate == RDF_TYPE}

    assert quads
    assert [t for t in terms if not any(v in t for v in VOCABULARIES[name])] == []


def test_subjects_of_views_are_in_the_graph(graph: Snapshot) -> None:
    """No view makes a thing up."""
    known = {triple.subject for triple in graph.triples()}
    for name in VIEW_FORMATS:
        assert {quad.subject for quad in made(name, graph)} <= known


def test_statement_keeps_whether_it_was_only_announced(graph: Snapshot) -> None:
    """Each role has its link to the event as a qualifier, so a plan stays a plan."""
    quads = made("wikidata", graph)
    for link in ("announcedFor", "reportedAt", "invitedFor"):
        asserted = {
            (quad.subject, quad.object)
            for quad in graph.quads(predicate=NamedNode(WIC + link), inference=False)
        }
        kept = NamedNode(f"{NAMESPACE}prop/qualifier/{link}")
        assert asserted
        assert asserted <= {(q.subject, q.object) for q in quads if q.predicate == kept}


def test_reference_has_the_words_of_its_document(graph: Snapshot) -> None:
    """What a statement rests on is a passage with the quote that the graph has."""
    quads = made("wikidata", graph)
    quote = NamedNode(f"{NAMESPACE}prop/reference/quote")
    given = {(q.subject, q.object) for q in quads if q.predicate == quote}
    ours = graph.triples(predicate=NamedNode(WIC + "quote"))

    assert given
    assert given <= {(t.subject, t.object) for t in ours if isinstance(t, Triple)}


def test_pages_have_plain_names(graph: Snapshot) -> None:
    """What search engines read is name and location, and links need not say so."""
    terms = short_names(made("schemaorg", graph))
    location = NamedNode("https://schema.org/location")

    assert terms.names[location] == "location"
    assert terms.readings[location] == "@id"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CONSTRUCT {", "queries/views/sem.rq"),
        ("SELECT * { ?s ?p ?o }", "queries/views/sem.rq: a view is a CONSTRUCT query"),
        (None, "queries/views/sem.rq: cannot be read: no such file or directory"),
    ],
)
def test_broken_view_is_explained(
    text: str | None, message: str, tmp_path: Path
) -> None:
    """Whoever changes a mapping hears which file is wrong."""
    path = shutil.copytree(ROOT.folder / "queries", tmp_path / "queries")
    file = path / "views" / "sem.rq"
    file.unlink()
    if text:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as broken:
        view(Root(tmp_path), "sem", [])

    assert str(broken.value).startswith(message)
