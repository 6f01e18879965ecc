"""RDF terms and their names: the prefix table, CURIEs, how a term is shown.

Terms are pyoxigraph's everywhere in wicgraph; this module is where they come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from wicgraph.errors import UnknownName
from wicgraph.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "BlankNode",
    "Literal",
    "NamedNode",
    "Prefixes",
    "Quad",
    "Subject",
    "Term",
    "Triple",
    "similar",
]

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal

WIC = "https://w3id.org/wicgraph/ontology#"
SOURCE = "https://w3id.org/wicgraph/source/"
GRAPH = "https://w3id.org/wicgraph/graph/"
QUERY = "https://w3id.org/wicgraph/query/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

RDF_TYPE = NamedNode(RDF + "type")
RDF_FIRST = NamedNode(RDF + "first")
RDF_REST = NamedNode(RDF + "rest")
RDF_NIL = NamedNode(RDF + "nil")
RDFS_LABEL = NamedNode(RDFS + "label")
SKOS_PREF_LABEL = NamedNode(SKOS + "prefLabel")
SKOS_ALT_LABEL = NamedNode(SKOS + "altLabel")
SKOS_HIDDEN_LABEL = NamedNode(SKOS + "hiddenLabel")
SH_PREFIX = NamedNode(SH + "prefix")
SH_NAMESPACE = NamedNode(SH + "namespace")
XSD_STRING = NamedNode(XSD + "string")
XSD_INTEGER = NamedNode(XSD + "integer")
XSD_DECIMAL = NamedNode(XSD + "decimal")
XSD_DOUBLE = NamedNode(XSD + "double")
XSD_BOOLEAN = NamedNode(XSD + "boolean")
XSD_DATE = NamedNode(XSD + "date")

_LIKENESS = 0.6  # below it, two names have too little in common to be confused
# Names that need no escape in Turtle and in SPARQL; a part of PN_LOCAL of the grammar.
_LOCAL = re.compile(r"(?:[^\W·](?:[\w.·-]*[\w·-])?)?")
_BARE = {  # how the values of a datatype look without quotes
    XSD_INTEGER: re.compile(r"[+-]?[0-9]+"),
    XSD_DECIMAL: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD_BOOLEAN: re.compile(r"true|false"),
}
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)


@dataclass(frozen=True)
class Prefixes:
    """The prefix table: what stands before the colon, and the namespace it means."""

    table: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", dict(sorted(self.table.items())))

    def expand(self, name: str) -> NamedNode:
        """Turn a CURIE, or an IRI with or without its angle brackets, into a node.

        Raises UnknownName: of kind "prefix" where the table does not have it, of
        kind "CURIE" where there is no prefix, "IRI" where no IRI has such characters.
        """
        prefix, colon, local = name.partition(":")
        if name.startswith("<") and name.endswith(">"):
            iri = name[1:-1]
        elif prefix in self.table and colon:
            iri = self.table[prefix] + local
        elif local.startswith("//"):
            iri = name
        elif colon:
            kind = Text("prefix", "前缀")
            raise UnknownName(kind, prefix, similar(prefix, self.table))
        else:
            remedy = Text(
                "write it with its prefix, such as event:wic-2018",
                "请连同前缀书写，例如 event:wic-2018",
            )
            raise UnknownName(Text("CURIE", "CURIE"), name, remedy=remedy)
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise UnknownName(Text("IRI", "IRI"), iri) from error

    def shorten(self, node: NamedNode) -> str:
        """Write a node as a CURIE, or as `<iri>` where no prefix fits."""
        iri = node.value
        for namespace, prefix in self._longest_first:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def show(self, term: Term) -> str:
        """Write a term as Turtle does: names as CURIEs, numbers and truths bare."""
        if isinstance(term, NamedNode):
            return self.shorten(term)
        if isinstance(term, BlankNode):
            return str(term)
        bare = _BARE.get(term.datatype)
        if bare and bare.fullmatch(term.value):
            return term.value
        quoted = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            return f"{quoted}@{language_tag(term.language)}"
        if term.datatype == XSD_STRING:
            return quoted
        return f"{quoted}^^{self.shorten(term.datatype)}"

    def sparql_header(self) -> str:
        """Declare every prefix in SPARQL, a line each."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.table.items())

    def turtle_header(self, used: Iterable[str]) -> str:
        """Declare the used prefixes in Turtle, sorted, a line each.

        A name that the table does not have raises KeyError.
        """
        return "".join(f"{declaration(n, self.table[n])}\n" for n in sorted(set(used)))

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, str], ...]:
        pairs = ((namespace, prefix) for prefix, namespace in self.table.items())
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1])))


def language_tag(language: str) -> str:
    """Restore the usual case of a language tag, which pyoxigraph lowers: zh-Hans."""
    first, *rest = language.split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in rest)])


def declaration(prefix: str, namespace: str) -> str:
    """Write the one line that declares a prefix in a Turtle file."""
    return f"@prefix {prefix}: <{namespace}> ."


def similar(name: str, candidates: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Choose the candidates that somebody who wrote `name` may have meant.

    Best first, equally good ones by name; letter case does not count, and a
    candidate that goes on where the name stops counts as close.
    """
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name.casefold())
    scored = []
    for candidate in sorted(set(candidates)):
        folded = candidate.casefold()
        matcher.set_seq1(folded)
        score = 0.0
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _LIKENESS:
            score = matcher.ratio()
        if len(name) > 1 and folded.startswith(name.casefold()):
            score = max(score, _LIKENESS)
        if score >= _LIKENESS:
            scored.append((-score, candidate))
    return tuple(candidate for _, candidate in sorted(scored)[:limit])
