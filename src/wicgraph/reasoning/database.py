"""The triples of a closure, with the rounds they came in, in DuckDB, which joins them.

DuckDB lives only here. Everything is in numbers, so that the SQL that is put together
here and in `joins` has no text from outside in it.

    triple (s, p, o, r)   every triple, and its round; 0 for what was given
    literal (s, o)        the literals that are in some datatypes
    instance (n, i, …)    the instances that queries are about; see `joins`
"""

from __future__ import annotations

from itertools import chain
from tempfile import gettempdir
from typing import TYPE_CHECKING, Self

import duckdb
import numpy as np

from wicgraph.errors import StoreError
from wicgraph.language import Text
from wicgraph.reasoning.columns import Columns
from wicgraph.reasoning.encoding import REFUTED, SAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from wicgraph.reasoning.columns import Column
    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.joins import Batch

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
_JOINS = 120  # in one statement; each holds on to some of the memory
_TOO_MUCH = Text(
    "what follows from this graph does not fit in 1,200 MB of memory;"
    " shorten the longest list of its axioms, or remove what relates all with all",
    "由该图谱推理所得超出了 1,200 MB 内存；"
    "请缩短公理中最长的列表，或去掉使一切事物两两相关的公理",
)
_INSTANCE = ("n", "i", "h", "d0", "d1", "d2")
_SHAPE = (
    "CREATE TABLE triple (s INT, p INT, o INT, r INT)",
    "CREATE TABLE literal (s INT, o INT)",
)


class Database:
    """Triples, to be joined; closed by leaving its context."""

    def __init__(self, given: Columns) -> None:
        small = len(given.subjects) < _SMALL
        # What does not fit into memory must not go where the user happens to be.
        settings = _SETTINGS | {"temp_directory": gettempdir()}
        self._db = duckdb.connect(":memory:", config=settings)
        unwanted = f"{_GUESSING},{_THINKING}" if small else _GUESSING
        steps = self._db.execute("SELECT name FROM duckdb_optimizers()").fetchall()
        passed = {name for (name,) in steps}.intersection(unwanted.split(","))
        self._db.execute(f"SET disabled_optimizers = '{','.join(sorted(passed))}'")
        for statement in _SHAPE:
            self._db.execute(statement)
        columns = {"s": given.subjects, "p": given.predicates, "o": given.values}
        self._db.register("given", columns)
        # Sorted, so that whole blocks without a property are passed over.
        self._db.execute("INSERT INTO triple SELECT s, p, o, 0 FROM given ORDER BY p")
        self._db.unregister("given")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> None:
        self._db.close()
        if isinstance(error, duckdb.OutOfMemoryException):
            raise StoreError(_TOO_MUCH) from error

    def insert(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Take triples that are new, each with its round."""
        if rows:
            self._append("triple", _columns(rows, "spor"))

    def insert_literals(self, literals: Mapping[int, Sequence[int]]) -> None:
        """Note which literals are in some datatypes."""
        counts = [*map(len, literals.values())]
        if any(counts):
            found = np.fromiter(chain(*literals.values()), np.int32)
            kinds = np.repeat(np.array([*literals], np.int32), counts)
            self._append("literal", {"s": found, "o": kinds})

    def insert_types(self, datatype: int, number: int) -> None:
        """Take it as triples that literals are in a datatype."""
        self._db.execute(
            f"INSERT INTO triple SELECT s, {TYPE}, o, {number} FROM literal"
            f" WHERE o = {datatype}"
        )

    def conclude(self, batch: Batch, number: int) -> Columns:
        """Run queries for conclusions, and take what is new, in a round.

        That a literal is in a datatype is no news if it was noted.
        """
        self._ask(batch)
        found = self._db.execute(
            f"INSERT INTO triple SELECT DISTINCT s, p, o, {number}"
            f" FROM ({self._candidates(batch.queries)}) c(s, p, o)"
            " ANTI JOIN triple USING (s, p, o)"
            f" ANTI JOIN literal l ON c.p = {TYPE} AND c.s = l.s AND c.o = l.o"
            f" WHERE p > 0 AND NOT (p = {SAME} AND s = o) RETURNING s, p, o"
        ).fetchnumpy()
        return Columns(found["s"], found["p"], found["o"])

    def refute(self, pairs: Collection[tuple[int, int]], number: int) -> Columns:
        """Set apart that literals are the same, so that nothing follows from it.

        Gives what is left of the round in which that was concluded.
        """
        wrong = ",".join(map(str, pairs))
        self._db.execute(
            f"UPDATE triple SET p = {REFUTED}"
            f" WHERE r = {number} AND p = {SAME} AND (s, o) IN ({wrong})"
        )
        self._db.execute(
            f"DELETE FROM triple t USING triple u WHERE t.r = {number}"
            f" AND t.p = {REFUTED} AND u.r < {number}"
            " AND t.s = u.s AND t.p = u.p AND t.o = u.o"
        )
        found = self._db.execute(
            f"SELECT s, p, o FROM triple WHERE r = {number}"
        ).fetchnumpy()
        return Columns(found["s"], found["p"], found["o"])

    def contradict(self, batch: Batch) -> Iterator[list[tuple[int, ...]]]:
        """Run queries for contradictions, one after the other."""
        self._ask(batch)
        yield from map(self.rows, batch.queries)

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """Run any query that gives numbers."""
        found: list[tuple[int, ...]] = self._db.execute(query).fetchall()
        return found

    def rounds(self, rows: Sequence[Row]) -> dict[Row, int]:
        """Look up in which rounds triples came; what is not there is left out."""
        if not rows:
            return {}
        self._db.register("wanted", _columns(rows, "spo"))
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

    def _append(self, table: str, columns: dict[str, Column]) -> None:
        self._db.register("rows", columns)
        self._db.execute(f"INSERT INTO {table} SELECT * FROM rows")
        self._db.unregister("rows")

    def _candidates(self, queries: Sequence[str]) -> str:
        """Write what is concluded as one query; what is too much for one is run."""
        first, *others = _parts(queries)
        if not others:
            return first
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE next(s, p, o) AS {first}")
        for part in others:
            self._db.execute(f"INSERT INTO next {part}")
        return "SELECT DISTINCT s, p, o FROM next"

    def _ask(self, batch: Batch) -> None:
        """Take the instances that queries are about in the place of those before."""
        width = max(map(len, batch.instances), default=len(_INSTANCE))
        names = [*_INSTANCE, *(f"c{at}" for at in range(width - len(_INSTANCE)))]
        rows = [(*row, *[0] * (width - len(row))) for row in batch.instances]
        self._db.register("instance", _columns(rows, names))


def _parts(queries: Sequence[str]) -> Iterator[str]:
    """Put queries together, as far as one statement may have their joins."""
    part: list[str] = []
    joins = 0
    for query in queries:
        joins += query.count(" JOIN ")
        if part and joins > _JOINS:
            yield " UNION ALL ".join(part)
            part, joins = [], query.count(" JOIN ")
        part.append(query)
    yield " UNION ALL ".join(part)


def _columns(
    rows: Sequence[tuple[int, ...]], names: Sequence[str]
) -> dict[str, Column]:
    """Turn rows into columns with names."""
    table = np.fromiter(chain.from_iterable(rows), np.int32).reshape(-1, len(names))
    return dict(zip(names, table.T.copy(), strict=True))
