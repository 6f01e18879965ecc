"""A query changed so that each of its solutions tells which patterns it matched.

Blank nodes become variables, paths are spelled out as far as they can be, and every
branch that may fail to match ends in a marker: a variable that is bound if it did.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Bind,
    Column,
    Expression,
    Group,
    Inverse,
    Optional,
    Select,
    Sequence,
    TriplePattern,
    Union,
    changed,
    visible,
)
from wicgraph.sparql import Token
from wicgraph.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.patterns import Element, Part
    from wicgraph.sparql import QueryText


@dataclass(frozen=True)
class Fresh:
    """Makes variables that a query does not have."""

    stem: str
    _blanks: dict[str, Variable] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @classmethod
    def of(cls, source: QueryText) -> Fresh:
        """Choose how names begin that the text of a query has not."""
        stem = "trace"
        while any(name.startswith(stem) for name in source.variables()):
            stem += "_"
        return cls(stem)

    def variable(self) -> Variable:
        """Make a variable."""
        return Variable(f"{self.stem}{next(self._numbers)}")

    def of_part(self, part: Part) -> Part:
        """Put a variable in the place of a blank node, always the same."""
        if not isinstance(part, BlankNode):
            return part
        if part.value not in self._blanks:
            self._blanks[part.value] = self.variable()
        return self._blanks[part.value]


def traced(group: Group, fresh: Fresh) -> Group:
    """Change a group, but none of its sub-selects and EXISTS: they ask on their own."""

    def change(element: Element) -> Iterator[Element]:
        if isinstance(element, TriplePattern):
            yield from _spelled(element, fresh)
        elif isinstance(element, Optional):
            yield replace(element, group=_marked(element.group, fresh))
        elif isinstance(element, Union):
            groups = tuple(_marked(each, fresh) for each in element.groups)
            yield replace(element, groups=groups)
        else:
            yield element

    return changed(group, change)


def marker(group: Group) -> Variable:
    """Find the marker of a traced branch."""
    last = group.elements[-1]
    if not isinstance(last, Bind):
        raise TypeError(last)
    return last.variable


def solutions_of(
    select: Select, where: Group, fresh: Fresh
) -> tuple[Select, tuple[Variable, ...]]:
    """Change a SELECT so that it selects every variable of every solution.

    `where` is its traced group, in which now everything is computed. Also returns the
    variables of its keys.
    """
    columns = () if select.aggregates else select.columns
    elements = list(where.elements)
    keys = []
    for column in (*columns, *select.keys):
        variable = column.variable or fresh.variable()
        if column.expression is not None:
            elements.append(Bind(column.expression, variable, column.span))
        if column in select.keys:
            keys.append(variable)
    if select.values is not None and not select.aggregates:
        elements.append(select.values)
    return everything(replace(where, elements=tuple(elements))), tuple(keys)


def everything(where: Group) -> Select:
    """Make a SELECT of all that a group can give values to."""
    columns = tuple(Column(each, None, where.span) for each in visible(where))
    return Select("", columns, where, (), (), (), "", None, where.span)


def groups_of(select: Select, fresh: Fresh) -> tuple[Select, tuple[Variable, ...]]:
    """Change a SELECT that groups so that its keys are selected too, all of them."""
    named = tuple(
        replace(key, variable=key.variable or fresh.variable()) for key in select.keys
    )
    keys = tuple(key.variable for key in named if key.variable)
    known = {column.variable for column in select.columns}
    columns = tuple(Column(key, None, select.span) for key in keys if key not in known)
    whole = replace(
        select,
        distinct="",
        columns=(*select.columns, *columns),
        keys=named,
        order=(),
        limits="",
    )
    return whole, keys


def _marked(group: Group, fresh: Fresh) -> Group:
    true = Token("literal", "true", group.span.end)
    always = Expression((true,), aggregates=False, span=group.span)
    bind = Bind(always, fresh.variable(), group.span)
    return replace(group, elements=(*group.elements, bind))


def _spelled(triple: TriplePattern, fresh: Fresh) -> Iterator[TriplePattern]:
    """Write sequences and inverses as triples; a sequence needs nodes between."""
    start, end = fresh.of_part(triple.subject), fresh.of_part(triple.object)
    path = triple.path
    if isinstance(path, Inverse):
        yield from _spelled(TriplePattern(end, path.path, start, triple.span), fresh)
    elif isinstance(path, Sequence):
        between = [fresh.variable() for _ in path.paths[1:]]
        for step, (one, other) in zip(
            path.paths, pairwise((start, *between, end)), strict=True
        ):
            yield from _spelled(TriplePattern(one, step, other, triple.span), fresh)
    else:
        yield TriplePattern(start, path, end, triple.span)
