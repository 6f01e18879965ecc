"""RDF/XML, with prefixes for the names of elements.

https://www.w3.org/TR/rdf-syntax-grammar/
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.errors import OutputError
from wicgraph.language import Text
from wicgraph.publishing.xml_text import NOT_XML
from wicgraph.terms import (
    RDF,
    RDF_TYPE,
    XSD_STRING,
    BlankNode,
    Literal,
    NamedNode,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Prefixes, Term

# Names that parsers of both editions of XML take, which is fewer than XML has now.
_FIRST = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u4e00-\u9fa5"
_NAME = re.compile(rf"[{_FIRST}][{_FIRST}0-9.-]*\Z")
_XML = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
_SYNTAX = frozenset(  # names of RDF that mean something else as an element
    RDF + name
    for name in (
        *("Description", "RDF", "ID", "about", "parseType", "resource", "nodeID"),
        *("datatype", "li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
)
_OTHER = Text("; another format can, such as turtle", "；请改用其他格式，例如 turtle")


class _Name(NamedTuple):
    """The name of an element, and the declaration that it brings along."""

    tag: str
    declared: str


def rdfxml(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[str]:
    """Write an element for each subject, of its first class if that is a name in XML.

    Raises OutputError at once for what XML cannot say: a property whose IRI does not
    end in a name, or a control character.
    """
    names = _Names(prefixes)
    for fact in facts:
        _require_xml(fact, names)
    return _document(facts, names)


def _document(facts: Sequence[Fact], names: _Names) -> Iterator[str]:
    blocks = [tuple(b) for _, b in groupby(facts, key=lambda fact: fact.subject)]
    elements = ["".join(_block(block, names)) for block in blocks]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in sorted({"rdf": RDF, **names.used}.items()):
        yield f'\n    xmlns:{prefix}="{escape(namespace)}"'
    yield ">\n"
    yield from elements
    yield "</rdf:RDF>\n"


def _block(facts: Sequence[Fact], names: _Names) -> Iterator[str]:
    """Write what is said of one subject."""
    first, kind = facts[0], None
    if first.predicate == RDF_TYPE and isinstance(first.object, NamedNode):
        kind = names.element(first.object)
    if kind and kind.declared:  # what it declares would hold for its properties too
        kind = None
    tag, declared = kind or _Name("rdf:Description", "")
    yield f"\n<{tag}{declared}{_reference(first.subject, 'rdf:about')}>\n"
    for fact in facts[1:] if kind else facts:
        name = names.element(fact.predicate)
        if name is not None:
            yield f"    {_property(name, fact.object)}\n"
    yield f"</{tag}>\n"


def _property(name: _Name, value: Term) -> str:
    start = name.tag + name.declared
    if not isinstance(value, Literal):
        return f"<{start}{_reference(value, 'rdf:resource')}/>"
    mark = ""
    if value.language:
        mark = f' xml:lang="{language_tag(value.language)}"'
    elif value.datatype != XSD_STRING:
        mark = f' rdf:datatype="{escape(value.datatype.value)}"'
    text = escape(value.value, quote=False).replace("\r", "&#13;")
    return f"<{start}{mark}>{text}</{name.tag}>"


def _reference(node: NamedNode | BlankNode, attribute: str) -> str:
    if isinstance(node, BlankNode):
        return f' rdf:nodeID="_{node.value}"'  # a label may start with a digit
    return f' {attribute}="{escape(node.value)}"'


class _Names:
    """Names elements after nodes, and remembers the prefixes that this takes."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.used: dict[str, str] = {}
        self._table: Mapping[str, str] = prefixes.table
        self._prefixes = prefixes
        self._known: dict[NamedNode, _Name | None] = {}

    def element(self, node: NamedNode) -> _Name | None:
        """Name an element after a property or a class; None if XML has no such name."""
        if node not in self._known:
            self._known[node] = self._element(node)
        return self._known[node]

    def _element(self, node: NamedNode) -> _Name | None:
        if node.value in _SYNTAX:
            return None
        if node.value.startswith(RDF):
            local = node.value.removeprefix(RDF)
            return _Name(f"rdf:{local}", "") if _NAME.match(local) else None
        prefix, _, local = self._prefixes.shorten(node).partition(":")
        if _NAME.match(prefix) and _NAME.match(local) and not _reserved(prefix):
            self.used[prefix] = self._table[prefix]
            return _Name(f"{prefix}:{local}", "")
        split = _NAME.search(node.value)
        namespace = node.value[: split.start()] if split else ""
        if split is None or not namespace or namespace in _XML:
            return None
        return _Name(f"ns:{split[0]}", f' xmlns:ns="{escape(namespace)}"')


def _reserved(prefix: str) -> bool:
    return prefix == "rdf" or prefix.lower().startswith("xml")


def _require_xml(fact: Fact, names: _Names) -> None:
    """Refuse what XML has no way to say; raises OutputError."""
    if names.element(fact.predicate) is None:
        iri = fact.predicate.value
        reason = Text(
            f"RDF/XML cannot name the property <{iri}>: its end is no name in XML",
            f"RDF/XML 无法表示属性 <{iri}>：其结尾不是合法的 XML 名称",
        )
        raise OutputError(reason + _OTHER)
    value = fact.object
    found = NOT_XML.search(value.value) if isinstance(value, Literal) else None
    if found:
        code, subject = f"U+{ord(found[0]):04X}", str(fact.subject)
        reason = Text(
            f"RDF/XML cannot hold the character {code} in a text of {subject}",
            f"RDF/XML 无法容纳 {subject} 文本中的字符 {code}",
        )
        raise OutputError(reason + _OTHER)
