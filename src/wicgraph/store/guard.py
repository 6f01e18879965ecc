"""What a query may not do here, found before Oxigraph runs it.

Oxigraph would send SERVICE to other servers, pass over FROM where it is given a set
of graphs, and end the process on a query that is nested too deeply for its stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Store

from wicgraph.errors import QueryError, excerpt
from wicgraph.terms import NamedNode, similar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_DEPTH = 200  # brackets in brackets; Oxigraph ends the process at some thousand
_WORDS = 2_000  # operators and keywords, which nest too: a && b && c …
_OPENING = frozenset("{([")
_CLOSING = frozenset("])}")
_OPERATORS = frozenset("+-*/|&!=<>^")
_UPDATES = (
    *("ADD", "CLEAR", "COPY", "CREATE", "DELETE"),
    *("DROP", "INSERT", "LOAD", "MOVE", "WITH"),
)
_HINT = "SELECT DISTINCT ?graph { GRAPH ?graph {} } lists the graphs"
_TOKEN = re.compile(
    r"""
      (?P<space> \s+ | \#[^\r\n]* )
    | (?P<iri>   <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<text>  '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}
               | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*" )
    | (?P<term>  [?$]\w+ | @[\w-]+ | _:[\w.-]+ )
    | (?P<name>  [\w.-]*:(?:[\w.:%-]|\\.)* )
    | (?P<word>  \w+ )
    | (?P<mark>  . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile("service", re.IGNORECASE)
_CLAUSE = re.compile(r"service(\s*silent)?(?=\s*[<?$:\w#])", re.IGNORECASE)
_FROM = re.compile("from", re.IGNORECASE)
_MARK = re.compile(r"[^\w\s]")
_FAULT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What Oxigraph calls its own findings, among characters that would have fitted.
_FINDINGS = {
    "Prefix not found": "the prefix is not declared",
    "IRI parsing failed": "this is not a whole IRI",
    "The SELECT contains a variable that is unbound": (
        "SELECT names a variable that the groups do not have"
    ),
    "The SELECT overrides an existing variable using an expression": (
        "SELECT gives a new value to a variable that has one"
    ),
}


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that a query names with FROM and with FROM NAMED, in their order."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL text, what messages call it, and prefixes that it need not declare."""

    where: str
    text: str
    prefixes: Mapping[str, str]

    def admit(self) -> None:
        """Raise QueryError if the text would end the process or ask another server."""
        if sum(map(self.text.count, _OPENING)) > _DEPTH or self._parts() > _WORDS:
            self._refuse_size()
        if _SERVICE.search(self.text):
            self._refuse_service()

    def graphs(self, known: Collection[NamedNode]) -> Graphs | None:
        """Read the FROM clauses, None if there are none; all must name known graphs."""
        if not _FROM.search(self.text):
            return None
        prefixes = dict(self.prefixes)
        clauses: dict[bool, dict[NamedNode, None]] = {False: {}, True: {}}
        depth = 0
        tokens = iter(self._tokens())
        for token in tokens:
            depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
            word = token[0].upper() if token.lastgroup == "word" and not depth else ""
            if word == "PREFIX":
                name, iri = next(tokens, token), next(tokens, token)
                prefixes[name[0][:-1]] = iri[0][1:-1]
            elif word == "FROM":
                place = next(tokens, token)
                named = place[0].upper() == "NAMED"
                place = next(tokens, token) if named else place
                graph = _node(place[0], prefixes)
                if graph is not None and graph not in known:
                    meant = similar(graph.value, (node.value for node in known), 1)
                    hint = f"did you mean <{meant[0]}>?" if meant else _HINT
                    raise self._error(place, f"there is no graph {graph}", hint)
                if graph is not None:
                    clauses[named][graph] = None
        default, named_ones = tuple(clauses[False]), tuple(clauses[True])
        return Graphs(default, named_ones) if default or named_ones else None

    def fault(self, error: SyntaxError) -> QueryError:
        """Say where Oxigraph stopped to understand the text, and why if it is known."""
        words = (token for token in self._tokens() if token.lastgroup == "word")
        verb = next((w for w in words if w[0].upper() not in {"PREFIX", "BASE"}), None)
        if verb and verb[0].upper() in _UPDATES:
            return self._error(verb, "this is an update, and the graph is only read")
        found = _FAULT.match(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        shown = excerpt(self.text, line, column)
        reason = next(
            (
                meaning
                for finding, meaning in _FINDINGS.items()
                if finding in str(error)
            ),
            "not SPARQL, here or just before",
        )
        return QueryError(self.where, line, column, reason, shown)

    def _parts(self) -> int:
        """Count marks and words roughly and fast, rather too many than too few."""
        return len(self.text.split()) + 2 * len(_MARK.findall(self.text))

    def _refuse_size(self) -> None:
        """Raise QueryError where the text gets too large, if it does."""
        depth = words = 0
        for token in self._tokens():
            if token[0] in _OPENING:
                depth += 1
            elif token[0] in _CLOSING:
                depth -= 1
            elif token[0][0].isalpha() or token[0] in _OPERATORS:
                words += token.lastgroup in {"word", "mark"}
            if depth > _DEPTH or words > _WORDS:
                raise self._error(token, "the query is too large from here on")

    def _refuse_service(self) -> None:
        """Raise QueryError unless every "service" is part of a name or of a text.

        Then the query is still one when they all are another word. (Looking for the
        keyword would need to read names, texts and comments as Oxigraph does.)
        """
        error = self._misread(_SERVICE.sub("sxrvice", self.text))
        if error is None:
            return
        as_graph = _CLAUSE.sub(lambda found: "GRAPH".ljust(len(found[0])), self.text)
        clause = _CLAUSE.search(self.text)
        if clause is None or self._misread(_SERVICE.sub("sxrvice", as_graph)):
            raise self.fault(error) from error
        raise self._error(clause, "SERVICE asks another server, which is not done here")

    def _misread(self, text: str) -> SyntaxError | None:
        """Parse another text with Oxigraph, on an empty store; it has no SERVICE."""
        try:
            Store().query(text, prefixes=dict(self.prefixes))
        except SyntaxError as error:
            return error
        except (RuntimeError, UnicodeError):
            return None  # it was understood and does not run, or is no text at all
        return None

    def _tokens(self) -> Iterator[re.Match[str]]:
        return (t for t in _TOKEN.finditer(self.text) if t.lastgroup != "space")

    def _error(self, at: re.Match[str], reason: str, hint: str = "") -> QueryError:
        before = self.text[: at.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        shown = excerpt(self.text, line, column, len(at[0]))
        return QueryError(self.where, line, column, reason, shown, hint)


def _node(name: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    """Expand the name of a graph; None where Oxigraph will find that it is none."""
    prefix, _, local = name.partition(":")
    try:
        if name.startswith("<"):
            return NamedNode(_ESCAPE.sub(_unescaped, name[1:-1]))
        return NamedNode(prefixes[prefix] + local.replace("\\", ""))
    except (KeyError, OverflowError, ValueError):
        return None


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))
