"""What was not found, as something that no source says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Alternative,
    Inverse,
    Negated,
    Repeated,
    Sequence,
)
from wicgraph.asking.rendering import render_for_people
from wicgraph.terms import RDF_TYPE, BlankNode, NamedNode

if TYPE_CHECKING:
    from wicgraph.asking.filling import Absence
    from wicgraph.asking.patterns import Part, Path
    from wicgraph.publishing.proof_words import Words


def sentence(absence: Absence, words: Words) -> str:
    """Say that no source says something, or that one does not."""
    said = words.pick("; ", "；").join(
        " — ".join(_part(part, absence, words) for part in pattern)
        for pattern in absence.patterns
    )
    conditions = conditions_text(absence, words)
    if conditions:
        if not said:
            return words.pick(
                f"nothing fits: {conditions}", f"没有内容符合：{conditions}"
            )
        said += words.pick(f", with {conditions}", f"，条件为 {conditions}")
    if len(absence.graphs) == 1:
        name = words.term(absence.graphs[0])
        return words.pick(f"{name} does not say: {said}", f"{name} 没有说：{said}")
    return words.pick(f"no source says: {said}", f"没有来源说：{said}")


def conditions_text(absence: Absence, words: Words) -> str:
    """Write what else there was to be true, as the query has it."""
    prefixes = words.things.prefixes
    return " ".join(render_for_people(e, prefixes) for e in absence.conditions)


def _part(part: Part | Path, absence: Absence, words: Words) -> str:
    """Name a part; what may be anything has a name only if it stands twice."""
    if isinstance(part, Variable | BlankNode):
        uses = Counter(each for pattern in absence.patterns for each in pattern)
        anything = words.pick("anything", "任何事物")
        named = re.escape(str(part)) + r"\b"
        in_conditions = re.search(named, conditions_text(absence, words))
        is_shared = isinstance(part, Variable) and (uses[part] > 1 or in_conditions)
        return str(part) if is_shared else anything
    if part == RDF_TYPE:
        return words.pick("is a", "是")
    if isinstance(part, Inverse | Sequence | Alternative | Repeated | Negated):
        return path_words(part, words)
    return words.term(part)


def path_words(path: Path, words: Words) -> str:
    """Write a path as SPARQL does, with labels for its properties."""
    if isinstance(path, Inverse):
        return f"^{path_words(path.path, words)}"
    if isinstance(path, Repeated):
        return f"({path_words(path.path, words)}){path.mark}"
    if isinstance(path, Sequence | Alternative):
        mark = " / " if isinstance(path, Sequence) else " | "
        return f"({mark.join(path_words(each, words) for each in path.paths)})"
    if isinstance(path, Negated):
        names = [*map(words.term, path.forward)]
        names += [f"^{words.term(each)}" for each in path.backward]
        return f"!({' | '.join(names)})"
    return _name(path, words)


def _name(path: NamedNode, words: Words) -> str:
    return words.pick("is a", "是") if path == RDF_TYPE else words.term(path)
