"""A pattern of the ontology as a picture: a real fact, what it joins, what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.language import shown
from wicgraph.publishing.drawing import (
    Box,
    Edge,
    Line,
    Picture,
    Shapes,
    Style,
    Text,
    column,
    wrapped,
)
from wicgraph.publishing.pictures.kinds import kind_of, legend, what
from wicgraph.publishing.vocabulary import WORDS
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.things import Things
    from wicgraph.publishing.ontology import Example, Link
    from wicgraph.terms import Term

_MARGIN = 12
_FACT = 270  # the width of the box of the fact
_NODE = 230  # and of those beside it
_GAP = 132  # between columns
_BETWEEN = 14  # two boxes
_RAIL = 12  # from a box to the line from which its links leave
_AIR = 5  # around the name of a link
_LINES = 4  # of one text, at most


def pattern_picture(example: Example, things: Things) -> Picture:
    """Draw what a fact states, and below it the relations that follow from it."""
    pick = things.language.pick
    painter = _Painter(things)
    shapes = _heading(pick("Stated by a document", "文献所陈述"), _MARGIN)
    shapes += painter.stated(example, shapes.bottom + _BETWEEN)
    if example.follows:
        title = pick("Inferred from it", "由此推理得出")
    else:
        title = pick("No relation is inferred from it", "不由此推出任何关系")
    shapes += _heading(title, shapes.bottom + 2 * _BETWEEN)
    for triple in example.follows:
        ends = (triple.subject, triple.object)
        one, other = (each for each in ends if isinstance(each, NamedNode))
        top = shapes.bottom + _BETWEEN
        shapes += painter.inferred(one, triple.predicate, other, top)
    if example.follows:
        shapes += legend(_MARGIN, shapes.bottom + 2 * _BETWEEN, things.language)
    boxes = (box.told for box in shapes.boxes)
    return Picture(
        example.pattern.title.spoken(things.language),
        pick("; ", "；").join(dict.fromkeys(boxes)),
        things.language,
        shapes,
        _MARGIN,
    )


def _heading(text: str, y: int) -> Shapes:
    return Shapes(texts=column([Line(text, Style.HEADING)], _MARGIN, y))


@dataclass(frozen=True, slots=True)
class _Painter:
    """Draws nodes and what leads from one to the next, from left to right."""

    things: Things

    def stated(self, example: Example, top: int) -> Shapes:
        """Draw a fact on the left, and the nodes that it joins on the right."""
        lines = tuple(self._fact(example))
        kind = kind_of(self.things, example.node)
        name = kind.name if kind else ""
        fact = Box(_MARGIN, top, _FACT, lines, name, example.node.value)
        room = self._height(example.links)
        fact = replace(fact, y=top + max(0, room - fact.height) // 2)
        below = top + max(0, fact.height - room) // 2
        return Shapes(boxes=(fact,)) + self._fan(fact, example.links, below)

    def inferred(
        self, one: NamedNode, relation: NamedNode, other: NamedNode, top: int
    ) -> Shapes:
        """Draw two nodes and a dashed line between them."""
        start = self._box(one, _MARGIN, _FACT)
        end = self._box(other, start.right + _GAP, _NODE)
        label = self._lines(self._name(relation), _GAP - 2 * _AIR)
        height = max(start.height, end.height, 2 * _room(label))
        start = replace(start, y=top + (height - start.height) // 2)
        end = replace(end, y=top + (height - end.height) // 2)
        middle = top + height // 2
        edge = Edge((start.right, middle), (end.x, middle), inferred=True)
        return Shapes((edge,), (start, end), _above(label, start.right + _AIR, middle))

    def _fan(self, box: Box, links: Sequence[Link], top: int) -> Shapes:
        """Draw the nodes that a box is linked with below each other, from a top on."""
        if not links:
            return Shapes()
        rail, x = box.right + _RAIL, box.right + _GAP
        ends = [box.middle]
        shapes = Shapes()
        for link in links:
            room = self._height([link])
            node = self._box(link.node, x, _NODE)
            node = replace(node, y=top + (room - node.height) // 2)
            stub = Edge((rail, node.middle), (x, node.middle))
            label = _above(self._label(link), rail + _AIR, node.middle)
            shapes += Shapes((stub,), (node,), label)
            onward = self._height(link.onward)
            shapes += self._fan(node, link.onward, top + (room - onward) // 2)
            ends.append(node.middle)
            top += room + _BETWEEN
        start = Edge((box.right, box.middle), (rail, box.middle))
        return Shapes((start, Edge((rail, min(ends)), (rail, max(ends))))) + shapes

    def _height(self, links: Sequence[Link]) -> int:
        """Return how much room links need, with all that is linked further on."""
        rooms = [
            max(
                self._box(link.node, 0, _NODE).height,
                2 * _room(self._label(link)),
                self._height(link.onward),
            )
            for link in links
        ]
        return sum(rooms) + _BETWEEN * max(0, len(rooms) - 1)

    def _box(self, node: NamedNode, x: int, width: int) -> Box:
        """Draw a node: its name or what it says, and what it is."""
        text = self.things.text(node)
        note = what(self.things, node)
        if text is None:
            name, note = note, self.things.prefixes.shorten(node)
        else:
            marks = "{}" if self.things.is_named(node) else "“{}”"
            name = shown(text, self.things.language, marks)
        room = Box.room(width)
        lines = wrapped(name, Style.NAME, room, _LINES)
        lines += wrapped(note, Style.NOTE, room)
        kind = kind_of(self.things, node)
        told = self.things.language.pick(f"{name} ({note})", f"{name}（{note}）")
        return Box(x, 0, width, lines, kind.name if kind else "", node.value, told)

    def _fact(self, example: Example) -> Iterator[Line]:
        """Write what a fact is, and each of its texts, numbers and closed values."""
        room = Box.room(_FACT)
        yield from wrapped(what(self.things, example.node), Style.NAME, room)
        curie = self.things.prefixes.shorten(example.node)
        yield from wrapped(curie, Style.NOTE, room)
        ours = {name for name, value in example.said if self._speaks(value)}
        for name, value in example.said:
            tagged = isinstance(value, Literal) and value.language
            if name not in ours or not tagged or self._speaks(value):
                said = self.things.language.pick(": ", "：").join(
                    (self._name(name), self._value(value))
                )
                yield from wrapped(said, Style.NOTE, room, _LINES)

    def _label(self, link: Link) -> tuple[Line, ...]:
        """Name a link, and say which of several it is."""
        name = self._name(link.relation)
        if link.of > 1:
            name = f"{name} {link.place}/{link.of}"
        return self._lines(name, _GAP - _RAIL - 2 * _AIR)

    def _lines(self, name: str, room: int) -> tuple[Line, ...]:
        return wrapped(name, Style.NOTE, room, 2)

    def _name(self, node: NamedNode) -> str:
        if node in WORDS:
            return WORDS[node].spoken(self.things.language)
        return self.things.label(node, self.things.labels([node]))

    def _value(self, value: Term) -> str:
        if isinstance(value, NamedNode):
            return self._name(value)
        return shown(value, self.things.language) if isinstance(value, Literal) else ""

    def _speaks(self, value: Term) -> bool:
        """Tell a text in the language of the picture."""
        tag = value.language if isinstance(value, Literal) else None
        return (tag or "").partition("-")[0] == self.things.language


def _room(label: Sequence[Line]) -> int:
    """Return how much room the name of a link needs above its line."""
    return sum(line.style.leading for line in label) + _AIR


def _above(label: Sequence[Line], x: int, y: int) -> tuple[Text, ...]:
    """Write the name of a link above its line."""
    return column(label, x, y - _room(label) + _AIR // 2)
