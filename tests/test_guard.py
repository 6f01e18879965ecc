import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Variable

from wicgraph.errors import QueryError
from wicgraph.root import Root
from wicgraph.store import INFERRED, DiskSnapshot, open_snapshot
from wicgraph.terms import GRAPH, SKOS_PREF_LABEL, WIC, Literal, NamedNode

TINY = Path(__file__).parent / "data" / "tiny"
SUMMIT = NamedNode("https://w3id.org/wicgraph/event/example-summit-2018")
HOSTS = NamedNode(WIC + "hosts")


def opened(folder: Path, cache: Path) -> DiskSnapshot:
    """Open the snapshot of a folder."""
    return open_snapshot(Root(folder), cache, say=lambda _: None)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskSnapshot]:
    """Open the small world."""
    with opened(TINY, tmp_path_factory.mktemp("cache")) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskSnapshot]:
    """Open the small world where two files say that the summit is an edition."""
    folder = tmp_path_factory.mktemp("doubled")
    shutil.copytree(TINY, folder / "world")
    source = folder / "world/facts/sources/2018-05-01-example-news.ttl"
    with source.open("a", encoding="utf-8") as file:
        file.write("event:example-summit-2018 a wic:Edition .\n")
    with opened(folder / "world", folder / "cache") as snapshot:
        yield snapshot


def rows(
    snapshot: DiskSnapshot, text: str, *, inference: bool = True
) -> list[list[str]]:
    """Ask a SELECT; the rows sorted, as text."""
    results = snapshot.query(text, inference=inference, prefixes={"wic": WIC})
    assert isinstance(results, QuerySolutions)
    return sorted([str(term) for term in row] for row in results)


def count(snapshot: DiskSnapshot, text: str, *, inference: bool = True) -> int:
    """Ask a SELECT; how many rows there are."""
    return len(rows(snapshot, text, inference=inference))


def test_default_graph_has_each_triple_once(doubled: DiskSnapshot) -> None:
    """A triple that two files say is one triple to a query, and two in its graphs."""
    editions = "SELECT * { ?edition a wic:Edition }"
    assert count(doubled, editions) == 1
    assert count(doubled, editions, inference=False) == 1
    assert count(doubled, "SELECT * { GRAPH ?graph { ?edition a wic:Edition } }") == 2


def test_without_inference_nothing_inferred_is_seen(snapshot: DiskSnapshot) -> None:
    """Neither the default graph nor a named one has what was inferred."""
    hosts = f"{{ ?body <{HOSTS.value}> ?event }}"
    inferred = f"GRAPH <{INFERRED.value}> {{ ?body ?p ?event }}"
    for text in (f"SELECT * {hosts}", f"SELECT * {{ GRAPH ?g {hosts} }}"):
        assert count(snapshot, text) == 1
        assert count(snapshot, text, inference=False) == 0
    assert count(snapshot, f"SELECT * {{ {inferred} }}") > 0
    assert count(snapshot, f"SELECT * {{ {inferred} }}", inference=False) == 0
    assert (
        count(snapshot, "SELECT * { ?s ?p ?o }", inference=False)
        == snapshot.about.facts
    )


def test_merged_graphs_have_no_name(snapshot: DiskSnapshot) -> None:
    """The merged graphs in the store are nowhere to be seen under a name."""
    graphs = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
    hidden = f"SELECT * {{ GRAPH <{GRAPH}asserted> {{ ?s ?p ?o }} }}"
    names = [[str(graph)] for graph in snapshot.graphs()]
    assert sorted(names) == rows(snapshot, graphs)
    assert count(snapshot, hidden) == 0


def test_every_form_of_query_is_answered(snapshot: DiskSnapshot) -> None:
    """SELECT gives rows, ASK a truth, CONSTRUCT and DESCRIBE triples."""
    ask = snapshot.query(f"ASK {{ <{SUMMIT.value}> ?p ?o }}")
    assert isinstance(ask, QueryBoolean)
    assert ask
    for text in ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"DESCRIBE {SUMMIT}"):
        triples = snapshot.query(text)
        assert isinstance(triples, QueryTriples)
        assert set(triples) <= set(snapshot.triples())


