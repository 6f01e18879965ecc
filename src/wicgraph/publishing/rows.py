"""Rows of an answer as text: for people, and as the W3C writes query results.

https://www.w3.org/TR/sparql11-results-json/ · https://www.w3.org/TR/rdf-sparql-XMLres/
https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

from __future__ import annotations

import json
import re
from functools import partial
from html import escape
from itertools import chain
from operator import getitem
from typing import TYPE_CHECKING, Any

from wicgraph.publishing.xml_text import printable
from wicgraph.terms import XSD_STRING, BlankNode, Literal, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.things import Things
from wicgraph.terms import Term

_MARK = re.compile(r'[",\r\n]')
_ROOM = 50_000  # texts to keep; a query can have millions of terms
_XMLNS = "http://www.w3.org/2005/sparql-results#"


def cells(
    answer: Answer, things: Things, *, iris: bool = False
) -> Iterator[tuple[str, ...]]:
    """Write the terms of an answer for people: labels of things, or their CURIEs."""
    if answer.form == "ask" and not answer.unknown:
        said = ("yes", "是") if answer.yes else ("no", "否")
        yield (things.language.pick(*said),)
        return

    def text(term: Term) -> str:
        if isinstance(term, NamedNode):
            return things.label(term, {} if iris else things.labels([term]))
        return term.value if isinstance(term, Literal) else str(term)

    texts = _Texts(text).__getitem__
    for row in answer.rows:
        yield tuple(map(texts, row))


def as_csv(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write comma-separated values under the names of the columns."""
    fields = _Texts(_field).__getitem__
    for row in chain([names], rows):
        line = ",".join(map(fields, row))
        yield f"{line}\n" if line or not row else '""\n'  # an empty line is no row


def _field(text: str) -> str:
    """Write a field of csv: in quotes if it has a mark that means something there."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _MARK.search(text) else text


def as_markdown(
    headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[str]:
    """Write a Markdown table."""
    for line in chain([headings, None], rows):
        cells = ["---"] * len(headings) if line is None else map(markdown_text, line)
        yield f"| {' | '.join(cells)} |\n"


def markdown_text(text: str) -> str:
    """Write a text on one line so that Markdown shows it as it is."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def as_tsv(answer: Answer) -> Iterator[str]:
    """Write SPARQL results as tab-separated terms; an ASK as true or false."""
    if answer.form == "ask":
        yield f"{str(answer.yes).lower()}\n"
        return
    texts = _Texts(ntriples).__getitem__
    yield "\t".join(f"?{name}" for name in answer.columns) + "\n"
    for row in answer.rows:
        yield "\t".join(map(texts, row)) + "\n"


def as_json(answer: Answer) -> Iterator[str]:
    """Write SPARQL results as JSON, one row a line."""
    if answer.form == "ask":
        yield json.dumps({"head": {}, "boolean": answer.yes}) + "\n"
        return
    head = json.dumps({"vars": answer.columns}, ensure_ascii=False)
    yield f'{{"head": {head}, "results": {{"bindings": [\n'
    texts = [_Texts(partial(_json, name)) for name in answer.columns]
    before = ""
    for row in answer.rows:
        yield f"{before}{{{', '.join(filter(None, map(getitem, texts, row)))}}}"
        before = ",\n"
    yield "\n]}}\n"


def as_xml(answer: Answer) -> Iterator[str]:
    """Write SPARQL results as XML; what XML cannot hold becomes U+FFFD."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_XMLNS}">\n'
    if answer.form == "ask":
        said = str(answer.yes).lower()
        yield f"<head></head>\n<boolean>{said}</boolean>\n</sparql>\n"
        return
    variables = "".join(f'<variable name="{n}"/>' for n in answer.columns)
    yield f"<head>{variables}</head>\n<results>\n"
    texts = [_Texts(partial(_xml, name)) for name in answer.columns]
    for row in answer.rows:
        yield f"<result>{''.join(map(getitem, texts, row))}</result>\n"
    yield "</results>\n</sparql>\n"


def ntriples(term: Term) -> str:
    """Write a term as N-Triples does."""
    text = str(term)
    if isinstance(term, Literal) and term.language:
        return text.removesuffix(term.language) + language_tag(term.language)
    return text


class _Texts(dict[Any, str]):
    """What is written for each key, nothing for None; kept while there is room."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, key: object) -> str:
        if len(self) == _ROOM:
            self.clear()
        text = self[key] = "" if key is None else self._write(key)
        return text


def _json(name: str, term: Term) -> str:
    if isinstance(term, NamedNode):
        found = {"type": "uri", "value": term.value}
    elif isinstance(term, BlankNode):
        found = {"type": "bnode", "value": term.value}
    else:
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = language_tag(term.language)
        elif term.datatype != XSD_STRING:
            found["datatype"] = term.datatype.value
    return json.dumps({name: found}, ensure_ascii=False)[1:-1]


def _xml(name: str, term: Term) -> str:
    text = escape(printable(term.value), quote=False).replace("\r", "&#xD;")
    if isinstance(term, NamedNode):
        written = f"<uri>{text}</uri>"
    elif isinstance(term, BlankNode):
        written = f"<bnode>{text}</bnode>"
    else:
        tag = ""
        if term.language:
            tag = f' xml:lang="{language_tag(term.language)}"'
        elif term.datatype != XSD_STRING:
            tag = f' datatype="{escape(term.datatype.value)}"'
        written = f"<literal{tag}>{text}</literal>"
    return f'<binding name="{name}">{written}</binding>'
