"""The graph in the vocabularies of others, as stored CONSTRUCT queries say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import QueryTriples, Store

from wicgraph.errors import SourceError
from wicgraph.language import Text
from wicgraph.publishing.dumps.context import A_NODE, Vocabulary
from wicgraph.terms import XSD_DATE, Literal, NamedNode, Prefixes, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.root import Root

_PREFIX = re.compile(r"^PREFIX ([\w-]*): <([^>]*)>", re.MULTILINE)
_SCHEMA = "https://schema.org/"


class View(NamedTuple):
    """What a view constructs, and the prefixes that it declares."""

    quads: frozenset[Quad]
    prefixes: Prefixes


def has_view(root: Root, name: str) -> bool:
    """Tell whether a folder has the query of a view."""
    return (root.folder / _path(name)).is_file()


def view(root: Root, name: str, quads: Iterable[Quad]) -> View:
    """Construct one of VIEW_FORMATS from quads, the ontology among them.

    The query is queries/views/NAME.rq of the folder; its default graph is the union.
    Raises SourceError for a file that is not there, or is no CONSTRUCT.
    """
    path = _path(name)
    text = root.read(path)
    store = Store()
    store.bulk_extend(quads)
    try:
        found = store.query(text, use_default_graph_as_union=True)
    except SyntaxError as error:
        reason = Text.english(error.msg)
        raise SourceError(path, error.lineno, error.offset, reason) from error
    if not isinstance(found, QueryTriples):
        reason = Text("a view is a CONSTRUCT query", "视图须为 CONSTRUCT 查询")
        raise SourceError(path, None, None, reason)
    made = frozenset(Quad(t.subject, t.predicate, t.object) for t in found)
    return View(made, Prefixes(dict(_PREFIX.findall(text))))


def short_names(quads: Iterable[Quad]) -> Vocabulary:
    """Give terms of schema.org their own names, as pages write them.

    A property that has nothing but nodes, or nothing but days, need not say so.
    """
    names: dict[NamedNode, str] = {}
    kinds: dict[NamedNode, set[str]] = {}
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(_SCHEMA):
                names[term] = term.value.removeprefix(_SCHEMA)
        if quad.predicate.value.startswith(_SCHEMA):
            kinds.setdefault(quad.predicate, set()).add(_kind(quad))
    alone = {node: next(iter(kind)) for node, kind in kinds.items() if len(kind) == 1}
    readings = {n: k for n, k in alone.items() if k in {A_NODE, XSD_DATE.value}}
    return Vocabulary(names, readings)


def _path(name: str) -> str:
    return f"queries/views/{name}.rq"


def _kind(quad: Quad) -> str:
    value = quad.object
    if isinstance(value, Literal):
        return value.datatype.value
    return "" if isinstance(value, Triple) else A_NODE
