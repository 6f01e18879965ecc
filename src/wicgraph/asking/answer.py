"""Answers: what a query says when the graph is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Self, TypeAlias
from typing import Literal as OneOf

from pyoxigraph import QueryBoolean, QueryTriples

from wicgraph.errors import QueryError
from wicgraph.sparql import QueryText
from wicgraph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.queries.stored import StoredQuery
    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes, Term

Form: TypeAlias = OneOf["select", "ask", "graph"]
Row: TypeAlias = "tuple[Term | None, ...]"

# What Oxigraph has of SPARQL 1.2 would give answers that SPARQL 1.1 cannot write.
_TRIPLE_TERM = re.compile("<<|triple", re.IGNORECASE)
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms, None where a variable is unbound.

    Rows come as they are found, and are gone through once; StoreError is raised then
    if files of the snapshot are damaged. An ASK has one row with one boolean; a
    CONSTRUCT or DESCRIBE has its triples as rows, sorted, each once. `yes` tells
    whether there is a row, or what an ASK says; `unknown` that nobody knows, and the
    row has the word for it.
    """

    form: Form
    columns: tuple[str, ...]
    rows: Iterator[Row]
    yes: bool
    unknown: bool = False

    @classmethod
    def of_rows(cls, columns: Sequence[str], rows: Iterable[Row]) -> Self:
        """Make the answer of a SELECT; it takes as long as the first row."""
        coming = iter(rows)
        first = tuple(islice(coming, 1))
        return cls("select", tuple(columns), chain(first, coming), bool(first))

    @classmethod
    def of_graph(cls, triples: Iterable[Row]) -> Self:
        """Make the answer of a CONSTRUCT or DESCRIBE."""
        rows = sorted(set(triples), key=lambda triple: tuple(map(str, triple)))
        return cls("graph", _TRIPLE, iter(rows), bool(rows))

    @classmethod
    def of_ask(cls, *, yes: bool) -> Self:
        """Make the answer of an ASK."""
        return cls("ask", ("answer",), iter([(Literal(value=yes),)]), yes)


def ask(
    snapshot: Snapshot,
    query: StoredQuery,
    values: Mapping[str, Term],
    *,
    inference: bool = True,
) -> Answer:
    """Answer a stored query; `values` are terms by variable, see `parameters.bind`.

    Raises QueryError if Oxigraph refuses the text of the query.
    """
    return evaluate(snapshot, query.source, values, inference=inference)


def sparql(
    snapshot: Snapshot,
    text: str,
    prefixes: Prefixes,
    *,
    where: str = "query",
    inference: bool = True,
) -> Answer:
    """Answer a SPARQL query, which may use the prefixes without declaring them.

    `where` is what messages call the text. Raises QueryError: no SPARQL, an update,
    or a call to another server.
    """
    query = QueryText(where, text, prefixes.table)
    return evaluate(snapshot, query, {}, inference=inference)


def evaluate(
    snapshot: Snapshot,
    query: QueryText,
    values: Mapping[str, Term],
    *,
    inference: bool = True,
) -> Answer:
    """Ask the snapshot; raises QueryError at the place where the text is no query.

    A snapshot whose files are damaged raises StoreError.
    """
    if _TRIPLE_TERM.search(query.text):
        from wicgraph.queries.mistakes import mistake  # noqa: PLC0415

        found = mistake(query)
        if found is not None:
            raise found
    try:
        result = snapshot.query(
            query.given(values),
            inference=inference,
            prefixes=query.implied,
            where=query.where,
        )
    except QueryError as error:
        raise _explained(query, error) from error
    if isinstance(result, QueryBoolean):
        return Answer.of_ask(yes=bool(result))
    if isinstance(result, QueryTriples):
        return Answer.of_graph(_coming(snapshot, result))
    columns = tuple(variable.value for variable in result.variables)
    return Answer.of_rows(columns, _coming(snapshot, result))


def _coming(
    snapshot: Snapshot, result: Iterable[Iterable[Term | None]]
) -> Iterator[Row]:
    with snapshot.reading():  # rows come from the disk as they are gone through
        yield from map(tuple, result)


def _explained(query: QueryText, error: QueryError) -> QueryError:
    """Find the place and the reason, where the store has only Oxigraph's."""
    if not isinstance(error.__cause__, SyntaxError):
        return error
    from wicgraph.queries.mistakes import mistake  # noqa: PLC0415  (only errors need it)

    found = mistake(query)
    if found is None and error.reason.en.startswith("SELECT"):
        # Oxigraph finds this when it has read all, and has no place for it.
        return query.error_at(query.selections[0].keyword, error.reason)
    return found or error
