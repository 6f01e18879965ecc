"""The stored queries of the repository: each has expected rows, in a total order."""

import csv
import io
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wicgraph.asking.answer import ask, evaluate
from wicgraph.asking.parameters import arguments, bind
from wicgraph.asking.things import Things
from wicgraph.cli import app
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.store import open_snapshot

REPOSITORY = Path(__file__).parents[1]
ANSWERS = Path(__file__).parent / "answers"
CATALOGUE = load(Root(REPOSITORY))
QUERIES = CATALOGUE.queries()
NAMES = [query.name for query in QUERIES]
OF_SOURCES = {"credits", "source-facts", "sources"}


@pytest.fixture(scope="module")
def cache(graphs: Path) -> str:
    """Give the queries the cache of these tests."""
    return str(graphs)


def rows(cache: str, name: str, *arguments: str) -> str:
    """Ask a stored query on the command line; give its CSV with labels."""
    command = ["--root", str(REPOSITORY), "ask", name, *arguments, "--format", "csv"]
    result = CliRunner().invoke(app, command, env={"WICGRAPH_CACHE": cache})
    assert result.exit_code == 0, result.stderr
    return result.stdout


def example(name: str) -> list[str]:
    """Give a query that is about something the example of its header.

    Every question can be limited to one source; without that it is asked of all.
    """
    parameters = CATALOGUE.query(name).parameters
    about = [each for each in parameters if each.name != "source" or name in OF_SOURCES]
    return [f"{each.name}={each.example}" for each in about]


def test_there_are_questions_and_each_has_an_answer_file() -> None:
    """No question is without expected rows, and no rows without a question."""
    assert len(QUERIES) >= 30
    assert sorted(NAMES) == sorted(path.stem for path in ANSWERS.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_question_with_its_example_has_the_expected_rows(cache: str, name: str) -> None:
    """A question asked with the example of its header has the rows on file."""
    expected = (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")

    assert expected == rows(cache, name, *example(name))
    assert expected.count("\n") > 1  # an example that finds nothing shows nothing


@pytest.mark.parametrize("name", NAMES)
def test_question_without_arguments_has_each_row_once(cache: str, name: str) -> None:
    """A question that is asked without arguments has rows, no two of them the same."""
    found = list(csv.reader(io.StringIO(rows(cache, name, "--iris"))))

    assert len(found) > 1
    assert len(found) == len({tuple(row) for row in found})


@pytest.mark.parametrize("name", NAMES)
def test_question_has_the_same_rows_when_values_are_pasted(
    cache: str, name: str
) -> None:
    """A value written wherever its variable stands, as grlc does it, gives our rows."""
    snapshot = open_snapshot(Root(REPOSITORY), Path(cache), say=lambda _: None)
    query = CATALOGUE.query(name)
    given = arguments(query, example(name))
    values = bind(query, given, Things(snapshot, Root(REPOSITORY).prefixes()))
    pasted = query.source.sparql
    for variable, term in values.items():
        pasted = pasted.replace(f"?{variable}", str(term))
    ours = ask(snapshot, query, values)

    theirs = evaluate(snapshot, QueryText(name, pasted), {})

    assert ours.yes
    assert (ours.form, ours.columns) == (theirs.form, theirs.columns)
    assert [*ours.rows] == [*theirs.rows]


@pytest.mark.parametrize("name", NAMES)
def test_order_of_rows_leaves_no_ties(name: str) -> None:
    """The ORDER BY of a question names every column."""
    query = CATALOGUE.query(name)
    order = query.text.rpartition("ORDER BY")[2]
    sorted_by = set(re.findall(r"\?(\w+)", order))

    assert {column.name for column in query.columns} <= sorted_by
