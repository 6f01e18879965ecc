"""The words of Turtle, and where in a text they stand.

Follows the terminals of https://www.w3.org/TR/turtle/#sec-grammar-grammar, but takes
what no terminal matches as a token of its own: it splits valid and broken text alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)  # PN_CHARS_BASE
_CHAR = rf"{_LETTER}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"  # PN_CHARS
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"  # PLX
_TOKEN = re.compile(
    rf"""
    (?: [ \t\r\n]++ | \#[^\r\n]*+ )*+
    (?: (?P<name>   (?: [{_LETTER}] (?: \.*+ [{_CHAR}] )*+ )? :
                    (?: (?: [{_LETTER}_0-9:] | {_ESCAPED} )
                        (?: \.*+ (?: [{_CHAR}:] | {_ESCAPED} ) )*+ )? )
      | (?P<iri>    <[^\x00-\x20<>"{{}}|^`]*> )
      | (?P<string> \"{{3}} (?: \"{{0,2}}+ (?: [^"\\] | \\. ) )*+ \"{{3}}
                  | '{{3}} (?: '{{0,2}}+ (?: [^'\\] | \\. ) )*+ '{{3}}
                  | "(?!"") (?: [^"\\\r\n] | \\. )*+ "
                  | '(?!'') (?: [^'\\\r\n] | \\. )*+ ' )
      | (?P<double>  [+-]?(?: [0-9]+ \.? [0-9]* | \.[0-9]+ ) [eE][+-]?[0-9]+ )
      | (?P<decimal> [+-]?[0-9]*\.[0-9]+ )
      | (?P<integer> [+-]?[0-9]+ )
      | (?P<mark>   [.;,()\[\]] | \^\^ )
      | (?P<word>   [A-Za-z]+ )
      | (?P<at>     @[A-Za-z]+ (?: -[A-Za-z0-9]+ )* )
      | (?P<bnode>  _: [{_LETTER}_0-9] (?: \.*+ [{_CHAR}] )*+ )
      | (?P<end>    \Z )
      | (?P<other>  . )
    )""",
    re.VERBOSE | re.DOTALL,
)
_LINE_END = re.compile(r"\r\n?|\n")  # a lone CR too, as Oxigraph counts


class Token(NamedTuple):
    """A word of a text: the terminal it is, how it is written, where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


class Lines:
    """The lines of a text; turns offsets into lines and columns, and back.

    Lines and columns count from 1, offsets from 0, all in code points.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._length = len(text)

    def at(self, offset: int) -> tuple[int, int]:
        """Find the line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Find the offset of a line and a column."""
        return min(self._starts[line - 1] + column - 1, self._length)


def tokens(text: str) -> Iterator[Token]:
    """Split a text into its words; the last is the empty one of kind "end".

    Kinds: name, iri, bnode, string, integer, decimal, double, word (a, true, prefix …),
    at (a language tag or directive), mark (punctuation), other (one character), end.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "end"
        yield Token(kind, match[kind], match.start(kind))
        if kind == "end":
            return
