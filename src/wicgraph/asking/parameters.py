"""Values of parameters: from what people write to RDF terms, never to SPARQL text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from wicgraph.asking.resolving import resolve
from wicgraph.errors import ParameterError, did_you_mean, listed
from wicgraph.terms import XSD, Literal, similar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wicgraph.asking.stored import Parameter, StoredQuery
    from wicgraph.asking.things import Things
    from wicgraph.terms import Term

_YEAR = r"(?!0000)[0-9]{4}"
_DATE = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")


def arguments(query: StoredQuery, words: Iterable[str]) -> dict[str, str]:
    """Read words such as `edition=2018`; raises ParameterError or UnknownName."""
    given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            examples = [f"{p.name}={p.example}" for p in query.parameters]
            example = f", such as {examples[0]}" if examples else ""
            reason = f"a parameter is written name=value{example}"
            raise ParameterError(query.name, word, reason)
        query.parameter(name)
        if name in given:
            raise ParameterError(query.name, name, "is given twice")
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
            reason = f"has no value; write {parameter.name}={parameter.example}"
            raise ParameterError(query.name, parameter.name, reason)
    return values


def _value(query: StoredQuery, parameter: Parameter, text: str, things: Things) -> Term:
    if parameter.datatype is None:
        node = resolve(things, text, parameter.of_class, parameter.label)
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
    read, wanted = _READERS[parameter.datatype.value.removeprefix(XSD)]
    if not read(text):
        reason = f'"{text}" is not {wanted}, such as {parameter.example}'
        raise ParameterError(query.name, parameter.name, reason)
    return Literal(text, datatype=parameter.datatype)


def _unlisted(
    query: StoredQuery, parameter: Parameter, text: str, names: tuple[str, ...]
) -> ParameterError:
    said = did_you_mean(similar(text, names))
    reason = f'"{text}" is not one of {listed(names, "and")}'
    full = f"{reason}; {said}" if said else reason
    return ParameterError(query.name, parameter.name, full)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(rf"{_DATE.pattern}T[0-9:.]{{8,}}(?:Z|[+-].{{5}})?", text))


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: bool(re.fullmatch(pattern, text, re.ASCII))


# How a value of each datatype is recognized, and what to call it; the keys are
# `queryfile.READABLE`.
_READERS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "boolean": (_matches("true|false"), "true or false"),
    "date": (_is_date, "a date that exists"),
    "dateTime": (_is_moment, "a moment that exists"),
    "decimal": (_matches(r"[+-]?(?:\d+\.?\d*|\.\d+)"), "a decimal number"),
    "gYear": (_matches(_YEAR), "a year"),
    "gYearMonth": (_matches(rf"{_YEAR}-(?:0[1-9]|1[0-2])"), "a month of a year"),
    "integer": (_matches(r"[+-]?\d+"), "a whole number"),
    "string": (bool, "a text"),
}
