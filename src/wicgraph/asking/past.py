"""The graph as it stood on a day, and what of its answers is certain.

The graph of what may have held answers a question, and so does the graph of what
certainly did: a row that both give held, and one that only one of them gives may have.
So whatever a row rests on counts, inference, OPTIONAL, NOT EXISTS and numbers too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from wicgraph.asking.answer import Answer
from wicgraph.errors import ParameterError
from wicgraph.language import Text, quoted
from wicgraph.queries.datatypes import FORMS
from wicgraph.queries.stored import Column
from wicgraph.reading.period import Standing
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wicgraph.asking.answer import Row
    from wicgraph.language import Language
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.sparql import QueryText
    from wicgraph.store import Snapshot
    from wicgraph.terms import Subject, Term

_COLUMN = Column("standing", "as of that day", "截至当日")
_HELD = Text("held", "成立")
_UNKNOWN = Text("unknown", "不详")
_NO_DAY = Text("not a valid date", "不是有效日期")
_LONGER = (
    (FORMS["gYear"], Text("a year", "是年份")),
    (FORMS["gYearMonth"], Text("a month", "是月份")),
)


@dataclass(frozen=True, slots=True)
class Past:
    """A day, with the graphs of what may have held, what did, and what has no day."""

    day: date
    possible: Snapshot
    certain: Snapshot
    undated: Snapshot

    def answer(
        self,
        ask: Callable[[Snapshot], Answer],
        language: Language,
        part: slice = slice(None),
    ) -> Answer:
        """Ask the three graphs, and say of each row whether it held on the day.

        `part` are the rows that are wanted of a SELECT, see `unlimited`.

        A SELECT gets a last column, `standing`: held, unknown, or nothing where the
        row rests on nothing that has a time. What an ASK asks may be unknown. A
        CONSTRUCT gives all that may have held. Rows that what is unknown would rule
        out, or count otherwise, stand at the end. All rows are held in memory.
        """
        may, did = ask(self.possible), ask(self.certain)
        if may.form == "graph":
            return may
        if may.form == "ask":
            if may.yes == did.yes:
                return may
            word = Literal(_UNKNOWN.spoken(language))
            return Answer("ask", may.columns, iter([(word,)]), yes=False, unknown=True)
        rows, sure = tuple(may.rows), tuple(did.rows)
        possible, certain = set(rows), set(sure)
        undated = set(ask(self.undated).rows)
        lost = (r for r in sure if r not in possible and not _says_less(r, possible))

        def marked(row: Row) -> Row:
            both = row in possible and row in certain
            word = (_HELD if both else _UNKNOWN).spoken(language)
            return (*row, None if both and row in undated else Literal(word))

        name = _COLUMN.name
        while name in may.columns:
            name += "_"
        wanted = (*rows, *lost)[part]
        return Answer.of_rows((*may.columns, name), map(marked, wanted))

    def columns(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Add the heading of the last column."""
        return (*columns, _COLUMN)

    def standing(
        self,
        subject: Subject,
        predicate: NamedNode | None = None,
        value: Term | None = None,
    ) -> Standing | None:
        """Say whether a statement held, or a node; None if it rests on no time."""
        if any(self.undated.triples(subject, predicate, value)):
            return None
        held = any(self.certain.triples(subject, predicate, value))
        return Standing.HELD if held else Standing.UNKNOWN

    def is_certain(self, statement: Statement) -> bool:
        """Tell a statement that held, or that rests on no time, from another."""
        subject, predicate, value = statement
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return False
        return self.standing(subject, predicate, value) is not Standing.UNKNOWN


def unlimited(query: QueryText) -> tuple[QueryText, slice]:
    """Leave away LIMIT and OFFSET of a SELECT, and say which of its rows they mean.

    Row 5 of one graph is another one than row 5 of the next, and no mark of it.
    """
    text, found, depth = query.text, dict[str, int](), 0
    is_select = query.verb is not None and query.verb.is_word("SELECT")
    for token, number in pairwise(query.tokens if is_select else ()):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.is_word("LIMIT", "OFFSET") and number.text.isdecimal():
            word = token.text.upper()
            if word in found:  # which is no SPARQL, and for Oxigraph to say
                return query, slice(None)
            found[word] = int(number.text)
            for blank in (token, number):  # so that all else stays in its place
                end = blank.start + len(blank.text)
                text = text[: blank.start] + " " * len(blank.text) + text[end:]
    first, rows = found.get("OFFSET", 0), found.get("LIMIT")
    return replace(query, text=text), slice(
        first, None if rows is None else first + rows
    )


def day(text: str) -> date:
    """Read the day of --as-of; raises ParameterError for what is none.

    A month or a year is no day: what held on some of its days may not have on others.
    """
    if FORMS["date"].fits(text):
        return date.fromisoformat(text)
    longer = (what for form, what in _LONGER if form.fits(text))
    what, asked = next(longer, _NO_DAY), quoted(text)
    raise ParameterError(
        "--as-of",
        "day",
        Text(
            f"{asked.en} is {what.en}; write a day, such as 2014-11-19",
            f"{asked.zh}{what.zh}；请写明具体日期，例如 2014-11-19",
        ),
    )


def _says_less(row: Row, rows: Iterable[Row]) -> bool:
    """Tell whether some row says all that this one says, and more."""
    return None in row and any(
        all(own in {None, other} for own, other in zip(row, fuller, strict=True))
        for fuller in rows
    )
