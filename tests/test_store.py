import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from wicgraph.errors import SourceError, StoreError
from wicgraph.language import Text
from wicgraph.queries.descriptions import QUERIES
from wicgraph.reading.dataset import Dataset
from wicgraph.reading.fact import Position
from wicgraph.root import Root
from wicgraph.store import INFERRED, DiskSnapshot, cache_folder, open_snapshot
from wicgraph.store.cache import digest_of
from wicgraph.terms import (
    GRAPH,
    RDF_TYPE,
    SKOS_PREF_LABEL,
    WIC,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

REPOSITORY = Path(__file__).parents[1]
TINY = Path(__file__).parent / "data" / "tiny"
EVENTS = "facts/reference/events.ttl"
SUMMIT = NamedNode("https://w3id.org/wicgraph/event/example-summit-2018")
BUREAU = NamedNode("https://w3id.org/wicgraph/organization/example-bureau")
HOSTS = NamedNode(WIC + "hosts")
SOURCE = NamedNode("https://w3id.org/wicgraph/source/2018-05-01-example-news")
ALL = "SELECT * { ?subject ?predicate ?object }"
# A reader in a process of its own: what it says, then how many triples there are.
READER = """
import sys
from pathlib import Path
from wicgraph.errors import WicgraphError
from wicgraph.root import Root
from wicgraph.store import open_snapshot
root, cache = map(Path, sys.argv[1:])
def say(text):
    print(text.en, file=sys.stderr, flush=True)
try:
    with open_snapshot(Root(root), cache, say=say) as snapshot:
        print(sum(1 for _ in snapshot.triples()))
except WicgraphError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """Copy the small world, so that a test may change it."""
    shutil.copytree(TINY, tmp_path / "world")
    return Root(tmp_path / "world")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Name a cache that is not there yet."""
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskSnapshot]:
    """Open the small world."""
    cache = tmp_path_factory.mktemp("cache")
    with open_snapshot(Root(TINY), cache, say=ignore) as opened:
        yield opened


def ignore(text: Text) -> None:
    """Listen to nothing that is said."""


def snapshots(cache: Path) -> set[str]:
    """Name what is in a cache but for its lock."""
    return {entry.name for entry in (cache / "snapshots").iterdir()} - {"building.lock"}


def add(root: Root, line: str, path: str = EVENTS) -> None:
    """Write one more line at the end of a file, all at once."""
    file = root.folder / path
    beside = file.with_suffix(".new")
    beside.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    beside.replace(file)


def rename(root: Root, label: str) -> None:
    """Give the summit one more name, so that the inputs are others."""
    add(root, f'event:example-summit-2018 skos:altLabel "{label}"@en .')


