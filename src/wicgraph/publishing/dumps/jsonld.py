"""JSON-LD that carries the part of our context that it needs.

https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps.context import A_NODE, BY_LANGUAGE, KEYWORDS
from wicgraph.publishing.dumps.turtle import used_prefixes
from wicgraph.terms import (
    RDF_TYPE,
    XSD_BOOLEAN,
    XSD_INTEGER,
    XSD_STRING,
    BlankNode,
    Literal,
    NamedNode,
    Prefixes,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.publishing.dumps.context import Vocabulary
    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Term

# Whole numbers that every reader of JSON keeps as they are.
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def jsonld(
    facts: Sequence[Fact], prefixes: Prefixes, vocabulary: Vocabulary
) -> Iterator[str]:
    """Write a node a line; named graphs are nested.

    https://www.w3.org/TR/json-ld11/#named-graphs
    """
    prefixes = _usable(facts, prefixes)
    writer = _Writer(prefixes, vocabulary)
    shown = used_prefixes(facts, prefixes)
    table = Prefixes({name: prefixes.table[name] for name in shown})
    terms = {fact.predicate for fact in facts}
    terms |= {f.object for f in facts if isinstance(f.object, NamedNode) and _types(f)}
    yield f'{{"@context": {vocabulary.context(table, terms)},\n"@graph": [\n'
    between = ""
    for graph, members in groupby(facts, key=lambda fact: fact.graph):
        nodes = [
            _json(writer.node(tuple(block)))
            for _, block in groupby(members, key=lambda fact: fact.subject)
        ]
        if graph:
            inner = ",\n".join(nodes)
            name = _json(writer.name(graph))
            nodes = [f'{{"id": {name}, "@graph": [\n{inner}\n]}}']
        for node in nodes:
            yield between + node
            between = ",\n"
    yield "\n]}\n"


def _types(fact: Fact) -> bool:
    return fact.predicate == RDF_TYPE


def _usable(facts: Sequence[Fact], prefixes: Prefixes) -> Prefixes:
    """Leave out prefixes that JSON-LD would misread: "", or the scheme of an IRI."""
    terms = {term for fact in facts for term in fact if isinstance(term, NamedNode)}
    misread = {"", *KEYWORDS, *(term.value.partition(":")[0] for term in terms)}
    table = prefixes.table.items()
    return Prefixes({name: iri for name, iri in table if name not in misread})


class _Writer:
    """Turns facts into JSON values."""

    def __init__(self, prefixes: Prefixes, vocabulary: Vocabulary) -> None:
        self._prefixes = prefixes
        self._names = vocabulary.names
        self._readings = vocabulary.readings

    def node(self, facts: Sequence[Fact]) -> dict[str, object]:
        """Write what is said of one subject."""
        node: dict[str, object] = {"id": self.name(facts[0].subject)}
        for predicate, group in groupby(facts, key=lambda fact: fact.predicate):
            objects = [fact.object for fact in group]
            key = self._term(predicate)
            if predicate == RDF_TYPE:
                key = predicate.value  # no name of ours makes its prefix known
                types = [self._term(v) for v in objects if not isinstance(v, Literal)]
                node |= {"type": _alone(types)} if types else {}
                objects = [value for value in objects if isinstance(value, Literal)]
            if objects:
                node[key] = self._values(objects, self._readings.get(predicate, ""))
        return node

    def name(self, node: NamedNode | BlankNode) -> str:
        """Write a node as JSON-LD does: a compact IRI, or an IRI without brackets."""
        if isinstance(node, BlankNode):
            return str(node)
        return self._prefixes.shorten(node).strip("<>")

    def _term(self, node: NamedNode | BlankNode) -> str:
        """Write a property or a class, by its short name if it has one."""
        short = self._names.get(node) if isinstance(node, NamedNode) else None
        return short or self.name(node)

    def _values(self, objects: Sequence[Term], reading: str) -> object:
        texts = [
            term for term in objects if isinstance(term, Literal) and term.language
        ]
        values = [self._value(term, reading) for term in objects]
        if reading != BY_LANGUAGE:
            return _alone(values)
        if len(texts) < len(objects):
            return values  # an object here would be read as texts by language
        by_language: dict[str, list[object]] = {}
        for text in texts:
            tag = language_tag(text.language or "")
            by_language.setdefault(tag, []).append(text.value)
        return {tag: _alone(said) for tag, said in by_language.items()}

    def _value(self, term: Term, reading: str) -> object:
        """Write a term; what its property does not say of it, it says itself."""
        if not isinstance(term, Literal):
            name = self.name(term)
            return name if reading == A_NODE else {"@id": name}
        if term.language:
            return {"@value": term.value, "@language": language_tag(term.language)}
        unsaid = reading if reading not in {"", BY_LANGUAGE} else None
        if term.datatype == XSD_STRING:
            return {"@value": term.value} if unsaid else term.value
        if unsaid in {None, term.datatype.value}:
            bare = _bare(term)
            if bare is not None or unsaid:
                return term.value if bare is None else bare
        return {"@value": term.value, "@type": self.name(term.datatype)}


def _bare(term: Literal) -> bool | int | None:
    """Read a truth or a number that JSON has too; None for any other."""
    if term.datatype == XSD_BOOLEAN and term.value in {"true", "false"}:
        return term.value == "true"
    if term.datatype == XSD_INTEGER and _NUMBER.fullmatch(term.value):
        return int(term.value)
    return None


def _alone(values: Sequence[object]) -> object:
    """Take a value that is the only one out of its list."""
    return values[0] if len(values) == 1 else values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
