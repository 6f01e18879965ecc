"""A thing as a picture: itself in the middle, its neighbours by kind on both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.neighbours import neighbours
from wicgraph.publishing.drawing import (
    Box,
    Edge,
    Picture,
    Shapes,
    Style,
    Text,
    wrapped,
)
from wicgraph.publishing.pictures.kinds import KINDS, kind_of, legend, what

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.neighbours import Neighbour, Tie
    from wicgraph.asking.things import Things
    from wicgraph.publishing.pictures.kinds import Kind

_MARGIN = 24
_WIDTH = 290  # of the boxes of neighbours
_MIDDLE = 240  # of the box of the thing
_REACH = 110  # of the lines between them
_MOST = 30  # neighbours that are drawn
_BETWEEN = 8  # two boxes
_APART = 22  # two groups
_NOTES = 2  # lines for how a neighbour is tied


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbours of one kind: those that are drawn, and how many are not."""

    kind: Kind
    boxes: tuple[Box, ...]
    rest: int

    @property
    def height(self) -> int:
        inside = sum(box.height + _BETWEEN for box in self.boxes)
        more = Style.NOTE.leading if self.rest else 0
        return Style.HEADING.leading + inside + more


def thing_picture(dossier: Dossier, things: Things) -> Picture:
    """Draw a thing and its neighbours, at most 30, with how many more there are."""
    pick = things.language.pick
    groups = _groups(dossier, things)
    left, right = _sides(groups)
    name = things.label(dossier.thing, things.labels([dossier.thing]))
    x = _MARGIN + (_WIDTH + _REACH if left else 0)
    lines = wrapped(name, Style.TITLE, Box.room(_MIDDLE))
    lines += wrapped(what(things, dossier.thing), Style.NOTE, Box.room(_MIDDLE))
    kind = kind_of(things, dossier.thing)
    thing = Box(x, 0, _MIDDLE, lines, kind.name if kind else "", dossier.thing.value)
    highest = max(thing.height, _height(left), _height(right))
    thing = replace(thing, y=_MARGIN + (highest - thing.height) // 2)
    shapes = Shapes(boxes=(thing,))
    for side, at in ((left, _MARGIN), (right, thing.right + _REACH)):
        top = _MARGIN + (highest - _height(side)) // 2
        shapes += _side(side, at, top, thing, things)
    shapes += legend(_MARGIN, shapes.bottom + _APART, things.language)
    told = pick("; ", "；").join(
        pick(*group.kind.headings)
        + pick(": ", "：")
        + pick(", ", "、").join(box.told for box in group.boxes)
        for group in groups
    )
    return Picture(name, told, things.language, shapes)


def _groups(dossier: Dossier, things: Things) -> tuple[_Group, ...]:
    """Group the neighbours by kind; of each group some are drawn, the stated first."""
    found: dict[Kind, list[Neighbour]] = {}
    for neighbour in neighbours(dossier, things):
        kind = kind_of(things, neighbour.node)
        if kind is not None:
            found.setdefault(kind, []).append(neighbour)
    names = things.labels(each.node for every in found.values() for each in every)
    share = _share([len(every) for every in found.values()])
    groups = []
    for kind in KINDS:
        every = sorted(
            found.get(kind, ()),
            key=lambda each: (
                not each.stated,
                names.get(each.node, ""),
                str(each.node),
            ),
        )
        if every:
            drawn = tuple(_box(each, kind, things) for each in every[:share])
            groups.append(_Group(kind, drawn, len(every) - len(drawn)))
    return tuple(groups)


def _share(sizes: Sequence[int]) -> int:
    """Return how many of each group are drawn, so that none crowds others out."""
    share = _MOST
    while sum(min(size, share) for size in sizes) > _MOST:
        share -= 1
    return max(share, 1)


def _box(neighbour: Neighbour, kind: Kind, things: Things) -> Box:
    name = things.label(neighbour.node, things.labels([neighbour.node]))
    note = things.language.pick("; ", "；").join(
        dict.fromkeys(_tie(tie, things) for tie in neighbour.ties)
    )
    room = Box.room(_WIDTH)
    lines = wrapped(name, Style.NAME, room)
    lines += wrapped(note, Style.NOTE, room, _NOTES)
    return Box(
        0,
        0,
        _WIDTH,
        lines,
        kind.name,
        neighbour.node.value,
        f"{name} ({note})",
        inferred=not neighbour.stated,
    )


def _tie(tie: Tie, things: Things) -> str:
    """Say how a neighbour is tied: "keynote speech · speaker", "← session of"."""
    labels = things.labels((tie.relation, *tie.classes))
    relation = things.label(tie.relation, labels)
    if tie.classes:
        kinds = ", ".join(things.label(each, labels) for each in tie.classes)
        return f"{kinds} · {relation}"
    return f"← {relation}" if tie.incoming else relation


def _sides(groups: Sequence[_Group]) -> tuple[list[_Group], list[_Group]]:
    """Spread groups over the right and the left, so that neither is much higher."""
    sides: tuple[list[_Group], list[_Group]] = ([], [])
    for group in sorted(groups, key=lambda group: -group.height):
        min(sides[::-1], key=_height).append(group)
    left, right = (sorted(side, key=groups.index) for side in sides)
    return left, right


def _height(side: Sequence[_Group]) -> int:
    return sum(group.height for group in side) + _APART * max(0, len(side) - 1)


def _side(side: Sequence[_Group], x: int, y: int, thing: Box, things: Things) -> Shapes:
    """Draw groups below each other, and a line from the thing to each neighbour."""
    is_left = x < thing.x
    start = (thing.x if is_left else thing.right, thing.middle)
    shapes = Shapes()
    for group in side:
        heading = things.language.pick(*group.kind.headings)
        text = Text(x, y + 13, heading, Style.HEADING, group.kind.name)
        shapes += Shapes(texts=(text,))
        below = y + Style.HEADING.leading
        for unplaced in group.boxes:
            box = replace(unplaced, x=x, y=below)
            end = (box.right if is_left else box.x, box.middle)
            edge = Edge(start, end, group.kind.name, inferred=box.inferred)
            shapes += Shapes((edge,), (box,))
            below = box.bottom + _BETWEEN
        if group.rest:
            more = things.language.pick(
                f"and {group.rest} more", f"另有 {group.rest} 项"
            )
            shapes += Shapes(texts=(Text(x, below + 11, more, Style.NOTE),))
        y += group.height + _APART
    return shapes
