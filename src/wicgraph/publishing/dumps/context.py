"""The context of our JSON: what each name in it means, and how values are read.

It comes from the ontology alone, so that it changes when a term does and not with data:
https://www.w3.org/TR/json-ld11/#the-context
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.terms import (
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    RDFS_LABEL,
    SKOS,
    WIC,
    XSD_DATE,
    XSD_STRING,
    NamedNode,
    Prefixes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.store import Snapshot

KEYWORDS = {"id": "@id", "type": "@type"}  # what reads better without its sign
BY_LANGUAGE = "@language"
A_NODE = "@id"
_RANGE = NamedNode(RDFS + "range")
_DEFINED = tuple(
    NamedNode(OWL + kind)
    for kind in ("AnnotationProperty", "Class", "DatatypeProperty", "ObjectProperty")
)
_CLASS, _DATA, _LINK = (
    NamedNode(OWL + kind) for kind in ("Class", "DatatypeProperty", "ObjectProperty")
)
_LANG_STRING = NamedNode(RDF + "langString")
_SKOS = ("altLabel", "definition", "hiddenLabel", "note", "prefLabel")
_TEXTS = (*(NamedNode(SKOS + name) for name in _SKOS), RDFS_LABEL)
_EXACT_MATCH = NamedNode(SKOS + "exactMatch")


@dataclass(frozen=True)
class Vocabulary:
    """Short names for classes and properties, and how the values of each are written.

    A reading is A_NODE, BY_LANGUAGE or the IRI of the datatype that goes unsaid; what
    has none says itself what it is.
    """

    names: Mapping[NamedNode, str]
    readings: Mapping[NamedNode, str]

    @classmethod
    def of(cls, snapshot: Snapshot, prefixes: Prefixes) -> Vocabulary:
        """Take the terms that the ontology defines, and the labels of SKOS and RDFS.

        A term whose name is a prefix too, such as topic, has no short name. A property
        of values for which the ontology gives no range has dates of any precision: a
        day goes unsaid, and months and years say what they are.
        """
        terms = dict.fromkeys(_TEXTS, BY_LANGUAGE) | {_EXACT_MATCH: A_NODE}
        for kind in _DEFINED:
            for triple in snapshot.triples(None, RDF_TYPE, kind, inference=False):
                node = triple.subject
                if isinstance(node, NamedNode) and node.value.startswith(WIC):
                    terms[node] = _reading(snapshot, node, kind)
        taken = {*prefixes.table, *KEYWORDS}
        names = {}
        for node in sorted(terms, key=str):
            name = node.value.rpartition("#")[2]
            if name not in taken:
                taken.add(name)
                names[node] = name
        return cls(names, {node: kind for node, kind in terms.items() if kind})

    def context(self, prefixes: Prefixes, used: Iterable[NamedNode]) -> str:
        """Write the context that some terms need, as JSON; prefixes are all written."""
        entries: dict[str, object] = dict(
            sorted({**KEYWORDS, **prefixes.table}.items())
        )
        for node in sorted({*used} & {*self.names, *self.readings}, key=str):
            name = self.names.get(node) or prefixes.shorten(node).strip("<>")
            reading = self.readings.get(node)
            if reading == BY_LANGUAGE:
                entries[name] = {"@id": node.value, "@container": BY_LANGUAGE}
            elif reading:
                entries[name] = {"@id": node.value, "@type": reading}
            elif node in self.names:
                entries[name] = node.value
        lines = (f"  {_json(key)}: {_json(value)}" for key, value in entries.items())
        return '{\n  "@version": 1.1,\n' + ",\n".join(lines) + "\n}"

    def document(self, prefixes: Prefixes) -> str:
        """Write the whole context, to be published."""
        every = {*self.names, *self.readings}
        return f'{{"@context": {self.context(prefixes, every)}}}\n'


NO_TERMS = Vocabulary({}, {})


def _reading(snapshot: Snapshot, node: NamedNode, kind: NamedNode) -> str:
    """Choose how the values of a property are written; "" for a class."""
    if kind == _LINK:
        return A_NODE
    if kind != _DATA:
        return ""
    ranges = [t.object for t in snapshot.triples(node, _RANGE, inference=False)]
    if not ranges:
        return XSD_DATE.value
    if ranges == [_LANG_STRING]:
        return BY_LANGUAGE
    (first, *others) = ranges
    said = not isinstance(first, NamedNode) or others or first == XSD_STRING
    return "" if said else str(first)[1:-1]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
