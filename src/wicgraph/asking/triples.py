"""Which triple three texts mean: labels, CURIEs, IRIs or local names, in any language.

A subject or object is read as `asking.resolving` does, a property by its local name
too (`participatesIn`), and an object of a property that has literals as a literal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.asking.names import normalized
from wicgraph.asking.resolving import resolve
from wicgraph.asking.things import local_name, nodes
from wicgraph.errors import AmbiguousName, UnknownName
from wicgraph.language import Text
from wicgraph.reasoning.datatypes import meaning
from wicgraph.terms import (
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    XSD,
    Literal,
    NamedNode,
    Triple,
    similar,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.things import Things

_PROPERTIES = tuple(
    NamedNode(name)
    for name in (
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        RDF + "Property",
    )
)
_DATATYPE_PROPERTY = NamedNode(OWL + "DatatypeProperty")
_CLASS = NamedNode(OWL + "Class")
_TAGGED = NamedNode(RDF + "langString")
_RANGE = NamedNode(RDFS + "range")
_TYPE_WORDS = frozenset({"a", "is a", "type"})
_QUOTED = re.compile(
    r'"(?P<text>.*)"(?:@(?P<tag>[\w-]+)|\^\^(?P<type>\S+))?', re.DOTALL
)
_NUMBER = re.compile(r"[+-]?[0-9]+")


def written_triple(things: Things, words: Sequence[str]) -> Triple:
    """Read subject, property and object; raises UnknownName and AmbiguousName."""
    subject, predicate, value = words
    node = _thing(things, subject)
    relation = _property(things, predicate)
    return Triple(node, relation, _value(things, node, relation, value))


def _thing(things: Things, text: str) -> NamedNode:
    return _iri(things, text) or resolve(things, text)


def _iri(things: Things, text: str) -> NamedNode | None:
    """Read an IRI or a CURIE, also of something that the graph does not know."""
    wanted = text.strip()
    prefix, colon, rest = wanted.partition(":")
    is_iri = wanted.startswith("<") or rest.startswith("//")
    if is_iri or (colon and prefix in things.prefixes.table):
        return things.prefixes.expand(wanted)
    if colon and rest and re.fullmatch(r"[a-z]+", prefix) and " " not in wanted:
        return things.prefixes.expand(wanted)  # raises: the prefix is unknown
    return None


def _property(things: Things, text: str) -> NamedNode:
    wanted = text.strip()
    if wanted.casefold() in _TYPE_WORDS:
        return RDF_TYPE
    node = _iri(things, wanted)
    if node is not None:
        return node
    known = nodes(_properties(things))
    labels = things.names
    found = tuple(each for each in known if local_name(each) == wanted)
    if not found:
        folded = normalized(wanted)
        same = {name.thing for name in labels if name.folded == folded and folded}
        found = tuple(each for each in known if each in same)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(text, tuple(map(things.prefixes.shorten, found)))
    names = [local_name(each) for each in known]
    names += [name.text.value for name in labels if name.thing in set(known)]
    raise UnknownName(Text("property", "属性"), text, similar(wanted, names))


def _properties(things: Things) -> Iterator[object]:
    for kind in _PROPERTIES:
        for triple in things.snapshot.triples(None, RDF_TYPE, kind):
            yield triple.subject


def _value(
    things: Things, subject: NamedNode, predicate: NamedNode, text: str
) -> NamedNode | Literal:
    quoted = _QUOTED.fullmatch(text.strip())
    if quoted:
        return _literal(things, quoted)
    if predicate == RDF_TYPE:
        return _iri(things, text) or _class(things, text)
    if not _has_literals(things, predicate):
        return _thing(things, text)
    stated = (each.object for each in things.snapshot.triples(subject, predicate))
    for value in sorted(stated, key=str):
        if isinstance(value, Literal) and value.value == text:
            return value
    kinds = nodes(each.object for each in things.snapshot.triples(predicate, _RANGE))
    datatypes = [kind for kind in kinds if kind.value.startswith(XSD)]
    if datatypes:
        return Literal(text, datatype=datatypes[0])
    return _as_usual(things, predicate, text)


def _as_usual(things: Things, predicate: NamedNode, text: str) -> Literal:
    """Read a text as a value of a datatype that values of a property are of."""
    values = {each.object for each in things.snapshot.triples(predicate=predicate)}
    used = {each.datatype for each in values if isinstance(each, Literal)}
    for datatype in sorted(used - {_TAGGED}, key=str):
        literal = Literal(text, datatype=datatype)
        what = meaning(literal)
        if what and what.kind:
            return literal
    return Literal(int(text)) if _NUMBER.fullmatch(text) else Literal(text)


def _literal(things: Things, quoted: re.Match[str]) -> Literal:
    try:
        if quoted["tag"]:
            return Literal(quoted["text"], language=quoted["tag"])
    except ValueError as error:
        raise UnknownName(Text("language", "语言"), quoted["tag"]) from error
    if quoted["type"]:
        datatype = things.prefixes.expand(quoted["type"])
        return Literal(quoted["text"], datatype=datatype)
    return Literal(quoted["text"])


def _class(things: Things, text: str) -> NamedNode:
    """Read the name of a class: its local name or its label."""
    kinds = things.snapshot.triples(None, RDF_TYPE, _CLASS)
    known = nodes(each.subject for each in kinds)
    named = tuple(each for each in known if local_name(each) == text.strip())
    kind = Text("class", "类")
    return named[0] if len(named) == 1 else resolve(things, text, _CLASS, kind)


def _has_literals(things: Things, predicate: NamedNode) -> bool:
    """Tell a property of literals from one that leads to things."""
    snapshot = things.snapshot
    if any(snapshot.triples(predicate, RDF_TYPE, _DATATYPE_PROPERTY)):
        return True
    first = next(snapshot.triples(predicate=predicate), None)
    return first is not None and isinstance(first.object, Literal)
