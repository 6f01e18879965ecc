"""Where a SPARQL query is wrong, and what would be right.

Oxigraph's parser decides what is a query. Where it refuses one its place is often
several words late and its reason the state of the parser, so this module looks for
the mistake again: in the words, in the brackets, by the grammar, in the names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.errors import did_you_mean
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
    reason = f"{verb.text.upper()} would change the graph, which is read-only"
    hint = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return query.error_at(verb, reason, hint)


def _undeclared(query: QueryText) -> QueryError | None:
    token = query.undeclared()
    if token is None:
        return None
    prefix = prefix_of(token)
    hint = did_you_mean(similar(prefix, {*query.prefixes, *query.implied}))
    return query.error_at(token, f"nothing declares the prefix {prefix}:", hint)


def _stray(query: QueryText) -> QueryError | None:
    for token in query.tokens:
        if token.kind == "stray":
            if token.text in "\"'":
                return query.error_at(token, "this text in quotes never ends")
            return query.error_at(token, f'"{token.text}" has no meaning in SPARQL')
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
                return query.error_at(token, f'"{token.text}" closes no "{opening}"')
            if open_[-1].text != opening:
                last = open_[-1]
                line, column = query.place(last.start)
                reason = (
                    f'"{token.text}" stands where the "{last.text}" of {line}:{column}'
                    " is still open"
                )
                return query.error_at(token, reason)
            open_.pop()
    if open_:
        return query.error_at(open_[-1], f'this "{open_[-1].text}" is never closed')
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
                hint = "BIND gives a value to a new variable"
                return query.error_at(token, f"{token.text} has a value here", hint)
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
