"""The names of formats, and the choice among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wicgraph.errors import UnknownName
from wicgraph.language import Text, listed
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice = TypeVar("Choice", bound=str)

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md")
GRAPH_FORMATS = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
VIEW_FORMATS = ("schemaorg", "prov", "sem", "wikidata")
TABLE_FORMATS = ("csvw", "parquet", "sqlite", "datasette")
NETWORK_FORMATS = ("gexf", "graphml")
DESCRIPTION_FORMATS = ("void", "dcat", "sd")
FOLDER_FORMATS = ("csvw", "parquet", "rocrate")
FILE_FORMATS = ("sqlite", *FOLDER_FORMATS)  # what is no text
EXPORT_FORMATS = (
    *(*GRAPH_FORMATS, *VIEW_FORMATS, *TABLE_FORMATS, *NETWORK_FORMATS),
    *(*DESCRIPTION_FORMATS, "rocrate", "citation", "context", "openapi"),
)
LIST_FORMATS = ("table", "csv", "json", "md")
DOSSIER_FORMATS = ("text", "json", "md", "turtle", "svg")
EVIDENCE_FORMATS = ("text", "table", "json", "md")
PATH_FORMATS = ("text", "json", "md", "svg", "mermaid")
CITATION_FORMATS = ("text", "bibtex", "csljson")
DIFFERENCE_FORMATS = ("text", "json", "md", "rdfpatch")
PROOF_FORMATS = ("text", "json", "md", "mermaid", "ttl")


def require_format(name: str, formats: Sequence[str]) -> str:
    """Return the name of a format; raises UnknownName if it is none of these."""
    return chosen(name, tuple(formats), Text("format here", "格式"))


def evidence_format(name: str) -> str:
    """Return the name of a format of evidence; raises UnknownName if it is none."""
    return chosen(name, EVIDENCE_FORMATS, Text("format of evidence", "证据格式"))


def chosen(name: str, choices: tuple[Choice, ...], kind: Text) -> Choice:
    """Return the choice of a name; raises UnknownName of the kind if it is none."""
    for choice in choices:
        if choice == name:
            return choice
    meant = similar(name, choices)
    remedy = Text("choose ", "可选 ") + listed(choices, "or")
    raise UnknownName(kind, name, meant, remedy=remedy)
