"""What is exported: the same graph to every reader, the same bytes on every machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from wicgraph.errors import UnknownName, UsageError
from wicgraph.graph import Graph
from wicgraph.publishing.data_set import DataSet
from wicgraph.publishing.dumps import canonical, dump
from wicgraph.publishing.exports import Exports, Order
from wicgraph.publishing.formats import (
    EXPORT_FORMATS,
    FILE_FORMATS,
    FOLDER_FORMATS,
    GRAPH_FORMATS,
)
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wicgraph.asking.things import Things

REPOSITORY = Path(__file__).parents[1]
DATA = REPOSITORY / "tests" / "data"
ABOUT = Path("facts") / "reference" / "about.ttl"
WITHOUT_GRAPHS = ("turtle", "ntriples", "rdfxml")
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
RDFLIB = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


# --- Read back ---


def by_oxigraph(text: str, form: str) -> set[Quad]:
    """Read a dump as Oxigraph does."""
    return set(parse(text, format=OXIGRAPH[form]))


def by_rdflib(text: str, form: str) -> set[Quad]:
    """Read a dump as rdflib does, and hand it over in N-Quads."""
    read = rdflib.Dataset().parse(data=text, format=RDFLIB.get(form, form))
    lines = read.serialize(format="nquads")
    return set(parse(lines, format=RdfFormat.N_QUADS))


def same(quads: Iterable[Quad], form: str) -> set[Quad]:
    """Say a graph as a format can, with labels that depend on its shape only."""
    if form in WITHOUT_GRAPHS:
        quads = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    return canonical(quads)


@pytest.fixture
def _lexical_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from writing numbers and days anew."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.usefixtures("_lexical_forms")
@pytest.mark.parametrize("form", GRAPH_FORMATS)
@pytest.mark.parametrize("read", [by_oxigraph, by_rdflib])
def test_small_graph_is_read_back(
    read: Callable[[str, str], set[Quad]], form: str, things: Things
) -> None:
    """Both readers find the graph that was written, blank nodes and graphs too."""
    quads = set(things.snapshot.quads())
    text = "".join(dump(canonical(quads), form, things.prefixes))

    assert same(read(text, form), form) == same(quads, form)


@pytest.fixture(scope="module")
def real(graphs: Path) -> set[Quad]:
    """Take the graph of this repository."""
    with open_snapshot(Root(REPOSITORY), graphs, say=lambda _: None) as opened:
        return canonical(opened.quads())


@pytest.fixture(scope="module")
def real_merged(real: set[Quad]) -> set[Quad]:
    """Take it as one graph."""
    return same(real, "turtle")


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_real_graph_is_read_back(
    form: str, real: set[Quad], real_merged: set[Quad]
) -> None:
    """Tens of thousands of triples are read back as they were."""
    text = "".join(dump(real, form, Root(REPOSITORY).prefixes()))
    expected = real_merged if form in WITHOUT_GRAPHS else real

    assert same(by_oxigraph(text, form), form) == expected


# --- The same everywhere ---

WRITE_ALL = """
import hashlib, json, sys
from pathlib import Path
import wicgraph
from wicgraph.publishing.formats import EXPORT_FORMATS

