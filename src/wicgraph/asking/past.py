"""The graph as it stood on a day, and what of its answers is certain.

The graph of what may have held answers a question, and so does the graph of what
certainly did: a row that both give held, and one that only one of them gives may have.
So whatever a row rests on counts, inference, OPTIONAL, NOT EXISTS and numbers too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    from wicgraph.store import Snapshot
    from wicgraph.terms import Subject, Term

_COLUMN = Column("standing", "as of that day", "截至当日")
_HELD = Text("held", "成立")
_UNKNOWN = Text("unknown", "不详")
_NO_DAY = Text("not a day that exists", "不是存在的日期")
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

    def answer(self, ask: Callable[[Snapshot], Answer], language: Language) -> Answer:
        """Ask the three graphs, and say of each row whether it held on the day.

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
        return Answer.of_rows((*may.columns, name), map(marked, (*rows, *lost)))

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
