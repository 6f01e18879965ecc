"""A connection as a picture: each path is a column of stops, read downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.drawing import (
    Box,
    Edge,
    Line,
    Picture,
    Shapes,
    Style,
    column,
    wrapped,
)
from wicgraph.publishing.pictures.kinds import kind_of, legend, what

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.asking.paths import Step
    from wicgraph.publishing.path_words import PathWords
    from wicgraph.terms import NamedNode

_MARGIN = 24
_WIDTH = 300  # of a column
_GAP = 36  # between columns
_ABREAST = 3  # columns beside each other
_RAIL = 20  # from the left of a column to the line that joins its stops
_AIR = 8  # around what is written
_LINKS = 3  # that are written at one step, at most


def connection_picture(said: PathWords) -> Picture:
    """Draw the paths of a connection, three beside each other."""
    told = said.connection
    paths = told.paths or ((),)
    abreast = min(_ABREAST, len(paths))
    room = abreast * _WIDTH + (abreast - 1) * _GAP
    shapes = Shapes(
        texts=column(wrapped(said.headline(), Style.TITLE, room), _MARGIN, _MARGIN)
    )
    for first in range(0, len(told.paths), abreast):
        top = shapes.bottom + _GAP // 2
        for place, path in enumerate(told.paths[first : first + abreast]):
            x = _MARGIN + place * (_WIDTH + _GAP)
            heading = Line(said.heading(first + place + 1), Style.HEADING)
            shapes += Shapes(texts=column([heading], x, top))
            below = top + Style.HEADING.leading + _AIR
            shapes += _path(said, path, x, below)
    if said.closing():
        lines = wrapped(said.closing(), Style.NOTE, room)
        shapes += Shapes(texts=column(lines, _MARGIN, shapes.bottom + _AIR))
    if told.paths:
        below = shapes.bottom + 2 * _AIR + _AIR
        shapes += legend(_MARGIN, below, said.words.things.language)
    names = [_names(said, path) for path in told.paths]
    return Picture(
        said.headline(),
        "; ".join(names),
        said.words.things.language,
        shapes,
    )


def _names(said: PathWords, path: Sequence[Step]) -> str:
    stops = (said.connection.one, *(step.other for step in path))
    return " – ".join(map(said.words.term, stops))


def _path(said: PathWords, path: Sequence[Step], x: int, y: int) -> Shapes:
    """Draw the stops of a path below each other, and what joins them."""
    box = _stop(said, said.connection.one, x, y)
    shapes = Shapes(boxes=(box,))
    for step in path:
        lines = _links(said, step)
        texts = column(lines, x + _RAIL + 2 * _AIR, box.bottom + _AIR)
        height = sum(line.style.leading for line in lines) + 2 * _AIR
        below = _stop(said, step.other, x, box.bottom + height)
        ends = ((x + _RAIL, box.bottom), (x + _RAIL, below.y))
        edge = Edge(*ends, inferred=not said.connection.is_stated(step))
        shapes += Shapes((edge,), (below,), texts)
        box = below
    return shapes


def _stop(said: PathWords, node: NamedNode, x: int, y: int) -> Box:
    things, room = said.words.things, Box.room(_WIDTH)
    kind = kind_of(things, node)
    lines = wrapped(said.words.term(node), Style.NAME, room)
    lines += wrapped(what(things, node), Style.NOTE, room)
    return Box(x, y, _WIDTH, lines, kind.name if kind else "", node.value)


def _links(said: PathWords, step: Step) -> list[Line]:
    """Write what joins two stops: each link once, however many documents have it."""
    room = _WIDTH - _RAIL - 2 * _AIR
    every = list(dict.fromkeys(said.link(step, link) for link in step.links))
    lines = [
        line for each in every[:_LINKS] for line in wrapped(each, Style.NOTE, room)
    ]
    if len(every) > _LINKS:
        rest = said.words.pick(
            f"and {len(every) - _LINKS} more", f"另有 {len(every) - _LINKS} 项"
        )
        lines.append(Line(rest, Style.NOTE))
    return lines
