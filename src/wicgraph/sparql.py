"""What stands where in a SPARQL text: its tokens, and what each SELECT selects.

Oxigraph parses the queries; this module only finds the places that a message has
to name, and what Oxigraph would get wrong in silence (see `Selection`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.errors import QueryError, excerpt
from wicgraph.language import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.terms import Term

_UPDATES = (
    *("ADD", "CLEAR", "COPY", "CREATE", "DELETE"),
    *("DROP", "INSERT", "LOAD", "MOVE", "WITH"),
)
_HEADER = re.compile(r"\A(?:#\+.*\n)+")
_LOCAL_CHAR = r"[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<space>  [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<iri>    <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*> )
    | (?P<string> '''(?:'{{0,2}}(?:[^'\\]|\\.))*''' | \"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*\"{{3}}
                | '(?!'')(?:[^'\\\r\n]|\\.)*'   | "(?!"")(?:[^"\\\r\n]|\\.)*" )
    | (?P<variable> [?$]\w+ )
    | (?P<tag>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<blank>  _:\w(?:[\w.-]*[\w-])? )
    | (?P<name>   (?:[^\W\d_](?:[\w.-]*[\w-])?)?:
                  (?:(?:{_LOCAL_CHAR})(?:(?:[-.·]|{_LOCAL_CHAR})*(?:[-·]|{_LOCAL_CHAR}))?)? )
    | (?P<number> (?:\d+\.?\d*|\.\d+)[eE][+-]?\d+ | \d*\.\d+ | \d+ )
    | (?P<word>   [^\W\d]\w* )
    | (?P<mark>   \^\^ | && | \|\| | [!<>]= | [][{{}}().,;*/|^!?=<>+-] )
    | (?P<stray>  . )
    """,  # noqa: E501  (three long lines read better than six broken ones)
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, name, literal or mark of a SPARQL text; `start` counts code points."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of the keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Selection:
    """One SELECT of a query: what it projects, and every variable used inside it.

    `copied` are the variables that have a second name in it, `(?a AS ?b)`, and `body`
    is the brace that opens its pattern. A sub-select that uses a variable and lets
    none of its values out would say the same whatever the value is.
    https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md
    """

    keyword: Token
    projected: tuple[str, ...]
    copied: tuple[tuple[str, str], ...]
    computed: tuple[Token, ...]
    everything: bool
    used: tuple[Token, ...]
    body: Token | None
    outermost: bool

    def lets_out(self, variable: str) -> bool:
        """Tell whether the rows of this SELECT have the values of a variable."""
        names = {variable, *(copy for name, copy in self.copied if name == variable)}
        return self.everything or not names.isdisjoint(self.projected)


