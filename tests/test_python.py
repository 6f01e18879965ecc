"""The graph as a program has it: the page about it, tables, and what goes wrong."""

import doctest
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import wicgraph
from wicgraph.asking.past import day
from wicgraph.asking.why import Verdict
from wicgraph.errors import (
    AmbiguousName,
    PackageError,
    ParameterError,
    QueryError,
    RootError,
    UnknownName,
)
from wicgraph.language import Language
from wicgraph.store.disk import LOCK, DiskSnapshot
from wicgraph.store.locks import try_take
from wicgraph.store.snapshot import INFERRED
from wicgraph.terms import Literal, NamedNode

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = [
    example
    for block in re.findall(r"^```pycon\n((?s:.*?))^```", PAGE, re.MULTILINE)
    for example in doctest.DocTestParser().get_examples(block)
]
TABLES = sorted((Path(__file__).parent / "data" / "tables").glob("*.txt"))
HEAVY = {
    "duckdb",
    "numpy",
    "owlrl",
    "pandas",
    "polars",
    "pyoxigraph",
    "rdflib",
    "typer",
}


@pytest.fixture(scope="module", autouse=True)
def cache(graphs: Path) -> Iterator[Path]:
    """Keep to the cache of these tests, and find the data set that is shipped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(graphs))
        patch.chdir(REPOSITORY)
        yield graphs


@pytest.fixture(scope="module")
def graph() -> Iterator[wicgraph.Graph]:
    """Open the graph of this repository."""
    with wicgraph.open() as opened:
        yield opened


def test_page_shows_what_python_says() -> None:
    """Each example of the page gives what stands below it there."""
    examples = doctest.DocTest(EXAMPLES, {}, "docs/python.md", None, 0, PAGE)
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)

    assert result.attempted == PAGE.count(">>> ") > 0
    assert not result.failed, "".join(said)


def test_examples_are_typed(tmp_path: Path) -> None:
    """The examples of the page pass mypy as strictly as the program does."""
    program = tmp_path / "example.py"
    program.write_text("".join(each.source for each in EXAMPLES), encoding="utf-8")
    config = ["--config-file", "pyproject.toml", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *config, str(program)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.returncode) == (
        "Success: no issues found in 1 source file\n",
        0,
    )


def test_import_loads_nothing_heavy() -> None:
    """Who imports wicgraph pays for no more than it uses."""
    program = (
        f"import sys, wicgraph; wicgraph.Graph; print({HEAVY!r} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


def test_package_offers_what_it_lists() -> None:
    """All that the package lists is there, and nothing else is made up."""
    assert set(wicgraph.__all__) <= set(dir(wicgraph))
    assert all(getattr(wicgraph, name) for name in wicgraph.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Grpah'"):
        _ = wicgraph.Grpah  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_column_has_one_type(path: Path, graph: wicgraph.Graph) -> None:
    """A column is Python values of one type, and pandas has the type for it."""
    terms, values, dtype, _ = path.read_text(encoding="utf-8").splitlines()
    table = graph.sparql(f"SELECT ?x {{ VALUES ?x {{ {terms} }} }}")

    assert repr(table.values()["x"]) == values
    assert str(table.to_pandas().dtypes["x"]) == dtype
    assert len(table.to_pandas()) == len(table)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_polars_has_the_same_column(path: Path, graph: wicgraph.Graph) -> None:
    """Polars keeps the values as they are; `make polars` installs it."""
    pytest.importorskip("polars")
    terms, _, _, dtype = path.read_text(encoding="utf-8").splitlines()
    table = graph.sparql(f"SELECT ?x {{ VALUES ?x {{ {terms} }} }}")
    frame = table.to_polars()

    assert str(frame.schema["x"]) == dtype
    assert frame["x"].to_list() == table.values()["x"]


def test_table_without_rows_has_its_columns(graph: wicgraph.Graph) -> None:
    """An answer without rows is false, and still a data frame."""
    table = graph.sparql("SELECT ?x ?y { ?x wic:startDate ?y FILTER (false) }")

    assert (bool(table), len(table), list(table)) == (False, 0, [])
    assert list(table.to_pandas().columns) == ["x", "y"]


def test_things_are_labels_or_names(graph: wicgraph.Graph) -> None:
    """Things are shown by their labels, or by CURIEs where that is asked."""
    table = graph.ask("posts", person="Lu Wei")

    assert {row["person"] for row in table} == {"Lu Wei"}
    assert {row["person"] for row in table.records(iris=True)} == {"person:lu-wei"}


def test_ask_that_says_no_is_false(graph: wicgraph.Graph) -> None:
    """An ASK has one row, but is true only if it says yes."""
    no = graph.sparql("ASK { person:lu-wei a wic:Edition }")

    assert not no
    assert list(no) == [{"answer": False}]


@pytest.mark.parametrize(
    "edition",
    [2018, "fifth", NamedNode("https://w3id.org/wicgraph/event/wic-2018")],
    ids=["number", "words", "node"],
)
def test_parameter_is_given_as_python_has_it(
    edition: str | int | NamedNode, graph: wicgraph.Graph
) -> None:
    """A value may be a number, a text or a node that an answer had."""
    found = graph.ask("organizers", edition=edition)

    assert {str(row[0]) for row in found.rows} == {
        "<https://w3id.org/wicgraph/event/wic-2018>"
    }


def test_day_and_literal_are_values_too(graph: wicgraph.Graph) -> None:
    """A date is written as ISO does, a literal as its text."""
    on_date = graph.ask("posts-on-day", day=day("2014-11-18"))
    by_literal = graph.ask("posts-on-day", day=Literal("2014-11-18"))

    assert on_date.rows == by_literal.rows != ()


def test_every_value_has_a_text(graph: wicgraph.Graph) -> None:
    """What a program was answered can be written as the commands write it."""
    table = graph.ask("organizers", edition=2018)
    row = next(graph.evidence(table))

    assert graph.text(table, "csv").startswith("edition,agent,part,wording,source\n")
    assert graph.text(table).split()[:2] == ["edition", "who"]
    assert graph.text(graph.show("Lu Wei")).startswith("Lu Wei")
    why = graph.why("Eugene Kaspersky", "participatesIn", "event:wic-2018")
    assert graph.text(why).startswith("inferred: Eugene Kaspersky")
    assert "person:lu-wei" in graph.text(graph.path("Lu Wei", "Liu Liehong"), "json")
    assert "newsgd" in graph.text(graph.cite(row), "csljson")
    with pytest.raises(UnknownName):
        graph.text(table, "rtf")


def test_evidence_is_of_each_row(graph: wicgraph.Graph) -> None:
    """Each row of a table has its evidence, and can be cited by it."""
    table = graph.ask("organizers")
    evidence = tuple(graph.evidence(table))

    assert tuple(each.row for each in evidence) == table.rows
    assert all(graph.cite(each) for each in evidence)


def test_day_says_what_held() -> None:
    """Of a day, rows say whether they held, and their evidence is that of the day."""
    with wicgraph.open(as_of="2018-11-07") as past:
        table = past.ask("posts", person="Lu Wei")

        assert {row["standing"] for row in table} == {"unknown"}
        assert len(table.described) == len(table.columns)
        assert all(each.backed for each in past.evidence(table))


def test_only_what_is_stated() -> None:
    """Without inference, what follows does not hold."""
    triple = ("Eugene Kaspersky", "participatesIn", "event:wic-2018")
    with wicgraph.open(inference=False) as stated:
        assert stated.why(*triple).verdict is Verdict.NOT_STATED
        assert INFERRED.value not in "".join(stated.export("nquads"))


def test_chinese_is_asked_for() -> None:
    """Labels and messages are in the language that was asked for."""
    with wicgraph.open(lang="zh") as graph:
        assert graph.language is Language.ZH
        assert {row["person"] for row in graph.ask("posts", person="鲁炜")} == {"鲁炜"}


def test_closed_graph_holds_no_snapshot(world: Path) -> None:
    """Once a graph is closed, its snapshot may be removed."""
    with wicgraph.open(world) as graph:
        assert isinstance(graph.snapshot, DiskSnapshot)
        lock = graph.snapshot.folder / LOCK
        assert try_take(lock) is None
    taken = try_take(lock)

    assert taken is not None
    taken.close()


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_missing_package_is_named(
    package: str, graph: wicgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who wants a data frame without the package is told how to add it."""
    monkeypatch.setitem(sys.modules, package, None)
    table = graph.ask("organizers", edition=2018)
    with pytest.raises(PackageError) as caught:
        getattr(table, f"to_{package}")()

    assert caught.value.text.en == (
        f"{package} is not installed; add it with: pip install {package}"
    )
    assert (
        caught.value.text.zh == f"未安装 {package}；请运行 pip install {package} 安装"
    )


