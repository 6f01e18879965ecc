"""What the stored queries of two graphs answer, and where the answers differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wicgraph.asking.answer import ask
from wicgraph.asking.parameters import bind
from wicgraph.asking.sides import Change
from wicgraph.errors import (
    AmbiguousName,
    ParameterError,
    QueryError,
    SourceError,
    UnknownName,
)
from wicgraph.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.asking.answer import Row
    from wicgraph.asking.sides import Side
    from wicgraph.queries.stored import StoredQuery

Trouble: TypeAlias = QueryError | SourceError  # with the place in the file
# Nobody names a blank node, so one is as good as another where rows are compared.
_ANY = BlankNode("any")


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query that is new, gone or another, or whose rows are.

    `rewritten` if its file says something else; rows have the columns that both have.
    """

    query: StoredQuery
    change: Change
    rewritten: bool = False
    columns: tuple[str, ...] = ()
    lost: tuple[Row, ...] = ()
    gained: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A stored query that could not be compared, and why a side has no answer."""

    name: str
    old: Trouble | None
    new: Trouble | None


class Reply(NamedTuple):
    """What a stored query answers on one side."""

    query: StoredQuery
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def rows_of(self, columns: Iterable[str]) -> Iterator[Row]:
        """Take some columns; blank nodes become one."""
        places = [self.columns.index(name) for name in columns]
        for row in self.rows:
            cells = (row[place] for place in places)
            yield tuple(_ANY if isinstance(c, BlankNode) else c for c in cells)


Replies: TypeAlias = "Mapping[str, Reply | Trouble]"


def replies(side: Side, *, inference: bool) -> dict[str, Reply | Trouble]:
    """Ask every stored query, by name, or say why not; raises StoreError."""
    found: dict[str, Reply | Trouble] = {}
    for name in side.catalogue.paths:
        try:
            query = side.catalogue.query(name)
            values = bind(query, {}, side.things)
            answer = ask(side.things.snapshot, query, values, inference=inference)
            found[name] = Reply(query, answer.columns, tuple(answer.rows))
        except (QueryError, SourceError) as error:
            found[name] = error
        except (AmbiguousName, ParameterError, UnknownName) as error:
            # What a parameter is by default is nothing here.
            path = side.catalogue.paths[name]
            found[name] = QueryError(path, None, None, error.text)
    return found


def failures(was: Replies, now: Replies) -> Iterator[Failure]:
    """Tell which queries a side could not answer, sorted by name."""
    for name in sorted({*was, *now}):
        old, new = (
            reply if isinstance(reply, Trouble) else None
            for reply in (was.get(name), now.get(name))
        )
        if old or new:
            yield Failure(name, old, new)


def questions(was: Replies, now: Replies) -> Iterator[Question]:
    """Compare the queries that both sides answer, and name the others, sorted."""
    for name in sorted({*was, *now}):
        old, new = was.get(name), now.get(name)
        if isinstance(old, Reply) and new is None:
            yield Question(old.query, Change.REMOVED)
        elif isinstance(new, Reply) and old is None:
            yield Question(new.query, Change.ADDED)
        elif isinstance(old, Reply) and isinstance(new, Reply):
            yield from _question(old, new)


def _question(old: Reply, new: Reply) -> Iterator[Question]:
    """Compare the rows of a query by the columns that both have."""
    shared = tuple(name for name in new.columns if name in old.columns)
    before, after = Counter(old.rows_of(shared)), Counter(new.rows_of(shared))
    lost = tuple((before - after).elements())
    gained = tuple((after - before).elements())
    rewritten = old.query.text.split() != new.query.text.split()
    if lost or gained or rewritten:
        yield Question(new.query, Change.CHANGED, rewritten, shared, lost, gained)
