"""Tables as one SQLite database: keys, views, and a search of all names.

https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from wicgraph.publishing.relational.table import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.language import Language
    from wicgraph.publishing.relational.table import Cell, Column, Filled, Table

_TYPES = {Kind.NUMBER: "INTEGER"}  # SQLite has no type for a day: it is ISO 8601 text
_VIEWS = """
CREATE VIEW quotes AS
SELECT evidence.thing, things.label_en, things.label_zh, passages.quote,
       passages.quote_language, passages.source, sources.title, sources.address
FROM evidence
JOIN things ON things.id = evidence.thing
JOIN passages ON passages.id = evidence.passage
JOIN sources ON sources.id = passages.source;

CREATE VIEW parts_in_events AS
SELECT roles.id, agents.label_en AS agent_en, agents.label_zh AS agent_zh,
       part.label_en AS part_en, part.label_zh AS part_zh,
       standing.label_en AS standing_en, standing.label_zh AS standing_zh,
       events.label_en AS event_en, events.label_zh AS event_zh, roles.source
FROM roles
LEFT JOIN things AS agents ON agents.id = roles.agent
LEFT JOIN terms AS part ON part.id = roles.part
LEFT JOIN terms AS standing ON standing.id = roles.standing
LEFT JOIN events ON events.id = roles.event;

CREATE VIRTUAL TABLE labels_search USING fts5(
    label, content="labels", tokenize="trigram"
);
INSERT INTO labels_search(labels_search) VALUES ('rebuild');
"""


def sqlite(tables: Sequence[Filled]) -> bytes:
    """Make a database; the same tables are the same bytes with the same SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA foreign_keys = ON")
        with database:
            for each in tables:
                database.execute(_create(each.table))
            database.execute("PRAGMA defer_foreign_keys = ON")
            for each in tables:
                marks = ", ".join("?" * len(each.table.columns))
                insert = f"INSERT INTO {_name(each.table.name)} VALUES ({marks})"
                rows = (tuple(map(_value, row)) for row in each.rows)
                database.executemany(insert, rows)
        database.executescript(_VIEWS)
        return database.serialize()


def datasette(
    tables: Sequence[Table], name: str, licence: str, language: Language
) -> str:
    """Describe the database of a name for Datasette: titles, licence, columns.

    https://docs.datasette.io/en/stable/metadata.html
    """
    described = {
        **({"license": licence, "license_url": licence} if licence else {}),
        "databases": {
            name: {"tables": {t.name: _described(t, language) for t in tables}}
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _described(table: Table, language: Language) -> dict[str, object]:
    titles = {c.name: c.title.spoken(language) for c in table.columns}
    found: dict[str, object] = {
        "title": table.title.spoken(language),
        "columns": titles,
    }
    labelled = [name for name in (f"label_{language}", "title") if name in titles]
    if labelled:
        found["label_column"] = labelled[0]
    return found


def _create(table: Table) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(map(_name, table.key))})")
    parts += [
        f"FOREIGN KEY ({_name(c.name)}) REFERENCES {_name(c.refers)} (id)"
        for c in table.columns
        if c.refers
    ]
    body = ",\n    ".join(parts)
    return f"CREATE TABLE {_name(table.name)} (\n    {body}\n)"


def _column(column: Column) -> str:
    required = " NOT NULL" if column.required else ""
    return f"{_name(column.name)} {_TYPES.get(column.kind, 'TEXT')}{required}"


def _name(name: str) -> str:
    return f'"{name}"'


def _value(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell
