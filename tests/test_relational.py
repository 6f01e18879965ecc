"""The graph as tables, read by the programs that such files are for."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from csvw import CSVW
from typer.testing import CliRunner

from wicgraph.cli import app
from wicgraph.errors import OutputError
from wicgraph.language import Language
from wicgraph.publishing.files import write_folder
from wicgraph.publishing.relational.csvw import csvw, lines
from wicgraph.publishing.relational.design import TABLES
from wicgraph.publishing.relational.facts import Facts
from wicgraph.publishing.relational.parquet import parquet
from wicgraph.publishing.relational.sqlite import datasette, sqlite
from wicgraph.publishing.relational.table import Filled, Kind, Table, filled
from wicgraph.root import Root
from wicgraph.store import Snapshot, open_snapshot
from wicgraph.terms import RDF_TYPE, WIC, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Prefixes, Term

REPOSITORY = Path(__file__).parents[1]
LICENCE = "https://example.org/licence"
NAMES = [table.name for table in TABLES]
PAGE = (REPOSITORY / "docs" / "tables.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^```sql\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Open the graph of this repository."""
    with open_snapshot(Root(REPOSITORY), graphs, say=lambda _: None) as opened:
        yield opened


@pytest.fixture(scope="module")
def quads(graph: Snapshot) -> tuple[Quad, ...]:
    """Take all that it says."""
    return tuple(graph.quads())


@pytest.fixture(scope="module")
def tables(quads: tuple[Quad, ...]) -> tuple[Filled, ...]:
    """Fill its tables."""
    return filled(TABLES, Facts(quads, Root(REPOSITORY).prefixes()))


