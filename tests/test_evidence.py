"""Evidence of rows: what they rest on, on the small world and on the real graph.

A case of data/evidence is a query with all that `--evidence` writes under its rows on
the small world; `unquoted.csv` lists the questions of which a row may rest on something
that no passage bears out, and why.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store
from typer.testing import CliRunner

from wicgraph.asking.answer import evaluate
from wicgraph.asking.basis import Uncovered, bases
from wicgraph.asking.evidence import RowEvidence, evidence
from wicgraph.asking.parameters import arguments, bind
from wicgraph.asking.things import Things
from wicgraph.cli import app
from wicgraph.language import Language
from wicgraph.publishing.evidence import evidence_text
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.store import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.basis import Basis
    from wicgraph.terms import Term

REPOSITORY = Path(__file__).parents[1]
ROOT = Root(REPOSITORY)
PREFIXES = ROOT.prefixes()
DATA = Path(__file__).parent / "data"
PATTERNS = sorted((DATA / "patterns").glob("*.rq"))
CASES = sorted((DATA / "evidence").glob("*.rq"))
QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.rq"))
QUERIES = {query.name: query for query in load(ROOT).queries()}
SCHEMA = Draft202012Validator(
    json.loads((REPOSITORY / "docs" / "evidence.schema.json").read_text("utf-8"))
)
# Rows that rest on no triple, and rows of which it is not known.
OF_NOTHING = {"graph-empty", "literals", "nothing"}
UNKNOWN = {"construct-blank-node"}


def query_of(path: Path) -> QueryText:
    """Read a query that may use our prefixes."""
    return QueryText(path.name, path.read_text(encoding="utf-8"), PREFIXES.table)


def proved(
    snapshot: Snapshot,
    source: QueryText,
    values: Mapping[str, Term] | None = None,
    *,
    inference: bool = True,
) -> list[RowEvidence]:
    """Ask a query, and the evidence of its rows."""
    values = values or {}
    answer = evaluate(snapshot, source, values, inference=inference)
    return list(evidence(snapshot, source, values, answer, inference=inference))


def written(
    things: Things, source: QueryText, form: str, *, short: bool = False
) -> str:
    """Write the evidence of all rows."""
    answer = evaluate(things.snapshot, source, {})
    rows = evidence(things.snapshot, source, {}, answer)
    return "".join(evidence_text(rows, answer, (), things, form, short=short))


# --- What rows rest on ---


@pytest.mark.parametrize("path", PATTERNS, ids=lambda path: path.stem)
def test_every_form_of_query_tells_what_its_rows_rest_on(
    path: Path, snapshot: Snapshot
) -> None:
    """All rows have triples that hold in the graph, or what was not found."""
    source = query_of(path)
    found = list(bases(snapshot, source, {}, evaluate(snapshot, source, {})))
    known = snapshot.conclusions()
    assert known is not None

    assert found
    for basis in found:
        assert bool(basis.uncovered) is (path.stem in UNKNOWN)
        some = basis.found or basis.absent
        assert bool(some) is (path.stem not in OF_NOTHING | UNKNOWN)
        for each in basis.found:
            assert any(known.match(*each.statement))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_evidence_of_a_case_is_as_written(path: Path, things: Things) -> None:
    """Each row has under it what the file has, but for what is new each time."""
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    found = re.sub(r"0\.\d+(E-\d+)?", "0.5", written(things, query_of(path), "text"))

    assert expected == re.sub("_:[0-9a-f]+", "_:new", found)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("short", [False, True])
def test_json_is_by_its_schema(path: Path, things: Things, *, short: bool) -> None:
    """What programs read is as the schema says, and has the rows of the answer."""
    value = json.loads(written(things, query_of(path), "json", short=short))
    answer = evaluate(things.snapshot, query_of(path), {})

    assert [each.message for each in SCHEMA.iter_errors(value)] == []
    assert len(value["rows"]) == len(list(answer.rows))


def test_schema_refuses_what_is_not_evidence() -> None:
    """The schema is no empty promise."""
    assert not SCHEMA.is_valid({"version": 1, "columns": [], "rows": [{}]})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_short_evidence_has_a_line_for_each_triple(path: Path, things: Things) -> None:
    """Under each row stand as many lines as it has triples and things not found."""
    rows = proved(things.snapshot, query_of(path))
    lines = written(things, query_of(path), "text", short=True).splitlines()
    below = [line for line in lines if line.startswith(("├─ ", "└─ "))]

    assert len(below) == sum(
        max(1, len(row.backed) + len(row.absent) + bool(row.uncovered)) for row in rows
    )


def test_markdown_has_a_heading_for_each_row(things: Things) -> None:
    """Rows are headings, triples items, and places items below them."""
    text = written(things, query_of(DATA / "evidence" / "graph.rq"), "md")

    assert text.startswith("## 1. source: ")
    assert "\n- Example Summit 2018 — " in text
    assert "\n  - facts/sources/2018-05-01-example-news.ttl:" in text


def test_equal_rows_share_out_their_solutions(snapshot: Snapshot) -> None:
    """Of two rows with the same values each has triples of its own."""
    rows = proved(snapshot, query_of(DATA / "evidence" / "equal-rows.rq"))
    subjects = [row.backed[0].statement.subject for row in rows]

    assert len({row.row for row in rows}) == 1
    assert len(set(subjects)) == len(subjects) > 1


def test_without_inference_no_triple_is_inferred(snapshot: Snapshot) -> None:
    """Rows of what documents state rest on what documents state."""
    source = query_of(DATA / "evidence" / "inferred.rq")
    stated = proved(snapshot, source, inference=False)

    assert stated
    assert all(backed.asserted for row in stated for backed in row.backed)
    assert len(stated) < len(proved(snapshot, source))


def test_what_is_not_covered_is_said(things: Things) -> None:
    """Each reason stands in a case, but for texts that are not of SPARQL 1.1."""
    rows = [row for path in CASES for row in proved(things.snapshot, query_of(path))]

    assert {row.uncovered for row in rows if row.uncovered} == {
        *(set(Uncovered) - {Uncovered.GRAMMAR})
    }


# --- Laws ---

PROPERTIES = st.sampled_from(
    [
        *("wic:heldIn", "wic:locatedIn", "wic:host", "wic:reportedAt", "wic:startDate"),
        *("wic:heldIn/wic:locatedIn", "^wic:heldIn", "wic:locatedIn+"),
        *("wic:host|^wic:heldIn", "wic:heldIn/wic:locatedIn*", "!(a|wic:evidence)"),
    ]
)
NODES = st.sampled_from(
    ["?a", "?b", "?c", "?a", "?b", "event:example-summit-2018", "[]"]
)
TRIPLES = st.builds("{} {} {} . ".format, NODES, PROPERTIES, NODES)
ELEMENTS = st.one_of(
    TRIPLES,
    TRIPLES,
    st.builds("OPTIONAL {{ {}}} ".format, TRIPLES),
    st.builds("OPTIONAL {{ {}OPTIONAL {{ {}}} }} ".format, TRIPLES, TRIPLES),
    st.builds("{{ {}}} UNION {{ {}}} ".format, TRIPLES, TRIPLES),
    st.builds("GRAPH ?g {{ {}}} ".format, TRIPLES),
    st.builds("FILTER EXISTS {{ {}}} ".format, TRIPLES),
    st.builds("{{ SELECT ?a ?b {{ {}}} }} ".format, TRIPLES),
)
MONOTONE = st.builds(
    "SELECT DISTINCT ?a ?b ?c {{ ?a wic:heldIn|wic:host ?b . {}{}}} LIMIT 8".format,
    ELEMENTS,
    ELEMENTS,
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=MONOTONE)
def test_row_follows_from_its_triples_alone(text: str, snapshot: Snapshot) -> None:
    """A graph with nothing but the evidence of a row still gives the row."""
    source = QueryText("query", text, PREFIXES.table)
    answer = evaluate(snapshot, source, {})
    known = snapshot.conclusions()
    assert known is not None
    for basis in bases(snapshot, source, {}, answer):
        assert all(any(known.match(*each.statement)) for each in basis.found)
        assert basis.row in rows_of(alone(basis), source)


def alone(basis: Basis) -> Store:
    """Make a graph of the triples of a row, each in the graphs where it was found."""
    store = Store()
    for each in basis.found:
        subject, predicate, value = each.statement
        assert isinstance(predicate, NamedNode)
        for graph in (DefaultGraph(), *each.graphs):
            store.add(Quad(subject, predicate, value, graph))  # type: ignore[arg-type]
    return store


def rows_of(store: Store, source: QueryText) -> set[tuple[Term | None, ...]]:
    """Ask a store without anything of ours in between, nor a limit."""
    text = source.sparql.removesuffix("LIMIT 8")
    result = store.query(text, prefixes=dict(source.implied))
    assert isinstance(result, QuerySolutions)
    return set(map(tuple, result))


# --- The real graph ---


@pytest.fixture(scope="module")
def real(graphs: Path) -> Iterator[Things]:
    """Build the graph of this repository, inferred facts included."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as opened:
        yield Things(opened, PREFIXES)


