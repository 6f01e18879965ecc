"""What sources say differently, and what the graph has of each edition."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wicgraph.asking.answer import ask, sparql
from wicgraph.asking.ledger import ledger, ledgers
from wicgraph.cli import app
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import DiskSnapshot, open_snapshot
from wicgraph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Root(Path(__file__).parents[1])
PREFIXES = REPOSITORY.prefixes()
QUERIES = load(REPOSITORY)
DATA = Path(__file__).parent / "data" / "ledger"
FOUND = sorted((DATA / "found").glob("*.csv"))
ALARMS = sorted((DATA / "alarms").glob("*.rq"))
SAYS = ("thing", "matter", "scope", "divergence", "value", "source")
COMPATIBLE = {"wic:OtherPrecision", "wic:OtherTime"}


@pytest.fixture(scope="module")
def snapshot(graphs: Path) -> Iterator[DiskSnapshot]:
    """Build the graph of this repository."""
    with open_snapshot(REPOSITORY, graphs, say=lambda _: None) as opened:
        yield opened


@pytest.fixture(scope="module")
def fairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskSnapshot]:
    """Build the graph of two fairs, on which two newspapers differ in every way."""
    folder = tmp_path_factory.mktemp("fairs")
    shutil.copytree(DATA / "world" / "facts", folder / "facts")
    shutil.copytree(Path(__file__).parents[1] / "ontology", folder / "ontology")
    with open_snapshot(Root(folder), folder / "cache", say=lambda _: None) as opened:
        yield opened


def rows(
    snapshot: DiskSnapshot, name: str, *, inference: bool = True
) -> list[dict[str, str]]:
    """Ask a stored query about everything; nodes are CURIEs."""
    answer = ask(snapshot, QUERIES.query(name), {}, inference=inference)
    return [
        {
            column: PREFIXES.shorten(term)
            if isinstance(term, NamedNode)
            else (term.value if term else "")
            for column, term in zip(answer.columns, row, strict=True)
        }
        for row in answer.rows
    ]


def statements(snapshot: DiskSnapshot) -> set[tuple[str, ...]]:
    """Ask what differs; leave out what only describes the sources."""
    found = rows(snapshot, "conflicts")
    return {tuple(row[column] for column in SAYS) for row in found}


def expected(path: Path) -> set[tuple[str, ...]]:
    """Read the statements of a case."""
    with path.open(encoding="utf-8", newline="") as file:
        return {tuple(row[column] for column in SAYS) for row in csv.DictReader(file)}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_conflict_is_found(path: Path, snapshot: DiskSnapshot) -> None:
    """A disagreement that a careful reader noticed has its statements side by side."""
    wanted = expected(path)

    assert len(wanted) > 1
    assert wanted <= statements(snapshot)


@pytest.mark.parametrize("path", ALARMS, ids=lambda path: path.stem)
def test_false_alarm_is_not_raised(path: Path, snapshot: DiskSnapshot) -> None:
    """What looks like a disagreement is in the graph, and is told as none."""
    answer = sparql(snapshot, path.read_text(encoding="utf-8"), PREFIXES)
    alarms = set(answer.rows)
    told = {
        (row["thing"], row["matter"], row["scope"])
        for row in rows(snapshot, "conflicts")
    }

    assert alarms
    for alarm in alarms:
        wanted = tuple(PREFIXES.shorten(term) for term in alarm)  # type: ignore[arg-type]
        assert wanted not in {each[: len(wanted)] for each in told}


def test_every_kind_of_difference_is_told_apart(fairs: DiskSnapshot) -> None:
    """Of two newspapers on two fairs, all that differs is found, and nothing else."""
    assert statements(fairs) == expected(DATA / "world" / "conflicts.csv")


def test_only_what_is_asserted_differs(snapshot: DiskSnapshot) -> None:
    """What sources say differently does not hang on what is inferred."""
    told = rows(snapshot, "conflicts", inference=False)

    assert told == rows(snapshot, "conflicts")


@pytest.mark.parametrize("world", ["snapshot", "fairs"])
@pytest.mark.parametrize("how", ["inferred", "asserted"])
def test_coverage_and_conflicts_agree(
    world: str, how: str, request: pytest.FixtureRequest
) -> None:
    """Coverage calls conflicting what differs by more than precision."""
    graph: DiskSnapshot = request.getfixturevalue(world)
    inference = how == "inferred"
    covered = rows(graph, "coverage", inference=inference)
    known = {(row["edition"], row["matter"], row["scope"]) for row in covered}
    differing = {
        (row["edition"], row["matter"], row["scope"])
        for row in covered
        if row["coverage"] == "wic:SourcesDiffer"
    }
    told = {
        (row["thing"], row["matter"], row["scope"])
        for row in rows(graph, "conflicts", inference=inference)
        if row["divergence"] not in COMPATIBLE
    }

    assert differing
    assert differing == told & known


def test_coverage_without_inference_has_what_is_stated_only(
    snapshot: DiskSnapshot,
) -> None:
    """Without inference nothing is inferred, and what is stated is stated still."""
    whole = rows(snapshot, "coverage")
    stated = rows(snapshot, "coverage", inference=False)

    def of(kind: str, told: list[dict[str, str]]) -> set[tuple[str, ...]]:
        return {
            (row["edition"], row["matter"], row["scope"])
            for row in told
            if row["coverage"] == kind
        }

    assert len(whole) == len(stated)
    assert of("wic:InferredOnly", whole)
    assert not of("wic:InferredOnly", stated)
    assert of("wic:StatedBySource", whole) == of("wic:StatedBySource", stated)
    assert of("wic:Silent", whole) < of("wic:Silent", stated)


def test_coverage_asks_for_every_property_that_an_edition_can_have(
    snapshot: DiskSnapshot,
) -> None:
    """The properties are those of the ontology, so that a new one is asked for too."""
    text = """SELECT DISTINCT ?property
        WHERE {
          GRAPH graph:ontology { ?property rdfs:domain ?domain }
          FILTER ( ?domain IN (wic:Edition, wic:Event, wic:Gathering) )
        }"""
    properties = {str(row[0]) for row in sparql(snapshot, text, PREFIXES).rows}
    covered = ask(snapshot, QUERIES.query("coverage"), {}).rows
    asked = {str(row[1]) for row in covered if row[2] is None}

    assert len(properties) > 20
    assert properties == asked


def test_ledger_has_the_rows_of_the_question(snapshot: DiskSnapshot) -> None:
    """The ledger of a thing is what the stored query says of it, matter by matter."""
    conflicts = QUERIES.query("conflicts")
    answer = ask(snapshot, conflicts, {})
    told = list(answer.rows)
    things = {row[0] for row in told}

    assert len(things) > 4
    for thing in things:
        assert isinstance(thing, NamedNode)
        matters = ledger(snapshot, conflicts, thing)
        flat = [
            (thing, matter.kind, matter.scope, matter.divergence, *astuple(entry)[:2])
            for matter in matters
            for entry in matter.entries
        ]
        assert flat == [row[:6] for row in told if row[0] == thing]
        assert all(len(matter.entries) > 1 for matter in matters)


def test_all_ledgers_at_once_are_those_of_each_thing(snapshot: DiskSnapshot) -> None:
    """Whoever shows many things asks once, and finds the same."""
    conflicts = QUERIES.query("conflicts")
    every = ledgers(snapshot, conflicts)

    assert every
    for thing, matters in every.items():
        assert isinstance(thing, NamedNode)
        assert ledger(snapshot, conflicts, thing) == matters


def test_thing_without_disagreement_has_no_ledger(snapshot: DiskSnapshot) -> None:
    """A thing of which sources say nothing different has nothing in its ledger."""
    thing = PREFIXES.expand("person:harry-shum")

    assert ledger(snapshot, QUERIES.query("conflicts"), thing) == ()


def test_another_question_of_that_name_makes_no_ledger(snapshot: DiskSnapshot) -> None:
    """A folder may keep a question of its own under the name `conflicts`."""
    thing = PREFIXES.expand("event:wic-2021")

    assert ledger(snapshot, QUERIES.query("figures"), thing) == ()


def show(snapshot: DiskSnapshot, *words: str) -> str:
    """Show the edition of 2021 on the command line."""
    cache = str(snapshot.folder.parents[1])
    command = ["--root", str(REPOSITORY.folder), "show", "event:wic-2021"]
    result = CliRunner().invoke(app, [*command, *words], env={"WICGRAPH_CACHE": cache})
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_show_has_the_ledger_for_people(snapshot: DiskSnapshot) -> None:
    """Whoever looks at a thing sees first on what its sources differ."""
    text = show(snapshot)
    chinese = show(snapshot, "--lang", "zh")
    markdown = show(snapshot, "--format", "md")

    assert text.index("What sources say differently") < text.index("source:2021-09-26")
    assert "organized by · perhaps only another name\n" in text
    assert "theme · different wording\n" in text
    assert "由…组织 · 或仅名称不同\n" in chinese
    assert "## What sources say differently\n" in markdown
    assert "### theme · different wording\n" in markdown


def test_show_has_the_ledger_for_programs(snapshot: DiskSnapshot) -> None:
    """JSON has each matter with its entries, null where a source prints nothing."""
    content = json.loads(show(snapshot, "--format", "json"))
    names = [each["matter"]["curie"] for each in content["ledger"]]
    first = content["ledger"][0]["entries"][0]

    assert names == ["wic:organizedBy", "wic:startDate", "wic:theme"]
    assert first["value"]["curie"] == "organization:cyberspace-administration-of-china"
    assert first["date"] is None
    assert first["publisher"]["label"] == "eng.chinamil.com.cn"
    assert first["reason"]["curie"].startswith("claim:2021-09-26-chinamil")
