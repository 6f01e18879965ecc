"""What people ask, asked of the graph and compared with the exact answer.

A question is two files. `ID.rq` begins with the question as a comment; then comes
SPARQL, or the line `# ask: NAME parameter=value` that names a stored query. `ID.csv`
has the rows in their order, things by their labels; `# lang: zh` makes those Chinese.
"""

from __future__ import annotations

import csv
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.asking import parameters
from wicgraph.asking.answer import ask, sparql
from wicgraph.asking.things import Things
from wicgraph.language import Language
from wicgraph.publishing.rows import cells
from wicgraph.queries import catalogue
from wicgraph.root import Root
from wicgraph.store import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "questions"
IDS = (FOLDER / "ids.txt").read_text(encoding="utf-8").split()
ROOT = Root.find(Path(__file__).parents[1], FOLDER)
_NOTE = re.compile(r"^# (?P<name>ask|lang): (?P<value>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question as its file has it."""

    path: Path
    text: str

    @property
    def notes(self) -> dict[str, str]:
        """Read the lines `# ask: …` and `# lang: …`."""
        return {match["name"]: match["value"] for match in _NOTE.finditer(self.text)}

    @property
    def query(self) -> str:
        """Return the SPARQL without the comments; empty if a stored query answers."""
        lines = self.text.splitlines()
        return "\n".join(line for line in lines if not line.startswith("#")).strip()


def read(name: str) -> Question:
    """Read the question of an ID."""
    path = FOLDER / f"{name}.rq"
    return Question(path, path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def snapshot(graphs: Path) -> Iterator[Snapshot]:
    """Build the graph of this repository, inferred facts included."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as opened:
        yield opened


def answer(question: Question, snapshot: Snapshot) -> list[list[str]]:
    """Ask a question; the first row has the names of the columns."""
    language = Language(question.notes.get("lang", "en"))
    things = Things(snapshot, ROOT.prefixes(), language)
    if "ask" in question.notes:
        name, *words = shlex.split(question.notes["ask"])
        stored = catalogue.load(ROOT).query(name)
        given = parameters.arguments(stored, words)
        found = ask(snapshot, stored, parameters.bind(stored, given, things))
        headings = [column.name for column in stored.columns]
    else:
        where = question.path.name
        found = sparql(snapshot, question.text, things.prefixes, where=where)
        headings = list(found.columns)
    return [headings, *map(list, cells(found, things))]


def test_every_question_has_its_files() -> None:
    """No question of the list is lost, and no file stands outside it."""
    assert sorted(set(IDS)) == IDS
    for suffix in (".rq", ".csv"):
        assert sorted(path.stem for path in FOLDER.glob(f"*{suffix}")) == IDS


@pytest.mark.parametrize("name", IDS)
def test_file_asks_one_question(name: str) -> None:
    """A file begins with its question, and names a query or is one with an order."""
    question = read(name)
    assert re.match(r"# \S.*[?？]", question.text)
    assert ("ask" in question.notes) != ("ORDER BY" in question.query)


@pytest.mark.parametrize("name", IDS)
def test_graph_gives_the_exact_answer(name: str, snapshot: Snapshot) -> None:
    """The rows are those that the documents bear out: no more, no fewer, in order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert answer(read(name), snapshot) == expected
