"""Instances of rules as SQL: one query for all instances of one shape.

A shape is what is left of the premises of an instance when its properties, classes and
things are taken out and its variables numbered. The instances that a round looks at are
the rows of one small table, and those of a shape are joined with the triples by one
query, whatever they conclude: a thousand axioms make a dozen queries. The names of
rules do not matter, so rules that say the same of triples share a query.

    triple (s, p, o, r)                   every triple, and the round in which it came
    instance (n, i, h, d0 to d2, c0 …)    what an instance concludes: its query, its
                                          place, the shape of the conclusion, the terms
                                          of the conclusion and those of the premises
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
    from wicgraph.reasoning.patterns import Node, Pattern

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
    """All instances with premises of one shape, either contradictions or none.

    `heads` are the shapes of what they conclude. The lists after it are by the places
    of the instances; `concluded` has for each triple that an instance concludes the
    place of its shape and its parameters.
    """

    body: Shape
    variables: int
    contradicts: bool
    heads: list[Slots] = field(default_factory=list)
    members: list[Instance] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    parameters: list[tuple[int, ...]] = field(default_factory=list)
    concluded: list[list[tuple[int, ...]]] = field(default_factory=list)
    keys: list[tuple[Key, ...]] = field(default_factory=list)

    def conclude(self, head: Slots) -> int:
        """Give the place of a shape of conclusions, a new one if it has none."""
        if head not in self.heads:
            self.heads.append(head)
        return self.heads.index(head)


class Families:
    """Instances by their shapes, as they come."""

    def __init__(self) -> None:
        self._by_shape: dict[tuple[Shape, bool], Family] = {}

    def add(self, instances: Iterable[Instance]) -> Iterator[tuple[Family, int]]:
        """Take instances; gives each one's family and place in it."""
        for instance in instances:
            sorter = _Sorter()
            body = tuple(map(sorter.slots, instance.body))
            shape = (body, not instance.head)
            family = self._by_shape.get(shape)
            if family is None:
                family = Family(body, len(sorter.names), not instance.head)
                self._by_shape[shape] = family
            concluded = []
            for pattern in instance.head:
                own = _Sorter(sorter.names)
                head = family.conclude(own.slots(pattern))
                concluded.append((head, *own.parameters))
            family.members.append(instance)
            family.names.append(tuple(sorter.names))
            family.parameters.append(tuple(sorter.parameters))
            family.concluded.append(concluded)
            family.keys.append(tuple(map(key, instance.body)))
            yield family, len(family.members) - 1

    def all(self) -> Iterable[Family]:
        """Give the families so far."""
        return self._by_shape.values()


class Batch:
    """Queries to be run together, and the table of the instances they are about."""

    def __init__(self, graph: Extent) -> None:
        self.queries: list[str] = []
        self.instances: list[tuple[int, ...]] = []
        self._graph = graph

    def conclude(
        self, family: Family, places: Sequence[int], fresh: int | None
    ) -> None:
        """Ask for what some instances conclude.

        `fresh` is the place of the pattern that must match a fresh triple; None if the
        instances are new, so that any triple is news to them.
        """
        used = sorted({head for at in places for head, *_ in family.concluded[at]})
        columns = (_concluded(family, used, column) for column in range(len(_COLUMNS)))
        self._ask(family, places, fresh, ", ".join(columns))

    def contradict(self, family: Family, places: Sequence[int], limit: int) -> None:
        """Ask for the places of instances and the values of their variables."""
        columns = ["q.i", *(_variable(at, family) for at in range(family.variables))]
        picked = ", ".join(f"{column} AS v{at}" for at, column in enumerate(columns))
        self._ask(family, places, None, picked)
        self.queries[-1] += f" ORDER BY ALL LIMIT {limit}"

    def _ask(
        self, family: Family, places: Sequence[int], fresh: int | None, picked: str
    ) -> None:
        number = len(self.queries)
        for at in places:
            for head, *terms in family.concluded[at] or [(0,)]:
                own = (*terms, 0, 0, 0)[: len(_COLUMNS)]
                row = (number, at, head, *own, *family.parameters[at])
                self.instances.append(row)
        text = f"SELECT {picked} FROM instance q"
        for table, conditions in _tables(family, places, fresh, self._graph):
            text += f" JOIN {table} ON {' AND '.join(conditions) or 'true'}"
        self.queries.append(f"{text} WHERE q.n = {number}")


@dataclass(slots=True)
class _Sorter:
    """Numbers variables, and takes out what is particular to an instance."""

    names: dict[str, int] = field(default_factory=dict)
    parameters: list[int] = field(default_factory=list)

    def slots(self, pattern: Pattern) -> Slots:
        """Give the shape of a pattern."""
        one, two, three = pattern
        return self._slot(one), self._slot(two), self._slot(three)

    def _slot(self, node: Node) -> Slot:
        if isinstance(node, str):
            return "v", self.names.setdefault(node, len(self.names))
        if node in _INLINE:
            return node
        self.parameters.append(node)
        return "c", len(self.parameters) - 1


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
        if fresh is not None and at <= fresh:
            conditions.append(f"t{at}.r {'<' if at < fresh else '>='} {graph.since}")
        tables.append((f"triple t{at}", conditions))
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


def _variable(number: int, family: Family) -> str:
    """Say where the value of a variable is found first."""
    for at, pattern in enumerate(family.body):
        for column, slot in zip(_COLUMNS, pattern, strict=True):
            if slot == ("v", number):
                return f"t{at}.{column}"
    raise ValueError(f"variable {number} is in no pattern")


def _concluded(family: Family, used: Sequence[int], column: int) -> str:
    """Say where a term of a conclusion comes from, which depends on its shape."""
    texts = [_slot(family.heads[head][column], family) for head in used]
    if len({*texts}) == 1:
        return texts[0]
    cases = zip(used, texts, strict=True)
    return (
        f"CASE q.h {' '.join(f'WHEN {head} THEN {text}' for head, text in cases)} END"
    )


def _slot(slot: Slot, family: Family) -> str:
    if isinstance(slot, int):
        return str(slot)
    kind, number = slot
    return f"q.d{number}" if kind == "c" else _variable(number, family)
