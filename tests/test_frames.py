"""Frames give things as trees of JSON that say nothing the graph does not say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse

from wicgraph.errors import SourceError
from wicgraph.publishing.dumps import Vocabulary
from wicgraph.publishing.dumps.frames import FRAMES, Frame, framed
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot

ROOT = Root(Path(__file__).parents[1])
FOLDER = ROOT.folder / "ontology" / "frames"
LIU = NamedNode("https://w3id.org/wicgraph/person/liu-liehong")


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Build the graph of this repository."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def terms(graph: Snapshot) -> Vocabulary:
    """Take the terms of its ontology."""
    return Vocabulary.of(graph, ROOT.prefixes())


def trees(
    name: str, graph: Snapshot, terms: Vocabulary, thing: NamedNode | None = None
) -> Any:  # noqa: ANN401  (JSON)
    """Frame the whole graph."""
    frame = Frame.read(ROOT, name, terms)
    return json.loads(framed(graph.quads(), frame, ROOT.prefixes(), terms, thing))


def keys(frame: object) -> Iterator[str]:
    """Go through the names in a frame."""
    if isinstance(frame, dict):
        for key, value in frame.items():
            yield key
            yield from keys(value)


def test_every_frame_can_be_asked_for() -> None:
    """A file in the folder is a frame, and a frame is a file there."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(FRAMES)


@pytest.mark.parametrize("name", FRAMES)
def test_frame_names_terms_of_the_ontology(name: str, terms: Vocabulary) -> None:
    """A key that no term has would silently ask for nothing."""
    frame = Frame.read(ROOT, name, terms)

    assert set(keys(frame.content)) - {"type"} <= set(terms.names.values())


@pytest.mark.parametrize("name", FRAMES)
def test_trees_say_what_the_graph_says(
    name: str, graph: Snapshot, terms: Vocabulary
) -> None:
    """Oxigraph reads the trees as triples of the graph; everything of the class is in.

    So nothing is lost between PyLD, which frames, and another implementation.
    """
    found = trees(name, graph, terms)
    said = {q.triple for q in parse(json.dumps(found), format=RdfFormat.JSON_LD)}
    kind = Frame.read(ROOT, name, terms).kind
    members = {t.subject for t in graph.triples(value=kind) if "type" in str(t)}
    shown = {ROOT.prefixes().expand(tree["id"]) for tree in found["@graph"]}

    assert said <= set(graph.triples())
    assert shown == {node for node in members if isinstance(node, NamedNode)}


def test_tree_of_one_thing_is_that_thing(graph: Snapshot, terms: Vocabulary) -> None:
    """A program finds the post of a person, and the body it is in, by plain keys."""
    found = trees("person", graph, terms, LIU)

    assert found["prefLabel"] == {"en": "Liu Liehong", "zh-Hans": "刘烈宏"}
    assert found["holdsPost"]["postIn"]["id"] == (
        "organization:cyberspace-administration-of-china"
    )


def test_trees_are_the_same_in_any_order(graph: Snapshot, terms: Vocabulary) -> None:
    """The order in which facts are stored does not show."""
    quads = sorted(graph.quads(), key=str)
    frame = Frame.read(ROOT, "edition", terms)
    first, second = (
        framed(each, frame, ROOT.prefixes(), terms) for each in (quads, quads[::-1])
    )

    assert first == second


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "1:2: expecting property name enclosed in double quotes"),
        ("[]", ": a frame is an object whose type is a class of the ontology"),
        ('{"type": "Editon"}', ": a frame is an object whose type is a class"),
        (
            '{"type": "Edition", "heldIn": {"@embed": "@x"}}',
            "invalid value of @embed",
        ),
        ('{"type": "Edition", "heldIn": 5}', ": a frame is an object whose type"),
    ],
)
def test_broken_frame_is_explained(
    content: str, message: str, graph: Snapshot, terms: Vocabulary, tmp_path: Path
) -> None:
    """Whoever changes a frame hears which file is wrong, and where."""
    folder = shutil.copytree(ROOT.folder / "ontology", tmp_path / "ontology")
    (folder / "frames" / "edition.jsonld").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as broken:
        framed(
            graph.quads(),
            Frame.read(Root(tmp_path), "edition", terms),
            ROOT.prefixes(),
            terms,
        )

    assert str(broken.value).startswith("ontology/frames/edition.jsonld:")
    assert message in str(broken.value)