def unquoted(rows: list[RowEvidence]) -> list[RowEvidence]:
    """Find the rows that no passage bears out."""
    return [row for row in rows if not any(backed.quoted for backed in row.backed)]


def without_passages() -> set[str]:
    """Read which questions may have rows without a passage."""
    path = DATA / "evidence" / "unquoted.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["query"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_rows_of_stored_questions_end_in_passages(name: str, real: Things) -> None:
    """Every row of a question, with its example and of everything, has its quotes.

    A row that rests on the description of a source ends at the address of the source,
    and one that says that sources are silent in what no source says.
    """
    query = QUERIES[name]
    example = [
        f"{each.name}={each.example}"
        for each in query.parameters
        if each.name != "source" or name in without_passages()
    ]
    bare = []
    for words in ([], example):
        values = bind(query, arguments(query, words), real)
        rows = proved(real.snapshot, query.source, values)
        assert rows
        assert all(row.backed and row.uncovered is None for row in rows)
        bare += unquoted(rows)
    for row in bare:
        grounds = (g for b in row.backed for each in b.grounds.values() for g in each)
        addresses = [ground.document.address for ground in grounds if ground.document]
        assert any(addresses) or row.absent

    assert bool(bare) is (name in without_passages())


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_rows_of_what_people_ask_end_in_passages(path: Path, real: Things) -> None:
    """Every row of an answer to somebody's question has its quotes."""
    source = query_of(path)
    values: Mapping[str, Term] = {}
    asked = re.search(r"^# ask: (.+)$", source.text, re.MULTILINE)
    if asked:
        name, *words = shlex.split(asked[1])
        language = Language.ZH if "# lang: zh" in source.text else Language.EN
        things = Things(real.snapshot, PREFIXES, language)
        source = QUERIES[name].source
        values = bind(QUERIES[name], arguments(QUERIES[name], words), things)
    rows = proved(real.snapshot, source, values)

    assert all(row.uncovered is None for row in rows)
    assert unquoted(rows) == []


