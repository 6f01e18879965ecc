"""Rules in plain words: their sentences with names in the place of variables."""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from wicgraph.language import spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wicgraph.reasoning.rules import Rule
    from wicgraph.terms import Term

_VARIABLE = re.compile(r"(?P<article>\ba )?(?P<name>\?[a-z]+[0-9]*)")
_PROPERTIES = re.compile(r"\?p[0-9]*")
_LISTS_OF_PROPERTIES = frozenset({"prp-adp"})


def sentence(
    rule: Rule, values: Mapping[str, Term], language: str, name: Callable[[Term], str]
) -> str:
    """Say a rule of the things that its variables stand for, in "en" or "zh".

    Properties are put in quotation marks, because their names are parts of sentences.
    """
    text = rule.zh if language == "zh" else rule.en
    marks = "“{}”" if language != "zh" else "「{}」"

    def put(found: re.Match[str]) -> str:
        variable = found["name"]
        if variable not in values:
            return found[0]
        word = name(values[variable])
        is_member = rule.name in _LISTS_OF_PROPERTIES and variable in {"?i", "?j"}
        if _PROPERTIES.fullmatch(variable) or is_member:
            word = marks.format(word)
        article = found["article"] or ""
        if article and word[:1].lower() in "aeiou":
            article = "an "
        return article + word

    if language == "zh":  # names of Chinese letters stand without spaces
        between = (part.strip(" ") for part in _VARIABLE.split(text)[::3])
        names = map(put, _VARIABLE.finditer(text))
        return spaced(*chain.from_iterable(zip_longest(between, names, fillvalue="")))
    return _VARIABLE.sub(put, text)
