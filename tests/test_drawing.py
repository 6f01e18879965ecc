"""Pictures: nothing overlaps, nothing sticks out, and everybody can read them."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from wicgraph.asking.dossier import about
from wicgraph.asking.editions import editions, organizing
from wicgraph.asking.neighbours import neighbours
from wicgraph.asking.paths import connect
from wicgraph.asking.resolving import resolve
from wicgraph.asking.things import Things
from wicgraph.language import Language
from wicgraph.publishing.drawing import Box, Picture, Shapes, Style, svg, wrapped
from wicgraph.publishing.ontology import PATTERNS, Kind, Ontology, Pattern
from wicgraph.publishing.path_words import PathWords
from wicgraph.publishing.pictures import (
    class_picture,
    connection_picture,
    matrix_picture,
    pattern_picture,
    thing_picture,
    timeline_picture,
)
from wicgraph.publishing.pictures.kinds import kind_of
from wicgraph.publishing.proof_words import Words
from wicgraph.root import Root
from wicgraph.store import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.publishing.drawing import Text
    from wicgraph.store import Snapshot

DATA = Path(__file__).parent / "data" / "drawing"
ROOT = Root(Path(__file__).parents[1])
THINGS = (
    *("event:wic-2014", "event:wic-2018", "event:wic-2022", "person:eugene-kaspersky"),
    *("organization:cyberspace-administration-of-china", "place:wuzhen", "event:wic"),
    *("organization:world-internet-conference", "place:china", "person:jace-dela-cruz"),
)
CONNECTIONS = (
    ("Eugene Kaspersky", "Elon Musk"),
    ("Xi Jinping", "organization:cyberspace-administration-of-china"),
    ("Eugene Kaspersky", "Jace Dela Cruz"),
    ("Harry Shum", "沈向洋"),
)
YEARS = range(2014, 2023)
MOST = 30
_MORE = re.compile("(?:and|另有) (?P<rest>[0-9]+) (?:more|项)")


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Build the graph of this repository."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as snapshot:
        yield snapshot


@pytest.fixture(params=Language)
def real(request: pytest.FixtureRequest, graph: Snapshot) -> Things:
    """Show it, in both languages."""
    return Things(graph, ROOT.prefixes(), request.param)


def of_thing(name: str, things: Things) -> Picture:
    """Draw a thing."""
    return thing_picture(about(things, resolve(things, name)), things)


def corners(text: Text) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower end of a text."""
    top = text.y - text.style.size
    return text.x, top, text.x + text.style.measure(text.text), top + text.style.leading


def hold(picture: Picture) -> None:
    """Fail if texts touch each other, boxes do, or anything leaves its place."""
    texts = list(picture.shapes.texts)
    for box in picture.shapes.boxes:
        texts += box.texts()
        for text in box.texts():
            left, top, right, bottom = corners(text)
            assert box.x < left <= right <= box.right
            assert box.y < top <= bottom < box.bottom
    for one, other in combinations(map(corners, texts), 2):
        apart = one[2] <= other[0] or other[2] <= one[0]
        assert apart or one[3] <= other[1] or other[3] <= one[1]
    for box, other_box in combinations(picture.shapes.boxes, 2):
        apart = box.right <= other_box.x or other_box.right <= box.x
        assert apart or box.bottom < other_box.y or other_box.bottom < box.y
    for left, top, right, bottom in map(corners, texts):
        assert 0 < left <= right < picture.width
        assert 0 < top <= bottom < picture.height


def read(picture: Picture) -> ET.Element:
    """Read the SVG again, as a browser would."""
    return ET.fromstring("".join(svg(picture)))  # noqa: S314  (we wrote it)


@pytest.mark.parametrize("name", THINGS)
def test_things_are_drawn_without_overlaps(name: str, real: Things) -> None:
    """Whatever a thing is and in both languages, its picture is clean."""
    hold(of_thing(name, real))


@pytest.mark.parametrize("ends", CONNECTIONS)
def test_paths_are_drawn_without_overlaps(ends: tuple[str, str], real: Things) -> None:
    """So is a picture of paths, also of none and of many."""
    for limit in (1, None):
        told = connect(real, ends, limit=limit)
        hold(connection_picture(PathWords(told, Words(real))))


def test_timeline_shows_every_edition_once(real: Things) -> None:
    """Editions stand below each other by year, in a picture as narrow as a phone."""
    picture = timeline_picture(editions(real), real)
    boxes = picture.shapes.boxes

    hold(picture)
    assert [box.href for box in boxes] == [each.node.value for each in editions(real)]
    assert [text.text for text in picture.shapes.texts] == list(map(str, YEARS))
    assert picture.width <= 328  # a phone of 360, without the margins of a page


def test_matrix_shows_every_part(real: Things) -> None:
    """Each body has a row, each event a column, and each pair a cell if it is said."""
    matrix = organizing(real)
    picture = matrix_picture(matrix, real)
    boxes = picture.shapes.boxes
    cells = {(part.agent, part.event) for part in matrix.parts}

    hold(picture)
    assert len(boxes) == len(matrix.agents) + len(matrix.events) + len(cells)
    for agent, event in cells:
        (row,) = [box for box in boxes if box.href == agent.value]
        (column,) = [box for box in boxes if box.href == event.value]
        (cell,) = [
            box
            for box in boxes
            if box.x == column.x and abs(box.middle - row.middle) < 2
        ]
        said = " ".join(line.text for line in cell.lines)
        documents = {part.source for part in matrix.cell(agent, event)}
        assert said.endswith(
            real.language.pick(
                "1 document" if len(documents) == 1 else f"{len(documents)} documents",
                f"{len(documents)} 份文献",
            )
        )


