"""The lists that people choose from: stored questions, and things found by name."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from wicgraph.asking.names import Match
from wicgraph.asking.things import local_name
from wicgraph.terms import (
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SKOS_PREF_LABEL,
    WIC,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wicgraph.asking.names import Found
    from wicgraph.asking.things import Things
    from wicgraph.language import Language
    from wicgraph.queries.stored import StoredQuery

QUESTIONS = ("number", "name", "question")
QUESTIONS_ZH = ("编号", "名称", "问题")
FOUND = ("thing", "class", "name", "kind", "match")
FOUND_ZH = ("事物", "类别", "名称", "名称类型", "匹配")
NAME_KINDS = {
    SKOS_PREF_LABEL: ("name", "名称"),
    RDFS_LABEL: ("name", "名称"),
    NamedNode(WIC + "title"): ("title", "标题"),
    SKOS_ALT_LABEL: ("also called", "又称"),
    SKOS_HIDDEN_LABEL: ("misspelt", "误作"),
}
_MATCHES = {
    Match.EXACT: ("same", "相同"),
    Match.PREFIX: ("begins so", "开头相同"),
    Match.SUBSTRING: ("contains it", "包含"),
    Match.SIMILAR: ("similar", "相似"),
}


def question_rows(
    queries: Iterable[StoredQuery], language: Language
) -> tuple[tuple[str, ...], ...]:
    """List queries under the names QUESTIONS."""
    return tuple(
        (query.cq, query.name, language.pick(query.summary, query.summary_zh))
        for query in queries
    )


def found_rows(found: Sequence[Found], things: Things) -> tuple[tuple[str, ...], ...]:
    """List what was found under the names FOUND; a thing is given as its CURIE."""
    classes = {
        hit.name.thing: things.classes(hit.name.thing, inference=False) for hit in found
    }
    kinds = {hit.name.kind for hit in found}
    labels = things.labels(kinds.union(*classes.values()))
    pick = things.language.pick
    rows = []
    for hit in found:
        name = hit.name
        known = NAME_KINDS.get(name.kind)
        printed = pick("printed: ", "印作：") + things.label(name.kind, labels)
        rows.append(
            (
                things.prefixes.shorten(name.thing),
                ", ".join(things.label(kind, labels) for kind in classes[name.thing]),
                name.text.value,
                pick(*known) if known else printed,
                pick(*_MATCHES[hit.match]),
            )
        )
    return tuple(rows)


def description(query: StoredQuery, language: Language) -> str:
    """Describe a stored query: its parameters, a command for each, and its text."""
    lines = [language.pick(query.summary, query.summary_zh)]
    if query.description:
        lines += ["", query.description]
    for parameter in query.parameters:
        label = language.pick(parameter.label, parameter.label_zh)
        kind = _kind(parameter.of_class, parameter.datatype)
        needed = f"default {parameter.default}" if parameter.default else "optional"
        word = shlex.quote(f"{parameter.name}={parameter.example}")
        lines += ["", f"{parameter.name}: {label} ({kind}, {needed})"]
        lines.append(f"  wicgraph ask {query.name} {word}")
    if not query.parameters:
        lines += ["", f"  wicgraph ask {query.name}"]
    return "\n".join([*lines, "", query.path, "", query.text])


def _kind(of_class: NamedNode | None, datatype: NamedNode | None) -> str:
    if datatype is not None:
        return local_name(datatype)
    return local_name(of_class) if of_class else "thing"
