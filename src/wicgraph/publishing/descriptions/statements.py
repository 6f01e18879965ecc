"""The vocabularies that descriptions are written in, and statements in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.data_set import DCAT, DCTERMS, FOAF
from wicgraph.terms import XSD_DATE, XSD_INTEGER, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.language import Text
    from wicgraph.terms import Term

ENTAILMENT = "http://www.w3.org/ns/entailment/"
FORMATS = "http://www.w3.org/ns/formats/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SD = "http://www.w3.org/ns/sparql-service-description#"
SPDX = "http://spdx.org/rdf/terms#"
VOID = "http://rdfs.org/ns/void#"
PREFIXES = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "entailment": ENTAILMENT,
    "foaf": FOAF,
    "formats": FORMATS,
    "sd": SD,
    "spdx": SPDX,
    "void": VOID,
}
RDF_FORMATS = {  # https://www.w3.org/ns/formats/
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


def say(subject: NamedNode, predicate: str, *values: Term | str) -> Iterator[Quad]:
    """State what a property has for values; a string is an IRI."""
    for value in values:
        node = NamedNode(value) if isinstance(value, str) else value
        yield Quad(subject, NamedNode(predicate), node)


def both(text: Text) -> tuple[Literal, Literal]:
    """Write a text in both languages."""
    return Literal(text.en, language="en"), Literal(text.zh, language="zh-Hans")


def number(value: int) -> Literal:
    """Write a count."""
    return Literal(str(value), datatype=XSD_INTEGER)


def day(text: str) -> tuple[Literal, ...]:
    """Write a date such as 2026-01-31; "" is no value."""
    return (Literal(text, datatype=XSD_DATE),) if text else ()
