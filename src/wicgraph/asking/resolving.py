"""Which thing a text means: an IRI, a CURIE, a slug, a year, a number or a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.asking.answer import evaluate
from wicgraph.asking.names import normalized
from wicgraph.asking.sparql import QueryText
from wicgraph.asking.things import is_proper
from wicgraph.errors import AmbiguousName, UnknownName, listed
from wicgraph.terms import Literal, NamedNode, similar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.asking.things import Things
    from wicgraph.terms import Term

_KNOWN = "ASK { { ?thing ?p ?o } UNION { ?s ?thing ?o } UNION { ?s ?p ?thing } }"
_SLUG = """
SELECT DISTINCT ?slug ?thing WHERE {
  ?thing a ?class .
  FILTER ( STRENDS(STR(?thing), CONCAT("/", ?slug))
    || STRENDS(STR(?thing), CONCAT("#", ?slug)) )
}
"""
_TYPED = "SELECT DISTINCT ?class ?thing WHERE { ?thing a ?class }"
_EDITIONS = """
SELECT DISTINCT ?edition ?number WHERE {
  ?edition a wic:Edition .
  OPTIONAL { ?edition wic:editionNumber ?number }
}
"""
_YEAR = re.compile(r"[12][0-9]{3}")
_ORDINAL = re.compile(r"([1-9][0-9]?)(?:st|nd|rd|th)?|第([1-9][0-9]?)届")
_ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_CHINESE = [f"第{digit}届" for digit in "一二三四五六七八九十"]
_ORDINALS = {
    word: number
    for words in (_ENGLISH, _CHINESE, ["首届"])
    for number, word in enumerate(words, 1)
}
_FEW = 3  # suggestions


def resolve(
    things: Things, text: str, of_class: NamedNode | None = None, kind: str = "thing"
) -> NamedNode:
    """Find the one thing that a text means, in this order of readings.

    An IRI or CURIE; a slug; the year or number of an edition; a name in any language,
    where case, width and diacritics do not count. Raises AmbiguousName, or
    UnknownName of the given kind: a thing that is not of the class is not meant.
    """
    wanted = text.strip()
    others: set[NamedNode] = set()
    for reading in (_written, _slug, _edition, _named):
        candidates = reading(things, wanted)
        fitting = [node for node in candidates if _is_a(things, node, of_class)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise AmbiguousName(text, things.described(fitting))
        others.update(candidates)
    if others:
        verb = "is" if len(others) == 1 else "are"
        remedy = f"{listed(things.described(others), 'and')} {verb} something else"
        raise UnknownName(kind, text, remedy=remedy)
    raise UnknownName(kind, text, _suggestions(things, wanted, of_class))


def _written(things: Things, text: str) -> list[NamedNode]:
    """Read an IRI or a CURIE of something that the graph speaks of."""
    prefix, colon, _ = text.partition(":")
    if not colon or (prefix not in things.prefixes.table and "://" not in text):
        return []
    try:
        node = things.prefixes.expand(text)
    except UnknownName:
        return []
    query = QueryText("names", _KNOWN)
    return [node] if evaluate(things.snapshot, query, {"thing": node}).yes else []


def _slug(things: Things, text: str) -> list[NamedNode]:
    if not text or any(char in text for char in "/# "):
        return []
    rows = things.ask(_SLUG, {"slug": Literal(text)})
    return _nodes(thing for _, thing in rows)


def _edition(things: Things, text: str) -> list[NamedNode]:
    """Read the year or the number of an edition: 2018, 5, 5th, fifth, 第五届."""
    is_year = bool(_YEAR.fullmatch(text))
    number = _number(text)
    if not is_year and number is None:
        return []
    return _nodes(
        edition
        for edition, stated in things.ask(_EDITIONS)
        if isinstance(edition, NamedNode)
        and (
            edition.value.endswith(f"-{text}")
            if is_year
            else isinstance(stated, Literal) and stated.value == str(number)
        )
    )


def _number(text: str) -> int | None:
    match = _ORDINAL.fullmatch(text)
    return int(match[1] or match[2]) if match else _ORDINALS.get(text.lower())


def _named(things: Things, text: str) -> list[NamedNode]:
    """Read a name; misspellings and printed forms count where no label is the same."""
    wanted = normalized(text)
    same = [name for name in things.names if wanted and name.folded == wanted]
    proper = [name.thing for name in same if is_proper(name)]
    return _nodes(proper or [name.thing for name in same])


def _is_a(things: Things, node: NamedNode, of_class: NamedNode | None) -> bool:
    if of_class is None:
        return True
    return of_class in things.classes([node], inference=True).get(node, ())


def _suggestions(
    things: Things, text: str, of_class: NamedNode | None
) -> tuple[str, ...]:
    """Suggest what could be written instead: names of things of the class, or IRIs."""
    hits = [found.name for found in things.find(text)]
    classes = things.classes((name.thing for name in hits), inference=True)
    fitting = dict.fromkeys(
        name.text.value
        for name in hits
        if of_class is None or of_class in classes.get(name.thing, ())
    )
    if fitting or " " in text:
        return tuple(fitting)[:_FEW]
    typed = _nodes(thing for kind, thing in things.ask(_TYPED) if _fits(kind, of_class))
    curies = (things.prefixes.shorten(node) for node in typed)
    if ":" in text:
        return similar(text, curies, _FEW)
    return similar(text, (curie.partition(":")[2] for curie in curies), _FEW)


def _fits(kind: Term | None, of_class: NamedNode | None) -> bool:
    return of_class is None or kind == of_class


def _nodes(terms: Iterable[Term | None]) -> list[NamedNode]:
    return sorted({term for term in terms if isinstance(term, NamedNode)}, key=str)
