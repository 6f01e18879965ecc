"""The classes of an ontology as a picture: trees in columns, read downwards."""

from __future__ import annotations

from dataclasses import dataclass
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
from wicgraph.publishing.ontology import Kind
from wicgraph.publishing.pictures.kinds import kind_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.things import Things
    from wicgraph.publishing.ontology import Ontology
    from wicgraph.terms import NamedNode

_MARGIN = 12
_COLUMNS = 3
_WIDTH = 280  # of a column
_GAP = 28  # between columns
_APART = 16  # two trees
_BETWEEN = 6  # two boxes
_INDENT = 22  # of a class below another
_RAIL = 10  # from the left of a box to the line down to those below it
_COUNT = 40  # room for how many things there are of a class


@dataclass(frozen=True, slots=True)
class _Branch:
    """A class and the branches below it."""

    term: NamedNode
    below: tuple[_Branch, ...]

    @property
    def size(self) -> int:
        """How many classes there are in it."""
        return 1 + sum(branch.size for branch in self.below)


def class_picture(ontology: Ontology, things: Things) -> Picture:
    """Draw all classes, the largest trees first, with how many things are of each."""
    pick = things.language.pick
    classes = ontology.of_kind(Kind.CLASS)
    painter = _Painter(ontology, things, things.labels(classes))
    trees = sorted(
        (_branch(ontology, root, frozenset()) for root in ontology.roots()),
        key=lambda tree: (-tree.size, painter.label(tree.term)),
    )
    ends = [_MARGIN] * _COLUMNS
    shapes = Shapes()
    for tree in trees:
        column = ends.index(min(ends))
        x = _MARGIN + column * (_WIDTH + _GAP)
        drawn = painter.drawn(tree, x, ends[column])
        ends[column] = drawn.bottom + (_APART if tree.below else _BETWEEN)
        shapes += drawn
    told = pick(
        f"{len(classes)} classes. Those that are below no other: ",
        f"共 {len(classes)} 个类。没有上位类的是：",
    )
    names = pick(", ", "、").join(painter.label(tree.term) for tree in trees)
    return Picture(
        pick("The classes of the ontology", "本体中的类"),
        told + names,
        things.language,
        shapes,
        _MARGIN,
    )


def _branch(
    ontology: Ontology, term: NamedNode, above: frozenset[NamedNode]
) -> _Branch:
    """Read the classes below one; a circle of classes ends where it began."""
    path = above | {term}
    below = (each for each in ontology.below(term) if each not in path)
    return _Branch(term, tuple(_branch(ontology, each, path) for each in below))


@dataclass(frozen=True, slots=True)
class _Painter:
    """Draws branches with the names of their classes."""

    ontology: Ontology
    things: Things
    labels: Mapping[NamedNode, str]

    def label(self, term: NamedNode) -> str:
        return self.things.label(term, self.labels)

    def drawn(self, branch: _Branch, x: int, y: int, depth: int = 0) -> Shapes:
        """Draw a class, and those below it further to the right."""
        box = self._box(branch.term, x + depth * _INDENT, y, _WIDTH - depth * _INDENT)
        shapes = Shapes(boxes=(box,), texts=tuple(self._count(branch.term, box)))
        rail = box.x + _RAIL
        middle = box.bottom
        for below in branch.below:
            top = shapes.bottom + _BETWEEN
            drawn = self.drawn(below, x, top, depth + 1)
            child = drawn.boxes[0]
            middle = child.middle
            stub = Edge((rail, middle), (child.x, middle), child.kind)
            shapes += Shapes((stub,)) + drawn
        if branch.below:
            shapes += Shapes((Edge((rail, box.bottom), (rail, middle), box.kind),))
        return shapes

    def _box(self, term: NamedNode, x: int, y: int, width: int) -> Box:
        name = self.label(term)
        lines = wrapped(name, Style.NAME, Box.room(width) - _COUNT)
        kind = kind_among(self.ontology.above(term))
        return Box(x, y, width, lines, kind.name if kind else "", term.value, name)

    def _count(self, term: NamedNode, box: Box) -> Iterator[Text]:
        """Write how many things there are at the right end of a box."""
        uses = self.ontology.uses(term)
        if uses.stated + uses.inferred:
            text = str(uses.stated + uses.inferred)
            x = box.right - 10 - round(Style.NOTE.measure(text))
            yield Text(x, box.y + 22, text, Style.NOTE)
