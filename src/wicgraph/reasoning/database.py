"""The triples of a closure, with the rounds they came in, in DuckDB, which joins them.

DuckDB lives only here. Everything is in numbers, so that the SQL that is put together
here and in `joins` has no text from outside in it.

    triple (s, p, o, r)   every triple, and its round; 0 for what was given
    fresh (s, p, o)       the triples of which nothing was concluded yet
    next (s, p, o)        what was concluded last
    literal (s, o)        the literals that are in some datatypes
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self, TypeAlias

import duckdb
import numpy as np

from wicgraph.reasoning.encoding import REFUTED, SAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.instances import Key

    Column: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1200MB",
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# The joins are written in an order that begins with what is new and goes on to what it
# touches; DuckDB's own guesses are wrong by orders of magnitude.
_GUESSING = "join_order"
# In a small graph it takes longer to think of these than they spare.
_THINKING = (
    "column_lifetime,common_aggregate,common_subexpressions,common_subplan,"
    "compressed_materialization,cte_filter_pusher,deliminator,duplicate_groups,"
    "expression_rewriter,filter_pullup,join_filter_pushdown,late_materialization,"
    "limit_pushdown,reorder_filter,statistics_propagation,top_n,unnest_rewriter"
)
_SMALL = 100_000  # triples
_SHAPE = (
    "CREATE TABLE triple (s INT, p INT, o INT, r INT)",
    "CREATE TABLE literal (s INT, o INT)",
)


class Database:
    """Triples, to be joined; closed by leaving its context."""

    def __init__(self, subjects: Column, predicates: Column, values: Column) -> None:
        small = len(subjects) < _SMALL
        self._db = duckdb.connect(":memory:", config=_SETTINGS)
        unwanted = f"{_GUESSING},{_THINKING}" if small else _GUESSING
        steps = self._db.execute("SELECT name FROM duckdb_optimizers()").fetchall()
        passed = {name for (name,) in steps}.intersection(unwanted.split(","))
        self._db.execute(f"SET disabled_optimizers = '{','.join(sorted(passed))}'")
        for statement in _SHAPE:
            self._db.execute(statement)
        given = {"s": subjects, "p": predicates, "o": values}
        self._db.register("given", given)
        # Sorted, so that whole blocks without a property are passed over.
        self._db.execute("INSERT INTO triple SELECT s, p, o, 0 FROM given ORDER BY p")
        self._db.unregister("given")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def insert(self, rows: Sequence[Row], number: int) -> None:
        """Take triples that are new, in a round."""
        if rows:
            self._append("triple", rows, f", {number}")

    def insert_literals(self, datatype: int, literals: Sequence[int]) -> None:
        """Note which literals are in a datatype."""
        rows = [(literal, datatype) for literal in literals]
        self._append("literal", rows, "")

    def insert_types(self, datatype: int, number: int) -> None:
        """Take it as triples that literals are in a datatype."""
        self._db.execute(
            f"INSERT INTO triple SELECT s, {TYPE}, o, {number} FROM literal"
            f" WHERE o = {datatype}"
        )

    def refresh(self, since: int) -> None:
        """Make the triples of a round and those after it the fresh ones."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE fresh AS"
            f" SELECT s, p, o FROM triple WHERE r >= {since}"
        )

    def count(self, table: str) -> Counter[Key]:
        """Count triples by what patterns ask for: their property, or their class."""
        counts: Counter[Key] = Counter()
        for predicate, kind, count in self._db.execute(
            f"SELECT p, CASE WHEN p = {TYPE} THEN o END AS kind, count(*)"
            f" FROM {table} GROUP BY ALL"
        ).fetchall():
            counts[predicate, kind] += count
            if kind is not None:
                counts[predicate, None] += count
        return counts

    def conclude(self, queries: Iterable[str], *, typed: bool) -> None:
        """Run queries for conclusions, and set apart what is new.

        With `typed`, that a literal is in a datatype is no news if it was noted.
        """
        candidates = " UNION ALL ".join(queries)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE next AS SELECT DISTINCT s, p, o"
            f" FROM ({candidates}) c(s, p, o) ANTI JOIN triple USING (s, p, o)"
            f" WHERE p > 0 AND NOT (p = {SAME} AND s = o)"
        )
        if typed:
            self._db.execute(
                f"DELETE FROM next USING literal l WHERE next.p = {TYPE}"
                " AND next.s = l.s AND next.o = l.o"
            )

    def equated(self) -> list[tuple[int, int]]:
        """Find the literals that were just concluded to be the same."""
        found: list[tuple[int, int]] = self._db.execute(
            f"SELECT s, o FROM next WHERE p = {SAME} AND s < 0 AND o < 0"
        ).fetchall()
        return found

    def refute(self, pairs: Collection[tuple[int, int]]) -> None:
        """Set apart that literals are the same, so that nothing follows from it."""
        wrong = ",".join(map(str, pairs))
        self._db.execute(
            f"UPDATE next SET p = {REFUTED} WHERE p = {SAME} AND (s, o) IN ({wrong})"
        )
        self._db.execute(
            "DELETE FROM next USING triple t"
            " WHERE next.s = t.s AND next.p = t.p AND next.o = t.o"
        )

    def keep(self, number: int) -> None:
        """Take what was set apart, in a round."""
        self._db.execute(f"INSERT INTO triple SELECT s, p, o, {number} FROM next")

    def axioms(
        self, table: str, predicates: Collection[int], classes: Collection[int]
    ) -> list[Row]:
        """Find the triples of some properties, and the types of some classes."""
        found: list[Row] = self._db.execute(
            f"SELECT s, p, o FROM {table} WHERE p IN ({_listed(predicates)})"
            f" OR (p = {TYPE} AND o IN ({_listed(classes)}))"
        ).fetchall()
        return found

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """Run any query that gives numbers."""
        found: list[tuple[int, ...]] = self._db.execute(query).fetchall()
        return found

    def rounds(self, rows: Sequence[Row]) -> dict[Row, int]:
        """Look up in which rounds triples came; what is not there is left out."""
        if not rows:
            return {}
        self._db.register("wanted", _columns(rows))
        found = self._db.execute(
            "SELECT s, p, o, min(r) FROM triple JOIN wanted USING (s, p, o)"
            " GROUP BY ALL"
        ).fetchall()
        self._db.unregister("wanted")
        return {(s, p, o): number for s, p, o, number in found}

    def concluded(self) -> Mapping[str, Column]:
        """Give the columns s, p, o and r of what was not given."""
        found: Mapping[str, Column] = self._db.execute(
            "SELECT s, p, o, r FROM triple WHERE r > 0"
        ).fetchnumpy()
        return found

    def _append(
        self, table: str, rows: Sequence[tuple[int, ...]], constants: str
    ) -> None:
        self._db.register("rows", _columns(rows))
        self._db.execute(f"INSERT INTO {table} SELECT *{constants} FROM rows")
        self._db.unregister("rows")


def _columns(rows: Sequence[tuple[int, ...]]) -> dict[str, Column]:
    """Turn rows into columns, which are called s, p and o, or s and o."""
    names = "spo" if len(rows[0]) == len("spo") else "so"
    table = np.array(rows, np.int32)
    return {name: table[:, at].copy() for at, name in enumerate(names)}


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
