"""When things hold: cases are files, and a period says what all possible times say."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wicgraph.reading.period import Period, Span, Standing
from wicgraph.reading.timeline import AsOf, Timeline
from wicgraph.reading.turtle import read_turtle
from wicgraph.root import Root
from wicgraph.terms import SOURCE, WIC, NamedNode

REPOSITORY = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "data" / "periods").glob("*.ttl"))
ROOT = Root(REPOSITORY)
ONTOLOGY = "ontology/wic.ttl"
TERMS = read_turtle(
    ROOT.read(ONTOLOGY), ONTOLOGY, ROOT.graph_of(ONTOLOGY), ROOT.prefixes()
).facts
FIRST = date(2018, 1, 1)
DAYS = 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_node_stands_as_its_case_says(case: Path) -> None:
    """The one node of a file that has a time holds on the days of its first lines."""
    text = case.read_text(encoding="utf-8")
    graph = NamedNode(SOURCE + "case")
    facts = read_turtle(text, case.name, graph, ROOT.prefixes()).facts
    (period,) = Timeline((*TERMS, *facts)).periods.values()
    heading = text.partition("\n\n")[0].splitlines()[1:]
    said = dict(line.removeprefix("# ").split() for line in heading)

    assert said
    found = {day: period.holds_on(date.fromisoformat(day)).value for day in said}
    assert found == said


def spans() -> st.SearchStrategy[Span]:
    """Draw days that are known to be between two, and days that are not known."""
    known = st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1)).map(sorted)
    return st.just(Span()) | known.map(
        lambda pair: Span(*(FIRST + timedelta(n) for n in pair))
    )


@given(st.lists(spans(), max_size=3), spans(), spans())
@settings(deadline=None, derandomize=True)
def test_a_period_says_what_every_possible_time_says(
    days: list[Span], begins: Span, ends: Span
) -> None:
    """It held if it did in all times that the documents allow, and not if in none."""
    window = [FIRST + timedelta(number) for number in range(-2, DAYS + 2)]
    possible = [
        (one, two)
        for one in window
        for two in window
        if one <= two
        and begins.first <= one <= begins.last
        and ends.first <= two <= ends.last
        and all(day.first <= two and one <= day.last for day in days)
    ]
    if not possible:
        return  # the documents contradict one another
    period = Period.witnessed(days, begins, ends)
    for day in window[1:-1]:
        held = [one <= day <= two for one, two in possible]
        expected = Standing.UNKNOWN
        if all(held):
            expected = Standing.HELD
        if not any(held):
            expected = Standing.NOT
        assert period.holds_on(day) is expected


def test_every_day_keeps_what_has_no_time() -> None:
    """What may hold has all that certainly does, and that all that has no time."""
    facts = tuple(
        fact
        for path in ROOT.turtle_files()
        for fact in read_turtle(
            ROOT.read(path), path, ROOT.graph_of(path), ROOT.prefixes()
        ).facts
    )
    day = date(2022, 11, 5)
    every = [set(AsOf.undated().facts(facts))]
    every += [set(way(day).facts(facts)) for way in (AsOf.certainly, AsOf.possibly)]
    every.append(set(facts))

    for fewer, more in pairwise(every):
        assert fewer < more


def test_nothing_is_said_of_an_organization_before_its_founding() -> None:
    """Its names stay, and what documents say of it comes with its founding."""
    graph, known = NamedNode(SOURCE + "case"), ROOT.prefixes()
    text = (
        known.turtle_header(["event", "organization", "wic", "xsd"])
        + "event:e wic:inaugurates organization:o ;"
        + ' wic:startDate "2022-07"^^xsd:gYearMonth .'
        + "organization:o wic:drawsMembersFrom organization:p ."
    )
    said = read_turtle(text, "case.ttl", graph, known).facts
    named = read_turtle(text, "facts/reference/o.ttl", ROOT.graph_of("x.ttl"), known)
    facts = (*TERMS, *said, *named.facts)
    mission = NamedNode(WIC + "drawsMembersFrom")

    def graphs(day: str) -> set[NamedNode]:
        kept = AsOf.possibly(date.fromisoformat(day)).facts(facts)
        return {fact.graph for fact in kept if fact.predicate == mission}

    assert graphs("2022-06-30") == {ROOT.graph_of("x.ttl")}
    assert graphs("2022-07-01") == {graph, ROOT.graph_of("x.ttl")}
