"""Names in any language: when two are the same, and which ones come close."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Literal, NamedNode

_NOT_IN_WORD = re.compile(r"[^a-z0-9]+")
_LIKENESS = 0.75  # of the letters, in order; below it a name is another name
_SHORTEST = 3  # shorter texts resemble too much


class Match(IntEnum):
    """How a name matches a text, best first."""

    EXACT = 0
    PREFIX = 1
    SUBSTRING = 2
    SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing, the property that gives it, and its normalized form."""

    thing: NamedNode
    text: Literal
    kind: NamedNode
    folded: str


@dataclass(frozen=True, slots=True)
class Found:
    """A name that matches what was looked for."""

    name: Name
    match: Match
    likeness: float


def normalized(text: str) -> str:
    """Reduce a name to what makes it that name.

    Case, width, diacritics and punctuation do not count, nor do spaces and dots
    beside Chinese characters: "CHEHADÉ" is "chehade", "乌镇 · 峰会" is "乌镇峰会".
    """
    if text.isascii():
        return " ".join(_NOT_IN_WORD.sub(" ", text.lower().replace("'", "")).split())
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = []
    for char in letters:
        category = unicodedata.category(char)
        if category[0] == "M" or char in "'’":
            continue
        kept.append(char if category[0] in "LN" else " ")
    words = unicodedata.normalize("NFKC", "".join(kept)).split()
    joined = ""
    for word in words:
        close = joined and (_is_chinese(joined[-1]) or _is_chinese(word[0]))
        joined += word if close or not joined else f" {word}"
    return joined


def find(text: str, names: Iterable[Name]) -> tuple[Found, ...]:
    """Find the names that match a text, best match first, one for each thing.

    Names that only resemble the text count if no name contains it. Equal matches are
    ordered by length, then by name and thing, so the order never varies.
    """
    wanted = normalized(text)
    if not wanted:
        return ()
    every = tuple(names)
    found = [hit for name in every if (hit := _contains(wanted, name))]
    if not found and len(wanted) >= _SHORTEST:
        found = [hit for name in every if (hit := _resembles(wanted, name))]
    best: dict[NamedNode, Found] = {}
    for hit in sorted(found, key=_rank):
        best.setdefault(hit.name.thing, hit)
    return tuple(best.values())


def _rank(hit: Found) -> tuple[int, float, int, str, str, str]:
    text = hit.name.text.value
    kind, thing = hit.name.kind.value, hit.name.thing.value
    return (hit.match, -hit.likeness, len(text), text, kind, thing)


def _contains(wanted: str, name: Name) -> Found | None:
    own = name.folded
    if wanted not in own:
        return None
    if own == wanted:
        return Found(name, Match.EXACT, 1.0)
    if own.startswith(wanted):
        return Found(name, Match.PREFIX, 1.0)
    return Found(name, Match.SUBSTRING, 1.0)


def _resembles(wanted: str, name: Name) -> Found | None:
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    best = 0.0
    for part in _parts(name.folded, wanted):
        matcher.set_seq1(part)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > max(
            best, _LIKENESS
        ):
            best = max(best, matcher.ratio())
    return Found(name, Match.SIMILAR, best) if best > _LIKENESS else None


def _parts(own: str, wanted: str) -> Iterator[str]:
    """Cut a name into the whole and its parts of as many words, or characters."""
    yield own
    if any(map(_is_chinese, wanted)):
        size = len(wanted)
        for start in range(len(own) - size + 1):
            yield own[start : start + size]
        return
    words, size = own.split(), len(wanted.split())
    for start in range(len(words) - size + 1):
        yield " ".join(words[start : start + size])


def _is_chinese(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"
