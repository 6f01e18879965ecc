"""The scene of a fault: what was read before it, and what could have followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wicgraph.reading.tokens import Lines, Token, tokens

if TYPE_CHECKING:
    from wicgraph.terms import Prefixes

_ADDRESS = re.compile(r"[^\s<>]*[^\s<>.;,]")
Expected = Literal[
    "statement",
    "property",
    "value",  # of a property
    "item",  # of a list, or the end of the list
    "end",  # of a value: what goes on after one
    "datatype",
    "prefix",
    "namespace",
    "dot",  # of a directive
]
_AFTER_FIRST: dict[str, Expected] = {
    "@prefix": "prefix",
    "prefix": "prefix",
    "@base": "namespace",
    "base": "namespace",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where Oxigraph stopped, what it said, and what had been read by then.

    `blamed` is what it points at, be it a part of a word; `found` is the word that is
    wrong, `before` the words until there, `statement`
    those of them that belong to the unfinished statement, `opened` the brackets that
    wait for their end; `expected` is what had to follow.
    """

    text: str
    lines: Lines
    known: Prefixes
    message: str
    blamed: Token
    found: Token
    before: tuple[Token, ...]
    statement: tuple[Token, ...]
    opened: tuple[Token, ...]
    expected: Expected

    @classmethod
    def of(cls, text: str, error: SyntaxError, known: Prefixes) -> Scene:
        """Read again up to a syntax error."""
        lines = Lines(text)
        start = lines.offset(error.lineno or 1, error.offset or 1)
        end = lines.offset(error.end_lineno or 1, error.end_offset or 1)
        words = tuple(tokens(text))
        stop = next(
            index
            for index, token in enumerate(words)
            if token.end > start or token.kind in ("other", "end")
        )
        before, found = words[:stop], words[stop]
        blamed = Token("other", text[start:end], start)
        if found.start == start and found.kind != "end" and found.end < end:
            found = blamed  # as long as somebody meant it: "true1", "Wu-zhen"
        walk = _Walk()
        for index, token in enumerate(before):
            walk.step(index, token)
        return cls(
            text,
            lines,
            known,
            error.msg.partition(": ")[2],
            blamed,
            found,
            before,
            before[walk.first :],
            tuple(walk.opened),
            walk.expected,
        )

    @property
    def last(self) -> Token:
        """The word before the fault; an empty one if there is none."""
        return self.before[-1] if self.before else Token("start", "", 0)

    @property
    def glued(self) -> bool:
        """Whether no space parts the word from the one before."""
        return self.last.end == self.found.start

    @property
    def value(self) -> str:
        """What was read last, a text with its language or datatype."""
        start = self.last.start
        if self.last.kind == "at":
            start = self.before[-2].start
        elif [token.text for token in self.before[-2:-1]] == ["^^"]:
            start = self.before[-3].start
        return self.text[start : self.last.end]

    @property
    def address(self) -> str:
        """The web address that stands at the fault without its brackets, or ""."""
        match = _ADDRESS.match(self.text, self.found.start)
        return match[0] if match and "://" in match[0] else ""

    def line_of(self, token: Token) -> int:
        """Find the line where a word starts."""
        return self.lines.at(token.start)[0]


class _Walk:
    """Follows the grammar of statements over words that are known to be right."""

    def __init__(self) -> None:
        self.expected: Expected = "statement"
        self.opened: list[Token] = []
        self.first = 0  # index of the first word of the statement
        self._start = Token("end", "", 0)  # that word

    def step(self, index: int, token: Token) -> None:
        if self.expected == "statement":
            self._start = token
        match token.text:
            case ".":
                self.expected = "statement"
            case ";":
                self.expected = "property"
            case ",":
                self.expected = "value"
            case "^^":
                self.expected = "datatype"
            case "[" | "(":
                self.opened.append(token)
                self.expected = "property" if token.text == "[" else "item"
            case "]" | ")":
                whole = self.opened.pop() is self._start
                self.expected = "property" if whole else self._after_value()
            case _:
                self.expected = self._after_word(token)
        if self.expected == "statement":
            self.first = index + 1

    def _after_word(self, token: Token) -> Expected:
        if self.expected == "statement":
            return _AFTER_FIRST.get(token.text.lower(), "property")
        if self.expected == "prefix":
            return "namespace"
        if self.expected == "namespace":
            return "dot" if self._start.kind == "at" else "statement"
        return "value" if self.expected == "property" else self._after_value()

    def _after_value(self) -> Expected:
        return "item" if self.opened and self.opened[-1].text == "(" else "end"
