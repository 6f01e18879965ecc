"""The stored queries as an HTTP API: what a server answers, for those who call it.

https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wicgraph.queries.datatypes import FORMS
from wicgraph.release import release
from wicgraph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wicgraph.language import Language
    from wicgraph.queries.stored import Parameter, StoredQuery

_FORMATS = {  # what JSON Schema says of the values of a datatype
    "date": {"type": "string", "format": "date"},
    "dateTime": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
}
_BARE: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "boolean": "true".__eq__,
}
_TERM = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "datatype": {"type": "string", "format": "iri"},
        "xml:lang": {"type": "string"},
    },
    "additionalProperties": False,
}
_PROBLEM = {
    "description": "a parameter cannot be read; the text says which, and what is right",
    "content": {"text/plain": {"schema": {"type": "string"}}},
}


def openapi(queries: Iterable[StoredQuery], language: Language) -> str:
    """Write OpenAPI 3.1 as JSON: a path for each stored query, in the order given."""
    pick = language.pick
    content = {
        "openapi": "3.1.1",
        "info": {
            "title": pick("Questions to wicgraph", "wicgraph 问题接口"),
            "summary": pick(
                "What the sources say of the World Internet Conference",
                "各来源关于世界互联网大会的记载",
            ),
            "version": release(),
            "license": {"name": "MIT AND CC-BY-4.0", "identifier": "MIT AND CC-BY-4.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            f"/queries/{query.name}": {"get": _operation(query, language)}
            for query in queries
        },
        "components": {"schemas": {"term": _TERM}, "responses": {"problem": _PROBLEM}},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _operation(query: StoredQuery, language: Language) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": query.name,
        "summary": language.pick(query.summary, query.summary_zh),
        "tags": list(query.tags),
        "parameters": [_parameter(each, language) for each in query.parameters],
        "responses": {
            "200": {
                "description": language.pick("the answer", "答案"),
                "content": _answer(query),
            },
            "400": {"$ref": "#/components/responses/problem"},
        },
    }
    if query.description:
        operation["description"] = query.description
    return operation


def _parameter(parameter: Parameter, language: Language) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": language.pick(parameter.label, parameter.label_zh),
        "required": False,  # what is required has a default
        "schema": dict(_schema(parameter)),
        "example": _value(parameter, parameter.example),
    }


def _schema(parameter: Parameter) -> Iterator[tuple[str, Any]]:
    local = parameter.datatype.value.removeprefix(XSD) if parameter.datatype else ""
    yield from _FORMATS.get(local, {"type": "string"}).items()
    if parameter.choices:
        yield "enum", [_value(parameter, choice) for choice in parameter.choices]
    if parameter.default:
        yield "default", _value(parameter, parameter.default)


def _value(parameter: Parameter, text: str) -> object:
    """Read a text as JSON has it: numbers and booleans are no strings there.

    A text that is none of its datatype stays one, as somebody wrote it.
    """
    local = parameter.datatype.value.removeprefix(XSD) if parameter.datatype else ""
    read = _BARE.get(local)
    return read(text) if read and FORMS[local].fits(text) else text


def _answer(query: StoredQuery) -> dict[str, Any]:
    """Say in which formats a query is answered: rows, or a graph."""
    text = {"schema": {"type": "string"}}
    if query.source.verb and query.source.verb.is_word("CONSTRUCT", "DESCRIBE"):
        return {"text/turtle": text}
    return {
        "application/sparql-results+json": {"schema": _rows(query)},
        "text/csv": text,
    }


def _rows(query: StoredQuery) -> dict[str, Any]:
    """Describe SPARQL results in JSON with the columns of a query.

    https://www.w3.org/TR/sparql11-results-json/
    """
    if query.source.verb and query.source.verb.is_word("ASK"):
        return {
            "type": "object",
            "required": ["head", "boolean"],
            "properties": {"head": {"type": "object"}, "boolean": {"type": "boolean"}},
        }
    names = [column.name for column in query.columns]
    term = {"$ref": "#/components/schemas/term"}
    row = {
        "type": "object",
        "properties": dict.fromkeys(names, term),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["head", "results"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": {"const": names}}},
            "results": {
                "type": "object",
                "properties": {"bindings": {"type": "array", "items": row}},
            },
        },
    }
