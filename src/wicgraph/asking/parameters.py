"""Values of parameters: from what people write to RDF terms, never to SPARQL text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.asking.resolving import resolve
from wicgraph.errors import ParameterError, did_you_mean, listed
from wicgraph.queries.datatypes import FORMS
from wicgraph.terminal import quoted, shortened
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
            example = f", such as {examples[0]}" if examples else ""
            reason = f"a parameter is written name=value{example}"
            raise ParameterError(query.name, shortened(word), reason)
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
    form = FORMS[parameter.datatype.value.removeprefix(XSD)]
    if not form.fits(text):
        reason = f"{quoted(text)} is not {form.noun}, such as {parameter.example}"
        raise ParameterError(query.name, parameter.name, reason)
    return Literal(text, datatype=parameter.datatype)


def _unlisted(
    query: StoredQuery, parameter: Parameter, text: str, names: tuple[str, ...]
) -> ParameterError:
    said = did_you_mean(similar(text, names))
    reason = f"{quoted(text)} is not one of {listed(names, 'and')}"
    full = f"{reason}; {said}" if said else reason
    return ParameterError(query.name, parameter.name, full)
