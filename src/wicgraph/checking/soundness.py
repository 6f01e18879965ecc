"""Shapes that cannot work: queries and patterns that no engine can use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Store

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import Stage, Suspicion
from wicgraph.checking.engines import SHAPES_FILE
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.turtle import Position
from wicgraph.terms import SH, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.errors import SourceError
    from wicgraph.reading.turtle import Fact

UNSOUND_SHAPE = "unsound-shape"

_SELECT = NamedNode(SH + "select")
_PATTERN = NamedNode(SH + "pattern")
_PREFIXES = NamedNode(SH + "prefixes")
_PROJECTS_THIS = re.compile(r"\bselect\b[^{]*[$?]this\b", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): ")


def unsound_shapes(asserted: Asserted) -> Iterator[Suspicion]:
    """Find queries that are not SPARQL or find no focus, and patterns that are none."""
    if SHAPES_FILE not in asserted.files or not asserted.prefixes.table:
        return
    for fact in asserted.files[SHAPES_FILE].facts:
        if not isinstance(fact.object, Literal):
            continue
        fault = None
        if fact.predicate == _SELECT:
            fault = _fault_of_query(fact, fact.object.value, asserted)
        elif fact.predicate == _PATTERN:
            fault = _fault_of_pattern(fact, fact.object.value)
        if fault is not None:
            yield Suspicion(_finding(*fault, fact), Stage.SYNTAX)


def unusable_shapes(error: SourceError) -> Suspicion:
    """Say that an engine could not use the shapes, where nothing better is known."""
    finding = Finding(
        Severity.ERROR,
        UNSOUND_SHAPE,
        f"The shapes cannot be used: {error.reason.en}",
        f"形状无法使用：{error.reason.zh}",
        "Correct the shape; until then no facts are held to any.",
        "请改正该形状；在此之前不会据形状检查事实。",
        Position(error.path, error.line or 1, error.column or 1),
    )
    return Suspicion(finding, Stage.SYNTAX)


def _fault_of_query(
    fact: Fact, query: str, asserted: Asserted
) -> tuple[Position, str, str] | None:
    about = asserted.facts_about(fact.subject)
    header = ""
    if any(each.predicate == _PREFIXES for each in about):
        header = asserted.prefixes.sparql_header().replace("\n", " ")
    try:
        Store().query(header + query.replace("$PATH", "<urn:path>"))
    except SyntaxError as error:
        line, column = fact.object_at
        place = _PLACE.match(error.msg)  # what it expects there is another each time
        if place is not None and place[1] != "1":
            line, column = line + int(place[1]) - 1, int(place[2])
        return (
            Position(fact.path, line, column),
            "The query of this constraint is not SPARQL from here on.",
            "该约束的查询自此处起不是 SPARQL。",
        )
    if not _PROJECTS_THIS.search(query):
        return (
            object_position(fact),
            "The query of this constraint does not select $this, so it finds nothing.",
            "该约束的查询没有选取 $this，因此找不到任何内容。",
        )
    return None


def _fault_of_pattern(fact: Fact, pattern: str) -> tuple[Position, str, str] | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return (
            object_position(fact),
            f"The pattern is no regular expression: {error}.",
            f"该模式不是正则表达式：{error}。",
        )
    return None


def _finding(position: Position, message: str, message_zh: str, fact: Fact) -> Finding:
    return Finding(
        Severity.ERROR,
        UNSOUND_SHAPE,
        message,
        message_zh,
        "Correct it; until then no facts are held to the shapes.",
        "请改正；在此之前不会据形状检查事实。",
        position,
        fact.subject,
    )
