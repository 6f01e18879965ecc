"""What a query may not do here, found before Oxigraph runs it.

Oxigraph would send SERVICE to other servers, pass over FROM where it is given a set
of graphs, and end the process on a query that is nested too deeply for its stack.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, parse

from wicgraph.errors import QueryError, excerpt
from wicgraph.language import Text, did_you_mean
from wicgraph.terms import NamedNode, Prefixes, Quad, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from wicgraph.sparql import QueryText, Token

_DEPTH = 200  # brackets in brackets; Oxigraph ends the process at some thousand
_WORDS = 2_000  # operators and keywords, which nest too: a && b && c …
_OPENING = frozenset("{([")
_CLOSING = frozenset("])}")
_OPERATORS = frozenset("+-*/|&!=<>^")
_HINT = Text(
    "SELECT DISTINCT ?graph { GRAPH ?graph {} } lists the graphs",
    "用 SELECT DISTINCT ?graph { GRAPH ?graph {} } 可列出各图",
)
_SERVICE = re.compile("service", re.IGNORECASE)
_CLAUSE = re.compile(r"service(\s*silent)?(?=\s*[<?$:\w#])", re.IGNORECASE)
_FROM = re.compile("from", re.IGNORECASE)
_MARK = re.compile(r"[^\w\s]")
_FAULT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What Oxigraph calls its own findings, among characters that would have fitted.
_FINDINGS = {
    "Prefix not found": Text("the prefix is not declared", "前缀未声明"),
    "IRI parsing failed": Text("this is not a whole IRI", "这不是完整的 IRI"),
    "The SELECT contains a variable that is unbound": Text(
        "SELECT names a variable that the groups do not have",
        "SELECT 用到了分组中没有的变量",
    ),
    "The SELECT overrides an existing variable using an expression": Text(
        "SELECT gives a new value to a variable that has one",
        "SELECT 给已有值的变量另赋新值",
    ),
}


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that a query names with FROM and with FROM NAMED, in their order."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]

    def merged(self, read: Callable[[NamedNode], Iterable[Quad]]) -> Store:
        """Merge the default ones in memory, so that each triple is there once."""
        store = Store()
        for name in {*self.default, *self.named}:
            store.extend(read(name))
        for name in self.default:
            store.extend(Quad(q.subject, q.predicate, q.object) for q in read(name))
        return store


def admit(query: QueryText) -> None:
    """Raise QueryError if a text would end the process or ask another server."""
    text = query.text
    if sum(map(text.count, _OPENING)) > _DEPTH or _parts(text) > _WORDS:
        _refuse_size(query)
    if _SERVICE.search(text):
        _refuse_service(query)


def graphs(query: QueryText, known: Collection[NamedNode]) -> Graphs | None:
    """Read the FROM clauses, None if there are none; all must name known graphs."""
    clauses = tuple(_clauses(query)) if _FROM.search(query.text) else ()
    chosen: dict[bool, dict[NamedNode, None]] = {False: {}, True: {}}
    for token, named in clauses:
        graph = _node(query, token)
        if graph is None:
            continue
        if graph not in known:
            meant = similar(graph.value, (node.value for node in known), 1)
            hint = did_you_mean(tuple(f"<{iri}>" for iri in meant)) or _HINT
            reason = Text(f"there is no graph {graph}", f"没有图 {graph}")
            raise query.error_at(token, reason, hint)
        chosen[named][graph] = None
    return Graphs(tuple(chosen[False]), tuple(chosen[True])) if clauses else None


@contextmanager
def faults(query: QueryText) -> Iterator[None]:
    """Raise QueryError where Oxigraph does not understand a text, or cannot run it."""
    try:
        yield
    except SyntaxError as error:
        raise fault(query, error) from error
    except UnicodeError as error:
        reason = Text(
            "it has a character that is not Unicode text",
            "其中有字符不是 Unicode 文本",
        )
        raise QueryError(query.where, None, None, reason) from error
    except RuntimeError as error:  # such as a function that Oxigraph does not have
        message = str(error)
        reason = Text.english(message[:1].lower() + message[1:])
        raise QueryError(query.where, None, None, reason) from error


def fault(query: QueryText, error: SyntaxError) -> QueryError:
    """Say where Oxigraph stopped to understand a text, and why if it is known."""
    if query.update:
        reason = Text(
            "this is an update, and the graph is only read",
            "这是更新操作，而图谱只读",
        )
        return query.error_at(query.update, reason)
    found = _FAULT.match(str(error))
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    meanings = (said for finding, said in _FINDINGS.items() if finding in str(error))
    unsaid = Text("not SPARQL, here or just before", "此处或其前不是 SPARQL")
    reason = next(meanings, unsaid)
    shown = excerpt(query.text, line, column)
    return QueryError(query.where, line, column, reason, shown)


def _parts(text: str) -> int:
    """Count marks and words roughly and fast, rather too many than too few."""
    return len(text.split()) + 2 * len(_MARK.findall(text))


def _refuse_size(query: QueryText) -> None:
    """Raise QueryError where a text gets too large, if it does."""
    depth = words = 0
    for token in query.tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.kind == "word":
            words += 1
        elif token.kind == "mark" and token.text[0] in _OPERATORS:
            words += len(token.text)
        if depth > _DEPTH or words > _WORDS:
            reason = Text("the query is too large from here on", "查询自此处起过大")
            raise query.error_at(token, reason)


def _refuse_service(query: QueryText) -> None:
    """Raise QueryError unless every "service" is part of a name or of a text.

    Then the query is still one when they all are another word. (Looking for the
    keyword would need to read names, texts and comments as Oxigraph does.)
    """
    error = _misread(query, _SERVICE.sub("sxrvice", query.text))
    if error is None:
        return
    as_graph = _CLAUSE.sub(lambda found: "GRAPH".ljust(len(found[0])), query.text)
    clause = _CLAUSE.search(query.text)
    if clause is None or _misread(query, _SERVICE.sub("sxrvice", as_graph)):
        raise fault(query, error) from error
    reason = Text(
        "SERVICE asks another server, which is not done here",
        "SERVICE 会查询别的服务器，这里不支持",
    )
    raise query.error(clause.start(), len(clause[0]), reason)


def _misread(query: QueryText, text: str) -> SyntaxError | None:
    """Parse a text in the place of a query's, on an empty store; it has no SERVICE."""
    try:
        Store().query(text, prefixes=dict(query.implied))
    except SyntaxError as error:
        return error
    except (RuntimeError, UnicodeError):
        return None  # it was understood and does not run, or is no text at all
    return None


def _clauses(query: QueryText) -> Iterator[tuple[Token, bool]]:
    """Find what follows each FROM, and whether that is FROM NAMED."""
    depth = 0
    tokens = iter(query.tokens)
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.is_word("FROM") and not depth:
            place = next(tokens, token)
            named = place.is_word("NAMED")
            yield (next(tokens, token) if named else place), named


def _node(query: QueryText, token: Token) -> NamedNode | None:
    """Expand the name of a graph; None where Oxigraph will find that it is none.

    Oxigraph's parser of Turtle does it, where a prologue means what it means here.
    """
    verb = query.verb
    prologue = query.text[: verb.start if verb else 0]
    usual = Prefixes(query.implied).sparql_header()
    text = f"{usual}{prologue}{token.text} a <a:> ."
    try:
        subject = next(parse(text, format=RdfFormat.TURTLE)).subject
    except (SyntaxError, UnicodeError):
        return None
    return subject if isinstance(subject, NamedNode) else None
