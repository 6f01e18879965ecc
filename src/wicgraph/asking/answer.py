"""Answers: what a query says when the graph is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import QueryBoolean, QuerySolutions

from wicgraph.errors import QueryError
from wicgraph.sparql import QueryText
from wicgraph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.queries.stored import StoredQuery
    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes, Term


# What Oxigraph has of SPARQL 1.2 would give answers that SPARQL 1.1 cannot write.
_TRIPLE_TERM = re.compile("<<|triple", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms, None where a variable is unbound.

    An ASK has one row with one boolean; a CONSTRUCT or DESCRIBE has its triples as
    rows, sorted, each once.
    """

    form: OneOf["select", "ask", "graph"]
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @property
    def yes(self) -> bool:
        """Tell whether there is a row, or what an ASK says."""
        if self.form == "ask":
            return self.rows == ((Literal(value=True),),)
        return bool(self.rows)


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
    if _TRIPLE_TERM.search(text):
        from wicgraph.queries.mistakes import mistake  # noqa: PLC0415

        found = mistake(query)
        if found is not None:
            raise found
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
        return Answer("ask", ("answer",), ((Literal(value=bool(result)),),))
    with snapshot.reading():  # rows come from the disk as they are gone through
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return Answer("select", columns, tuple(map(tuple, result)))
        triples = {(t.subject, t.predicate, t.object) for t in result}
    rows = sorted(triples, key=lambda triple: tuple(map(str, triple)))
    return Answer("graph", ("subject", "predicate", "object"), tuple(rows))


def _explained(query: QueryText, error: QueryError) -> QueryError:
    """Find the place and the reason, where the store has only Oxigraph's."""
    if not isinstance(error.__cause__, SyntaxError):
        return error
    from wicgraph.queries.mistakes import mistake  # noqa: PLC0415  (only errors need it)

    found = mistake(query)
    if found is None and error.reason.startswith("SELECT"):
        # Oxigraph finds this when it has read all, and has no place for it.
        return query.error_at(query.selections[0].keyword, error.reason)
    return found or error
