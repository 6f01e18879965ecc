"""Times as documents give them: days known to a day, month or year, and periods.

What is unknown has no bound here, `date.min` or `date.max`, and is never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Self

from wicgraph.terms import XSD, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.terms import Term

_TIME = r"(?:T[0-9:.]+)?(?:Z|[+-]\d\d:\d\d)?"
_FORMS = {
    NamedNode(XSD + name): re.compile(pattern, re.ASCII)
    for name, pattern in {
        "date": rf"(\d{{4}})-(\d\d)-(\d\d){_TIME}",
        "dateTime": rf"(\d{{4}})-(\d\d)-(\d\d){_TIME}",
        "gYear": rf"(\d{{4}}){_TIME}",
        "gYearMonth": rf"(\d{{4}})-(\d\d){_TIME}",
    }.items()
}


class Standing(Enum):
    """Whether something held on a day, as far as documents tell."""

    HELD = "held"
    UNKNOWN = "unknown"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Span:
    """One day that lies between two, both included: a month if only that is known."""

    first: date = date.min
    last: date = date.max

    @classmethod
    def of(cls, term: Term) -> Self | None:
        """Read a literal as precisely as its datatype says; None if it is no time.

        The day is the one that is written: a time of day and a time zone do not
        count, as documents print local time.
        """
        form = _FORMS.get(term.datatype) if isinstance(term, Literal) else None
        found = form.fullmatch(term.value) if form else None
        if found is None:
            return None
        year, month, day = (*map(int, found.groups()), None, None)[:3]
        try:
            first = date(year or 0, month or 1, day or 1)
        except ValueError:
            return None
        end = month or 12
        return cls(first, date(first.year, end, day or monthrange(first.year, end)[1]))

    @classmethod
    def agreed(cls, spans: Iterable[Self]) -> Self:
        """Join what documents say of one day: what all allow, else all they say."""
        told = tuple(spans) or (cls(),)
        first, last = max(s.first for s in told), min(s.last for s in told)
        if first <= last:
            return cls(first, last)
        return cls(min(s.first for s in told), max(s.last for s in told))

    @classmethod
    def first_of(cls, spans: Iterable[Self]) -> Self:
        """Say when the first of several days is."""
        told = tuple(spans)
        return cls(min(s.first for s in told), min(s.last for s in told))


@dataclass(frozen=True, slots=True)
class Period:
    """A time without a gap of which the bounds may be unknown.

    `begins` and `ends` are the first and the last day: both belong to it. What was
    seen to hold on a day began by that day and ended no sooner.
    """

    begins: Span = Span()
    ends: Span = Span()

    @classmethod
    def witnessed(cls, days: Iterable[Span], begins: Span, ends: Span) -> Self:
        """Make the period that holds on each of the days, between two bounds."""
        for day in (*days, begins, ends):
            begins = Span(begins.first, min(begins.last, day.last))
            ends = Span(max(ends.first, day.first), ends.last)
        return cls(begins, ends)

    def holds_on(self, day: date) -> Standing:
        """Say whether the day lies in it: certainly, certainly not, or who knows.

        Where documents contradict one another nothing is certain.
        """
        outside = not self.begins.first <= day <= self.ends.last
        inside = self.begins.last <= day <= self.ends.first
        if outside == inside:
            return Standing.UNKNOWN
        return Standing.HELD if inside else Standing.NOT
