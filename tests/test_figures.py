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
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.terms import SOURCE, WIC, XSD_INTEGER, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.terms import Term

CASES = Path(__file__).parent / "data" / "figures" / "cases.csv"
QUERIES = load(Root(Path(__file__).parents[1]))
OVER = QUERIES.query("figures-over").source
BETWEEN = QUERIES.query("figures-between").source


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


def facts(name: str, figure: tuple[int, str, str]) -> Iterator[Quad]:
    """State a figure of an edition."""
    node, edition = NamedNode(SOURCE + f"figure-{name}"), NamedNode(SOURCE + name)
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
        yield Quad(node, wic(predicate), value, NamedNode(SOURCE + "document"))
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    yield Quad(edition, kind, wic("Edition"))


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