def reader(root: Path, cache: Path, *before: str) -> subprocess.Popen[str]:
    """Start a process that opens the snapshot of a root."""
    return subprocess.Popen(
        [*before, sys.executable, "-c", READER, str(root), str(cache)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def count(snapshot: DiskSnapshot, text: str) -> int:
    """Ask a SELECT; how many rows there are."""
    results = snapshot.query(text)
    assert isinstance(results, QuerySolutions)
    return sum(1 for _ in results)


# --- What is in a snapshot ---


def test_every_fact_is_in_the_graph_of_its_file(snapshot: DiskSnapshot) -> None:
    """The named graphs hold what the files say, fact by fact, and the questions."""
    expected = {
        Quad(f.subject, f.predicate, f.object, f.graph)
        for f in Dataset.load(Root(TINY)).facts
    }
    questions = set(snapshot.quads(graph=QUERIES))
    assert questions
    assert expected == set(snapshot.quads(inference=False)) - questions


def test_conclusions_are_in_their_own_graph(snapshot: DiskSnapshot) -> None:
    """What follows stands in graph:inferred, and nothing of it is asserted as well."""
    concluded = {quad.triple for quad in snapshot.quads(graph=INFERRED)}
    assert Triple(BUREAU, HOSTS, SUMMIT) in concluded
    assert not concluded & set(snapshot.triples(inference=False))


def test_every_fact_has_its_place(snapshot: DiskSnapshot) -> None:
    """A triple knows the files that say it, with line and column of its predicate."""
    for fact in Dataset.load(Root(TINY)).facts:
        assert fact.position in snapshot.positions(fact.triple)


def test_fact_in_two_files_has_two_places(root: Root, cache: Path) -> None:
    """A triple that two files say has both places, sorted."""
    path = "facts/sources/2018-05-01-example-news.ttl"
    add(root, "event:example-summit-2018 a wic:Edition .", path)
    lines = (root.folder / path).read_text(encoding="utf-8").splitlines()
    triple = Triple(SUMMIT, RDF_TYPE, NamedNode(WIC + "Edition"))
    with open_snapshot(root, cache, say=ignore) as opened:
        places = opened.positions(triple)
    assert [EVENTS, path] == [place.path for place in places]
    assert Position(path, len(lines), 27) == places[1]


def test_conclusion_has_no_place(snapshot: DiskSnapshot) -> None:
    """What was inferred is written nowhere."""
    assert snapshot.positions(Triple(BUREAU, HOSTS, SUMMIT)) == ()


def test_graphs_are_named(snapshot: DiskSnapshot) -> None:
    """The graphs are the files, the ontology and what was inferred, sorted."""
    names = [graph.value for graph in snapshot.graphs()]
    assert sorted(names) == names
    assert {SOURCE.value, INFERRED.value, GRAPH + "ontology"} <= set(names)
    assert GRAPH + "asserted" not in names
    assert {*snapshot.graphs()} - {INFERRED} == {*snapshot.graphs(inference=False)}


def test_patterns_find_statements(snapshot: DiskSnapshot) -> None:
    """Statements are found by any of their parts, with their graphs or merged."""
    label = Literal("Example Summit 2018", language="en")
    graph = NamedNode(GRAPH + "events")
    expected = Quad(SUMMIT, SKOS_PREF_LABEL, label, graph)
    assert [expected] == list(snapshot.quads(value=label))
    assert [expected.triple] == list(snapshot.triples(SUMMIT, value=label))
    about = {quad.triple for quad in snapshot.quads(SUMMIT)}
    assert about == set(snapshot.triples(SUMMIT))


def test_about_says_what_is_inside(snapshot: DiskSnapshot) -> None:
    """The description on disk has the digest, the counts and the versions."""
    about = json.loads((snapshot.folder / "about.json").read_text(encoding="utf-8"))
    assert about["digest"] == snapshot.digest == snapshot.folder.name
    assert about["facts"] == sum(1 for _ in snapshot.triples(inference=False))
    assert about["facts"] + about["inferred"] == sum(1 for _ in snapshot.triples())
    assert set(about["versions"]) == {"duckdb", "owlrl", "pyoxigraph"}
    counts = Counter(str(quad.graph_name)[1:-1] for quad in snapshot.quads())
    assert about["graphs"] == counts


def test_contradictions_are_kept_as_sentences(root: Root, cache: Path) -> None:
    """A graph that cannot be true is still a graph, and says what is wrong with it."""
    ontology = "ontology/wic.ttl"
    add(root, "wic:Edition owl:disjointWith wic:Place .", ontology)
    add(root, "event:example-summit-2018 a wic:Place .")
    with open_snapshot(root, cache, say=ignore) as opened:
        assert len(opened.contradictions) == 1
        assert opened.contradictions[0].startswith("cax-dw: ")
        assert "event:example-summit-2018" in opened.contradictions[0]


def test_same_files_make_the_same_snapshot(root: Root, tmp_path: Path) -> None:
    """Two builds of one graph, in other folders, differ in nothing that is said."""
    opened = [
        open_snapshot(one, tmp_path / name, say=ignore)
        for one, name in ((root, "a"), (Root(TINY), "b"))
    ]
    assert opened[0].digest == opened[1].digest
    assert set(opened[0].quads()) == set(opened[1].quads())
    described = [
        json.loads((one.folder / "about.json").read_text(encoding="utf-8"))
        for one in opened
    ]
    for description in described:
        del description["files"], description["seal"]
    assert described[0] == described[1]


# --- When a snapshot is built ---


def test_unchanged_files_are_built_once(root: Root, cache: Path) -> None:
    """The second reader finds what the first has built, and hears of no building."""
    said: list[Text] = []
    first = open_snapshot(root, cache, say=said.append)
    assert [f"building the graph of {root.folder}"] == [text.en for text in said]
    second = open_snapshot(root, cache, say=said.append)
    assert len(said) == 1
    assert first.folder == second.folder
    assert snapshots(cache) == {first.digest}


def test_changed_files_are_built_again(root: Root, cache: Path) -> None:
    """After a change there is another snapshot; after it is taken back, the first."""
    before = (root.folder / EVENTS).read_bytes()
    first = open_snapshot(root, cache, say=ignore)
    rename(root, "Other")
    second = open_snapshot(root, cache, say=ignore)
    (root.folder / EVENTS).write_bytes(before)
    third = open_snapshot(root, cache, say=ignore)
    assert first.digest == third.digest != second.digest
    other = Literal("Other", language="en")
    assert [len(list(s.quads(value=other))) for s in (first, second, third)] == [
        0,
        1,
        0,
    ]


def test_files_that_change_while_they_are_read_are_read_again(
    root: Root, cache: Path
) -> None:
    """A snapshot is never that of files half changed."""
    said: list[Text] = []

    def change(text: Text) -> None:
        said.append(text)
        if len(said) < 3:
            rename(root, f"Name {len(said)}")

    opened = open_snapshot(root, cache, say=change)
    assert len(said) == 3
    assert opened.digest == digest_of(root)
    assert snapshots(cache) == {opened.digest}


def test_files_that_never_rest_are_given_up(root: Root, cache: Path) -> None:
    """Files that change whenever they are read get a message, not a wait for ever."""
    names = iter(range(100))

    def change(_: Text) -> None:
        rename(root, f"Name {next(names)}")

    with pytest.raises(StoreError, match="files change all the time"):
        open_snapshot(root, cache, say=change)
    assert snapshots(cache) == set()


def test_broken_file_builds_nothing(root: Root, cache: Path) -> None:
    """A file that is no Turtle is the author's to mend; the cache stays as it was."""
    opened = open_snapshot(root, cache, say=ignore)
    add(root, "event:example-summit-2018 a")
    with pytest.raises(SourceError, match=EVENTS):
        open_snapshot(root, cache, say=ignore)
    assert snapshots(cache) == {opened.digest}


def test_interrupt_leaves_nothing(root: Root, cache: Path) -> None:
    """Who stops a build with Ctrl-C leaves no half of a snapshot."""

    def stop(_: Text) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_snapshot(root, cache, say=stop)
    assert snapshots(cache) == set()
    open_snapshot(root, cache, say=ignore)


def test_oldest_snapshots_are_removed(root: Root, cache: Path) -> None:
    """Five snapshots are kept, those used last; opening one is using it."""
    made = []
    before = (root.folder / EVENTS).read_bytes()
    for number in range(7):
        rename(root, f"Name {number}")
        with open_snapshot(root, cache, say=ignore) as opened:
            made.append(opened.digest)
        if number == 4:
            now = (root.folder / EVENTS).read_bytes()
            (root.folder / EVENTS).write_bytes(
                before + b'event:example-summit-2018 skos:altLabel "Name 0"@en .\n'
            )
            open_snapshot(root, cache, say=ignore).close()
            (root.folder / EVENTS).write_bytes(now)
    assert snapshots(cache) == {made[0], *made[3:]}


def test_snapshot_in_use_is_not_removed(root: Root, cache: Path) -> None:
    """However old it is, a snapshot stays for as long as somebody has it open."""
    first = open_snapshot(root, cache, say=ignore)
    triples = set(first.triples())
    for number in range(6):
        rename(root, f"Name {number}")
        open_snapshot(root, cache, say=ignore).close()
    assert first.digest in snapshots(cache)
    assert triples == set(first.triples())
    first.close()
    rename(root, "last")
    open_snapshot(root, cache, say=ignore).close()
    assert first.digest not in snapshots(cache)


# --- Several processes ---


def test_builders_at_once_build_once(root: Root, cache: Path) -> None:
    """Of processes that start together one builds, and all have its result."""
    readers = [reader(root.folder, cache) for _ in range(4)]
    ends = [process.communicate(timeout=120) for process in readers]
    assert [process.returncode for process in readers] == [0, 0, 0, 0]
    assert len({out for out, _ in ends}) == 1
    said = "".join(err for _, err in ends)
    assert said.count("building the graph") == 1
    assert len(snapshots(cache)) == 1


def test_second_builder_says_that_it_waits(root: Root, cache: Path) -> None:
    """Who has to wait for another build is told so, and goes on by itself."""
    waiting: list[subprocess.Popen[str]] = []

    def start(_: Text) -> None:
        process = reader(root.folder, cache)
        waiting.append(process)
        assert process.stderr is not None
        assert (
            f"another wicgraph that is building in {cache}" in process.stderr.readline()
        )

    opened = open_snapshot(root, cache, say=start)
    out, err = waiting[0].communicate(timeout=120)
    assert out.strip() == str(sum(1 for _ in opened.triples()))
    assert err == ""


@pytest.mark.parametrize(
    "stage",
    ["lock", "positions.sqlite", "store", "store/CURRENT", "store/*.sst", "about.json"],
)
def test_killed_builder_leaves_no_trace(root: Root, cache: Path, stage: str) -> None:
    """A builder may die at any moment; the next one cleans up and gets it right."""
    process = reader(root.folder, cache)
    building = cache / "snapshots" / f"building-{digest_of(root)}"
    while not any(building.glob(stage)) and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = snapshots(cache)
    assert left in ({building.name}, {digest_of(root)})
    with open_snapshot(root, cache, say=ignore) as opened:
        assert count(opened, ALL) == opened.about.facts + opened.about.inferred
    assert snapshots(cache) == {opened.digest}


def test_readers_see_whole_graphs_while_others_are_published(
    root: Root, cache: Path
) -> None:
    """Readers that come and go always see one version, though old ones are removed."""
    versions: set[int] = set()
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            process = reader(root.folder, cache)
            out, err = process.communicate(timeout=120)
            seen.append(int(out) if process.returncode == 0 else -1)
            assert process.returncode == 0, err

    threads = [threading.Thread(target=read) for _ in range(2)]
    with open_snapshot(root, cache, say=ignore) as opened:
        versions.add(sum(1 for _ in opened.triples()))
    for thread in threads:
        thread.start()
    for number in range(7):
        rename(root, f"Name {number}")
        with open_snapshot(root, cache, say=ignore) as opened:
            versions.add(sum(1 for _ in opened.triples()))
    stop.set()
    for thread in threads:
        thread.join()
    assert seen
    assert set(seen) <= versions
    assert len(versions) == 8
    assert len(snapshots(cache)) <= 6


def test_opening_needs_no_reasoner(root: Root, cache: Path) -> None:
    """A question to a snapshot that is there loads nothing that only a build needs."""
    open_snapshot(root, cache, say=ignore).close()
    program = READER + "print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program, str(root.folder), str(cache)],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    slow = {
        "duckdb",
        "importlib.metadata",
        "owlrl",
        "platformdirs",
        "rdflib",
        "sqlite3",
    }
    assert "pyoxigraph" in loaded
    assert slow.isdisjoint(loaded)


# --- Bad places ---


def without_privileges() -> list[str]:
    """Make a command obey the permissions of files, also when root runs the tests."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root writes everywhere, and there is no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"]


def refused(process: subprocess.Popen[str]) -> str:
    """Wait for a process that says no in one line; the line."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out == ""
    last = err.splitlines()[-1]
    assert "Traceback" not in err
    assert last.startswith("StoreError: ")
    return last


@pytest.fixture
def read_only(cache: Path) -> Iterator[Callable[[], None]]:
    """Give a switch that makes the cache read-only for the rest of a test."""
    mode = 0o555

    def change(mode: int) -> None:
        for path in (cache, *cache.rglob("*")):
            if path.is_dir():
                path.chmod(mode)
            else:
                path.chmod(mode & 0o666)

    yield lambda: change(mode)
    change(0o755)


def test_read_only_cache_answers_what_it_has(
    root: Root, cache: Path, read_only: Callable[[], None]
) -> None:
    """A cache that cannot be written serves the snapshots that are in it."""
    opened = open_snapshot(root, cache, say=ignore)
    read_only()
    process = reader(root.folder, cache, *without_privileges())
    out, err = process.communicate(timeout=120)
    assert err == ""
    assert int(out) == sum(1 for _ in opened.triples())


def test_read_only_cache_cannot_be_built_in(
    root: Root, cache: Path, read_only: Callable[[], None]
) -> None:
    """Where nothing can be written, the message says where, why and what to set."""
    cache.mkdir()
    read_only()
    line = refused(reader(root.folder, cache, *without_privileges()))
    assert f"{cache}: the graph cannot be kept here: permission denied" in line
    assert "set WICGRAPH_CACHE to a folder" in line


@pytest.mark.parametrize("below", ["", "deeper", "deeper/still"])
def test_cache_that_is_a_file_is_refused(
    root: Root, tmp_path: Path, below: str
) -> None:
    """A file in the place of the cache is not overwritten."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"it is a file|not a directory"):
        open_snapshot(root, file / below, say=ignore)
    assert file.read_text(encoding="utf-8") == "mine"


def test_snapshots_that_are_a_file_are_refused(root: Root, cache: Path) -> None:
    """A file in the place of the snapshots is not overwritten either."""
    cache.mkdir()
    (cache / "snapshots").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="the graph cannot be kept here"):
        open_snapshot(root, cache, say=ignore)
    assert (cache / "snapshots").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("size", [0, 100, 20_000, 50_000])
def test_full_disk_is_told(root: Root, cache: Path, size: int) -> None:
    """When no more can be written, one line says so and no half of a graph is left."""
    limit = [sys.executable, "-c", LIMITED, str(size)]
    line = refused(reader(root.folder, cache, *limit))
    assert f"{cache}: the graph cannot be kept here: " in line
    assert "has room" in line
    assert snapshots(cache) == set()
    open_snapshot(root, cache, say=ignore).close()


LIMITED = """
import os, resource, sys
size, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
os.execvp(command[0], command)
"""


@pytest.mark.parametrize("size", ["16k", "64k", "200k"])
def test_disk_that_is_really_full_is_told(
    root: Root, tmp_path: Path, size: str
) -> None:
    """On a file system without room the message is the same, and names the reason."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        line = refused(reader(root.folder, disk / "cache"))
        assert "no space left on device" in line or "disk is full" in line
        assert snapshots(disk / "cache") == set()
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(disk)], check=True)


