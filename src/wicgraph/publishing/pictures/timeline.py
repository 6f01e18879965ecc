"""The editions as a picture: a line of years, read downwards, narrow as a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.drawing import (
    Box,
    Edge,
    Picture,
    Shapes,
    Style,
    Text,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.editions import Edition, Span
    from wicgraph.asking.things import Things
    from wicgraph.publishing.drawing import Line

_MARGIN = 12
_AXIS = 56  # the x of the line
_TICK = 14  # from the line to a box
_WIDTH = 242  # of a box
_GAP = 12  # between two years


def timeline_picture(editions: Sequence[Edition], things: Things) -> Picture:
    """Draw editions below each other, with when they were and how it is reported."""
    pick = things.language.pick
    shapes = Shapes()
    y = _MARGIN
    for edition in editions:
        box = _box(edition, things, y)
        year = Text(_MARGIN, box.y + 22, edition.year or "–", Style.HEADING)
        tick = (_AXIS, box.y + 18), (box.x, box.y + 18)
        shapes += Shapes((Edge(*tick, "event"),), (box,), (year,))
        y = box.bottom + _GAP
    if editions:
        ends = (_AXIS, _MARGIN), (_AXIS, shapes.bottom)
        shapes += Shapes((Edge(*ends, "event"),))
    told = pick("; ", "；").join(box.told for box in shapes.boxes)
    title = pick("The editions by year", "历届大会")
    return Picture(title, told, things.language, shapes, _MARGIN)


def _box(edition: Edition, things: Things, y: int) -> Box:
    name = things.label(edition.node, things.labels([edition.node]))
    notes = tuple(_notes(edition, things))
    room = Box.room(_WIDTH)
    lines: tuple[Line, ...] = wrapped(name, Style.NAME, room)
    for note in notes:
        lines += wrapped(note, Style.NOTE, room)
    told = things.language.pick(
        f"{name} ({', '.join(notes)})", f"{name}（{'，'.join(notes)}）"
    )
    x = _AXIS + _TICK
    return Box(x, y, _WIDTH, lines, "event", edition.node.value, told)


def _notes(edition: Edition, things: Things) -> Iterator[str]:
    pick = things.language.pick
    if edition.spans:
        yield pick(" or ", "，或 ").join(map(_span, edition.spans))
    else:
        yield pick("no document gives a date", "文献未载日期")
    labels = things.labels(status for status, _ in edition.statuses)
    for status, sources in edition.statuses:
        count = len(sources)
        documents = pick(
            f"{count} document{'s' if count > 1 else ''}", f"{count} 份文献"
        )
        yield pick(
            f"{things.label(status, labels)}, by {documents}",
            f"{things.label(status, labels)}：{documents}",
        )


def _span(span: Span) -> str:
    return f"{span.start} – {span.end}" if span.end else span.start