def test_bodies_of_one_name_are_told_apart(real: Things) -> None:
    """Bodies whose label is the same in a language are told apart by their slugs."""
    picture = matrix_picture(organizing(real), real)
    names = [box.lines for box in picture.shapes.boxes if box.href]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", THINGS)
def test_every_neighbour_is_drawn_or_counted(name: str, real: Things) -> None:
    """At most 30 neighbours are drawn, and the picture says how many more there are."""
    dossier = about(real, resolve(real, name))
    every = [each for each in neighbours(dossier, real) if kind_of(real, each.node)]
    picture = thing_picture(dossier, real)
    said = (_MORE.fullmatch(text.text) for text in picture.shapes.texts)
    rest = sum(int(found["rest"]) for found in said if found)
    drawn = [box for box in picture.shapes.boxes if box.href != dossier.thing.value]

    assert len(drawn) <= MOST
    assert len(drawn) + rest == len(every)
    assert {box.href for box in drawn} <= {each.node.value for each in every}
    for box, edge in zip(drawn, picture.shapes.edges, strict=False):
        stated = {each.node.value for each in every if each.stated}
        assert box.inferred == edge.inferred == (box.href not in stated)


def test_picture_needs_nothing_else(real: Things) -> None:
    """No script, no font, no other file; title and description for who cannot see."""
    picture = of_thing("event:wic-2018", real)
    drawn = read(picture)
    names = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    text = "".join(svg(picture))

    assert names == {"svg", "title", "desc", "style", "rect", "path", "a", "g", "text"}
    assert [child.tag.rpartition("}")[2] for child in drawn][:2] == ["title", "desc"]
    assert drawn.get("role") == "group"  # of links; an image would hide them
    assert drawn.get("lang") == real.language
    assert "prefers-color-scheme:dark" in text
    assert "url(" not in text
    assert "@import" not in text


def test_pictures_of_the_small_world(connected: Things) -> None:
    """A picture is the same bytes each time, and somebody looked at them."""
    for name in ("example-bureau", "example-summit-2018"):
        expected = (DATA / f"{name}.svg").read_text(encoding="utf-8")
        assert "".join(svg(of_thing(name, connected))) == expected
    pictures = {
        "timeline": timeline_picture(editions(connected), connected),
        "matrix": matrix_picture(organizing(connected), connected),
    }
    for name, picture in pictures.items():
        expected = (DATA / f"{name}.svg").read_text(encoding="utf-8")
        assert "".join(svg(picture)) == expected


@pytest.fixture
def ontology(real: Things) -> Ontology:
    """Read the ontology of this repository."""
    return Ontology(real.snapshot, real.prefixes, ())


def test_class_is_drawn_once_below_the_one_that_it_is_below(
    ontology: Ontology, real: Things
) -> None:
    """The classes are all there, with a line to each from the one above it."""
    picture = class_picture(ontology, real)
    boxes = {box.href: box for box in picture.shapes.boxes}
    hold(picture)

    assert len(boxes) == len(picture.shapes.boxes)
    assert {*boxes} == {term.value for term in ontology.of_kind(Kind.CLASS)}
    for term in ontology.of_kind(Kind.CLASS):
        box = boxes[term.value]
        for below in map(boxes.get, (each.value for each in ontology.below(term))):
            assert below is not None
            assert box.x < below.x < below.right == box.right
            stub = [
                edge
                for edge in picture.shapes.edges
                if edge.end == (below.x, below.middle)
            ]
            assert [edge.start[0] for edge in stub] == [box.x + 10]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_pattern_is_drawn_without_overlaps(
    pattern: Pattern, ontology: Ontology, real: Things
) -> None:
    """The fact and what it joins are boxes; what follows has a dashed line."""
    example = ontology.example(pattern)
    assert example is not None
    picture = pattern_picture(example, real)
    drawn = {box.href for box in picture.shapes.boxes}
    dashed = [edge for edge in picture.shapes.edges if edge.inferred]
    hold(picture)

    assert example.node.value in drawn
    for link in example.links:
        assert {link.node.value, *(each.node.value for each in link.onward)} <= drawn
    legend = 1 if example.follows else 0
    assert len(dashed) == len(example.follows) + legend


def test_classes_of_the_small_world(connected: Things) -> None:
    """A picture of classes is the same bytes each time, and somebody looked at it."""
    ontology = Ontology(connected.snapshot, connected.prefixes, ())
    expected = (DATA / "classes.svg").read_text(encoding="utf-8")

    assert "".join(svg(class_picture(ontology, connected))) == expected


def test_hostile_text_stays_text() -> None:
    """What a file says cannot become markup, nor a character that XML has not."""
    lines = wrapped('<b>&"\x00\x1b', Style.NAME, 200)
    shapes = Shapes(boxes=(Box(0, 0, 240, lines, href='x"><script>'),))
    drawn = read(Picture("<&>", '"', "en", shapes))

    assert [e.text for e in drawn.iter() if e.tag.endswith("text")] == ['<b>&"  ']
    assert not [e for e in drawn.iter() if e.tag.endswith("script")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one", ["one"]),
        ("one two three", ["one two", "three"]),
        ("世界互联网大会国际组织", ["世界互联网大", "会国际组织"]),
        ("one two three four five", ["one two", "three fou…"]),
    ],
)
def test_lines_fit_their_room(text: str, lines: list[str]) -> None:
    """Text is broken where it may be, and shortened where there are too many lines."""
    found = wrapped(text, Style.NAME, 80, 2)

    assert [line.text for line in found] == lines
    assert all(Style.NAME.measure(line.text) <= 80 for line in found)