@pytest.fixture(scope="module")
def folder(
    tables: tuple[Filled, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Write its tables as CSV and as Parquet, and as a database."""
    place = tmp_path_factory.mktemp("tables")
    write_folder(place / "csvw", csvw(tables, LICENCE, Language.EN), "csvw")
    write_folder(place / "parquet", parquet(tables, LICENCE, Language.EN), "parquet")
    (place / "wicgraph.db").write_bytes(sqlite(tables))
    described = datasette(TABLES, "wicgraph", LICENCE, Language.EN)
    (place / "metadata.json").write_text(described, encoding="utf-8")
    return place


def rows(tables: tuple[Filled, ...], name: str) -> list[dict[str, object]]:
    """Take the rows of a table with the names of its columns."""
    found = next(each for each in tables if each.table.name == name)
    names = [column.name for column in found.table.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows]


class Watched(Facts):
    """Facts that remember which classes and properties somebody looked up."""

    def __init__(self, quads: Iterable[Quad], prefixes: Prefixes) -> None:
        super().__init__(quads, prefixes)
        self.seen: set[NamedNode] = set()

    def members(self, name: str) -> tuple[NamedNode, ...]:
        """Note the class."""
        self.seen.add(NamedNode(WIC + name))
        return super().members(name)

    def objects(self, node: NamedNode, property_: NamedNode) -> tuple[Term, ...]:
        """Note the property."""
        self.seen.add(property_)
        return super().objects(node, property_)

    def only(
        self, node: NamedNode, property_: NamedNode, graph: NamedNode | None = None
    ) -> Term | None:
        """Note the property."""
        self.seen.add(property_)
        return super().only(node, property_, graph)

    def properties(
        self, node: NamedNode, property_: NamedNode
    ) -> tuple[NamedNode, ...]:
        """Note the property."""
        self.seen.add(property_)
        return super().properties(node, property_)


@pytest.fixture(scope="module")
def watched(quads: tuple[Quad, ...]) -> Watched:
    """Watch who looks up what."""
    return Watched(quads, Root(REPOSITORY).prefixes())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_says_what_it_is_read_from(table: Table, watched: Watched) -> None:
    """The terms that a table declares are those that its rows are read from."""
    watched.seen.clear()
    rows = tuple(table.read(watched))

    assert rows
    assert watched.seen == set(table.reads)


def test_every_thing_of_the_classes_has_a_row(
    tables: tuple[Filled, ...], graph: Snapshot
) -> None:
    """People, organizations, editions, claims … are as many as SPARQL counts."""
    for name, kind in (
        ("people", "Person"),
        ("organizations", "Organization"),
        ("editions", "Edition"),
        ("roles", "Involvement"),
        ("figures", "Figure"),
        ("claims", "Claim"),
        ("sources", "Source"),
    ):
        found = {row["iri"] for row in rows(tables, name)}
        typed = graph.triples(predicate=RDF_TYPE, value=NamedNode(WIC + kind))
        assert {triple.subject for triple in typed} == {
            NamedNode(str(i)) for i in found
        }


def test_no_table_is_empty(tables: tuple[Filled, ...]) -> None:
    """A table that never has a row would be a mistake of its declaration."""
    assert [each.table.name for each in tables if not each.rows] == []


def test_an_edition_has_the_days_on_which_sources_agree(
    tables: tuple[Filled, ...],
) -> None:
    """One source says a day, one its month and one its year: it is the day."""
    first = rows(tables, "editions")[0]
    assert first["id"] == "event:wic-2014"
    assert (first["starts_first"], first["starts_last"]) == (date(2014, 11, 19),) * 2
    said = [r for r in rows(tables, "event_reports") if r["event"] == "event:wic-2014"]
    assert sorted(str(row["start"]) for row in said) == [
        "2014",
        "2014-11",
        "2014-11-19",
    ]


def test_a_year_is_as_wide_as_it_is(tables: tuple[Filled, ...]) -> None:
    """What is known to the year is no day, but the span of its days."""
    by_name = {row["id"]: row for row in rows(tables, "editions")}
    edition = by_name["event:wic-2020"]
    assert edition["starts_first"] == date(2020, 1, 1)
    assert edition["starts_last"] == date(2020, 12, 31)


def test_a_role_says_which_part_and_whether_it_happened(
    tables: tuple[Filled, ...],
) -> None:
    """The two links of a role are two columns."""
    parts = {(row["part"], row["standing"]) for row in rows(tables, "roles")}
    assert ("wic:speaker", "wic:reportedAt") in parts
    assert ("wic:participant", "wic:invitedFor") in parts


def test_without_inference_nothing_is_lost_but_relations(
    graph: Snapshot, tables: tuple[Filled, ...]
) -> None:
    """What rules infer is in one table, so that nobody takes it for a statement."""
    asserted = graph.quads(inference=False)
    found = filled(TABLES, Facts(asserted, Root(REPOSITORY).prefixes()))
    assert [e.table.name for e in found if not e.rows] == ["relations"]
    kept = [each for each in tables if each.table.name != "relations"]
    assert [e for e in found if e.rows] == kept


def test_the_order_of_quads_does_not_matter(
    quads: tuple[Quad, ...], tables: tuple[Filled, ...]
) -> None:
    """The same graph gives the same bytes in every format."""
    again = filled(TABLES, Facts(reversed(quads), Root(REPOSITORY).prefixes()))
    assert sqlite(again) == sqlite(tables)
    for write in (csvw, parquet):
        theirs = write(again, LICENCE, Language.EN)
        ours = write(tables, LICENCE, Language.EN)
        assert [(name, b"".join(parts)) for name, parts in theirs] == [
            (name, b"".join(parts)) for name, parts in ours
        ]


def test_csvw_is_valid(folder: Path) -> None:
    """A validator of CSV on the Web finds datatypes, keys and references right."""
    found = CSVW(str(folder / "csvw" / "csv-metadata.json"), validate=True)
    assert [str(warning.message) for warning in found.warnings] == []
    assert found.is_valid


def test_csvw_states_nothing_that_the_graph_does_not(
    folder: Path, quads: tuple[Quad, ...]
) -> None:
    """Each cell that becomes a triple, by aboutUrl and propertyUrl, is one."""
    described = json.loads((folder / "csvw" / "csv-metadata.json").read_bytes())
    said = {
        (str(quad.subject.value), quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
    }
    stated = set()
    for table in described["tables"]:
        columns = [c for c in table["tableSchema"]["columns"] if "propertyUrl" in c]
        if "aboutUrl" in table["tableSchema"]:
            with (folder / "csvw" / table["url"]).open(
                encoding="utf-8", newline=""
            ) as f:
                stated |= {
                    (row["iri"], column["propertyUrl"], row[column["name"]])
                    for row in csv.DictReader(f)
                    for column in columns
                    if row[column["name"]]
                }
    assert len(stated) > 1000
    assert stated <= said


@pytest.mark.parametrize("name", NAMES)
def test_formats_hold_the_same_rows(
    name: str, folder: Path, tables: tuple[Filled, ...]
) -> None:
    """A table has the same rows in CSV, in SQLite and in Parquet."""
    expected = next(each for each in tables if each.table.name == name)
    texts = [tuple("" if c is None else str(c) for c in row) for row in expected.rows]
    with (folder / "csvw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == texts
    with closing(sqlite3.connect(folder / "wicgraph.db")) as database:
        held = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
    assert [tuple("" if c is None else str(c) for c in row) for row in held] == texts
    file_name = str(folder / "parquet" / f"{name}.parquet")
    assert duckdb.read_parquet(file_name).fetchall() == list(expected.rows)


@pytest.mark.parametrize("name", NAMES)
def test_parquet_has_types(name: str, folder: Path) -> None:
    """Days are dates and numbers are numbers for whoever loads the file."""
    table = next(table for table in TABLES if table.name == name)
    types = {Kind.NUMBER: "BIGINT", Kind.DAY: "DATE"}
    loaded = duckdb.read_parquet(str(folder / "parquet" / f"{name}.parquet"))
    assert dict(zip(loaded.columns, map(str, loaded.types), strict=True)) == {
        column.name: types.get(column.kind, "VARCHAR") for column in table.columns
    }


def test_parquet_describes_itself(folder: Path) -> None:
    """The metadata of a file hold its CSVW description."""
    name = str(folder / "parquet" / "editions.parquet")
    query = (
        "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'csvw'"
    )
    found = duckdb.execute(query, [name]).fetchone()
    assert found
    assert json.loads(found[0])["tables"][0]["url"] == "editions.csv"


def test_tables_have_the_licence_of_the_data(folder: Path) -> None:
    """Both descriptions name the licence that the data set gives itself, if any."""
    described = json.loads((folder / "csvw" / "csv-metadata.json").read_bytes())
    shown = json.loads(datasette(TABLES, "wicgraph", LICENCE, Language.EN))

    assert described["dc:license"] == {"@id": LICENCE}
    assert shown["license_url"] == LICENCE
    assert "license" not in datasette(TABLES, "wicgraph", "", Language.EN)


def test_sqlite_is_whole(folder: Path) -> None:
    """No reference of the database leads nowhere, and its names can be searched."""
    with closing(sqlite3.connect(folder / "wicgraph.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        search = (
            "SELECT label FROM labels_search WHERE labels_search MATCH '互联网大会'"
        )
        assert ("世界互联网大会",) in database.execute(search).fetchall()
        views = (
            "SELECT count(*) FROM quotes UNION ALL SELECT count(*) FROM parts_in_events"
        )
        assert all(count for (count,) in database.execute(views))


def test_the_page_has_examples() -> None:
    """Each query of the page stands before what it gives."""
    assert len(EXAMPLES) == PAGE.count("```sql") >= 3


@pytest.mark.parametrize(("query", "shown"), EXAMPLES)
def test_a_query_of_the_page_gives_what_it_shows(
    query: str, shown: str, folder: Path
) -> None:
    """A query of docs/tables.md gives the rows below it, of SQLite's list mode."""
    with closing(sqlite3.connect(folder / "wicgraph.db")) as database:
        found = database.execute(query).fetchall()
    lines_ = ["|".join("" if c is None else str(c) for c in row) for row in found]
    assert "".join(f"{line}\n" for line in lines_) == shown


def test_the_page_names_every_table() -> None:
    """The page lists all tables, in their order."""
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == NAMES


def test_datasette_opens_the_database(folder: Path, tables: tuple[Filled, ...]) -> None:
    """Datasette serves its tables with their titles, and searches the labels."""

    def get(path: str) -> str:
        command = [sys.executable, "-m", "datasette", str(folder / "wicgraph.db")]
        command += ["--metadata", str(folder / "metadata.json"), "--get", path]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    shown = json.loads(get("/wicgraph/editions.json?_shape=array"))
    expected = [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
        for row in rows(tables, "editions")
    ]
    assert [{k: v for k, v in row.items() if k != "rowid"} for row in shown] == expected
    assert "Editions of the conference" in get("/wicgraph/editions")
    found = json.loads(
        get("/wicgraph/labels.json?_search=Eugene+Kaspersky&_shape=array")
    )
    assert {row["thing"] for row in found} == {"person:eugene-kaspersky"}


def test_a_cell_holds_one_value(quads: tuple[Quad, ...]) -> None:
    """Two values where a cell holds one are refused, not chosen from."""
    claim = NamedNode(
        "https://w3id.org/wicgraph/claim/2014-11-18-sh28-all-can-gather-consensus"
    )
    found = next(
        q
        for q in quads
        if q.subject == claim and q.predicate == NamedNode(WIC + "rank")
    )
    other = Quad(
        claim, found.predicate, NamedNode(WIC + "DeprecatedRank"), found.graph_name
    )
    with pytest.raises(OutputError, match=r"has 2 values of wic:rank") as refused:
        filled(TABLES, Facts([*quads, other], Root(REPOSITORY).prefixes()))
    assert "有 2 个 wic:rank 值" in refused.value.text.zh


def test_a_reference_leads_somewhere(quads: tuple[Quad, ...]) -> None:
    """A key that another table does not have is refused."""
    person = NamedNode("https://w3id.org/wicgraph/person/lu-wei")
    left = [q for q in quads if (q.subject, q.predicate) != (person, RDF_TYPE)]
    with pytest.raises(OutputError, match=r"person:lu-wei, which .* have: nothing"):
        filled(TABLES, Facts(left, Root(REPOSITORY).prefixes()))


def test_a_row_has_what_each_row_has(quads: tuple[Quad, ...]) -> None:
    """A row without what its table requires is refused."""
    holder = NamedNode(WIC + "holder")
    left = [quad for quad in quads if quad.predicate != holder]
    with pytest.raises(OutputError, match=r"has no person, which .* has; state it"):
        filled(TABLES, Facts(left, Root(REPOSITORY).prefixes()))


def test_csv_tells_an_empty_text_from_none() -> None:
    """An empty text is in quotes, and what is missing is not."""
    table = TABLES[0]
    row = ("", None, 'say "a,\n"', *[None] * (len(table.columns) - 3))
    written = "".join(lines(Filled(table, (row,))))
    assert written.split("\r\n")[1].startswith('"",,"say ""a,\n"""')


def test_every_title_is_in_both_languages() -> None:
    """Tables and columns have titles in English and Chinese."""
    titles = [table.title for table in TABLES]
    titles += [column.title for table in TABLES for column in table.columns]
    assert all(title.en and title.zh for title in titles)


@pytest.mark.parametrize(("form", "where"), [("csvw", "DIR"), ("sqlite", "FILE")])
def test_files_need_a_place(form: str, where: str) -> None:
    """What no terminal can show asks for a place to write."""
    result = CliRunner().invoke(
        app, ["--root", str(REPOSITORY), "export", "--format", form]
    )
    assert result.exit_code == 2
    assert f"-o {where}" in result.stderr
