"""What can go wrong, as one tree.

A caller who catches `WicgraphError` has caught everything that wicgraph raises
on purpose; `str(error)` is the one message to show, and `exit_code` is the
status that a command ends with::

    WicgraphError
    ├── RootError        no graph folder where one was asked for
    ├── SourceError      a file cannot be read or parsed
    ├── UnknownName      nothing has this name
    ├── AmbiguousName    more than one thing has this name
    ├── QueryError       a query, or the file that stores it, is malformed
    ├── ParameterError   a parameter is missing or its value is unreadable
    ├── DeadlineError    there was no answer in time
    ├── StoreError       a snapshot cannot be built, written or read
    └── OutputError      an output file cannot be written

Findings of a check are values, not exceptions.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import ClassVar

from wicgraph.terminal import printable, quoted, width

_LINE_END = re.compile(r"\r\n?|\n")
_WINDOW = 100  # characters of a line that an excerpt shows


class WicgraphError(Exception):
    """A failure that has a message for the person who asked."""

    exit_code: ClassVar[int] = 2

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as it is: its class may take other arguments."""
        return _received, (type(self), self.args), self.__dict__


class RootError(WicgraphError):
    """No graph folder where one was asked for."""


class _LocatedError(WicgraphError):
    """A failure at a place in a text; the message starts with the place.

    `line` and `column` count from 1, columns in code points. `excerpt` holds the
    lines around the place with a caret under it and `hint` says what would be
    right; both may be empty and neither is part of the message.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (a place has many parts)
        self,
        place: str,
        line: int | None,
        column: int | None,
        reason: str,
        excerpt: str = "",
        hint: str = "",
    ) -> None:
        self.line = line
        self.column = column
        self.reason = reason
        self.excerpt = excerpt
        self.hint = hint
        self._place = place
        parts = (place, line, column)
        super().__init__(":".join(str(part) for part in parts if part) + f": {reason}")


class SourceError(_LocatedError):
    """A file cannot be read or parsed."""

    @property
    def path(self) -> str:
        """The file, as a posix path relative to the graph folder if it is in it."""
        return self._place


class QueryError(_LocatedError):
    """A SPARQL query, or the file that stores it, is malformed."""

    @property
    def where(self) -> str:
        """The file of the query, or what the query was called."""
        return self._place


class UnknownName(WicgraphError):
    """Nothing of this kind has this name; `similar` holds the names it may mean.

    `kind` is the noun for the message: "prefix", "term", "thing", "query",
    "parameter", "format", …; `remedy` is said where nothing is similar.
    """

    def __init__(
        self, kind: str, name: str, similar: tuple[str, ...] = (), *, remedy: str = ""
    ) -> None:
        self.kind = kind
        self.name = name
        self.similar = similar
        message = f"no {kind} is named {quoted(name)}"
        advice = did_you_mean(similar) or remedy
        super().__init__(f"{message}; {advice}" if advice else message)


class AmbiguousName(WicgraphError):
    """More than one thing has this name; `candidates` are their CURIEs."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.name = name
        self.candidates = candidates
        super().__init__(
            f"{quoted(name)} names {len(candidates)} things:"
            f" {listed(candidates, 'and')}; write the one that is meant"
        )


class ParameterError(WicgraphError):
    """A parameter of a query is missing or its value is unreadable."""

    def __init__(self, query: str, parameter: str, reason: str) -> None:
        self.query = query
        self.parameter = parameter
        self.reason = reason
        super().__init__(f"{query}: {parameter}: {reason}")


class DeadlineError(WicgraphError):
    """There was no answer in so many seconds; None where the work broke off earlier."""

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        happened = (
            "the query was ended from outside, perhaps for the memory that it took"
            if limit is None
            else f"there was no answer within {limit:g} s, so the query was ended"
        )
        super().__init__(
            f"{happened}; allow more time with --timeout, or ask for less: a LIMIT, or"
            " patterns that share a variable"
        )


class StoreError(WicgraphError):
    """A snapshot cannot be built, written or read."""


class OutputError(WicgraphError):
    """An output file cannot be written."""


def _received(kind: type[WicgraphError], args: tuple[object, ...]) -> WicgraphError:
    return kind.__new__(kind, *args)


def listed(names: tuple[str, ...], conjunction: str) -> str:
    """Join names as prose does: "a", "a or b", "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def did_you_mean(names: tuple[str, ...]) -> str:
    """Ask whether one of these names is meant; nothing where there is none."""
    return f"did you mean {listed(names, 'or')}?" if names else ""


def excerpt(text: str, line: int, column: int, length: int = 1) -> str:
    """Show a line of a text between its neighbours, with carets under a place.

    `line` and `column` count from 1, `length` is in code points. Blank neighbours are
    passed over. Carets stand under wide characters too; long lines are cut to a window
    around the place, and what a terminal would obey is blanked.
    """
    lines = _LINE_END.split(text)
    before = (n for n in range(line - 1, 0, -1) if lines[n - 1].strip())
    after = (n for n in range(line + 1, len(lines) + 1) if lines[n - 1].strip())
    numbers = [*islice(before, 1), line, *islice(after, 1)]
    digits = len(str(numbers[-1]))
    start = max(0, column - 1 - _WINDOW // 2) if len(lines[line - 1]) > _WINDOW else 0
    shown = []
    for number in numbers:
        body = _window(lines[number - 1], start if number == line else 0)
        shown.append(f"{number:>{digits}} | {body}".rstrip())
        if number == line:
            place = column - 1 - start
            carets = "^" * max(1, width(body[place : place + length]))
            shown.append(f"{'':>{digits}} | {' ' * width(body[:place])}{carets}")
    return "\n".join(shown)


def _window(line: str, start: int) -> str:
    """Cut a line to what an excerpt shows, with an ellipsis where it goes on."""
    body = printable(line[start : start + _WINDOW])
    if start and body:
        body = "…" + body[1:]
    return body[:-1] + "…" if len(line) > start + _WINDOW else body
