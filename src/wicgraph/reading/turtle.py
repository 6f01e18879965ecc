"""Turtle with positions: the facts of a file, and where each is written.

Oxigraph's parser decides whether a text is Turtle. The reader here only ever sees
text that it has accepted, so it checks nothing and knows where everything stands.
"""

from __future__ import annotations

import re
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import RdfFormat, parse

from wicgraph.errors import SourceError, excerpt
from wicgraph.language import Text
from wicgraph.reading.fact import Fact, Position, PrefixUse, TurtleFile
from wicgraph.reading.faults import fault
from wicgraph.reading.tokens import Lines, Token, tokens
from wicgraph.terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    XSD_BOOLEAN,
    XSD_DECIMAL,
    XSD_DOUBLE,
    XSD_INTEGER,
    BlankNode,
    Literal,
    NamedNode,
    Prefixes,
    Subject,
    Term,
)

__all__ = ["Fact", "Position", "PrefixUse", "TurtleFile", "read_turtle"]

_DEEPEST = 100  # brackets inside brackets; people write three
_NUMBERS = {"integer": XSD_INTEGER, "decimal": XSD_DECIMAL, "double": XSD_DOUBLE}
_ESCAPE = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9/-]")
_NO_PREFIXES = Prefixes({})
_T_co = TypeVar("_T_co", bound=Term, covariant=True)


