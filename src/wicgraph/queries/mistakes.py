"""Where a SPARQL query is wrong, and what would be right.

Oxigraph's parser decides what is a query. Where it refuses one its place is often
several words late and its reason the state of the parser, so this module looks for
the mistake again: in the words, in the brackets, by the grammar, in the names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.language import Text, did_you_mean, quoted
from wicgraph.queries.grammar import misfit
from wicgraph.sparql import prefix_of
from wicgraph.terms import similar

if TYPE_CHECKING:
    from wicgraph.errors import QueryError
    from wicgraph.sparql import QueryText, Token

_OPENING = {"}": "{", ")": "(", "]": "["}


def mistake(query: QueryText) -> QueryError | None:
    """Find the first mistake; None if the text has none that can be seen here."""
    for look in (_update, _stray, _unbalanced, misfit, _undeclared, _rebound):
        error = look(query)
        if error is not None:
            return error
    return None


def _update(query: QueryText) -> QueryError | None:
    verb = query.update
    if verb is None:
        return None
    word = verb.text.upper()
    reason = Text(
        f"{word} would change the graph, which is read-only",
        f"{word} 会改动图谱，而图谱只读",
    )
    hint = Text(
        "ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        "请用 SELECT、ASK、CONSTRUCT 或 DESCRIBE 查询",
    )
    return query.error_at(verb, reason, hint)


def _undeclared(query: QueryText) -> QueryError | None:
    token = query.undeclared()
    if token is None:
        return None
    prefix = prefix_of(token)
    hint = did_you_mean(similar(prefix, {*query.prefixes, *query.implied}))
    reason = Text(f"nothing declares the prefix {prefix}:", f"前缀 {prefix}: 未声明")
    return query.error_at(token, reason, hint)


def _stray(query: QueryText) -> QueryError | None:
    for token in query.tokens:
        if token.kind == "stray":
            if token.text in "\"'":
                unended = Text("this text in quotes never ends", "引号中的文本没有结束")
                return query.error_at(token, unended)
            shown = quoted(token.text)
            meaningless = Text(" has no meaning in SPARQL", "在 SPARQL 中没有意义")
            return query.error_at(token, shown + meaningless)
    return None


def _unbalanced(query: QueryText) -> QueryError | None:
    open_: list[Token] = []
    for token in query.tokens:
        if token.kind != "mark":
            continue
        if token.text in _OPENING.values():
            open_.append(token)
        elif token.text in _OPENING:
            opening = _OPENING[token.text]
            if not open_:
                reason = Text(
                    f'"{token.text}" closes no "{opening}"',
                    f"“{token.text}”没有对应的“{opening}”",
                )
                return query.error_at(token, reason)
            if open_[-1].text != opening:
                last = open_[-1]
                line, column = query.place(last.start)
                reason = Text(
                    f'"{token.text}" stands where the "{last.text}" of {line}:{column}'
                    " is still open",
                    f"{line}:{column} 处的“{last.text}”尚未闭合，"
                    f"此处却是“{token.text}”",
                )
                return query.error_at(token, reason)
            open_.pop()
    if open_:
        last = open_[-1]
        reason = Text(
            f'this "{last.text}" is never closed', f"此处的“{last.text}”没有闭合"
        )
        return query.error_at(last, reason)
    return None


def _rebound(query: QueryText) -> QueryError | None:
    """Find a BIND of a variable for which its group has a value already."""
    groups: list[set[str]] = [set()]
    for index, token in enumerate(query.tokens):
        if token.text == "{":
            groups.append(set())
        elif token.text == "}" and len(groups) > 1:
            inner = groups.pop()
            groups[-1] |= inner
        elif token.kind == "variable":
            if token.text in groups[-1] and _is_bound(query.tokens[:index]):
                reason = Text(
                    f"{token.text} has a value here", f"{token.text} 在此已有值"
                )
                hint = Text(
                    "BIND gives a value to a new variable", "BIND 只能给新变量赋值"
                )
                return query.error_at(token, reason, hint)
            groups[-1].add(token.text)
    return None


def _is_bound(before: tuple[Token, ...]) -> bool:
    """Tell whether the next variable is the one that a BIND gives a value to."""
    if not before or not before[-1].is_word("AS"):
        return False
    depth = 0
    for index in range(len(before) - 1, 0, -1):
        depth += {"(": 1, ")": -1}.get(before[index].text, 0)
        if depth == 1:
            return before[index - 1].is_word("BIND")
    return False
