"""Which thing a text means: an IRI, a CURIE, a slug, a year, a number or a name."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from wicgraph.asking.names import normalized
from wicgraph.asking.things import CALLED, LABELS, nodes
from wicgraph.errors import AmbiguousName, UnknownName
from wicgraph.language import Text, listed
from wicgraph.terms import RDF_TYPE, WIC, Literal, NamedNode, similar

if TYPE_CHECKING:
    from wicgraph.asking.things import Things

_EDITION = NamedNode(WIC + "Edition")
_EDITION_NUMBER = NamedNode(WIC + "editionNumber")
_SLUG = re.compile(r"[\w-]+")
_YEAR = re.compile(r"[12][0-9]{3}")
_ORDINAL = re.compile(r"([1-9][0-9]?)(?:st|nd|rd|th)?|第([1-9][0-9]?)届")
_ENGLISH = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_CHINESE = tuple(f"第{digit}届" for digit in "一二三四五六七八九十")
_ORDINALS = {
    word: number
    for words in (_ENGLISH, _CHINESE, ("首届",))
    for number, word in enumerate(words, 1)
}
_THING = Text("thing", "事物")
_FEW = 3  # suggestions
_LITTLE = 12  # things that a message can list


def resolve(
    things: Things,
    text: str,
    of_class: NamedNode | None = None,
    kind: Text = _THING,
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
        remedy = listed(things.described(others), "and")
        remedy += Text(f" {verb} something else", "属于其他类别")
        raise UnknownName(kind, text, remedy=remedy)
    meant = _suggestions(things, wanted, of_class)
    raise UnknownName(kind, text, meant, remedy=_remedy(things, of_class))


def _written(things: Things, text: str) -> tuple[NamedNode, ...]:
    """Read an IRI or a CURIE of something that the graph speaks of."""
    prefix, colon, _ = text.partition(":")
    if not colon or (prefix not in things.prefixes.table and "://" not in text):
        return ()
    try:
        node = things.prefixes.expand(text)
    except UnknownName:
        return ()
    snapshot = things.snapshot
    uses = chain(
        snapshot.triples(node),
        snapshot.triples(predicate=node),
        snapshot.triples(value=node),
    )
    return () if next(uses, None) is None else (node,)


def _slug(things: Things, text: str) -> tuple[NamedNode, ...]:
    """Read the last part of an IRI in any of the namespaces."""
    if not _SLUG.fullmatch(text):
        return ()
    namespaces = things.prefixes.table.values()
    candidates = (NamedNode(namespace + text) for namespace in namespaces)
    return tuple(n for n in candidates if any(things.snapshot.triples(n, RDF_TYPE)))


def _edition(things: Things, text: str) -> tuple[NamedNode, ...]:
    """Read the year or the number of an edition: 2018, 5, 5th, fifth, 第五届."""
    if _YEAR.fullmatch(text):
        editions = _typed(things, _EDITION)
        return tuple(node for node in editions if node.value.endswith(f"-{text}"))
    match = _ORDINAL.fullmatch(text)
    number = int(match[1] or match[2]) if match else _ORDINALS.get(text.lower())
    if number is None:
        return ()
    stated = things.snapshot.triples(None, _EDITION_NUMBER, Literal(number))
    return nodes(triple.subject for triple in stated)


def _named(things: Things, text: str) -> tuple[NamedNode, ...]:
    """Read a name; a title counts where no label is the same, a misspelling last."""
    wanted = normalized(text)
    same = [name for name in things.names if wanted and name.folded == wanted]
    for kinds in (CALLED, LABELS):
        found = nodes(name.thing for name in same if name.kind in kinds)
        if found:
            return found
    return nodes(name.thing for name in same)


def _typed(things: Things, of_class: NamedNode | None = None) -> tuple[NamedNode, ...]:
    """List the things of a class, or all that have one."""
    types = things.snapshot.triples(None, RDF_TYPE, of_class)
    return nodes(triple.subject for triple in types)


def _is_a(things: Things, node: NamedNode, of_class: NamedNode | None) -> bool:
    return of_class is None or of_class in things.classes(node, inference=True)


def _remedy(things: Things, of_class: NamedNode | None) -> Text:
    """Say what there is if it is little, else how to search for it."""
    there = () if of_class is None else _typed(things, of_class)
    if 0 < len(there) <= _LITTLE:
        names = tuple(map(things.prefixes.shorten, there))
        return Text("choose ", "可选 ") + listed(names, "or")
    return Text(
        "`wicgraph find` searches all names", "用 `wicgraph find` 可检索所有名称"
    )


def _suggestions(
    things: Things, text: str, of_class: NamedNode | None
) -> tuple[str, ...]:
    """Suggest what could be written instead: names of things of the class, or IRIs."""
    hits = (found.name for found in things.find(text))
    fitting = dict.fromkeys(
        name.text.value for name in hits if _is_a(things, name.thing, of_class)
    )
    if fitting or " " in text:
        return tuple(fitting)[:_FEW]
    curies = tuple(map(things.prefixes.shorten, _typed(things, of_class)))
    if ":" in text:
        return similar(text, curies, _FEW)
    return similar(text, (curie.partition(":")[2] for curie in curies), _FEW)
