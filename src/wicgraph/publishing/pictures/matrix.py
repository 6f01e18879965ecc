"""Who organized what as a picture: a row for each body, a column for each event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wicgraph.asking.language import shown
from wicgraph.asking.things import local_name
from wicgraph.publishing.drawing import Box, Picture, Shapes, Style, wrapped
from wicgraph.publishing.pictures.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wicgraph.asking.editions import Matrix, Part
    from wicgraph.asking.things import Things
    from wicgraph.terms import NamedNode

_MARGIN = 12
_BODY = 156  # the width of the boxes of bodies
_EVENT = 116  # and of those of events
_GAP = 6


def matrix_picture(matrix: Matrix, things: Things) -> Picture:
    """Draw who organized what; a cell says in which part, by how many documents."""
    pick = things.language.pick
    names = things.labels((*matrix.agents, *matrix.events))
    heads = [
        replace(_box(things, names, event, _EVENT), x=_column(place))
        for place, event in enumerate(matrix.events)
    ]
    lowest = max((box.height for box in heads), default=0)
    boxes = [replace(box, y=_MARGIN + lowest - box.height) for box in heads]
    y = _MARGIN + lowest + 2 * _GAP
    told = []
    for agent in matrix.agents:
        row = [replace(_box(things, names, agent, _BODY), x=_MARGIN)]
        for place, event in enumerate(matrix.events):
            parts = matrix.cell(agent, event)
            if parts:
                cell = _cell(parts, things)
                row.append(replace(cell, x=_column(place)))
                said = pick(": ", "：").join(
                    (
                        things.label(event, names),
                        pick(", ", "，").join(_said(parts, things)),
                    )
                )
                told.append(f"{things.label(agent, names)} – {said}")
        height = max(box.height for box in row)
        boxes += [replace(box, y=y + (height - box.height) // 2) for box in row]
        y += height + _GAP
    return Picture(
        pick("Who organized what", "各届大会由谁组织"),
        pick("; ", "；").join(told),
        things.language,
        Shapes(boxes=tuple(boxes)),
        _MARGIN,
    )


def _column(place: int) -> int:
    return _MARGIN + _BODY + 2 * _GAP + place * (_EVENT + _GAP)


def _box(
    things: Things, names: Mapping[NamedNode, str], node: NamedNode, width: int
) -> Box:
    """Draw a name, and which of several things of that name is meant."""
    name, room = things.label(node, names), Box.room(width)
    lines = wrapped(name, Style.NAME, room)
    if list(names.values()).count(name) > 1:
        lines += wrapped(local_name(node), Style.NOTE, room)
    kind = kind_of(things, node)
    return Box(0, 0, width, lines, kind.name if kind else "", node.value)


def _cell(parts: Sequence[Part], things: Things) -> Box:
    room = Box.room(_EVENT)
    lines = [
        line
        for text in _said(parts, things)
        for line in wrapped(text, Style.NOTE, room)
    ]
    return Box(0, 0, _EVENT, tuple(lines), "organization")


def _said(parts: Sequence[Part], things: Things) -> tuple[str, ...]:
    """Name the parts, repeat what they are called, and count the documents."""
    classes = dict.fromkeys(each for part in parts for each in part.classes)
    labels = things.labels(classes)
    words = dict.fromkeys(each for part in parts for each in part.wordings)
    count = len({part.source for part in parts})
    documents = things.language.pick(
        f"{count} document{'s' if count > 1 else ''}", f"{count} 份文献"
    )
    return (
        *(things.label(each, labels) for each in classes),
        *(shown(text, things.language, "“{}”") for text in words),
        documents,
    )