def test_value_is_given_for_a_variable(snapshot: DiskSnapshot) -> None:
    """A term put for a variable is the term it is, whatever characters it has."""
    text = f"SELECT ?label ?thing {{ ?thing {SKOS_PREF_LABEL} ?label }}"
    for label, found in (("Example Summit 2018", 1), ('" . } # ', 0)):
        value = {Variable("label"): Literal(label, language="en")}
        answer = snapshot.query(text, substitutions=value)
        assert isinstance(answer, QuerySolutions)
        assert sum(1 for _ in answer) == found


def test_from_limits_a_query_to_graphs(snapshot: DiskSnapshot) -> None:
    """FROM makes its graphs the default graph, FROM NAMED the named ones."""
    events = sum(1 for _ in snapshot.quads(graph=NamedNode(GRAPH + "events")))
    people = sum(1 for _ in snapshot.quads(graph=NamedNode(GRAPH + "people")))
    assert min(events, people) > 0
    for clauses, default, named in (
        ("FROM g:events", events, 0),
        ("FROM g:events FROM g:people FROM g:events", events + people, 0),
        ("FROM NAMED g:people", 0, people),
        ("FROM g:people FROM NAMED g:events", people, events),
        ("FROM <G/events> FROM g:people FROM NAMED g:people", events + people, people),
    ):
        start = f"PREFIX g: <{GRAPH}> SELECT * {clauses}".replace("G/", GRAPH)
        assert default == count(snapshot, start + " { ?s ?p ?o }")
        assert named == count(snapshot, start + " { GRAPH ?g { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("prologue", "graph"),
    [
        (f"BASE <{GRAPH}>", "<events>"),
        (f"BASE <{GRAPH}x/y> PREFIX g: <../>", "g:events"),
        (f"PREFIX g: <{GRAPH}\\u0065>", "g:vents"),
        ("BASE <a:b>", f"<{GRAPH}\\u0065vents>"),
        (f"PREFIX g: <a:b> PREFIX g: <{GRAPH}>", "# FROM <a:b>\n g:events"),
    ],
)
def test_graph_of_from_may_be_written_in_any_way(
    snapshot: DiskSnapshot, prologue: str, graph: str
) -> None:
    """BASE, prefixes and escapes mean in FROM what they mean elsewhere."""
    events = sum(1 for _ in snapshot.quads(graph=NamedNode(GRAPH + "events")))
    start = f"{prologue} SELECT *"
    assert count(snapshot, f"{start} FROM {graph} {{ ?s ?p ?o }}") == events


def test_graphs_of_from_are_merged(doubled: DiskSnapshot) -> None:
    """A triple in two graphs of FROM is one triple."""
    text = """
        PREFIX graph: <https://w3id.org/wicgraph/graph/>
        PREFIX source: <https://w3id.org/wicgraph/source/>
        SELECT * FROM graph:events FROM source:2018-05-01-example-news
        { ?edition a wic:Edition }
    """
    assert count(doubled, text) == 1


@pytest.mark.parametrize(
    ("text", "place", "reason", "hint"),
    [
        ("SELECT * { ?s ?p ?o", (1, None), "not SPARQL", ""),
        ("", (1, 1), "not SPARQL", ""),
        ("SELECT * {\n  ?s no:such ?o\n}", (2, None), "prefix is not declared", ""),
        ("SELECT * { ?s <a b> ?o }", (1, None), "not a whole IRI", ""),
        (
            "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }",
            (1, None),
            "groups do not have",
            "",
        ),
        ("PREFIX a: <b:c>\nDELETE WHERE { ?s ?p ?o }", (2, 1), "is an update", ""),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", (1, 1), "is an update", ""),
        ("ASK FROM <a:b> { ?s ?p ?o }", (1, 10), "no graph <a:b>", "lists the graphs"),
        (f"ASK\nFROM NAMED <{GRAPH}event> {{}}", (2, 12), "no graph", "graph/events>?"),
        (f"ASK FROM <{GRAPH}asserted> {{}}", (1, 10), "no graph", ""),
        ("ASK FROM no:such {}", (1, None), "prefix is not declared", ""),
        ("ASK FROM <\\UFFFFFFFF> {}", (1, None), "not SPARQL", ""),
        ("ASK FROM {}", (1, None), "not SPARQL", ""),
        ("PREFIX", (1, None), "not SPARQL", ""),
        ("SELECT (<a:b>(?s) AS ?t) { ?s ?p ?o }", (None, None), "not supported", ""),
        ("ASK { ?s ?p '\udcff' }", (None, None), "not Unicode", ""),
        ("ASK { ?s ?p 'service \udcff' }", (None, None), "not Unicode", ""),
        ("ASK {" + "{" * 30_000 + "}" * 30_000 + "}", (1, 205), "too large", ""),
        ("ASK { FILTER(1=1" + "&&1=1" * 30_000 + ") }", (1, None), "too large", ""),
        ("ASK { FILTER(" + "!" * 30_000 + "true) }", (1, None), "too large", ""),
    ],
)
def test_query_that_is_none_is_refused_at_its_place(
    snapshot: DiskSnapshot, text: str, place: tuple[int, int], reason: str, hint: str
) -> None:
    """The message has the line and the column, the reason and what is near."""
    with pytest.raises(QueryError) as caught:
        snapshot.query(text, where="x.rq")
    error = caught.value
    line, column = place
    assert error.line == line
    assert column in {None, error.column}
    assert reason in error.reason.en
    assert hint in error.hint.en
    assert str(error).startswith("x.rq:")
    assert bool(error.excerpt) == (line is not None)