# --- Damage ---


def parts(folder: Path) -> list[Path]:
    """List the files of a snapshot."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("harm", ["gone", "empty", "half"])
def test_damaged_snapshot_is_made_again(root: Root, cache: Path, harm: str) -> None:
    """A file that is missing or too short is noticed, and the snapshot made anew."""
    with open_snapshot(root, cache, say=ignore) as opened:
        expected = set(opened.quads())
        folder = opened.folder
    kinds = {path.suffix or path.name: path.name for path in parts(folder)}
    assert {".json", ".sqlite", ".sst", "CURRENT", "lock"} <= set(kinds)
    for name in kinds.values():
        victim = next(path for path in parts(folder) if path.name == name)
        content = victim.read_bytes()
        if harm != "gone" and not content:
            continue
        if harm == "gone":
            victim.unlink()
        else:
            victim.write_bytes(content[: len(content) // 2 if harm == "half" else 0])
        said: list[Text] = []
        with open_snapshot(root, cache, say=said.append) as opened:
            assert len(said) == 1, name
            assert expected == set(opened.quads())
    assert snapshots(cache) == {folder.name}


def asked(snapshot: DiskSnapshot, expected: int) -> str:
    """Ask a snapshot that may be damaged; what came of it."""
    try:
        with snapshot.reading():
            assert expected == count(snapshot, ALL)
        snapshot.positions(next(snapshot.triples()))
    except StoreError:
        return "damaged"
    return "right"


def test_changed_bytes_never_end_in_a_traceback(root: Root, cache: Path) -> None:
    """Whatever byte is changed, the graph is right, or known to be damaged."""
    with open_snapshot(root, cache, say=ignore) as opened:
        expected = sum(1 for _ in opened.triples())
        folder = opened.folder
    outcomes = Counter[str]()
    for number, victim in enumerate(parts(folder)):
        content = victim.read_bytes()
        for place in range(number * 7, len(content), 1 + len(content) // 4):
            changed = bytes([content[place] ^ 255])
            victim.write_bytes(content[:place] + changed + content[place + 1 :])
            damaged = DiskSnapshot.opened(folder)
            if damaged is None:
                outcomes["not opened"] += 1
                continue
            outcomes[asked(damaged, expected)] += 1
        victim.write_bytes(content)
    assert outcomes["not opened"]
    assert outcomes["right"]


def test_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """WICGRAPH_CACHE names the cache; without it the system's place is taken."""
    monkeypatch.setenv("WICGRAPH_CACHE", "/somewhere/else")
    assert cache_folder() == Path("/somewhere/else")
    monkeypatch.delenv("WICGRAPH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/their/cache")
    assert cache_folder().name == "wicgraph"
