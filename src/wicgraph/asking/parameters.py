"""Values of parameters: from what people write to RDF terms, never to SPARQL text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.asking.resolving import resolve
from wicgraph.errors import ParameterError
from wicgraph.language import Text, did_you_mean, listed, quoted
from wicgraph.queries.datatypes import FORMS
from wicgraph.terminal import shortened
from wicgraph.terms import XSD, Literal, similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import Parameter, StoredQuery
    from wicgraph.terms import Term


def arguments(query: StoredQuery, words: Iterable[str]) -> dict[str, str]:
    """Read words such as `edition=2018`; raises ParameterError or UnknownName."""
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            examples = [f"{p.name}={p.example}" for p in query.parameters]
            reason = Text(
                "a parameter is written name=value", "参数应写成 名称=值 的形式"
            )
            if examples:
                reason += Text(f", such as {examples[0]}", f"，例如 {examples[0]}")
            raise ParameterError(query.name, shortened(word), reason)
        query.parameter(name)
        if name in given:
            reason = Text("is given twice", "给出了两次")
            raise ParameterError(query.name, name, reason)
        given[name] = value
    return given


def bind(
    query: StoredQuery, given: Mapping[str, str], things: Things
) -> dict[str, Term]:
    """Turn texts into the terms that the variables of a query stand for.

    A parameter without a value takes its default, or stays free if it is optional.
    Raises UnknownName, AmbiguousName or ParameterError.
    """
    for name in given:
        query.parameter(name)
    values = {}
    for parameter in query.parameters:
        text = given.get(parameter.name, parameter.default)
        if text.strip():
            values[parameter.variable] = _value(query, parameter, text.strip(), things)
        elif parameter.name in given:
            example = f"{parameter.name}={parameter.example}"
            reason = Text(f"has no value; write {example}", f"没有值；请写 {example}")
            raise ParameterError(query.name, parameter.name, reason)
    return values


def _value(query: StoredQuery, parameter: Parameter, text: str, things: Things) -> Term:
    if parameter.datatype is None:
        kind = Text(parameter.label, parameter.label_zh)
        node = resolve(things, text, parameter.of_class, kind)
        allowed = [
            resolve(things, choice, parameter.of_class) for choice in parameter.choices
        ]
        if allowed and node not in allowed:
            names = tuple(things.prefixes.shorten(choice) for choice in allowed)
            found = things.prefixes.shorten(node)
            raise _unlisted(query, parameter, found, names)
        return node
    if parameter.choices and text not in parameter.choices:
        raise _unlisted(query, parameter, text, parameter.choices)
    if parameter.language:
        return Literal(text, language=parameter.language)
    form = FORMS[parameter.datatype.value.removeprefix(XSD)]
    if not form.fits(text):
        given, example = quoted(text), parameter.example
        reason = Text(
            f"{given.en} is not {form.noun.en}, such as {example}",
            f"{given.zh}不是{form.noun.zh}，例如 {example}",
        )
        raise ParameterError(query.name, parameter.name, reason)
    return Literal(text, datatype=parameter.datatype)


def _unlisted(
    query: StoredQuery, parameter: Parameter, text: str, names: tuple[str, ...]
) -> ParameterError:
    given, choices = quoted(text), listed(names, "and")
    reason = Text(
        f"{given.en} is not one of {choices.en}",
        f"{given.zh}不在可选值之列：{choices.zh}",
    )
    if said := did_you_mean(similar(text, names)):
        reason += Text("; ", "；") + said
    return ParameterError(query.name, parameter.name, reason)
