from collections import Counter
from pathlib import Path

import pytest

from wicgraph.asking.answer import Answer, evaluate
from wicgraph.asking.parsing import parse
from wicgraph.asking.patterns import (
    Filter,
    Optional,
    Query,
    TriplePattern,
    changed,
    mentioned,
    visible,
    walk,
)
from wicgraph.asking.rendering import render, render_element
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.store import Snapshot
from wicgraph.terms import BlankNode

HERE = Path(__file__).parent
PREFIXES = Root(HERE.parent).prefixes()
CASES = sorted((HERE / "data" / "patterns").glob("*.rq"))
WRITTEN = [
    *sorted((HERE.parent / "queries").glob("*.rq")),
    *sorted((HERE / "questions").glob("*.rq")),
    *sorted((HERE / "data" / "asking" / "binding").glob("*.rq")),
]


def text_of(path: Path) -> QueryText:
    """Read a query file."""
    return QueryText(path.name, path.read_text(encoding="utf-8"), PREFIXES.table)


def parsed(text: str) -> Query:
    """Parse a query that is one."""
    query = parse(QueryText("query", text, PREFIXES.table))
    assert query is not None
    return query


def counted(answer: Answer) -> tuple[object, ...]:
    """Give what an answer says, however it is ordered; new blank nodes are alike."""
    rows = (
        tuple("_" if isinstance(term, BlankNode) else term for term in row)
        for row in answer.rows
    )
    return answer.form, answer.columns, Counter(rows)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_rendered_query_gives_the_same_rows(path: Path, snapshot: Snapshot) -> None:
    """What a query of any form asks is not lost on the way through its parts."""
    source = text_of(path)
    query = parse(source)
    assert query is not None
    again = QueryText(path.name, render(query), PREFIXES.table)
    first = evaluate(snapshot, source, {})

    assert counted(evaluate(snapshot, again, {})) == counted(first)
    assert first.yes is not path.stem.endswith("-no")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_rendered_query_renders_to_itself(path: Path) -> None:
    """Rendering is settled after one time."""
    once = render_of(text_of(path))
    assert render_of(QueryText(path.name, once, PREFIXES.table)) == once


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.stem}")
def test_query_that_people_wrote_has_parts(path: Path) -> None:
    """Every query of the folders has parts, with triples in them."""
    source = text_of(path)
    if source.verb is None:
        assert "# ask: " in source.text  # a question that a stored query answers
        return
    query = parse(source)
    assert query is not None
    assert any(isinstance(part, TriplePattern) for part in walk(query.select.where))


def render_of(source: QueryText) -> str:
    """Write a query from its parts; the names of new blank nodes do not matter."""
    query = parse(source)
    assert query is not None
    return render(query).replace("_:bb", "_:b").replace("_:bb", "_:b")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { ?a ?b }",
        "SELECT ?a { ?a nowhere:b ?c }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        f"SELECT ?a {'{ ' * 5000}",
    ],
)
def test_text_that_is_no_query_has_no_parts(text: str) -> None:
    """A misfit, an undeclared prefix, an update and a bottomless text are refused."""
    assert parse(QueryText("query", text)) is None


def test_triple_knows_its_place() -> None:
    """The span of a triple has its words; after a semicolon it begins at the verb."""
    text = "SELECT * { ?a a wic:Edition ; wic:theme ?b, ?c . ?c ?d [ ?e ?f ] }"
    triples = list(walk(parsed(text).select.where))

    assert [text[t.span.start : t.span.end] for t in triples] == [
        "?a a wic:Edition",
        "wic:theme ?b",
        "wic:theme ?b, ?c",
        "?c ?d [ ?e ?f ]",
        "[ ?e ?f",
    ]


def test_element_can_be_left_out() -> None:
    """A changed group lacks an element wherever it stands, and has the others."""
    query = parsed("SELECT * { ?a ?b ?c OPTIONAL { ?c ?d ?e FILTER ( ?e > 1 ) } }")
    without = changed(
        query.select.where,
        lambda element: () if isinstance(element, Filter) else (element,),
    )
    kinds = [type(element) for element in walk(without)]

    assert kinds == [TriplePattern, Optional, TriplePattern]
    assert render_element(without) == "{ ?a ?b ?c . OPTIONAL { ?c ?d ?e . } }"


def test_variables_are_seen_where_they_get_values() -> None:
    """What a group binds is visible; MINUS and expressions only mention variables."""
    query = parsed(
        "SELECT * { ?a ?b 1 MINUS { ?c ?d ?a } BIND ( ?x AS ?y )"
        " { SELECT ?k { ?k ?l 1 } } GRAPH ?g { }"
        " FILTER ( ?z = 1 || EXISTS { ?p ?q ?r FILTER ( ?s ) } )"
        " VALUES ?v { 1 } }"
    )
    where = query.select.where

    assert [v.value for v in visible(where)] == ["a", "b", "y", "k", "g", "v"]
    assert {v.value for v in mentioned(where)} == set("abcdxykglzpqrsv")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("EXISTS { ?a ?b ?c }", True),
        ("NOT EXISTS { ?a ?b ?c }", False),
        ("( ! EXISTS { ?a ?b ?c } )", False),
        ("( ! ( ?a = 1 || NOT EXISTS { ?a ?b ?c } ) )", True),
    ],
)
def test_exists_knows_whether_it_is_asked_for(expression: str, *, wanted: bool) -> None:
    """Every negation around an EXISTS counts."""
    query = parsed(f"SELECT * {{ ?a ?b ?c FILTER {expression} }}")
    (found,) = (
        exists.wanted
        for part in walk(query.select.where)
        if isinstance(part, Filter)
        for exists in part.expression.exists()
    )
    assert found is wanted
