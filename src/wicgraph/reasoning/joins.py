"""Instances of rules as SQL: one query for all instances of one shape.

A shape is what is left of an instance when its properties, classes and things are
taken out and its variables numbered. The instances of a shape are the rows of a small
table that is joined with the triples, so that a thousand axioms make a dozen queries.
The names of rules do not matter, so rules that say the same of triples share a query.

Triples are in `triple(s, p, o, r)`, where `r` is the round in which one came. The ones
that came since the last time are in `fresh`, and came in or after round `:since`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.encoding import (
    DIFFERENT,
    NOTHING,
    REFUTED,
    SAME,
    THING,
    TYPE,
)
from wicgraph.reasoning.instances import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.instances import Instance, Key
    from wicgraph.reasoning.patterns import Node

    Counts: TypeAlias = Mapping[Key, int]

_COLUMNS = "spo"
_FEW = 1000  # so many values are quicker to name than to look up, in a graph
_LARGE = 100_000  # with more triples than these
_INLINE = frozenset({TYPE, SAME, DIFFERENT, THING, NOTHING, REFUTED})

# Of a node of a shape: a number that stays, or the place of a variable or a parameter.
Slot: TypeAlias = int | tuple[str, int]
Slots: TypeAlias = tuple[Slot, Slot, Slot]
Shape: TypeAlias = tuple[Slots, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many triples there are, and the round with which the fresh ones begin."""

    size: int
    since: int


@dataclass(slots=True)
class Family:
    """All instances of one shape."""

    body: Shape
    head: Shape
    variables: int
    members: list[Instance] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    parameters: list[tuple[int, ...]] = field(default_factory=list)
    keys: list[tuple[Key, ...]] = field(default_factory=list)


class Families:
    """Instances by their shapes, as they come."""

    def __init__(self) -> None:
        self._by_shape: dict[tuple[Shape, Shape, bool], Family] = {}

    def add(self, instances: Iterable[Instance]) -> Iterator[tuple[Family, int]]:
        """Take instances; gives each one's family and place in it."""
        for instance in instances:
            sorter = _Sorter()
            body = sorter.shape(instance.body)
            head = sorter.shape(instance.head)
            shape = (body, head, bool(instance.head))
            family = self._by_shape.get(shape)
            if family is None:
                family = Family(body, head, len(sorter.names))
                self._by_shape[shape] = family
            family.members.append(instance)
            family.names.append(tuple(sorter.names))
            family.parameters.append(tuple(sorter.parameters))
            family.keys.append(tuple(key(pattern) for pattern in instance.body))
            yield family, len(family.members) - 1

    def all(self) -> Iterable[Family]:
        """Give the families so far."""
        return self._by_shape.values()


def conclusions(
    family: Family, places: Sequence[int], fresh: int | None, graph: Extent
) -> Iterator[str]:
    """Write the queries for what some instances conclude, one for each triple of it.

    `fresh` is the place of the pattern that must match a fresh triple; None if the
    instances are new, so that any triple is news to them.
    """
    tables = _tables(family, places, fresh, graph)
    values = _parameters(family, places)
    for head in family.head:
        slots = ", ".join(_slot(slot, family) for slot in head)
        yield f"SELECT {slots} FROM {_joined(values, tables)}"


def contradictions(
    family: Family, places: Sequence[int], graph: Extent, limit: int
) -> str:
    """Write the query for the places of instances and the values of their variables."""
    values = _parameters(family, places)
    slots = ["i", *(f"v{at}" for at in range(family.variables))]
    columns = ["q.i", *(_variable(at, family) for at in range(family.variables))]
    picked = ", ".join(f"{c} AS {s}" for c, s in zip(columns, slots, strict=True))
    tables = _tables(family, places, None, graph)
    return f"SELECT {picked} FROM {_joined(values, tables)} ORDER BY ALL LIMIT {limit}"


@dataclass(slots=True)
class _Sorter:
    """Numbers variables, and takes out what is particular to an instance."""

    names: dict[str, int] = field(default_factory=dict)
    parameters: list[int] = field(default_factory=list)

    def shape(self, patterns: Sequence[tuple[Node, Node, Node]]) -> Shape:
        """Give the shape of some patterns."""
        return tuple(
            (self._slot(one), self._slot(two), self._slot(three))
            for one, two, three in patterns
        )

    def _slot(self, node: Node) -> Slot:
        if isinstance(node, str):
            return "v", self.names.setdefault(node, len(self.names))
        if node in _INLINE:
            return node
        self.parameters.append(node)
        return "c", len(self.parameters) - 1


def _parameters(family: Family, places: Sequence[int]) -> str:
    """Write the table of the instances."""
    width = len(family.parameters[places[0]])
    rows = ",".join(
        f"({','.join(map(str, (place, *family.parameters[place])))})"
        for place in places
    )
    columns = ", ".join(["i", *(f"c{at}" for at in range(width))])
    return f"(VALUES {rows}) q({columns})"


def _tables(
    family: Family, places: Sequence[int], fresh: int | None, graph: Extent
) -> list[tuple[str, list[str]]]:
    """Write each triple to be joined, with its conditions; the fresh one first.

    A pattern before the fresh one matches older triples only, so that no match is
    found twice.
    """
    order = sorted(range(len(family.body)), key=lambda at: (at != fresh, at))
    seen: dict[int, str] = {}
    tables = []
    while order:
        at = next((at for at in order if _touches(family.body[at], seen)), order[0])
        order.remove(at)
        conditions = []
        for column, slot in zip(_COLUMNS, family.body[at], strict=True):
            place = f"t{at}.{column}"
            if isinstance(slot, int):
                conditions.append(f"{place} = {slot}")
            elif slot[0] == "c":
                conditions.append(f"{place} = q.c{slot[1]}")
                if graph.size > _LARGE:
                    conditions += _narrowed(place, family, places, slot[1])
            elif slot[1] in seen:
                conditions.append(f"{place} = {seen[slot[1]]}")
            else:
                seen[slot[1]] = place
        if fresh is not None and at < fresh:
            conditions.append(f"t{at}.r < {graph.since}")
        name = "fresh" if at == fresh else "triple"
        tables.append((f"{name} t{at}", conditions))
    return tables


def _narrowed(
    place: str, family: Family, places: Sequence[int], parameter: int
) -> Iterator[str]:
    """Say which values a parameter has, so that nothing else is even looked at."""
    wanted = sorted({family.parameters[at][parameter] for at in places})
    if len(wanted) <= _FEW:
        yield f"{place} IN ({', '.join(map(str, wanted))})"


def _touches(pattern: Slots, seen: Mapping[int, str]) -> bool:
    return any(
        isinstance(slot, tuple) and slot[0] == "v" and slot[1] in seen
        for slot in pattern
    )


def _joined(values: str, tables: Sequence[tuple[str, list[str]]]) -> str:
    text = values
    for table, conditions in tables:
        text += f" JOIN {table} ON {' AND '.join(conditions) or 'true'}"
    return text


def _variable(number: int, family: Family) -> str:
    """Say where the value of a variable is found first."""
    for at, pattern in enumerate(family.body):
        for column, slot in zip(_COLUMNS, pattern, strict=True):
            if slot == ("v", number):
                return f"t{at}.{column}"
    raise ValueError(f"variable {number} is in no pattern")


def _slot(slot: Slot, family: Family) -> str:
    if isinstance(slot, int):
        return str(slot)
    kind, number = slot
    return f"q.c{number}" if kind == "c" else _variable(number, family)
