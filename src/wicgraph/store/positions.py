"""Where each triple is written: a table beside the store, so that nothing is parsed.

SQLite, because it finds a triple among millions without reading them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from wicgraph.reading.fact import Position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wicgraph.reading.fact import Fact
    from wicgraph.terms import Triple

NAME = "positions.sqlite"
_TABLE = """
CREATE TABLE position (
    triple BLOB, path TEXT, line INTEGER, "column" INTEGER,
    PRIMARY KEY (triple, path, line, "column")
) WITHOUT ROWID
"""
_FIND = 'SELECT path, line, "column" FROM position WHERE triple = ?'


def write(folder: Path, facts: Iterable[Fact]) -> None:
    """Write the table of a new snapshot; raises OSError."""
    rows = ((_key(fact.triple), fact.path, *fact.predicate_at) for fact in facts)
    try:
        with closing(sqlite3.connect(folder / NAME)) as table, table:
            table.execute(_TABLE)
            table.executemany(
                "INSERT OR IGNORE INTO position VALUES (?, ?, ?, ?)", rows
            )
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Positions:
    """The table of a snapshot, open for reading; it is closed with its owner."""

    _table: sqlite3.Connection

    @classmethod
    def opened(cls, folder: Path) -> Positions:
        """Open the table of a snapshot; raises OSError."""
        address = f"{(folder / NAME).resolve().as_uri()}?immutable=1"
        try:  # nothing is written, so threads may share it
            return cls(sqlite3.connect(address, uri=True, check_same_thread=False))
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def find(self, triple: Triple) -> tuple[Position, ...]:
        """Find the places of a triple, sorted; raises OSError on a damaged table."""
        try:
            rows = self._table.execute(_FIND, (_key(triple),)).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise OSError(str(error)) from error
        return tuple(Position(*row) for row in sorted(rows))


def _key(triple: Triple) -> bytes:
    """Abbreviate a triple to 16 bytes, which no two triples share in practice."""
    return blake2b(str(triple).encode(), digest_size=16).digest()
