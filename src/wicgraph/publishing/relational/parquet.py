"""Tables as Parquet, written by DuckDB, with the type of each column.

https://parquet.apache.org/docs/file-format/
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from wicgraph.publishing.relational.csvw import lines, metadata
from wicgraph.publishing.relational.table import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.language import Language
    from wicgraph.publishing.relational.table import Filled

_TYPES = {Kind.NUMBER: "BIGINT", Kind.DAY: "DATE"}


def parquet(
    tables: Sequence[Filled], licence: str, language: Language
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Write a file for each table, by name; its metadata have the key `csvw`.

    The same tables are the same bytes with the same DuckDB.
    """
    with TemporaryDirectory() as folder, duckdb.connect() as database:
        database.execute("SET threads = 1")
        for each in tables:
            given, made = Path(folder, "rows.csv"), Path(folder, "rows.parquet")
            given.write_text("".join(lines(each)), encoding="utf-8", newline="")
            columns = {
                c.name: _TYPES.get(c.kind, "VARCHAR") for c in each.table.columns
            }
            described = metadata([each.table], licence, language)
            database.execute(
                "COPY (SELECT * FROM read_csv(?, columns = ?, header = true,"
                " delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n',"
                " allow_quoted_nulls = false, auto_detect = false))"
                f" TO {_text(str(made))} (FORMAT parquet, COMPRESSION zstd,"
                f" KV_METADATA {{csvw: {_text(described)}}})",
                [str(given), columns],
            )
            yield f"{each.table.name}.parquet", [made.read_bytes()]


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
