"""Rows of an answer as text: for people, and as the W3C writes query results.

https://www.w3.org/TR/sparql11-results-json/ · https://www.w3.org/TR/rdf-sparql-XMLres/
https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape
from typing import TYPE_CHECKING

from wicgraph.terms import XSD_STRING, BlankNode, Literal, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.things import Things
    from wicgraph.terms import Term

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XMLNS = "http://www.w3.org/2005/sparql-results#"


def cells(
    answer: Answer, things: Things, *, iris: bool = False
) -> tuple[tuple[str, ...], ...]:
    """Write the terms of an answer for people: labels of things, or their CURIEs."""
    terms = {term for row in answer.rows for term in row}
    labels = {} if iris else things.labels(terms)
    texts: dict[Term | None, str] = {None: ""}
    for term in terms:
        if isinstance(term, NamedNode):
            texts[term] = things.label(term, labels)
        elif isinstance(term, Literal):
            texts[term] = term.value
        elif isinstance(term, BlankNode):
            texts[term] = str(term)
    if answer.form == "ask":
        said = ("yes", "是") if answer.yes else ("no", "否")
        return ((things.language.pick(*said),),)
    return tuple(tuple(texts[term] for term in row) for row in answer.rows)


def as_csv(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write comma-separated values under the names of the columns."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([names, *rows])
    return file.getvalue()


def as_markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table."""
    head, *body = ([markdown_text(cell) for cell in row] for row in (headings, *rows))
    lines = [head, ["---"] * len(headings), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def markdown_text(text: str) -> str:
    """Write a text on one line so that Markdown shows it as it is."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def as_tsv(answer: Answer) -> str:
    """Write SPARQL results as tab-separated terms; an ASK as true or false."""
    if answer.form == "ask":
        return f"{str(answer.yes).lower()}\n"
    head = "\t".join(f"?{name}" for name in answer.columns)
    rows = ("\t".join(map(ntriples, row)) for row in answer.rows)
    return "".join(f"{line}\n" for line in (head, *rows))


def as_json(answer: Answer) -> str:
    """Write SPARQL results as JSON, one row a line."""
    if answer.form == "ask":
        return json.dumps({"head": {}, "boolean": answer.yes}) + "\n"
    head = json.dumps({"vars": answer.columns}, ensure_ascii=False)
    rows = (
        json.dumps(
            {name: _json(term) for name, term in _bound(answer, row)},
            ensure_ascii=False,
        )
        for row in answer.rows
    )
    body = ",\n".join(rows)
    return f'{{"head": {head}, "results": {{"bindings": [\n{body}\n]}}}}\n'


def as_xml(answer: Answer) -> str:
    """Write SPARQL results as XML; what XML cannot hold becomes U+FFFD."""
    variables = "".join(f'<variable name="{n}"/>' for n in answer.columns)
    if answer.form == "ask":
        head, body = "", f"<boolean>{str(answer.yes).lower()}</boolean>\n"
    else:
        rows = "".join(f"{_xml_row(answer, row)}\n" for row in answer.rows)
        head, body = variables, f"<results>\n{rows}</results>\n"
    top = f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_XMLNS}">\n'
    return f"{top}<head>{head}</head>\n{body}</sparql>\n"


def ntriples(term: Term | None) -> str:
    """Write a term as N-Triples does; nothing for None."""
    if term is None:
        return ""
    text = str(term)
    if isinstance(term, Literal) and term.language:
        return text.removesuffix(term.language) + language_tag(term.language)
    return text


def _bound(answer: Answer, row: tuple[Term | None, ...]) -> Iterator[tuple[str, Term]]:
    for name, term in zip(answer.columns, row, strict=True):
        if term is not None:
            yield name, term


def _json(term: Term) -> Mapping[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": language_tag(term.language)}
    if term.datatype != XSD_STRING:
        return found | {"datatype": term.datatype.value}
    return found


def _xml_row(answer: Answer, row: tuple[Term | None, ...]) -> str:
    bindings = (
        f'<binding name="{name}">{_xml(term)}</binding>'
        for name, term in _bound(answer, row)
    )
    return f"<result>{''.join(bindings)}</result>"


def _xml(term: Term) -> str:
    text = escape(_NOT_XML.sub("\ufffd", term.value), quote=False).replace(
        "\r", "&#xD;"
    )
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        tag = f' xml:lang="{language_tag(term.language)}"'
    elif term.datatype != XSD_STRING:
        tag = f' datatype="{escape(term.datatype.value)}"'
    else:
        tag = ""
    return f"<literal{tag}>{text}</literal>"
