"""What of the graph an export takes: one source, one thing, what is asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wicgraph.errors import UnknownName
from wicgraph.publishing.selection import selected
from wicgraph.terms import GRAPH, RDF_TYPE, SKOS_PREF_LABEL, SOURCE, WIC, NamedNode

if TYPE_CHECKING:
    from wicgraph.asking.things import Things
    from wicgraph.terms import Quad

NAMESPACE = "https://w3id.org/wicgraph/"
BEA = NamedNode(NAMESPACE + "person/bea-etude")
NEWS = NamedNode(SOURCE + "2018-05-03-other-news")


def subjects(quads: frozenset[Quad]) -> set[str]:
    """Name what is spoken of, without our namespace."""
    return {str(quad.subject)[1:-1].removeprefix(NAMESPACE) for quad in quads}


def test_everything_is_taken_unless_somebody_chooses(things: Things) -> None:
    """Without names it is the graph, with what is inferred or without."""
    snapshot = things.snapshot

    assert selected(things) == set(snapshot.quads())
    assert selected(things, inference=False) == set(snapshot.quads(inference=False))


@pytest.mark.parametrize(
    "name", ["source:2018-05-03-other-news", "2018-05-03-other-news", NEWS.value]
)
def test_source_is_one_named_graph(name: str, things: Things) -> None:
    """A source is taken by its IRI, its CURIE or its slug, with nothing inferred."""
    assert selected(things, source=name) == set(things.snapshot.quads(graph=NEWS))


def test_other_graphs_have_names_too(things: Things) -> None:
    """A file of reference, or what is inferred, is a graph like any other."""
    for name in ("people", "graph:people", "inferred"):
        graph = NamedNode(GRAPH + name.removeprefix("graph:"))
        taken = selected(things, source=name)
        assert taken
        assert {quad.graph_name for quad in taken} == {graph}


def test_thing_comes_with_what_it_rests_on(things: Things) -> None:
    """Its facts, what is said of these, their passages and documents; no other's."""
    taken = selected(things, thing="Béa Étude", inference=False)

    assert subjects(taken) >= {
        "person/bea-etude",
        "name/2018-05-03-other-news-bea",
        "name/2018-05-03-other-news-bea-correction",
        "role/2018-05-03-other-news-bea-chair",
        "passage/2018-05-03-other-news-guest",
        "source/2018-05-03-other-news",
    }
    assert not subjects(taken) & {
        "event/example-summit-2019",
        "passage/2018-05-03-other-news-day",
        "role/2018-05-01-example-news-host",
    }


def test_what_is_pointed_to_has_its_name_and_class(things: Things) -> None:
    """A reader of a part need not look anything up to know what it speaks of."""
    taken = selected(things, thing="example-summit-2018", inference=False)
    hall = NamedNode(NAMESPACE + "place/example-hall")
    of_hall = {quad.predicate for quad in taken if quad.subject == hall}

    assert of_hall == {RDF_TYPE, SKOS_PREF_LABEL}
    assert "ontology#Edition" in subjects(taken)


def test_inferred_facts_of_a_thing_are_taken_if_wanted(things: Things) -> None:
    """With inference there is more, and without there is nothing inferred."""
    inferred = NamedNode(GRAPH + "inferred")
    asserted = selected(things, thing="example-bureau", inference=False)
    every = selected(things, thing="example-bureau")

    assert asserted < every
    assert {quad.graph_name for quad in every} - {
        quad.graph_name for quad in asserted
    } == {inferred}


def test_thing_and_source_narrow_each_other(things: Things) -> None:
    """Both names leave what one source says of one thing and of its passages."""
    taken = selected(things, thing="example-summit-2018", source=NEWS.value)

    assert {quad.graph_name for quad in taken} == {NEWS}
    assert "event/example-summit-2019" not in subjects(taken)
    assert any(q.predicate == NamedNode(WIC + "editionNumber") for q in taken)


def test_unknown_names_are_explained(things: Things) -> None:
    """A misspelt source gets the right one; an event is no source."""
    with pytest.raises(UnknownName) as misspelt:
        selected(things, source="2018-05-03-other-new")
    with pytest.raises(UnknownName) as other:
        selected(things, source="example-summit-2018")
    with pytest.raises(UnknownName):
        selected(things, thing="nobody at all")

    assert "did you mean 2018-05-03-other-news" in str(misspelt.value)
    assert "event:example-summit-2018 (edition) is something else" in str(other.value)