def test_broken_package_is_not_called_missing(
    graph: wicgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that lacks one of its own is not said to be missing itself."""
    monkeypatch.setitem(sys.modules, "pytz", None)

    def lacking(_: str) -> None:
        importlib.__import__("pytz")

    monkeypatch.setattr("wicgraph.asking.table.import_module", lacking)
    with pytest.raises(ModuleNotFoundError, match="pytz"):
        graph.ask("organizers", edition=2018).to_pandas()


def test_what_cannot_be_opened_is_told_at_once(tmp_path: Path) -> None:
    """A folder that is none, an unknown language and no day are refused."""
    with pytest.raises(RootError):
        wicgraph.open(tmp_path)
    with pytest.raises(UnknownName):
        wicgraph.open(lang="fr")
    with pytest.raises(ParameterError):
        wicgraph.open(as_of="2014")


def test_what_cannot_be_asked_is_told(graph: wicgraph.Graph) -> None:
    """Every mistake of an asker is a WicgraphError of its own kind."""
    with pytest.raises(UnknownName):
        graph.ask("organisers")
    with pytest.raises(UnknownName):
        graph.ask("organizers", year=2018)
    with pytest.raises(QueryError):
        graph.sparql("SELECT ?x {")
    with pytest.raises(UnknownName):
        graph.export("rtf")
    with pytest.raises((UnknownName, AmbiguousName)):
        graph.show("nobody of this name")
