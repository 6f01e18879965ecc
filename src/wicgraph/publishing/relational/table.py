"""A table of the graph: its columns, its key, and how its rows are read from facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.errors import OutputError
from wicgraph.language import Text
from wicgraph.publishing.relational.facts import Facts, wic
from wicgraph.reading.period import Span
from wicgraph.terms import Literal, NamedNode, language_tag

if TYPE_CHECKING:
    from wicgraph.terms import Term

Cell: TypeAlias = str | int | date | None
Row: TypeAlias = tuple[Cell, ...]
Read: TypeAlias = Callable[[Facts, NamedNode], Row]

_REMEDY = Text(
    "; state it, or export a format of RDF, which does not need it",
    "；请补充陈述，或改用不需要它的 RDF 格式导出",
)


class Kind(StrEnum):
    """What a column holds, by its name in XML Schema."""

    TEXT = "string"
    IRI = "anyURI"
    NUMBER = "integer"
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what it refers to if it holds keys of another table.

    `states` is the property of the subject of which the cells are exactly the values,
    in the language of `lang` if they have one.
    """

    name: str
    title: Text
    kind: Kind = Kind.TEXT
    refers: str = ""
    states: NamedNode | None = None
    lang: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns of a table, and the cells that a node has in them.

    `reads` are the properties that these cells are read from.
    """

    columns: tuple[Column, ...]
    read: Read
    reads: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its rows are sorted by their key and the key is unique.

    `reads` are the classes and properties that its rows are read from.
    """

    name: str
    title: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    read: Callable[[Facts], Iterable[Row]]
    reads: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows."""

    table: Table
    rows: tuple[Row, ...]


def of_class(name: str, title: Text, kind: str, *parts: Part) -> Table:
    """Make a table with a row for each thing of a class of the ontology."""
    table = of_nodes(name, title, lambda facts: facts.members(kind), *parts)
    return replace(table, reads=(wic(kind), *table.reads))


def of_nodes(
    name: str, title: Text, find: Callable[[Facts], Iterable[NamedNode]], *parts: Part
) -> Table:
    """Make a table with a row for each of some nodes; the key is the column `id`."""
    columns = tuple(chain.from_iterable(part.columns for part in parts))

    def read(facts: Facts) -> Iterable[Row]:
        for node in find(facts):
            cells = (part.read(facts, node) for part in parts)
            yield tuple(chain.from_iterable(cells))

    reads = tuple(chain.from_iterable(part.reads for part in parts))
    return Table(name, title, ("id",), columns, read, reads)


def of_links(name: str, title: Text, property_: str, *ends: Column) -> Table:
    """Make a table of who is joined to what by a property; both are the key."""

    def read(facts: Facts) -> Iterable[Row]:
        for node in facts.things():
            for value in facts.objects(node, wic(property_)):
                if isinstance(value, NamedNode):
                    yield (facts.curie(node), facts.curie(value))

    key = tuple(end.name for end in ends)
    return Table(name, title, key, ends, read, (wic(property_),))


def filled(tables: Iterable[Table], facts: Facts) -> tuple[Filled, ...]:
    """Read all rows; raises OutputError where a row refers to one that is not there."""
    found = tuple(
        Filled(table, tuple(sorted(set(table.read(facts)), key=_order)))
        for table in tables
    )
    keys = {each.table.name: {row[0] for row in each.rows} for each in found}
    for each in found:
        for place, column in enumerate(each.table.columns):
            for row in each.rows:
                cell = row[place]
                if cell is None and column.required:
                    raise _missing(each.table, column, row)
                if cell is not None and cell not in keys.get(column.refers, {cell}):
                    raise _dangling(each.table, column, cell)
    return found


def reference(
    name: str, title: Text, property_: str, refers: str, *, required: bool = False
) -> Part:
    """Hold the key of what a property leads to."""

    def read(facts: Facts, node: NamedNode) -> Row:
        value = facts.only(node, wic(property_))
        return (facts.curie(value) if isinstance(value, NamedNode) else None,)

    column = Column(name, title, refers=refers, required=required)
    return Part((column,), read, (wic(property_),))


def plain(name: str, title: Text, property_: str, kind: Kind = Kind.TEXT) -> Part:
    """Hold a literal without a language; a number as a number."""

    def read(facts: Facts, node: NamedNode) -> Row:
        value = facts.only(node, wic(property_))
        if not isinstance(value, Literal):
            return (None,)
        return (int(value.value) if kind is Kind.NUMBER else value.value,)

    column = Column(name, title, kind, states=wic(property_))
    return Part((column,), read, (wic(property_),))


def printed(name: str, title: Text, property_: str) -> Part:
    """Hold a text in the one language in which it is printed, and that language."""

    def read(facts: Facts, node: NamedNode) -> Row:
        value = facts.only(node, wic(property_))
        if not isinstance(value, Literal):
            return (None, None)
        return (value.value, tag(value))

    columns = (Column(name, title), language_column(name, title))
    return Part(columns, read, (wic(property_),))


def both(name: str, title: Text, property_: NamedNode) -> Part:
    """Hold a text in English and in Chinese, each where there is one."""
    columns = (
        Column(
            f"{name}_en", title + Text(" (en)", "（英文）"), states=property_, lang="en"
        ),
        Column(
            f"{name}_zh",
            title + Text(" (zh)", "（中文）"),
            states=property_,
            lang="zh-Hans",
        ),
    )

    def read(facts: Facts, node: NamedNode) -> Row:
        values = [v for v in facts.objects(node, property_) if isinstance(v, Literal)]
        by_tag = {tag(value): value.value for value in values}
        return tuple(by_tag.get(column.lang) for column in columns)

    return Part(columns, read, (property_,))


def days(name: str, title: Text, property_: str) -> Part:
    """Hold a date as it is stated, and the first and the last day that it can be."""

    def read(facts: Facts, node: NamedNode) -> Row:
        return day_cells(facts.only(node, wic(property_)))

    return Part(day_columns(name, title), read, (wic(property_),))


def day_columns(name: str, title: Text) -> tuple[Column, ...]:
    """Make the three columns of a date that may be known to a month or a year only."""
    return (
        Column(name, title),
        Column(f"{name}_first", title + Text(", no sooner", "（最早）"), Kind.DAY),
        Column(f"{name}_last", title + Text(", no later", "（最晚）"), Kind.DAY),
    )


def day_cells(value: Term | None) -> Row:
    """Fill the three columns of a date."""
    span = Span.of(value) if value is not None else None
    if span is None or not isinstance(value, Literal):
        return (None, None, None)
    return (value.value, span.first, span.last)


def language_column(name: str, title: Text) -> Column:
    """Make the column that tells the language of another."""
    told = title + Text(": language", "的语言")
    return Column(f"{name}_language", told)


def tag(value: Literal) -> str | None:
    """Write the language of a literal as BCP 47 does; None if it has none."""
    return language_tag(value.language) if value.language else None


def _order(row: Row) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)


def _missing(table: Table, column: Column, row: Row) -> OutputError:
    return OutputError(
        Text(
            f"{row[0]} has no {column.name}, which each row of the table"
            f" {table.name} has",
            f"{row[0]} 缺少 {column.name}，而表 {table.name} 的每一行都须有它",
        )
        + _REMEDY
    )


def _dangling(table: Table, column: Column, value: Cell) -> OutputError:
    return OutputError(
        Text(
            f"the column {column.name} of the table {table.name} has {value}, which"
            f" the table {column.refers} does not have: nothing in the graph says that"
            " it belongs there",
            f"表 {table.name} 的列 {column.name} 中有 {value}，"
            f"而表 {column.refers} 中没有它：图谱中没有说明它属于该表",
        )
        + _REMEDY
    )
