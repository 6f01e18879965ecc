"""The parts of a SPARQL query as frozen values, each with its place in the text.

`parsing.parse` makes them of a text and `rendering.render` makes a text of them; what
lies between is a change of values. Variables and blank nodes are Oxigraph's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import Variable

from wicgraph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wicgraph.sparql import Token


class Span(NamedTuple):
    """A stretch of the text of a query, in code points from its start."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inverse:
    """The path `^p`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """The path `p/q`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The path `p|q`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The path `p?`, `p*` or `p+`; `mark` is the last character."""

    path: Path
    mark: str


@dataclass(frozen=True, slots=True)
class Negated:
    """The path `!(p|^q)`: any property but these, forward or backward."""

    forward: tuple[NamedNode, ...]
    backward: tuple[NamedNode, ...]


Path: TypeAlias = NamedNode | Inverse | Sequence | Alternative | Repeated | Negated
Part: TypeAlias = Variable | NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """One triple pattern, also of `;`, `,`, `[…]` and `(…)`: these are spelled out."""

    subject: Part
    path: Variable | Path
    object: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Exists:
    """An EXISTS or NOT EXISTS of an expression.

    `wanted` tells whether the expression asks for it, counting every negation around
    it; `negated` tells only whether NOT is written.
    """

    negated: bool
    wanted: bool
    group: Group
    span: Span


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression: its tokens, a literal as one of them, and its EXISTS."""

    parts: tuple[Token | Exists, ...]
    aggregates: bool
    span: Span

    def exists(self) -> tuple[Exists, ...]:
        """List every EXISTS of the expression itself."""
        return tuple(part for part in self.parts if isinstance(part, Exists))


@dataclass(frozen=True, slots=True)
class Filter:
    """`FILTER (…)`."""

    expression: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Bind:
    """`BIND (… AS ?variable)`."""

    expression: Expression
    variable: Variable
    span: Span


@dataclass(frozen=True, slots=True)
class Values:
    """`VALUES (?a ?b) { (…) }`; None stands for UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[NamedNode | Literal | None, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Optional:
    """`OPTIONAL {…}`."""

    group: Group
    span: Span


@dataclass(frozen=True, slots=True)
class Minus:
    """`MINUS {…}`."""

    group: Group
    span: Span


@dataclass(frozen=True, slots=True)
class Union:
    """`{…} UNION {…}`."""

    groups: tuple[Group, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class GraphBlock:
    """`GRAPH name {…}`."""

    name: Variable | NamedNode
    group: Group
    span: Span


@dataclass(frozen=True, slots=True)
class Service:
    """`SERVICE name {…}`, which no snapshot answers."""

    silent: bool
    name: Variable | NamedNode
    group: Group
    span: Span


@dataclass(frozen=True, slots=True)
class Group:
    """`{…}`: what has to fit together, in the order of the text."""

    elements: tuple[Element, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Column:
    """What is selected or grouped by: a variable, an expression, or both with AS."""

    variable: Variable | None
    expression: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT or sub-select, and what other forms share with it.

    No columns means SELECT *, and no keys no GROUP BY. `limits` is LIMIT and OFFSET
    as they are written, `distinct` is DISTINCT, REDUCED or "".
    """

    distinct: str
    columns: tuple[Column, ...]
    where: Group
    keys: tuple[Column, ...]
    having: tuple[Expression, ...]
    order: tuple[Expression, ...]
    limits: str
    values: Values | None
    span: Span

    @property
    def aggregates(self) -> bool:
        """Tell whether its rows are groups of solutions."""
        of_columns = (column.expression for column in self.columns)
        expressions = (*of_columns, *self.having, *self.order)
        return bool(self.keys) or any(e.aggregates for e in expressions if e)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; `verb` is SELECT, ASK, CONSTRUCT or DESCRIBE.

    `prologue` and `dataset` are BASE, PREFIX and FROM as they are written. `template`
    is of a CONSTRUCT, `described` of a DESCRIBE, where empty means everything.
    """

    prologue: str
    verb: str
    template: tuple[TriplePattern, ...]
    described: tuple[Variable | NamedNode, ...]
    dataset: str
    select: Select


Element: TypeAlias = (
    TriplePattern
    | Filter
    | Bind
    | Values
    | Optional
    | Minus
    | Union
    | GraphBlock
    | Service
    | Group
    | Select
)


def changed(group: Group, change: Callable[[Element], Iterable[Element]]) -> Group:
    """Put other elements, or none, in the place of each element of a group.

    The elements of inner groups are changed before the element that has them, but
    those of sub-selects and of EXISTS are not.
    """
    elements: list[Element] = []
    for element in group.elements:
        inner = element
        if isinstance(element, Group):
            inner = changed(element, change)
        elif isinstance(element, Optional | Minus | GraphBlock | Service):
            inner = replace(element, group=changed(element.group, change))
        elif isinstance(element, Union):
            groups = tuple(changed(each, change) for each in element.groups)
            inner = replace(element, groups=groups)
        elements += change(inner)
    return replace(group, elements=tuple(elements))


def inner_groups(element: Element) -> tuple[Group, ...]:
    """List the groups right below an element, except those of EXISTS."""
    if isinstance(element, Group):
        return (element,)
    if isinstance(element, Optional | Minus | GraphBlock | Service):
        return (element.group,)
    if isinstance(element, Union):
        return element.groups
    return (element.where,) if isinstance(element, Select) else ()


def walk(group: Group) -> Iterator[Element]:
    """Go through all elements, outer before inner, also of sub-selects and EXISTS."""
    for element in group.elements:
        yield element
        for inner in inner_groups(element):
            yield from walk(inner)
        if isinstance(element, Filter | Bind):
            for exists in element.expression.exists():
                yield from walk(exists.group)


def visible(group: Group) -> tuple[Variable, ...]:
    """List the variables that a group can give values to, in order of appearance."""
    return tuple(dict.fromkeys(_visible(group)))


def mentioned(group: Group) -> tuple[Variable, ...]:
    """List all variables of a group, also those that only its expressions have."""
    found: dict[Variable, None] = dict.fromkeys(_visible(group))
    for element in walk(group):
        if isinstance(element, Filter | Bind):
            found |= dict.fromkeys(used(element.expression))
        for inner in inner_groups(element):
            found |= dict.fromkeys(_visible(inner))
    return tuple(found)


def used(expression: Expression) -> Iterator[Variable]:
    """Go through the variables that an expression uses, also those of its EXISTS."""
    for part in expression.parts:
        if isinstance(part, Exists):
            yield from mentioned(part.group)
        elif part.kind == "variable":
            yield Variable(part.text[1:])


def selected(select: Select) -> tuple[Variable, ...]:
    """List the variables of the columns of a SELECT."""
    if not select.columns:
        return visible(select.where)
    return tuple(column.variable for column in select.columns if column.variable)


def _visible(group: Group) -> Iterator[Variable]:
    for element in group.elements:
        if isinstance(element, TriplePattern):
            parts = (element.subject, element.path, element.object)
            yield from (part for part in parts if isinstance(part, Variable))
        elif isinstance(element, Select):
            yield from selected(element)
        elif isinstance(element, Bind):
            yield element.variable
        elif isinstance(element, Values):
            yield from element.variables
        elif not isinstance(element, Minus):
            name = element.name if isinstance(element, GraphBlock | Service) else None
            if isinstance(name, Variable):
                yield name
            for inner in inner_groups(element):
                yield from _visible(inner)
