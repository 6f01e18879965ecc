"""The blocks of a Turtle file as spans of its text, so that it can be edited in place.

Only for text that the parser has accepted: what is malformed is not noticed here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<gap>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>
          \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"
        | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n\r]|\\.)*"
        | '(?:[^'\\\n\r]|\\.)*'
      )
    | (?P<mark>\^\^|[;,\[\]()]|\.(?![\w\\]))
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>(?:[^\s;,\[\]()<>"'\#.\\]|\\.|\.(?=[\w\\.:]))+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_OPEN, _CLOSE = frozenset("[("), frozenset("])")


@dataclass(frozen=True, slots=True)
class Span:
    """One term as written: its text and where it starts and ends in the file."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A predicate and its objects as written, up to the `;` or `.` after them."""

    predicate: Span
    objects: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A subject and its phrases as written, up to the `.` that ends them."""

    subject: Span
    phrases: tuple[Phrase, ...]

    def phrase(self, predicate: str) -> Phrase | None:
        """Return the first phrase with this predicate, as written."""
        for phrase in self.phrases:
            if phrase.predicate.text == predicate:
                return phrase
        return None

    def is_a(self, name: str) -> bool:
        """Tell whether the block gives its subject this class, as written."""
        return any(
            object_.text == name
            for phrase in self.phrases
            if phrase.predicate.text in {"a", "rdf:type"}
            for object_ in phrase.objects
        )


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a Turtle file in order; directives are not blocks."""
    statement: list[Span] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "gap":
            continue
        span = Span(match[0], match.start(), match.end())
        if depth == 0 and span.text == ".":
            if statement and not statement[0].text.startswith("@"):
                yield _block(statement)
            statement = []
            continue
        depth += (span.text in _OPEN) - (span.text in _CLOSE)
        statement.append(span)
        if _is_sparql_directive(statement):
            statement = []


def string_value(written: str) -> str:
    """Return the text that a quoted string stands for, its escapes resolved."""
    width = 3 if written[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(
        _unescaped, written[width : written.rindex(written[0]) + 1 - width]
    )


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset, both from 1."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return _NAMED_ESCAPES.get(match[3], match[3])


def _is_sparql_directive(statement: list[Span]) -> bool:
    words = {"PREFIX": 3, "BASE": 2}
    return words.get(statement[0].text.upper()) == len(statement)


def _block(statement: list[Span]) -> Block:
    terms = _joined(statement)
    subject, rest = terms[0], terms[1:]
    phrases: list[Phrase] = []
    predicate: Span | None = None
    objects: list[Span] = []
    for term in [*rest, Span(";", 0, 0)]:
        if term.text == ";":
            if predicate is not None:
                phrases.append(Phrase(predicate, tuple(objects)))
            predicate, objects = None, []
        elif term.text == ",":
            continue
        elif predicate is None:
            predicate = term
        else:
            objects.append(term)
    return Block(subject, tuple(phrases))


def _joined(statement: list[Span]) -> list[Span]:
    """Join what makes one term: brackets, a string with its language or datatype."""
    terms: list[Span] = []
    depth = 0
    joins = False
    for span in statement:
        inside = depth > 0
        depth += (span.text in _OPEN) - (span.text in _CLOSE)
        suffix = span.text == "^^" or span.text.startswith("@")
        if terms and (inside or suffix or joins):
            last = terms[-1]
            terms[-1] = Span(last.text + span.text, last.start, span.end)
        else:
            terms.append(span)
        joins = span.text == "^^"
    return terms
