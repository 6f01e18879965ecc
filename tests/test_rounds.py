"""The table of rounds beside a snapshot."""

from pathlib import Path

import pytest

from wicgraph.language import Text
from wicgraph.reading.dataset import Dataset
from wicgraph.reasoning.inference import infer
from wicgraph.root import Root
from wicgraph.store import open_snapshot, rounds
from wicgraph.terms import OWL, RDF_TYPE, RDFS, XSD, Literal, NamedNode, Triple

TINY = Root(Path(__file__).parent / "data" / "tiny")
PREFIX = "@prefix : <https://example.org/> . @prefix xsd: <" + XSD + "> ."


def ignore(_: Text) -> None:
    """Take a message and do nothing with it."""


def test_everything_concluded_is_found_again(tmp_path: Path) -> None:
    """What was concluded comes back as it was, with its round."""
    concluded = infer(Dataset.load(TINY).facts).concluded
    assert concluded is not None
    rounds.write(tmp_path, concluded)
    table = rounds.Rounds.opened(tmp_path)
    expected = dict(concluded.statements())
    assert dict(table.match(None, None, None)) == expected
    for statement, number in expected.items():
        assert table.round(statement) == number
        assert (statement, number) in [*table.match(statement.subject, None, None)]
        assert (statement, number) in [*table.match(None, None, statement.object)]
    table.close()


def test_what_was_not_concluded_has_no_round(tmp_path: Path) -> None:
    """An unknown term, or a triple that was asserted, is in no round."""
    facts = Dataset.load(TINY).facts
    concluded = infer(facts).concluded
    assert concluded is not None
    rounds.write(tmp_path, concluded)
    table = rounds.Rounds.opened(tmp_path)
    nowhere = NamedNode("https://example.org/nowhere")
    assert [*table.match(nowhere, None, None)] == []
    assert [*table.match(facts[0].subject, facts[0].predicate, facts[0].object)] == []
    table.close()


def test_axioms_and_literals_are_there_though_they_are_not_shown(
    tmp_path: Path,
) -> None:
    """The table has what proofs go through: axioms, and literals as subjects."""
    from wicgraph.reading.turtle import read_turtle  # noqa: PLC0415
    from wicgraph.terms import Prefixes  # noqa: PLC0415

    text = f"""{PREFIX} @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
    :C rdfs:subClassOf :D . :D rdfs:subClassOf :E . :x :p "a\\nb" , 5 .
    :F owl:onProperty :p ; owl:someValuesFrom xsd:integer ."""
    graph = NamedNode("https://example.org/graph")
    closure = infer(read_turtle(text, "facts/x.ttl", graph, Prefixes({})).facts)
    assert closure.concluded is not None
    rounds.write(tmp_path, closure.concluded)
    table = rounds.Rounds.opened(tmp_path)
    name = "https://example.org/"
    five = Literal("5", datatype=NamedNode(XSD + "integer"))
    integer = NamedNode(XSD + "integer")
    below = NamedNode(RDFS + "subClassOf")
    assert [*table.match(five, RDF_TYPE, integer)]
    assert [*table.match(NamedNode(name + "C"), below, NamedNode(name + "E"))]
    shown = Triple(NamedNode(name + "x"), RDF_TYPE, NamedNode(name + "F"))
    assert [*closure.triples] == [shown]
    table.close()


def test_damaged_table_is_an_error(tmp_path: Path) -> None:
    """A table that is no table says so when it is asked."""
    (tmp_path / rounds.NAME).write_text("no table")
    table = rounds.Rounds.opened(tmp_path)
    with pytest.raises(OSError, match="not a database"):
        [*table.match(None, None, None)]


def test_snapshot_can_be_made_by_owlrl(tmp_path: Path) -> None:
    """With owlrl as the reasoner, the same is inferred, and rounds are not known."""
    with open_snapshot(TINY, tmp_path, say=ignore) as ours:
        mine = {*ours.triples()}
    with open_snapshot(TINY, tmp_path, say=ignore, reasoner="owlrl") as theirs:
        assert theirs.folder != ours.folder
        assert {*theirs.triples()} == mine
        assert not (theirs.folder / rounds.NAME).exists()
    assert (ours.folder / rounds.NAME).exists()
