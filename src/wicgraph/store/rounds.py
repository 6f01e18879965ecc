"""All that was concluded and in which round: a table beside the store, for proofs.

It has more than `graph:inferred`: what a proof goes through but nobody asks for, such
as what a class is below, and triples that have a literal as their subject. SQLite,
because it finds a triple among millions without reading them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from wicgraph.reasoning.encoding import Statement
from wicgraph.terms import BlankNode, NamedNode, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wicgraph.reasoning.inference import Concluded

NAME = "rounds.sqlite"
_TABLES = """
CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE conclusion (
    s INTEGER, p INTEGER, o INTEGER, r INTEGER, PRIMARY KEY (s, p, o)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE UNIQUE INDEX term_by_text ON term (text);
CREATE INDEX conclusion_by_object ON conclusion (o, p, s);
CREATE INDEX conclusion_by_predicate ON conclusion (p);
"""


def write(folder: Path, concluded: Concluded) -> None:
    """Write the table of a new snapshot; raises OSError."""
    rows = sorted(set(concluded.rows()))
    used = {number for row in rows for number in row[:3]}
    names = ((number, str(concluded.terms.term(number))) for number in sorted(used))
    try:
        with closing(sqlite3.connect(folder / NAME)) as table, table:
            table.execute("PRAGMA journal_mode = OFF")
            table.execute("PRAGMA synchronous = OFF")  # the snapshot is synced whole
            table.executescript(_TABLES)
            table.executemany("INSERT INTO term VALUES (?, ?)", names)
            table.executemany("INSERT INTO conclusion VALUES (?, ?, ?, ?)", rows)
            table.executescript(_INDEXES)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


@dataclass(slots=True)
class Rounds:
    """The table of a snapshot, open for reading; it is closed with its owner."""

    _table: sqlite3.Connection
    _numbers: dict[Term, int | None] = field(default_factory=dict)
    _terms: dict[int, Term] = field(default_factory=dict)

    @classmethod
    def opened(cls, folder: Path) -> Rounds:
        """Open the table of a snapshot; raises OSError."""
        address = (folder / NAME).resolve().as_uri()
        try:
            return cls(sqlite3.connect(f"{address}?immutable=1", uri=True))
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def close(self) -> None:
        """Close the table."""
        self._table.close()

    def round(self, statement: Statement) -> int | None:
        """Tell in which round a statement was concluded; None if it was not."""
        for _, number in self.match(*statement):
            return number
        return None

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        """Find conclusions with their rounds; None fits anything. Raises OSError."""
        wanted = {"s": subject, "p": predicate, "o": value}
        keys = {
            name: self._number(term)
            for name, term in wanted.items()
            if term is not None
        }
        if None in keys.values():
            return
        where = " AND ".join(f"{name} = :{name}" for name in keys) or "true"
        query = f"SELECT s, p, o, r FROM conclusion WHERE {where}"  # noqa: S608
        try:
            rows = self._table.execute(query, keys).fetchall()
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
        for row in rows:
            yield Statement(*map(self._term, row[:3])), row[3]

    def _number(self, term: Term) -> int | None:
        if term not in self._numbers:
            found = self._table.execute(
                "SELECT id FROM term WHERE text = ?", (str(term),)
            ).fetchone()
            self._numbers[term] = found[0] if found else None
        return self._numbers[term]

    def _term(self, number: int) -> Term:
        if number not in self._terms:
            text = self._table.execute(
                "SELECT text FROM term WHERE id = ?", (number,)
            ).fetchone()[0]
            self._terms[number] = _read(text)
        return self._terms[number]


def _read(text: str) -> Term:
    """Read a term as N-Triples write it."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    line = f"<urn:s> <urn:p> {text} .".encode()
    (quad,) = parse(line, format=RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value
