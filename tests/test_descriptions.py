"""Stored queries described as RDF, so that SPARQL editors offer them."""

from pathlib import Path

import pytest

from wicgraph.asking.answer import Answer, evaluate, sparql
from wicgraph.queries.catalogue import load
from wicgraph.queries.descriptions import QUERIES
from wicgraph.root import Root
from wicgraph.store import Snapshot, open_snapshot
from wicgraph.terms import QUERY, Literal, NamedNode

DATA = Path(__file__).parent / "data" / "asking"
ROOT = Root(DATA / "world")
# What the editor of the SIB asks of an endpoint.
# https://github.com/sib-swiss/sparql-editor#readme
EDITOR = """
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ;
    sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Build the small world."""
    return open_snapshot(ROOT, tmp_path_factory.mktemp("cache"), say=lambda _: None)


def answer(snapshot: Snapshot, text: str) -> Answer:
    """Ask SPARQL with the prefixes of the folder."""
    return sparql(snapshot, text, ROOT.prefixes())


def test_an_editor_finds_each_question_in_both_languages(snapshot: Snapshot) -> None:
    """Every stored query is there twice: with an English and a Chinese summary."""
    expected = {
        (NamedNode(QUERY + query.name), summary)
        for query in load(ROOT).queries()
        for summary in (query.summary, query.summary_zh)
    }
    found = answer(snapshot, EDITOR)

    assert expected == {
        (node, comment.value)
        for node, comment, _ in found.rows
        if isinstance(comment, Literal)
    }


def test_what_an_editor_finds_can_be_asked(snapshot: Snapshot) -> None:
    """The text of a described query runs as it is, and says what the question says."""
    for node, _, text in answer(snapshot, EDITOR).rows:
        assert isinstance(node, NamedNode)
        assert isinstance(text, Literal)
        query = load(ROOT).query(node.value.removeprefix(QUERY))
        found = answer(snapshot, text.value)

        expected = evaluate(snapshot, query.source, {})
        assert found.columns == expected.columns
        assert list(found.rows) == list(expected.rows)


def test_parameters_are_described(snapshot: Snapshot) -> None:
    """A parameter has its variable, its names and what its values are."""
    text = """
        SELECT ?path ?name ?kind { <https://w3id.org/wicgraph/query/days>
          sh:parameter [ sh:path ?path ; sh:name ?name ; sh:datatype ?kind ] }
        ORDER BY ?name
    """
    day = NamedNode(QUERY + "parameter/__day_xsd_date")
    date = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    query = load(ROOT).query("days")
    names = {(p.label, p.label_zh) for p in query.parameters if p.name == "day"}
    rows = list(answer(snapshot, text).rows)

    assert {(path, kind) for path, _, kind in rows} == {(day, date)}
    assert {tuple(str(n.value) for _, n, _ in rows if isinstance(n, Literal))} == names


def test_descriptions_have_a_graph_and_a_place(snapshot: Snapshot) -> None:
    """They are in `graph:queries`, at the start of the file that they describe."""
    quads = list(snapshot.quads(graph=QUERIES))

    assert quads
    for quad in quads:
        (position,) = snapshot.positions(quad.triple)
        assert position.path.startswith("queries/")


def test_a_malformed_query_is_left_out(tmp_path: Path) -> None:
    """Who asks something else is not stopped by a query that somebody broke."""
    for file in ("ontology/prefixes.ttl", "facts", "queries/broken.rq"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "facts").mkdir()
    (tmp_path / "queries" / "broken.rq").write_text("SELECT", encoding="utf-8")
    prefixes = (ROOT.folder / "ontology" / "prefixes.ttl").read_bytes()
    (tmp_path / "ontology" / "prefixes.ttl").write_bytes(prefixes)
    snapshot = open_snapshot(Root(tmp_path), tmp_path / "cache", say=lambda _: None)

    assert not list(answer(snapshot, EDITOR).rows)