graph, place, found = wicgraph.open(sys.argv[1]), Path(sys.argv[2]), {}
for form in EXPORT_FORMATS:
    graph.save(place / form, form)
    files = [place / form, *sorted((place / form).rglob("*"))]
    found[form] = {
        str(file.relative_to(place)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file()
    }
print(json.dumps(found))
"""


def laid_out(world: Path, folder: Path, *, backwards: bool) -> Path:
    """Lay the small world out, its files made in one order or the other."""
    given = (
        (world, "."),
        (DATA / "connected", "."),
        (DATA / "exports", "."),
        (REPOSITORY / "queries" / "views", "queries/views"),
    )
    files = [
        (file, folder / to / file.relative_to(source))
        for source, to in given
        for file in sorted(source.rglob("*"))
        if file.is_file()
    ]
    files.append((REPOSITORY / ABOUT, folder / ABOUT))
    for file, place in reversed(files) if backwards else files:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    return folder


@pytest.fixture(scope="module")
def small(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take a small world that has tables, views and a description."""
    return laid_out(world, tmp_path_factory.mktemp("one") / "root", backwards=False)


@pytest.fixture(scope="module")
def written(
    world: Path, small: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, dict[str, str]]]:
    """Write every format on two machines that have little in common."""
    other = laid_out(world, tmp_path_factory.mktemp("two") / "root", backwards=True)
    machines = (
        (small, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        (other, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
    )
    working = []
    for root, machine in machines:
        cache = {"WICGRAPH_CACHE": str(root.parent / "cache")}
        command = [sys.executable, "-c", WRITE_ALL, str(root), str(root.parent)]
        environment = {**os.environ, **machine, **cache}
        working.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        )
    return [json.loads(each.communicate()[0]) for each in working]


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_export_is_the_same_on_another_machine(
    form: str, written: list[dict[str, dict[str, str]]]
) -> None:
    """Neither hashing, time zone, locale nor the order of files changes a byte."""
    first, second = written
    assert first[form]
    assert first[form] == second[form]


def test_crate_has_the_file_that_the_hash_is_of(
    small: Path, written: list[dict[str, dict[str, str]]]
) -> None:
    """Who has the deposit computes the hash of the data with any program."""
    cache = small.parent / "cache"
    with open_snapshot(Root(small), cache, say=lambda _: None) as snapshot:
        digest = DataSet.of(snapshot).digest

    assert written[0]["rocrate"]["rocrate/wicgraph-asserted.nq"] == digest


# --- Whole or not at all ---

FILL = """
import resource, signal, sys
from pathlib import Path
import wicgraph
from wicgraph.publishing.formats import EXPORT_FORMATS, FOLDER_FORMATS

graph, place = wicgraph.open(sys.argv[1]), Path(sys.argv[2])
graph.snapshot
resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
for form in EXPORT_FORMATS:
    if form not in FOLDER_FORMATS:
        (place / form).write_text("mine")
    try:
        graph.save(place / form, form)
    except wicgraph.WicgraphError as error:
        print(form, error.exit_code, error.text.en)
"""


def test_no_format_is_half_written(small: Path, tmp_path: Path) -> None:
    """On a full disk each says so in one message, and what was there stays."""
    done = subprocess.run(
        [sys.executable, "-c", FILL, small, tmp_path],
        env={**os.environ, "WICGRAPH_CACHE": str(small.parent / "cache")},
        check=True,
        capture_output=True,
        text=True,
    )
    told = [line.split(" ", 2) for line in done.stdout.splitlines()]
    left = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}

    assert [form for form, *_ in told] == list(EXPORT_FORMATS)
    assert {code for _, code, _ in told} == {"2"}
    assert [why for *_, why in told if "cannot be written: " not in why] == []
    assert left == dict.fromkeys(set(EXPORT_FORMATS) - set(FOLDER_FORMATS), "mine")


# --- From Python ---


@pytest.mark.parametrize("form", FILE_FORMATS)
def test_files_are_no_text(form: str, root: Root, things: Things) -> None:
    """A program is told to write them somewhere."""
    with pytest.raises(UsageError, match=f"{form} is no text"):
        Exports(root, things, inference=True, say=print).text(Order(form))


def test_wrong_order_is_refused_at_once(tmp_path: Path) -> None:
    """Before a graph is built, or even there, a format that is none is."""
    nowhere = Graph(tmp_path)
    orders: tuple[tuple[str, dict[str, str]], ...] = (
        ("rtf", {}),
        ("void", {"thing": "x"}),
        ("trig", {"frame": "person"}),
    )
    for form, options in orders:
        with pytest.raises((UnknownName, UsageError)):
            nowhere.export(form, **options)
        with pytest.raises((UnknownName, UsageError)):
            nowhere.save(tmp_path / form, form, **options)
