"""The graph as it stood on a day: each case is a command and what it prints."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wicgraph.cli import app
from wicgraph.reading.timeline import AsOf
from wicgraph.store import open_snapshot

if TYPE_CHECKING:
    from typer.testing import Result

    from wicgraph.language import Text
    from wicgraph.root import Root

REPOSITORY = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "data" / "past").glob("*.txt"))

pytestmark = pytest.mark.usefixtures("files_are_read_once")


@dataclass(frozen=True)
class Program:
    """The command line on the graph of the repository."""

    cache: Path

    def __call__(self, *words: str) -> Result:
        """Run a command."""
        environment = {"WICGRAPH_CACHE": str(self.cache)}
        command = ["--root", str(REPOSITORY), *words]
        return CliRunner(env=environment).invoke(app, command, prog_name="wicgraph")


@pytest.fixture(scope="module")
def run(graphs: Path) -> Program:
    """Give the commands the cache of these tests."""
    return Program(graphs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_past_is_answered_as_the_case_says(case: Path, run: Program) -> None:
    """A command that a file begins with prints what comes after it."""
    command, _, expected = case.read_text(encoding="utf-8").partition("\n")
    words = shlex.split(command.removeprefix("$ wicgraph "))

    assert run(*words).stdout == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2014-11", '"2014-11" is a month; write a day, such as 2014-11-19'),
        ("2014", '"2014" is a year; write a day, such as 2014-11-19'),
        ("2014-02-30", '"2014-02-30" is not a valid date; write a day, such as'),
        ("0000-01-01", '"0000-01-01" is not a valid date; write a day, such as'),
        ("19/11/2014", '"19/11/2014" is not a valid date; write a day, such as'),
        ("", '"" is not a valid date; write a day, such as 2014-11-19'),
    ],
)
def test_what_is_no_day_is_refused(run: Program, text: str, reason: str) -> None:
    """A month is no day: what held on one of its days may not have on another."""
    result = run("ask", "posts", "--as-of", text)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: --as-of: day: {reason}")


def test_nobody_knows_is_no_yes(run: Program) -> None:
    """A question that is answered with unknown ends with 1, as one with no does."""
    asked = "ASK { person:lu-wei wic:holdsPost ?post }"
    codes = {
        day: run("sparql", asked, "--as-of", day).exit_code
        for day in ("2014-11-18", "2018-11-07")
    }

    assert codes == {"2014-11-18": 0, "2018-11-07": 1}


def test_why_says_that_nobody_knows(run: Program) -> None:
    """A proof from what may have held says so, and is no yes."""
    words = ("Lu Wei", "affiliatedWith", "State Internet Information Office")
    then = run("why", *words, "--as-of", "2014-11-18")
    later = run("why", *words, "--as-of", "2018-11-07")

    assert (then.exit_code, later.exit_code) == (0, 1)
    assert then.stdout == later.stdout
    assert later.stderr.endswith("whether it held on 2018-11-07 is unknown\n")


def test_path_says_that_nobody_knows(run: Program) -> None:
    """A path of which a step may not have held says so, and is no yes."""
    words = ("Lu Wei", "State Internet Information Office")
    then = run("path", *words, "--as-of", "2014-11-18")
    later = run("path", *words, "--as-of", "2018-11-07")

    assert (then.exit_code, later.exit_code) == (0, 1)
    assert then.stdout == later.stdout
    assert "unknown" not in then.stderr
    assert later.stderr.endswith("whether path 1 held on 2018-11-07 is unknown\n")


def test_json_marks_what_has_a_time(run: Program) -> None:
    """Each tenure and each part in an event has its standing, and nothing else has."""
    shown = run("show", "person:ge-huijun", "--format", "json", "--as-of", "2018-11-07")
    blocks = json.loads(shown.stdout)["sections"][0]["blocks"]
    marked = {
        kind["curie"]: block.get("standing")
        for block in blocks
        for kind in block["classes"]
    }

    assert marked == {
        "wic:Attendance": "held",
        "wic:Claim": None,
        "wic:Name": None,
        "wic:Tenure": "unknown",
    }


def test_days_do_not_drive_out_the_graph_of_today(root: Root, tmp_path: Path) -> None:
    """However many days are asked for, the graph as its files are stays built."""
    said: list[Text] = []
    with open_snapshot(root, tmp_path, say=said.append) as today:
        folder = today.folder
    for number in range(1, 15):
        day = AsOf.possibly(date(2016, 1, number))
        open_snapshot(root, tmp_path, say=said.append, as_of=day).close()

    assert folder.is_dir()
    assert len(said) == 15
    assert len(list((tmp_path / "past").glob("?" * 64))) == 12
