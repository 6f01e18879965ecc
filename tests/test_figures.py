"""Figures with a qualifier: what is certainly greater, possibly, or not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wicgraph.asking.figures import Quantity
from wicgraph.asking.parameters import bind
from wicgraph.errors import ParameterError
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.terms import SOURCE, WIC, XSD_INTEGER, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.things import Things
    from wicgraph.terms import Term

CASES = Path(__file__).parent / "data" / "figures" / "cases.csv"
QUERIES = load(Root(Path(__file__).parents[1]))
OVER = QUERIES.query("figures-over").source
BETWEEN = QUERIES.query("figures-between").source
CONFLICTS = QUERIES.query("conflicts").source


def wic(name: str) -> NamedNode:
    """Name a term of the ontology."""
    return NamedNode(WIC + name)


def quantity(number: int, qualifier: str, population: str = "Invited") -> Quantity:
    """Make a number of guests."""
    return Quantity.of(number, wic(qualifier), wic("Guests"), wic(population))


QUALIFIERS = (
    *("About", "AtLeast", "Exactly", "LessThan"),
    *("MoreThan", "Nearly", "SeveralTimes", "UpTo"),
)
FIGURES = st.tuples(
    st.integers(1, 6),
    st.sampled_from(QUALIFIERS),
    st.sampled_from(("Invited", "Attending")),
)


def facts(
    name: str, figure: tuple[int, str, str], edition_name: str = ""
) -> Iterator[Quad]:
    """State a figure of an edition, in a document of its own."""
    node = NamedNode(SOURCE + f"figure-{name}")
    document = NamedNode(SOURCE + f"document-{name}")
    edition = NamedNode(SOURCE + (edition_name or name))
    number, qualifier, population = figure
    said: dict[str, Term] = {
        "figureOf": edition,
        "countedAs": wic(population),
        "counts": wic("Guests"),
        "qualifier": wic(qualifier),
        "statedNumber": Literal(str(number), datatype=XSD_INTEGER),
        "text": Literal(str(number), language="en"),
    }
    for predicate, value in said.items():
        yield Quad(node, wic(predicate), value, document)
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    wider = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    yield Quad(edition, kind, wic("Edition"))
    yield Quad(wic("Edition"), wider, wic("Event"))
    yield Quad(document, wic("language"), Literal("en"))


@pytest.mark.parametrize("case", list(csv.DictReader(CASES.open(encoding="utf-8"))))
def test_a_figure_is_compared_as_its_words_say(case: dict[str, str]) -> None:
    """What a document prints is over a number certainly, possibly, or not."""
    figure = quantity(int(case["number"]), case["qualifier"])
    other = quantity(int(case["than"]), "Exactly")

    assert figure.compare(other) == wic(case["greater"])


def test_every_qualifier_is_in_a_case() -> None:
    """The cases show each qualifier of the ontology."""
    ontology = Root(Path(__file__).parents[1]).read("ontology/wic.ttl")
    known = {name for name in QUALIFIERS if f"wic:{name} a wic:Qualifier" in ontology}
    shown = {row["qualifier"] for row in csv.DictReader(CASES.open(encoding="utf-8"))}

    assert shown == known == set(QUALIFIERS)
    assert ontology.count(" a wic:Qualifier ;") == len(QUALIFIERS)


def test_people_invited_and_people_who_came_are_not_compared() -> None:
    """A number of guests invited says nothing of the number of those who came."""
    invited, attending = (
        quantity(1500, "MoreThan"),
        quantity(10, "Exactly", "Attending"),
    )

    assert invited.compare(attending) == wic("Incomparable")


@given(FIGURES, FIGURES)
@settings(deadline=None, derandomize=True)
def test_sparql_says_what_python_says(
    one: tuple[int, str, str], other: tuple[int, str, str]
) -> None:
    """The stored queries and Quantity compare any two figures alike."""
    store = pyoxigraph.Store()
    store.extend((*facts("one", one), *facts("other", other)))
    number = {"_number_xsd_integer": Literal(str(other[0]), datatype=XSD_INTEGER)}
    told = {
        "__edition_iri": NamedNode(SOURCE + "one"),
        "__other_iri": NamedNode(SOURCE + "other"),
    }
    left, right = quantity(*one), quantity(*other)
    exact = quantity(other[0], "Exactly", one[2])

    over = [
        row["over"]
        for row in store.query(OVER.given(number), prefixes={})  # type: ignore[union-attr]
        if row["thing"] == told["__edition_iri"]
    ]
    between = [row["greater"] for row in store.query(BETWEEN.given(told))]  # type: ignore[union-attr]

    assert over == [left.compare(exact)]
    assert between == [left.compare(right)]


@given(FIGURES, FIGURES)
@settings(deadline=None, derandomize=True)
def test_figures_conflict_when_one_is_certainly_greater(
    one: tuple[int, str, str], other: tuple[int, str, str]
) -> None:
    """The question of conflicts reads qualifiers as Quantity does."""
    store = pyoxigraph.Store()
    store.extend((*facts("one", one, "event"), *facts("other", other, "event")))
    left, right = quantity(*one), quantity(*other)
    apart = wic("Certainly") in {left.compare(right), right.compare(left)}
    said = wic("Contradicting") if apart else wic("OtherPrecision")
    compared = one != other and one[2] == other[2]

    found = [
        row["divergence"]
        for row in store.query(CONFLICTS.text, use_default_graph_as_union=True)  # type: ignore[union-attr]
    ]

    assert found == ([said, said] if compared else [])


@pytest.mark.parametrize("number", ["9999999999999999999", "-9999999999999999999"])
def test_a_number_that_cannot_be_compared_is_refused(
    number: str, things: Things
) -> None:
    """A number too great for the graph gets a message, and never an empty column."""
    query = QUERIES.query("figures-over")

    with pytest.raises(ParameterError, match="a whole number of at most 18 digits"):
        bind(query, {"number": number}, things)
