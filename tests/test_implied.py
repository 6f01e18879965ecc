"""What the documents imply follows, and what they only seem to imply does not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

from wicgraph.asking.answer import ask, sparql
from wicgraph.asking.parameters import arguments, bind
from wicgraph.asking.things import Things
from wicgraph.asking.why import Verdict, explain
from wicgraph.publishing.rows import cells
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.terms import Triple

REPOSITORY = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "data" / "implied"
IMPLIED = tomllib.loads((FOLDER / "implied.toml").read_text("utf-8"))["implied"]
TRAPS = tomllib.loads((FOLDER / "traps.toml").read_text("utf-8"))["trap"]
MEANS = ("follows", "states", "refuted", "query", "ask")


@pytest.fixture(scope="module")
def things(graphs: Path) -> Iterator[Things]:
    """Open the graph of this repository."""
    root = Root(REPOSITORY)
    with open_snapshot(root, graphs, say=lambda _: None) as snapshot:
        yield Things(snapshot, root.prefixes())


def triple(things: Things, text: str) -> Triple:
    """Read a statement as Turtle has it."""
    header = things.prefixes.turtle_header(things.prefixes.table)
    (quad,) = parse(f"{header}{text} .".encode(), format=RdfFormat.TURTLE)
    statement: Triple = quad.triple
    return statement


def known(things: Things, statement: Triple) -> bool:
    """Tell whether the graph has every term of a statement: none is misspelt."""
    told = explain(things, statement)
    return told.verdict is not Verdict.UNKNOWN_TERM


def named(case: Mapping[str, Any]) -> str:
    """Name a case by its number."""
    return str(case["id"])


def test_cases_are_numbered_through() -> None:
    """Every implied fact has a case, and says how it is to be had."""
    assert list(map(named, IMPLIED)) == [f"I-{number:02}" for number in range(1, 43)]
    assert len({named(trap) for trap in TRAPS}) == len(TRAPS) > 30
    for case in IMPLIED:
        assert any(means in case for means in MEANS), case["id"]
        by_rules = "follows" in case or "refuted" in case
        assert by_rules or case["kind"] != "OWL" or "note" in case or "query" in case


@pytest.mark.parametrize("case", IMPLIED, ids=named)
def test_what_is_implied_is_had(case: Mapping[str, Any], things: Things) -> None:
    """Each implied fact follows with a proof, or is stated, refuted or found."""
    for text in case.get("follows", ()):
        told = explain(things, triple(things, text))
        assert told.verdict is Verdict.INFERRED, text
        assert all(told.grounds[leaf] for leaf in told.proofs[0].leaves())
    for text in case.get("states", ()):
        assert explain(things, triple(things, text)).verdict is Verdict.ASSERTED, text
    for text in case.get("refuted", ()):
        told = explain(things, triple(things, text))
        assert told.verdict is Verdict.CONTRADICTED, text
    if "ask" in case:
        answer = sparql(things.snapshot, case["ask"], things.prefixes)
        assert answer.yes
    if "query" in case:
        query = load(Root(REPOSITORY)).query(case["query"])
        bound = bind(query, arguments(query, case.get("arguments", ())), things)
        rows = cells(ask(things.snapshot, query, bound), things)
        assert any(all(word in "\t".join(row) for word in case["row"]) for row in rows)


@pytest.mark.parametrize("trap", TRAPS, ids=named)
def test_what_is_not_implied_does_not_hold(
    trap: Mapping[str, Any], things: Things
) -> None:
    """A trap holds neither by a document nor by a rule, though its terms are known."""
    for text in trap["never"]:
        statement = triple(things, text)
        assert known(things, statement), text
        assert not explain(things, statement).verdict.holds, text
