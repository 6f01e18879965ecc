"""Literals that are nearly what a query asks for: other language, datatype or case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Expression,
    Filter,
    Group,
    TriplePattern,
    changed,
)
from wicgraph.language import NOTHING, Text, listed, spaced
from wicgraph.sparql import Token
from wicgraph.terms import XSD_STRING, Literal, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wicgraph.asking.patterns import Element
    from wicgraph.asking.probing import Probe
    from wicgraph.terms import Term

_LITERAL = re.compile(
    r"""(?P<text>(?P<mark>'''|\"{3}|'|").*?(?P=mark))(?P<kind>@.*|\^\^.*)?|(?P<bare>[^"']+)""",
    re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SOME = 500  # values of a variable that are looked at
_OBJECT = Variable("__object")


def unlike_literal(probe: Probe, pattern: TriplePattern) -> Text:
    """Say what the graph has where a pattern asks for nearly that; else nothing."""
    asked = pattern.object
    if not isinstance(asked, Literal) or isinstance(pattern.path, Variable):
        return NOTHING
    free = replace(pattern, object=_OBJECT)
    for value in probe.values_of(_OBJECT.value, Group((free,), pattern.span)):
        near = isinstance(value, Literal) and _folded(value) == _folded(asked)
        if near and probe.holds(
            _exchanged(probe, pattern, replace(free, object=value))
        ):
            has, asks = map(_braced, map(probe.things.prefixes.show, (value, asked)))
            said = Text(
                f"the graph has {has}, not {asks}", f"图中有 {has}，而没有 {asks}"
            )
            return probe.sentence(pattern, said)
    return NOTHING


def unlike_filter(probe: Probe, element: Filter, rest: Group) -> Text:
    """Say in what a filter and the values that it looks at differ; else nothing.

    `rest` is what is left of the query without the filter.
    """
    tokens = [t for t in element.expression.parts if isinstance(t, Token)]
    variables = dict.fromkeys(t.text[1:] for t in tokens if t.kind == "variable")
    if element.expression.exists() or not variables:
        return NOTHING
    if any(token.is_word("LANG") for token in tokens):
        said = Text("{} is true of no row: ", "没有一行结果符合 {}：")
        return probe.sentence(element, said + _has(probe, variables, rest))
    return _difference(probe, element, tokens, rest)


def empty_variables(probe: Probe, element: Filter, rest: Group) -> tuple[str, ...]:
    """List the variables of a filter that have no value in any row without it."""
    if element.expression.exists():  # whose variables may be its own
        return ()
    tokens = [t for t in element.expression.parts if isinstance(t, Token)]
    names = dict.fromkeys(t.text[1:] for t in tokens if t.kind == "variable")
    return tuple(name for name in names if not probe.values_of(name, rest))


def _difference(
    probe: Probe, element: Filter, tokens: list[Token], rest: Group
) -> Text:
    """Find the change to variables and literals with which the filter is true."""

    def holds(change: Callable[[Token], str]) -> bool:
        other = replace(element, expression=_rewritten(element.expression, change))
        return other != element and probe.holds(_exchanged(probe, element, other))

    if holds(_as_number):
        said = Text("{}: a number is written without quotes", "{}：数字不加引号")
        return probe.sentence(element, said)
    if holds(_as_text):
        if not _are_unlike(probe, tokens, rest):
            return NOTHING
        said = Text("{} compares unlike things: ", "{} 比较的是不同种类的值：")
        variables = dict.fromkeys(t.text[1:] for t in tokens if t.kind == "variable")
        remedy = Text("; compare STR(…) of both", "；请比较两者的 STR(…)")
        return probe.sentence(element, said + _has(probe, variables, rest) + remedy)
    if holds(_as_small):
        said = Text(
            "{} fails for capital and small letters alone; compare LCASE(…) of both",
            "{} 只差字母大小写；请比较两者的 LCASE(…)",
        )
        return probe.sentence(element, said)
    return NOTHING


def _has(probe: Probe, names: Iterable[str], rest: Group) -> Text:
    """Say what the values of variables are: nodes, texts of a language, or others."""
    said = NOTHING
    for name in names:
        kinds = sorted(_kinds(probe, name, rest), key=lambda kind: kind.en)
        if kinds:
            said += Text("; ", "；") if said else NOTHING
            said += Text(
                f"?{name} is {listed(tuple(k.en for k in kinds), 'or').en}",
                spaced(f"?{name} 是", "、".join(k.zh for k in kinds)),
            )
    return said


def _are_unlike(probe: Probe, tokens: Iterable[Token], rest: Group) -> bool:
    """Tell whether the values and variables of a filter have no kind in common."""
    operands = []
    for token in tokens:
        if token.kind == "variable":
            operands.append(_kinds(probe, token.text[1:], rest))
        elif token.kind == "literal":
            value = probe.value_of(token)
            operands.append(set() if value is None else {_kind(probe, value)})
    return len(operands) > 1 and not set.intersection(*operands)


def _kinds(probe: Probe, name: str, rest: Group) -> set[Text]:
    values = probe.values_of(name, rest)[:_SOME]
    return {_kind(probe, value) for value in values}


def _kind(probe: Probe, value: Term) -> Text:
    if not isinstance(value, Literal):
        return Text("a node", "节点")
    if value.language:
        tag = language_tag(value.language)
        return Text(f"a text @{tag}", f"带 @{tag} 的文本")
    if value.datatype == XSD_STRING:
        return Text("a text without language", "不带语言标记的文本")
    name = probe.things.prefixes.shorten(value.datatype)
    return Text(name, name)


def _exchanged(probe: Probe, element: Element, other: Element) -> Group:
    def change(each: Element) -> Iterable[Element]:
        return (other,) if each == element else (each,)

    return changed(probe.where, change)


def _rewritten(expression: Expression, change: Callable[[Token], str]) -> Expression:
    parts = tuple(
        replace(part, text=change(part)) if isinstance(part, Token) else part
        for part in expression.parts
    )
    return replace(expression, parts=parts)


def _as_number(token: Token) -> str:
    found = _LITERAL.fullmatch(token.text)
    if token.kind != "literal" or not found or not found["text"]:
        return token.text
    inside = found["text"].strip(found["mark"])
    return inside if _NUMBER.fullmatch(inside) else token.text


def _as_text(token: Token) -> str:
    if token.kind == "variable":
        return f"STR({token.text})"
    found = _LITERAL.fullmatch(token.text)
    if token.kind != "literal" or not found:
        return token.text
    return found["text"] or f'"{token.text}"'


def _as_small(token: Token) -> str:
    text = _as_text(token)
    return f"LCASE({text})" if token.kind in {"variable", "literal"} else text


def _folded(literal: Literal) -> str:
    return literal.value.casefold()


def _braced(text: str) -> str:
    """Write a text so that format leaves it as it is."""
    return text.replace("{", "{{").replace("}", "}}")