@dataclass(frozen=True)
class QueryText:
    """A SPARQL text and what its messages call it, such as its file.

    `implied` are prefixes that the text may use without declaring them.
    """

    where: str
    text: str
    implied: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sparql(self) -> str:
        """The text with its header left blank, so that nobody has to read it again."""
        return _HEADER.sub(lambda found: "\n" * found[0].count("\n"), self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens but spaces and comments; what is none has the kind "stray"."""
        return tuple(
            Token(match.lastgroup or "", match[0], match.start())
            for match in _TOKEN.finditer(self.text)
            if match.lastgroup != "space"
        )

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the text declares, with their namespaces."""
        found = {}
        for index, token in enumerate(self.tokens[:-2]):
            name, iri = self.tokens[index + 1 : index + 3]
            if token.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri":
                found[name.text[:-1]] = iri.text[1:-1]
        return found

    @property
    def verb(self) -> Token | None:
        """The first word that is not part of the prologue, such as SELECT."""
        words = (token for token in self.tokens if token.kind == "word")
        return next((t for t in words if not t.is_word("PREFIX", "BASE")), None)

    @property
    def update(self) -> Token | None:
        """The verb if the text would change the graph, such as DELETE."""
        verb = self.verb
        return verb if verb and verb.is_word(*_UPDATES) else None

    def columns(self) -> tuple[str, ...]:
        """Return the variables that the whole query selects; none for SELECT *."""
        for selection in self.selections:
            if selection.outermost:
                return selection.projected
        return ()

    def order(self) -> dict[str, Token]:
        """Return the words and variables of the last ORDER BY, each where it stands."""
        found: dict[str, Token] = {}
        depth, inside = 0, False
        for token in self.tokens:
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0 and token.is_word("ORDER", "LIMIT", "OFFSET", "VALUES"):
                inside = token.is_word("ORDER")
            if inside:
                is_word = token.kind == "word"
                name = token.text.upper() if is_word else f"?{token.text[1:]}"
                found.setdefault(name, token)
        return found

    @cached_property
    def selections(self) -> tuple[Selection, ...]:
        """The SELECTs of the query in the order of their keywords."""
        return tuple(self._selections())

    def variables(self) -> dict[str, Token]:
        """Return each variable without its mark, and where it first stands."""
        found: dict[str, Token] = {}
        for token in self.tokens:
            if token.kind == "variable":
                found.setdefault(token.text[1:], token)
        return found

    def given(self, values: Mapping[str, Term]) -> str:
        """Return the text with values for variables, in each pattern that uses them.

        They stand there as VALUES, so a value is a term and never becomes SPARQL.
        https://www.w3.org/TR/sparql11-query/#inline-data
        """
        text, parts, start = self.sparql, [], 0
        header = len(self.text) - len(text)  # what is left blank
        for body, used in self._bodies():
            here = sorted({token.text[1:] for token in used}.intersection(values))
            if here:
                names = " ".join(f"?{name}" for name in here)
                terms = " ".join(str(values[name]) for name in here)
                end = body.start + 1 - header
                parts += [text[start:end], f" VALUES ( {names} ) {{ ( {terms} ) }} "]
                start = end
        return "".join((*parts, text[start:]))

    def undeclared(self) -> Token | None:
        """Find the first name whose prefix nothing declares."""
        known = {*self.prefixes, *self.implied}
        before = Token("", "", 0)
        for token in self.tokens:
            is_used = token.kind == "name" and not before.is_word("PREFIX")
            if is_used and prefix_of(token) not in known:
                return token
            before = token
        return None

    def place(self, start: int) -> tuple[int, int]:
        """Turn an offset into a line and a column, both counted from 1."""
        before = self.text[:start]
        return before.count("\n") + 1, start - before.rfind("\n")

    def error(
        self, start: int, length: int, reason: Text, hint: Text = NOTHING
    ) -> QueryError:
        """Make the error that stands at a place of this text."""
        line, column = self.place(start)
        shown = excerpt(self.text, line, column, length)
        return QueryError(self.where, line, column, reason, shown, hint)

    def error_at(self, token: Token, reason: Text, hint: Text = NOTHING) -> QueryError:
        """Make the error that stands at a token."""
        return self.error(token.start, len(token.text), reason, hint)

    def _bodies(self) -> Iterator[tuple[Token, tuple[Token, ...]]]:
        """Find the brace that opens each pattern with a scope of its own."""
        if self.verb and not self.verb.is_word("SELECT"):
            after = "WHERE" if any(t.is_word("WHERE") for t in self.tokens) else "ASK"
            words = [n for n, token in enumerate(self.tokens) if token.is_word(after)]
            rest = self.tokens[words[0] :] if words else ()
            body = next((token for token in rest if token.text == "{"), None)
            if body:
                used = tuple(t for t in self.tokens if t.kind == "variable")
                yield body, used
        for selection in self.selections:
            if selection.body:
                yield selection.body, selection.used

    def _selections(self) -> Iterator[Selection]:
        tokens = self.tokens
        for index, keyword in enumerate(tokens):
            if not keyword.is_word("SELECT"):
                continue
            inner = bool(index) and tokens[index - 1].text == "{"
            body = index + 1
            depth = 0
            projected, computed = [], []
            everything = False
            while body < len(tokens):
                token = tokens[body]
                if depth == 0 and (token.text == "{" or token.is_word("WHERE", "FROM")):
                    break
                depth += {"(": 1, ")": -1}.get(token.text, 0)
                everything |= depth == 0 and token.text == "*"
                if token.kind == "variable":
                    renamed = tokens[body - 1].is_word("AS")
                    if renamed and depth == 1:
                        computed.append(token)
                    if depth == 0 or (renamed and depth == 1):
                        projected.append(token.text[1:])
                body += 1
            end = _closing(tokens, index) if inner else len(tokens)
            opening = (token for token in tokens[body:end] if token.text == "{")
            yield Selection(
                keyword,
                tuple(projected),
                tuple(_copies(tokens[index:end])),
                tuple(computed),
                everything,
                tuple(t for t in tokens[index:end] if t.kind == "variable"),
                next(opening, None),
                outermost=not inner,
            )


def prefix_of(token: Token) -> str:
    """Return what stands before the colon of a name."""
    return token.text.partition(":")[0]


def _copies(tokens: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    for at in range(len(tokens) - 3):
        opening, name, word, copy = tokens[at : at + 4]
        if opening.text == "(" and name.kind == "variable" and word.is_word("AS"):
            yield name.text[1:], copy.text[1:]


def _closing(tokens: tuple[Token, ...], index: int) -> int:
    """Find the brace that ends the group in which a token stands."""
    depth = 1
    for place in range(index, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[place].text, 0)
        if depth == 0:
            return place
    return len(tokens)
