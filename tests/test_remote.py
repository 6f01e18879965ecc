"""A store elsewhere: the graph is pushed there, and answers from there as from disk.

The store is a real one, `oxigraph serve`, on a port of its own.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
import requests
from typer.testing import CliRunner

from wicgraph.asking.answer import evaluate
from wicgraph.cli import app
from wicgraph.errors import StoreError
from wicgraph.graph import Graph, open_graph
from wicgraph.queries.catalogue import load
from wicgraph.remote.client import GRAPH_STORE, Client
from wicgraph.remote.endpoint import Endpoint
from wicgraph.remote.pushing import Outcome, Push, Pushed
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.store import DiskSnapshot, open_snapshot
from wicgraph.terms import GRAPH

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.store import Snapshot

ROOT = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "data" / "remote").glob("*.rq"))
QUESTIONS = load(Root(ROOT)).queries()
IN_FILE = re.compile(r"(?:facts/\w+|ontology)/[^ :]*\.ttl:\d+")
IN_GRAPH = re.compile(r"(?<!<)https://w3id\.org/wicgraph/(?:source|graph)/[^ :\n]+")
PATIENCE = 20  # seconds for a server to begin


@contextmanager
def serving() -> Iterator[str]:
    """Run a server with an empty store; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = "{}:{}".format(*free.getsockname())
    program = Path(sys.executable).with_name("oxigraph")
    server = subprocess.Popen(
        [program, "serve", "--bind", place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = monotonic() + PATIENCE
        while True:
            try:
                requests.get(f"http://{place}/", timeout=1)
                break
            except requests.ConnectionError:
                assert server.poll() is None, "the server does not start"
                assert monotonic() < end, "the server does not answer"
                sleep(0.05)
        yield f"http://{place}"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run one server for all tests; each of them pushes what it needs."""
    with serving() as address:
        yield address


def push(snapshot: Snapshot, server: str, *, prune: bool = False) -> list[Pushed]:
    """Push a snapshot."""
    return list(
        Push(snapshot, Client.of(f"{server}/store", GRAPH_STORE)).run(prune=prune)
    )


def push_slowly(snapshot: Snapshot, server: str) -> Generator[Pushed, None, None]:
    """Push a snapshot, graph by graph."""
    yield from Push(snapshot, Client.of(f"{server}/store", GRAPH_STORE)).run(
        prune=False
    )


def outcomes(done: Sequence[Pushed]) -> dict[Outcome, set[str]]:
    """Name the graphs by what became of them."""
    found: dict[Outcome, set[str]] = {}
    for each in done:
        name = each.graph.value.rpartition("/")[2]
        found.setdefault(each.outcome, set()).add(name)
    return found


@pytest.fixture
def pushed(snapshot: DiskSnapshot, server: str) -> Endpoint:
    """Push the small world, and open it there."""
    push(snapshot, server, prune=True)
    return Endpoint.of(f"{server}/query")


def rows(answer: Answer) -> tuple[object, ...]:
    """Give all of an answer, to be compared."""
    return answer.form, answer.columns, list(answer.rows), answer.yes


# What it answers


@pytest.fixture(scope="module")
def both(graphs: Path) -> Iterator[tuple[Graph, Graph]]:
    """Open the real graph on disk, and in a server of its own."""
    with (
        serving() as address,
        open_snapshot(Root(ROOT), graphs, say=lambda _: None) as snapshot,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("WICGRAPH_CACHE", str(graphs))
        push(snapshot, address)
        with (
            open_graph(ROOT) as here,
            open_graph(ROOT, endpoint=f"{address}/query") as there,
        ):
            yield here, there


@pytest.mark.parametrize("name", [query.name for query in QUESTIONS])
def test_stored_question_has_the_same_rows(
    name: str, both: tuple[Graph, Graph]
) -> None:
    """Every question of this repository is answered alike, row by row."""
    query = load(Root(ROOT)).query(name).source
    here, there = (rows(graph.answer(query, {})) for graph in both)

    assert here == there


def test_page_has_every_stored_question() -> None:
    """The table of the page says of each question how the stores answer it."""
    page = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == sorted(
        query.name for query in QUESTIONS
    )


@pytest.mark.parametrize("inference", ["inferred", "asserted"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_query_has_the_same_rows(
    path: Path, inference: str, snapshot: DiskSnapshot, pushed: Endpoint, root: Root
) -> None:
    """FROM, GRAPH, ASK, CONSTRUCT, SELECT * and all kinds of terms are as on disk."""
    query = QueryText("query", path.read_text("utf-8"), root.prefixes().table)
    here, there = (
        rows(evaluate(graph, query, {}, inference=inference == "inferred"))
        for graph in (snapshot, pushed)
    )

    assert here == there


COMMANDS = {
    "ask": ("ask", "organizers", "edition=2018"),
    "evidence": ("ask", "organizers", "edition=2018", "--evidence"),
    "no rows": ("ask", "speakers", "edition=1999"),
    "why": ("why", "Eugene Kaspersky", "participatesIn", "wic-2018"),
    "why not": ("why", "Eugene Kaspersky", "participatesIn", "wic-2014"),
    "show": ("show", "Lu Wei", "--format", "turtle"),
    "find": ("find", "乌镇"),
    "path": ("path", "Eugene Kaspersky", "Jack Ma"),
    "cite": ("cite", "event:wic-2018"),
    "stranger": ("sparql", "SELECT ?s { ?s a wic:Editon }"),
    "no SPARQL": ("sparql", "SELECT ?s { ?s a wic:Edition"),
    "in time": ("--timeout", "60", "ask", "themes"),
    "asserted": ("--no-inference", "ask", "editions"),
    "Chinese": ("--lang", "zh", "ask", "themes", "--evidence=short"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_command_says_the_same(
    words: tuple[str, ...], both: tuple[Graph, Graph]
) -> None:
    """Commands say the same, but for lines of files, which a store does not have."""
    address = both[1].endpoint or ""
    runner = CliRunner()
    here = runner.invoke(app, ["--root", str(ROOT), *words])
    there = runner.invoke(app, ["--root", str(ROOT), "--endpoint", address, *words])

    assert here.exit_code == there.exit_code
    assert IN_FILE.sub("·", here.stdout) == IN_GRAPH.sub("·", there.stdout)
    assert here.stderr == there.stderr


def test_position_is_unknown(both: tuple[Graph, Graph]) -> None:
    """The proof has the quotes and names the graph, without a line of a file."""
    told = both[1].why("Eugene Kaspersky", "participatesIn", "wic-2018")
    grounds = [ground for each in told.grounds.values() for ground in each]

    assert all(ground.position is None for ground in grounds)
    assert any(ground.quotes for ground in grounds)


# What is pushed


def test_second_push_finds_all_as_it_should_be(
    snapshot: DiskSnapshot, server: str
) -> None:
    """A push that has nothing to do writes nothing."""
    push(snapshot, server, prune=True)
    names = {*(g.value.rpartition("/")[2] for g in snapshot.graphs())}

    assert outcomes(push(snapshot, server)) == {
        Outcome.EQUAL: names | {"asserted", "merged"}
    }


def test_only_what_changed_is_written(
    world: Path, snapshot: DiskSnapshot, server: str, tmp_path: Path
) -> None:
    """Another fact changes its graph and the merged ones; a file that is gone, too."""
    push(snapshot, server, prune=True)
    changed = tmp_path / "world"
    shutil.copytree(world, changed)
    with (changed / "facts/reference/people.ttl").open("a", encoding="utf-8") as file:
        file.write('person:bea-etude skos:altLabel "B. É."@en .\n')
    with open_snapshot(Root(changed), tmp_path / "cache", say=lambda _: None) as later:
        written = outcomes(push(later, server))
        assert written[Outcome.WRITTEN] == {"people", "asserted", "merged"}
        assert Outcome.STALE not in written


def test_graphs_that_are_gone_are_removed_when_asked(
    world: Path, snapshot: DiskSnapshot, server: str, tmp_path: Path
) -> None:
    """A source that is gone is in no answer; --prune removes it, and no other graph."""
    foreign = {"graph": "https://example.org/another"}
    requests.put(
        f"{server}/store",
        params=foreign,
        data="<urn:a> <urn:b> <urn:c> .",
        headers={"Content-Type": "text/turtle"},
        timeout=10,
    ).raise_for_status()
    push(snapshot, server, prune=True)
    fewer = tmp_path / "world"
    shutil.copytree(world, fewer)
    gone = next((fewer / "facts" / "sources").glob("*.ttl"))
    gone.unlink()
    with open_snapshot(Root(fewer), tmp_path / "cache", say=lambda _: None) as later:
        assert outcomes(push(later, server))[Outcome.STALE] == {gone.stem}
        assert Endpoint.of(f"{server}/query").graphs() == later.graphs()
        assert outcomes(push(later, server))[Outcome.STALE] == {gone.stem}
        done = outcomes(push(later, server, prune=True))
        assert done[Outcome.REMOVED] == {gone.stem}
        assert Outcome.STALE not in outcomes(push(later, server))
    assert requests.get(f"{server}/store", params=foreign, timeout=10).text


def test_push_that_broke_off_goes_on(snapshot: DiskSnapshot, server: str) -> None:
    """Nobody gets answers from half a graph; the next push does the rest."""
    push(snapshot, server, prune=True)
    people = {"graph": f"{GRAPH}people"}
    requests.delete(f"{server}/store", params=people, timeout=10).raise_for_status()
    with closing(push_slowly(snapshot, server)) as work:
        while next(work).outcome is Outcome.EQUAL:
            pass

    with pytest.raises(StoreError, match="broke off"):
        Endpoint.of(f"{server}/query").graphs()
    assert Outcome.WRITTEN not in outcomes(push(snapshot, server))
    assert Endpoint.of(f"{server}/query").graphs() == snapshot.graphs()


def test_changed_triple_is_found(snapshot: DiskSnapshot, server: str) -> None:
    """As many triples are not enough: a graph is compared by what it says."""
    push(snapshot, server, prune=True)
    update = f"""
        DELETE {{ GRAPH <{GRAPH}events> {{ ?s ?p ?o }} }}
        INSERT {{ GRAPH <{GRAPH}events> {{ ?s ?p "changed" }} }}
        WHERE {{ SELECT * {{ GRAPH <{GRAPH}events> {{ ?s ?p ?o }} }} LIMIT 1 }}"""
    kind = {"Content-Type": "application/sparql-update"}
    requests.post(f"{server}/update", update, headers=kind, timeout=10)

    assert outcomes(push(snapshot, server))[Outcome.WRITTEN] == {"events"}


@pytest.fixture(scope="module")
def stated(both: tuple[Graph, Graph]) -> Iterator[str]:
    """Push the real graph without inference; the address of the service."""
    with serving() as address:
        store = Client.of(f"{address}/store", GRAPH_STORE)
        Counter(Push(both[0].snapshot, store, inference=False).run(prune=False))
        yield f"{address}/query"


def test_without_inference_nothing_inferred_is_pushed(
    snapshot: DiskSnapshot, server: str
) -> None:
    """Without inference the store has what was asserted, and names mean the same."""
    work = Push(snapshot, Client.of(f"{server}/store", GRAPH_STORE), inference=False)
    Counter(work.run(prune=True))
    there = Endpoint.of(f"{server}/query", inference=False)

    assert there.graphs() == snapshot.graphs(inference=False)
    assert {*there.triples(inference=False)} == {*snapshot.triples(inference=False)}
    assert {*there.triples()} == {*snapshot.triples()}


@pytest.mark.parametrize("name", ["ask", "evidence", "why", "why not", "show", "path"])
def test_command_without_inference_says_the_same(name: str, stated: str) -> None:
    """Without inference a store without it answers as the files do."""
    runner = CliRunner()
    plain = ["--root", str(ROOT), "--no-inference"]
    here = runner.invoke(app, [*plain, *COMMANDS[name]])
    there = runner.invoke(app, [*plain, "--endpoint", stated, *COMMANDS[name]])

    assert here.exit_code == there.exit_code
    assert IN_FILE.sub("·", here.stdout) == IN_GRAPH.sub("·", there.stdout)
    assert here.stderr == there.stderr


@pytest.mark.parametrize("name", ["ask", "why not", "find"])
def test_inference_that_was_not_pushed_is_no_answer(name: str, stated: str) -> None:
    """Nobody is told that nothing follows where nobody inferred."""
    words = ["--root", str(ROOT), "--endpoint", stated, *COMMANDS[name]]
    told = CliRunner().invoke(app, words)

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == (
        f"error: {stated}: the graph was pushed without inference; push it again"
        " without --no-inference, or ask with --no-inference\n"
    )
