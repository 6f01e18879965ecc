"""Answers and lists in the format that somebody asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps import dump
from wicgraph.publishing.formats import (
    GRAPH_FORMATS,
    LIST_FORMATS,
    ROW_FORMATS,
    require_format,
)
from wicgraph.publishing.rows import (
    as_csv,
    as_json,
    as_markdown,
    as_tsv,
    as_xml,
    cells,
)
from wicgraph.publishing.tables import pages
from wicgraph.terms import BlankNode, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import Column

_STANDARD = {"tsv": as_tsv, "json": as_json, "xml": as_xml}


def answer_text(  # noqa: PLR0913  (what to write, and how)
    answer: Answer,
    columns: Sequence[Column],
    things: Things,
    form: str,
    *,
    iris: bool = False,
    room: int | None = None,
) -> Iterator[str]:
    """Write an answer; only what is a graph has the formats of graphs.

    `columns` give headings to the columns of a stored query, and stay empty for
    others; `iris` keeps CURIEs where labels could stand; a table may be `room`
    columns wide. Raises UnknownName for another format.
    """
    graphs = GRAPH_FORMATS if answer.form == "graph" else ()
    require_format(form, (*ROW_FORMATS, *graphs))
    if form in graphs:
        yield from dump(_quads(answer), form, things.prefixes)
    elif form in _STANDARD:
        yield from _STANDARD[form](answer)
    elif answer.form == "ask":
        for (word,) in cells(answer, things):
            yield f"{word}\n"
    else:
        names = answer.columns
        pick = things.language.pick
        headings = [pick(c.label, c.label_zh) for c in columns] or names
        rows = cells(answer, things, iris=iris)
        yield from list_text(names, headings, rows, form, room)


def list_text(
    names: Sequence[str],
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    form: str,
    room: int | None = None,
) -> Iterator[str]:
    """Write rows of text: a table has the headings, csv and json have the names.

    Each is written as it comes, in json all at once, in a table a page at a time.
    Raises UnknownName for another format.
    """
    require_format(form, LIST_FORMATS)
    if form == "csv":
        yield from as_csv(names, rows)
    elif form == "md":
        yield from as_markdown(headings, rows)
    elif form == "json":
        found = [dict(zip(names, row, strict=True)) for row in rows]
        yield json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    else:
        yield from pages(headings, rows, room)


def _quads(answer: Answer) -> Iterable[Quad]:
    for subject, predicate, value in answer.rows:
        if (
            isinstance(subject, NamedNode | BlankNode)
            and isinstance(predicate, NamedNode)
            and isinstance(value, NamedNode | BlankNode | Literal)
        ):
            yield Quad(subject, predicate, value)