def read_turtle(
    text: str, path: str, graph: NamedNode, known: Prefixes = _NO_PREFIXES
) -> TurtleFile:
    """Read Turtle 1.1 text into facts; `known` prefixes only help to explain faults.

    Blank nodes get labels made of the path and the place where they are written.
    Raises SourceError with the place, the lines around it and a hint.
    """
    try:
        for _ in parse(text, format=RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        raise fault(text, path, error, known) from error
    reader = _Reader(text, path, graph)
    reader.document()
    return TurtleFile(path, graph, text, reader.prefixes(), tuple(reader.facts))


class _Placed(NamedTuple, Generic[_T_co]):
    """A term and the offset where it is written."""

    term: _T_co
    start: int


class _Reader:
    """Reads one valid document by recursive descent; every method takes its tokens."""

    def __init__(self, text: str, path: str, graph: NamedNode) -> None:
        self.facts: list[Fact] = []
        self._text = text
        self._path = path
        self._graph = graph
        self._lines = Lines(text)
        self._tokens = tokens(text)
        self._ahead = next(self._tokens)
        self._base: str | None = None
        self._declared: list[tuple[str, str, int]] = []
        self._current: dict[str, int] = {}  # prefix: index into _declared
        self._used: set[int] = set()
        self._nodes: dict[str, NamedNode] = {}  # as written, under the prefixes so far
        self._labels: dict[str, BlankNode] = {}
        self._depth = 0
        stem = path.removesuffix(".ttl")
        self._stem = _NOT_IN_LABEL.sub(lambda m: f"_{ord(m[0]):x}_", stem)
        self._stem = self._stem.strip("/-").replace("/", ".")

    def prefixes(self) -> tuple[PrefixUse, ...]:
        return tuple(
            PrefixUse(*declared, index in self._used)
            for index, declared in enumerate(self._declared)
        )

    def document(self) -> None:
        while self._ahead.kind != "end":
            match self._ahead.text.lower():
                case "prefix" | "@prefix":
                    self._declare_prefix()
                case "base" | "@base":
                    self._declare_base()
                case "version" | "@version":
                    raise self._refusal(self._ahead)
                case _:
                    self._statement()

    def _declare_prefix(self) -> None:
        directive = self._take()
        name = self._take()
        iri = self._resolved(self._take().text).value
        self._current[name.text[:-1]] = len(self._declared)
        self._declared.append((name.text[:-1], iri, self._lines.at(name.start)[0]))
        self._end_directive(directive)

    def _declare_base(self) -> None:
        directive = self._take()
        self._base = self._resolved(self._take().text).value
        self._end_directive(directive)

    def _end_directive(self, directive: Token) -> None:
        self._nodes.clear()  # what was written may now mean something else
        if directive.kind == "at":
            self._take()

    def _statement(self) -> None:
        abbreviated = self._ahead.text == "["
        token = self._take()
        subject = _Placed(self._node(token), token.start)
        if not (abbreviated and self._ahead.text == "."):
            self._properties(subject)
        self._take()

    def _properties(self, subject: _Placed[Subject]) -> None:
        while self._ahead.text not in (".", "]"):
            if self._ahead.text == ";":
                self._take()
                continue
            token = self._take()
            node = RDF_TYPE if token.text == "a" else self._named(token)
            predicate = _Placed(node, token.start)
            self._say(subject, predicate, self._term())
            while self._ahead.text == ",":
                self._take()
                self._say(subject, predicate, self._term())

    def _say(
        self,
        subject: _Placed[Subject],
        predicate: _Placed[NamedNode],
        value: _Placed[Term],
    ) -> None:
        at = self._lines.at
        self.facts.append(
            Fact(
                subject.term,
                predicate.term,
                value.term,
                self._graph,
                self._path,
                at(subject.start),
                at(predicate.start),
                at(value.start),
            )
        )

    def _term(self) -> _Placed[Term]:
        token = self._take()
        term: Term
        match token.kind:
            case "string":
                term = self._string(token)
            case "integer" | "decimal" | "double":
                term = Literal(token.text, datatype=_NUMBERS[token.kind])
            case "word":
                term = Literal(token.text, datatype=XSD_BOOLEAN)
            case _:
                term = self._node(token)
        return _Placed(term, token.start)

    def _node(self, token: Token) -> Subject:
        """Read what can be a subject, its first token already taken."""
        if token.kind == "bnode":
            if token.text not in self._labels:
                self._labels[token.text] = self._blank(token)
            return self._labels[token.text]
        if token.kind != "mark":
            return self._named(token)
        self._depth += 1
        if self._depth > _DEEPEST:
            reason = Text(
                f"more than {_DEEPEST} brackets are open here",
                f"此处打开的括号超过 {_DEEPEST} 层",
            )
            raise self._error(token, reason)
        node = self._bracket(token) if token.text == "[" else self._list(token)
        self._depth -= 1
        return node

    def _bracket(self, opening: Token) -> BlankNode:
        node = self._blank(opening)
        self._properties(_Placed(node, opening.start))
        self._take()
        return node

    def _list(self, opening: Token) -> Subject:
        items: list[_Placed[Term]] = []
        while self._ahead.text != ")":
            items.append(self._term())
        closing = self._take()
        rest: Subject = RDF_NIL
        rest_start = closing.start
        for number, item in reversed(list(enumerate(items, 1))):
            cell = self._blank(opening, f".{number}")
            start = item.start if number > 1 else opening.start
            placed: _Placed[Subject] = _Placed(cell, start)
            self._say(placed, _Placed(RDF_FIRST, item.start), item)
            after: _Placed[Term] = _Placed(rest, rest_start)
            self._say(placed, _Placed(RDF_REST, rest_start), after)
            rest, rest_start = cell, start
        return rest

    def _string(self, token: Token) -> Literal:
        quotes = 3 if token.text[:3] in ('"""', "'''") else 1
        value = token.text[quotes:-quotes]
        if "\\" in value:
            value = _ESCAPE.sub(_unescape, value)
        if self._ahead.kind == "at":
            tag = self._take()
            if self._text.startswith("--", tag.end):
                raise self._refusal(tag)
            return Literal(value, language=tag.text[1:])
        if self._ahead.text == "^^":
            self._take()
            return Literal(value, datatype=self._named(self._take()))
        return Literal(value)

    def _named(self, token: Token) -> NamedNode:
        node = self._nodes.get(token.text)
        if node is None:
            node = self._nodes[token.text] = self._name(token)
        return node

    def _name(self, token: Token) -> NamedNode:
        if token.kind == "iri":
            return self._resolved(token.text)
        if token.kind != "name":
            raise self._refusal(token)
        prefix, _, local = token.text.partition(":")
        index = self._current[prefix]
        self._used.add(index)
        return NamedNode(self._declared[index][1] + _LOCAL_ESCAPE.sub(r"\1", local))

    def _resolved(self, written: str) -> NamedNode:
        """Let Oxigraph resolve an IRI, whose rules are long."""
        text = f"{written} a <a:> ."
        quads = parse(text, format=RdfFormat.TURTLE, base_iri=self._base)
        node = next(quads).subject
        assert isinstance(node, NamedNode)  # noqa: S101  (what else is in `<…>`?)
        return node

    def _blank(self, token: Token, suffix: str = "") -> BlankNode:
        line, column = self._lines.at(token.start)
        return BlankNode(f"{self._stem}.{line}.{column}{suffix}")

    def _take(self) -> Token:
        token = self._ahead
        self._ahead = next(self._tokens, token)
        return token

    def _refusal(self, token: Token) -> SourceError:
        reason = Text(
            "this is RDF 1.2; facts are written in Turtle 1.1",
            "这是 RDF 1.2；事实须用 Turtle 1.1 书写",
        )
        return self._error(token, reason)

    def _error(self, token: Token, reason: Text) -> SourceError:
        line, column = self._lines.at(token.start)
        shown = excerpt(self._text, line, column, len(token.text))
        return SourceError(self._path, line, column, reason, shown)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