def test_every_leaf_of_a_proof_has_a_place(real: Things) -> None:
    """The proof of an inferred triple ends in what is written in a file."""
    text = "SELECT ?agent ?event { ?agent wic:participatesIn ?event }"
    rows = proved(real.snapshot, QueryText("query", text, PREFIXES.table))

    assert len(rows) > 30
    for backed in (backed for row in rows for backed in row.backed):
        assert backed.proof is not None
        assert all(backed.grounds[leaf] for leaf in backed.proof.leaves())


# --- The command line ---

ASK = "SELECT ?event { ?event wic:heldIn place:example-hall }"


def run(world: Path, cache: Path, *words: str) -> tuple[int, str, str]:
    """Run a command on the small world."""
    found = CliRunner().invoke(
        app, ["--root", str(world), *words], env={"WICGRAPH_CACHE": str(cache)}
    )
    return found.exit_code, found.stdout, found.stderr


@pytest.fixture(scope="module")
def cache(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small world once for the command line."""
    folder = tmp_path_factory.mktemp("commands")
    assert run(world, folder, "sparql", ASK)[0] == 0
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("--evidence", ASK),
        (ASK, "--evidence"),
        (ASK, "--evidence=full"),
        (ASK, "--evidence", "--format", "table"),
        ("--evidence", "--", ASK),
    ],
    ids=str,
)
def test_evidence_may_stand_alone(
    words: tuple[str, ...], world: Path, cache: Path
) -> None:
    """The option means full evidence wherever it stands."""
    expected = (DATA / "evidence" / "triple.txt").read_text(encoding="utf-8")

    assert run(world, cache, "sparql", *words) == (0, expected, "")


@pytest.mark.parametrize("form", ["csv", "tsv", "xml", "turtle"])
def test_formats_without_evidence_are_refused(
    form: str, world: Path, cache: Path
) -> None:
    """Formats of rows have no place for evidence, and that is said."""
    code, out, err = run(world, cache, "sparql", ASK, "--evidence", "--format", form)

    assert (code, out) == (2, "")
    assert f'no format of evidence is named "{form}"' in err
    assert "text, table, json or md" in err


def test_unknown_extent_is_refused(world: Path, cache: Path) -> None:
    """Evidence is full or short."""
    code, out, err = run(world, cache, "sparql", ASK, "--evidence=long")

    assert (code, out) == (2, "")
    assert "choose full or short" in err


def test_no_of_an_ask_says_what_no_source_says(world: Path, cache: Path) -> None:
    """Whoever is told no is told what was looked for, with exit code 1."""
    text = "ASK { place:example-hall wic:theme ?theme }"
    code, out, _ = run(world, cache, "--lang", "zh", "sparql", text, "--evidence")

    assert code == 1
    assert out.startswith("1. 否\n└─ 没有来源说：Example Hall [en] — ")
