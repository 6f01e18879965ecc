"""From the parts of a query to a text that asks the same: see `patterns`.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Alternative,
    Bind,
    Column,
    Exists,
    Expression,
    Filter,
    GraphBlock,
    Group,
    Inverse,
    Minus,
    Negated,
    Optional,
    Repeated,
    Select,
    Sequence,
    Service,
    Span,
    TriplePattern,
    Union,
    Values,
)
from wicgraph.terms import NamedNode

if TYPE_CHECKING:
    from wicgraph.asking.patterns import Element, Path, Query
    from wicgraph.terms import Literal, Prefixes

_IRI = re.compile(r"<([^<>\s]+)>")
_BLANK = re.compile(r"_:\w+")
_SHORTER = (
    re.compile(r'"([^"]*)"\^\^xsd:(?:integer|decimal|boolean)'),  # as people write it
    re.compile(r"(?<!\w)\((\w*:[\w.-]+)\)"),  # a step of a path needs no brackets
)


def render(query: Query) -> str:
    """Write a query; its names are whole IRIs, its expressions as they were written."""
    select = query.select
    where = f"WHERE {_group(select.where)}" if select.where.elements else "WHERE {}"
    head = query.verb
    if query.verb == "SELECT":
        return _joined(query.prologue, _select(select, query.dataset))
    if query.verb == "CONSTRUCT":
        head = f"CONSTRUCT {{ {' '.join(map(_triple, query.template))} }}"
    elif query.verb == "DESCRIBE":
        head = f"DESCRIBE {' '.join(map(str, query.described)) or '*'}"
        where = where if select.where.elements else ""
    return _joined(query.prologue, head, query.dataset, where, *_modifiers(select))


def render_select(select: Select) -> str:
    """Write a SELECT or sub-select without the braces around it."""
    return _select(select, "")


def render_element(element: Element) -> str:
    """Write one element of a group."""
    if isinstance(element, TriplePattern | Filter | Bind | Values):
        return _simple(element)
    if isinstance(element, Select):
        return f"{{ {render_select(element)} }}"
    if isinstance(element, Union):
        return " UNION ".join(map(_group, element.groups))
    if isinstance(element, Group):
        return _group(element)
    return f"{_opening(element)} {_group(element.group)}"


def render_for_people(element: Element, prefixes: Prefixes) -> str:
    """Write one element of a group with CURIEs, as somebody would have typed it."""
    text = _IRI.sub(
        lambda found: prefixes.shorten(NamedNode(found[1])), render_element(element)
    )
    text = _BLANK.sub("[]", text)  # which the text may not have named
    for written in _SHORTER:
        text = written.sub(r"\1", text)
    return text.removesuffix(" .")


def _simple(element: TriplePattern | Filter | Bind | Values) -> str:
    if isinstance(element, TriplePattern):
        return _triple(element)
    if isinstance(element, Filter):
        return f"FILTER {_expression(element.expression)}"
    if isinstance(element, Bind):
        return f"BIND ( {_expression(element.expression)} AS {element.variable} )"
    return _values(element)


def _opening(element: Optional | Minus | GraphBlock | Service) -> str:
    if isinstance(element, GraphBlock):
        return f"GRAPH {element.name}"
    if isinstance(element, Service):
        return _joined("SERVICE", "SILENT" * element.silent, str(element.name))
    return type(element).__name__.upper()


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _select(select: Select, dataset: str) -> str:
    columns = " ".join(map(_column, select.columns)) or "*"
    where = f"WHERE {_group(select.where)}"
    return _joined(
        "SELECT", select.distinct, columns, dataset, where, *_modifiers(select)
    )


def _modifiers(select: Select) -> tuple[str, ...]:
    keys = " ".join(map(_column, select.keys))
    having = " ".join(map(_expression, select.having))
    order = " ".join(map(_expression, select.order))
    return (
        f"GROUP BY {keys}" if keys else "",
        f"HAVING {having}" if having else "",
        f"ORDER BY {order}" if order else "",
        select.limits,
        _values(select.values) if select.values else "",
    )


def _column(column: Column) -> str:
    if column.expression is None:
        return str(column.variable)
    if column.variable is None:
        return f"( {_expression(column.expression)} )"
    return f"( {_expression(column.expression)} AS {column.variable} )"


def _group(group: Group) -> str:
    if len(group.elements) == 1 and isinstance(group.elements[0], Select):
        return render_element(group.elements[0])
    return f"{{ {' '.join(map(render_element, group.elements))} }}"


def _triple(triple: TriplePattern) -> str:
    path = str(triple.path) if isinstance(triple.path, Variable) else _path(triple.path)
    return f"{triple.subject} {path} {triple.object} ."


def _path(path: Path) -> str:
    """Write a path, with more brackets than people need."""
    if isinstance(path, Inverse):
        return f"^({_path(path.path)})"
    if isinstance(path, Sequence):
        return "/".join(f"({_path(each)})" for each in path.paths)
    if isinstance(path, Alternative):
        return "|".join(f"({_path(each)})" for each in path.paths)
    if isinstance(path, Repeated):
        return f"({_path(path.path)}){path.mark}"
    if isinstance(path, Negated):
        inverse = (f"^{each}" for each in path.backward)
        return f"!({'|'.join((*map(str, path.forward), *inverse))})"
    return str(path)


def _expression(expression: Expression) -> str:
    """Write an expression with the spaces that it has.

    Oxigraph does not read `COALESCE ( STR (` with spaces after both names.
    """
    text, end = "", expression.span.start
    for part in expression.parts:
        if isinstance(part, Exists):
            written, span = _exists(part), part.span
        else:
            written, span = part.text, Span(part.start, part.start + len(part.text))
        text += " " * (span.start > end) + written
        end = span.end
    return text


def _exists(exists: Exists) -> str:
    return f"{'NOT ' * exists.negated}EXISTS {_group(exists.group)}"


def _values(values: Values) -> str:
    names = " ".join(map(str, values.variables))
    rows = " ".join(f"( {' '.join(map(_datum, row))} )" for row in values.rows)
    return f"VALUES ( {names} ) {{ {rows} }}"


def _datum(term: NamedNode | Literal | None) -> str:
    return "UNDEF" if term is None else str(term)
