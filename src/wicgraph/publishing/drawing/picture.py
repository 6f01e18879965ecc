"""What pictures are made of, and how it is written as SVG.

A picture needs no script, no font and no other file, and its colours follow the light
or dark scheme of the reader. Units are pixels; y grows downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from wicgraph.publishing.drawing.looks import SHEET, Style
from wicgraph.publishing.tables import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PADDING = 9  # between the border of a box and its text
_BAR = 4  # the coloured edge of a box


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a box."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    """A box around lines of text; its kind gives its colour, and `href` where it leads.

    `told` is what a screen reader says of it besides its lines.
    """

    x: int
    y: int
    width: int
    lines: tuple[Line, ...]
    kind: str = ""
    href: str = ""
    told: str = ""
    inferred: bool = False

    @property
    def height(self) -> int:
        """The height that the lines need."""
        return 2 * _PADDING + sum(line.style.leading for line in self.lines)

    @property
    def middle(self) -> int:
        """The y of the middle."""
        return self.y + self.height // 2

    @property
    def bottom(self) -> int:
        """The y of the lower border."""
        return self.y + self.height

    @property
    def right(self) -> int:
        """The x of the right border."""
        return self.x + self.width

    @staticmethod
    def room(width: int) -> int:
        """Return how wide the lines of a box of a width may be."""
        return width - 2 * _PADDING - _BAR

    def texts(self) -> tuple[Text, ...]:
        """Place the lines inside the box."""
        return column(self.lines, self.x + _PADDING + _BAR, self.y + _PADDING)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two points, dashed where what it stands for was inferred."""

    start: tuple[int, int]
    end: tuple[int, int]
    kind: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text that starts at x and stands on the line y."""

    x: int
    y: int
    text: str
    style: Style
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What lies on a sheet: edges under boxes under texts."""

    edges: tuple[Edge, ...] = ()
    boxes: tuple[Box, ...] = ()
    texts: tuple[Text, ...] = ()

    def __add__(self, other: Shapes) -> Shapes:
        return Shapes(
            self.edges + other.edges,
            self.boxes + other.boxes,
            self.texts + other.texts,
        )

    @property
    def right(self) -> int:
        """The x at which the last of them ends, at most."""
        ends = [box.right for box in self.boxes]
        ends += [x for edge in self.edges for x, _ in (edge.start, edge.end)]
        ends += [t.x + math.ceil(t.style.measure(t.text)) for t in self.texts]
        return max(ends, default=0)

    @property
    def bottom(self) -> int:
        """The y at which the lowest of them ends."""
        ends = [box.bottom for box in self.boxes]
        ends += [y for edge in self.edges for _, y in (edge.start, edge.end)]
        ends += [text.y + text.style.leading // 3 for text in self.texts]
        return max(ends, default=0)


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on a sheet that ends where they do, but for a margin.

    Title and description are for those who cannot see it.
    """

    title: str
    description: str
    language: str
    shapes: Shapes
    margin: int = 24

    @property
    def width(self) -> int:
        """How wide the sheet is."""
        return self.shapes.right + self.margin

    @property
    def height(self) -> int:
        """How high the sheet is."""
        return self.shapes.bottom + self.margin


def column(lines: Sequence[Line], x: int, y: int) -> tuple[Text, ...]:
    """Place lines below each other, from the upper left corner."""
    texts = []
    for line in lines:
        baseline = y + round(line.style.leading * 0.72)
        texts.append(Text(x, baseline, line.text, line.style))
        y += line.style.leading
    return tuple(texts)


def wrapped(text: str, style: Style, room: int, most: int = 0) -> tuple[Line, ...]:
    """Break a text into lines that fit, into at most so many if `most` is not 0.

    The last line ends with an ellipsis where text is left out.
    """
    lines = wrap(text, room, style.measure)
    if most and len(lines) > most:
        last = lines[most - 1]
        while style.measure(f"{last}…") > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return tuple(Line(each, style) for each in lines)


def svg(picture: Picture) -> Iterator[str]:
    """Write a picture as an SVG document.

    https://www.w3.org/TR/SVG2/
    """
    size = f'width="{picture.width}" height="{picture.height}"'
    # Links in an image cannot be reached by who reads the screen aloud.
    role = "group" if any(box.href for box in picture.shapes.boxes) else "img"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wicgraph" {size}'
        f' viewBox="0 0 {picture.width} {picture.height}" role="{role}"'
        f' lang="{picture.language}">\n'
        f"<title>{_escaped(picture.title)}</title>\n"
        f"<desc>{_escaped(picture.description)}</desc>\n"
        f"<style>\n{SHEET}</style>\n"
        f'<rect class="paper" {size}/>\n'
    )
    yield from map(_edge, picture.shapes.edges)
    for box in picture.shapes.boxes:
        yield from _box(box)
    yield from map(_text, picture.shapes.texts)
    yield "</svg>\n"


def _edge(edge: Edge) -> str:
    (x1, y1), (x2, y2) = edge.start, edge.end
    bend = (x1 + x2) // 2
    look = "edge inferred" if edge.inferred else "edge"
    if y1 == y2 or x1 == x2:
        path = f"M{x1} {y1}L{x2} {y2}"
    else:
        path = f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"
    return f'<path class="{f"{look} {edge.kind}".strip()}" d="{path}"/>\n'


def _box(box: Box) -> Iterator[str]:
    size = f'width="{box.width}" height="{box.height}"'
    if box.href:
        yield f'<a href="{_escaped(box.href)}">'
    yield "<g>"
    if box.told:
        yield f"<title>{_escaped(box.told)}</title>"
    look = "box inferred" if box.inferred else "box"
    yield f'<rect class="{look}" x="{box.x}" y="{box.y}" {size} rx="6"/>'
    yield (
        f'<rect class="{f"bar {box.kind}".strip()}" x="{box.x}" y="{box.y + 6}"'
        f' width="{_BAR}" height="{box.height - 12}" rx="2"/>\n'
    )
    yield from map(_text, box.texts())
    yield "</g>"
    yield "</a>\n" if box.href else "\n"


def _text(text: Text) -> str:
    look = f"{text.style.name.lower()} {text.kind}".strip()
    return (
        f'<text class="{look}" x="{text.x}" y="{text.y}">{_escaped(text.text)}</text>\n'
    )


def _escaped(text: str) -> str:
    """Write a text in XML, without the characters that XML does not have."""
    return escape("".join(char if char.isprintable() else " " for char in text))
