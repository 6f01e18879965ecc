"""Tables as CSV, described for machines as CSV on the Web is.

https://www.w3.org/TR/tabular-data-model/ · https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.language import Language
    from wicgraph.publishing.relational.table import Cell, Column, Filled, Table

METADATA = "csv-metadata.json"
_MARKS = frozenset('",\r\n')


def csvw(
    tables: Sequence[Filled], licence: str, language: Language
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Write `csv-metadata.json` and a file of CSV for each table, by name."""
    described = metadata([each.table for each in tables], licence, language)
    yield METADATA, [described.encode()]
    for each in tables:
        yield f"{each.table.name}.csv", (line.encode() for line in lines(each))


def lines(filled: Filled) -> Iterator[str]:
    """Write a table with its header; an empty text is quoted, what is missing is not.

    Lines end in CRLF: https://www.rfc-editor.org/rfc/rfc4180
    """
    names = [column.name for column in filled.table.columns]
    for row in (names, *filled.rows):
        yield ",".join(map(_field, row)) + "\r\n"


def metadata(tables: Sequence[Table], licence: str, language: Language) -> str:
    """Describe tables: titles in both languages, datatypes, keys, licence.

    `language` is that of texts for which nobody gives one. A column with empty cells is
    no foreign key, as validators take an empty cell for a reference to nothing.
    """
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language.value}],
        **({"dc:license": {"@id": licence}} if licence else {}),
        "dialect": {"header": True, "lineTerminators": ["\r\n", "\n"]},
        "tables": [_table(table) for table in tables],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _table(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "columns": [_column(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if any(column.name == "iri" for column in table.columns):
        schema["aboutUrl"] = "{+iri}"
    foreign = [
        _foreign(column)
        for column in table.columns
        if column.refers and column.required
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "url": f"{table.name}.csv",
        "dc:title": [
            {"@value": table.title.en, "@language": "en"},
            {"@value": table.title.zh, "@language": "zh-Hans"},
        ],
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, object]:
    """Describe a column; only what states a property exactly becomes a triple."""
    found: dict[str, object] = {
        "name": column.name,
        "titles": {
            "und": column.name,  # the header, which is of no language
            "en": column.title.en,
            "zh-Hans": column.title.zh,
        },
        "datatype": column.kind.value,
    }
    if column.lang:
        found["lang"] = column.lang
    if column.required:
        found["required"] = True
    if column.states:
        found["propertyUrl"] = column.states.value
    else:
        found["suppressOutput"] = True
    return found


def _foreign(column: Column) -> dict[str, object]:
    key = {"resource": f"{column.refers}.csv", "columnReference": "id"}
    return {"columnReference": column.name, "reference": key}


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    text = str(cell)
    quoted = not text or not _MARKS.isdisjoint(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if quoted else text