def test_long_query_is_answered(snapshot: DiskSnapshot) -> None:
    """Many values, columns and brackets side by side are not too large."""
    values = " ".join(f'(<a:{number}> "{number}")' for number in range(3_000))
    assert count(snapshot, f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}") == 3_000
    pairs = " ".join(f"{{ ?s ?p {number}.5 }} UNION" for number in range(300))
    assert count(snapshot, f"SELECT * {{ {pairs} {{ ?s ?p 300 }} }}") == 0


def test_inferred_graph_is_unknown_without_inference(snapshot: DiskSnapshot) -> None:
    """FROM cannot bring back what was left out."""
    text = "SELECT * FROM <https://w3id.org/wicgraph/graph/inferred> { ?s ?p ?o }"
    assert count(snapshot, text) > 0
    with pytest.raises(QueryError, match="there is no graph"):
        snapshot.query(text, inference=False)


def test_variable_that_is_not_selected_cannot_be_given(snapshot: DiskSnapshot) -> None:
    """A value for a variable that the query does not select is refused."""
    value = {Variable("nothing"): Literal(1)}
    with pytest.raises(QueryError, match="nothing"):
        snapshot.query("SELECT ?s { ?s ?p ?o }", substitutions=value)


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{}> {{ ?s ?p ?o }}",
        "service silent <{}> {{ ?s ?p ?o }}",
        "{{ FILTER(1<2)SERVICE<{}>{{ ?s ?p ?o }} }}",
        "?s ?p 1SERVICE<{}>{{ ?s ?p ?o }}",
        "FILTER(1<2)SERVICE:{{ ?s ?p ?o }}",
        "BIND(<{}> AS ?there) SERVICE ?there {{ ?s ?p ?o }}",
        "?s ?p '#' . SERVICE # <\n <{}> {{ ?s ?p ?o }}",
        "?s ?p <{}\\u0023> . SERVICE <{}> {{ ?s ?p ?o }}",
    ],
)
def test_no_query_asks_another_server(snapshot: DiskSnapshot, clause: str) -> None:
    """SERVICE is refused however it is written, and nobody gets a request."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        body = clause.format(address, address)
        with pytest.raises(QueryError) as caught:
            snapshot.query(f"PREFIX : <{address}> ASK {{\n{body}\n}}")
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()
    assert "SERVICE asks another server" in caught.value.reason.en
    assert caught.value.line in {2, 3}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE <a:b> {}' } # SERVICE <a:b> {}",
        "PREFIX service: <a:b> SELECT * { ?s service:service ?o }",
        "SELECT * { ?s ?p <http://a/service> . ?s ?p 'x'@en-service }",
    ],
)
def test_the_word_service_is_no_offence(snapshot: DiskSnapshot, text: str) -> None:
    """In texts, comments, names and variables the word means nothing."""
    assert count(snapshot, text) == 0


def test_syntax_error_beside_the_word_service_is_told(snapshot: DiskSnapshot) -> None:
    """A query with the word that is no query gets the message that it would get."""
    with pytest.raises(QueryError, match="not SPARQL"):
        snapshot.query("SELECT * { ?s ?p 'service' ")
