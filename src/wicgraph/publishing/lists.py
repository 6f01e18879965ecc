"""The lists that people choose from: stored questions, and things found by name."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from wicgraph.asking.names import Match
from wicgraph.asking.things import local_name
from wicgraph.language import Text, spaced
from wicgraph.queries.datatypes import FORMS
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
    SKOS_PREF_LABEL: Text("name", "名称"),
    RDFS_LABEL: Text("name", "名称"),
    NamedNode(WIC + "title"): Text("title", "标题"),
    SKOS_ALT_LABEL: Text("also called", "又称"),
    SKOS_HIDDEN_LABEL: Text("misspelt", "误作"),
}
MATCHES = {
    Match.EXACT: Text("exact", "完全相同"),
    Match.PREFIX: Text("same start", "以其开头"),
    Match.SUBSTRING: Text("contains it", "包含"),
    Match.SIMILAR: Text("similar", "相似"),
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
    language = things.language
    between = language.pick(", ", "、")
    rows = []
    for hit in found:
        name = hit.name
        kind = things.label(name.kind, labels)
        rows.append(
            (
                things.prefixes.shorten(name.thing),
                between.join(things.label(c, labels) for c in classes[name.thing]),
                name.text.value,
                kind_of_name(name.kind, Text(kind, kind)).spoken(language),
                MATCHES[hit.match].spoken(language),
            )
        )
    return tuple(rows)


def kind_of_name(kind: NamedNode, label: Text) -> Text:
    """Say what kind of name it is; of a printed one its kind has a label."""
    printed = Text(f"printed: {label.en}", spaced("原文", label.zh))
    return NAME_KINDS.get(kind, printed)


def description(query: StoredQuery, language: Language) -> str:
    """Describe a stored query: its parameters, a command for each, and its text."""
    lines = [language.pick(query.summary, query.summary_zh)]
    if query.description:
        lines += ["", language.pick(query.description, query.description_zh)]
    for parameter in query.parameters:
        name, kind = parameter.name, _kind(parameter.of_class, parameter.datatype)
        needed = Text("optional", "可不填")
        if parameter.default:
            needed = Text(f"default {parameter.default}", f"默认为 {parameter.default}")
        said = Text(
            f"{name}: {parameter.label} ({kind.en}, {needed.en})",
            f"{name}：{parameter.label_zh}（{kind.zh}，{needed.zh}）",
        )
        word = shlex.quote(f"{name}={parameter.example}")
        lines += ["", said.spoken(language)]
        lines.append(f"  wicgraph ask {query.name} {word}")
    if not query.parameters:
        lines += ["", f"  wicgraph ask {query.name}"]
    return "\n".join([*lines, "", query.path, "", query.text])


def _kind(of_class: NamedNode | None, datatype: NamedNode | None) -> Text:
    if datatype is not None:
        name = local_name(datatype)
        return Text(name, FORMS[name].noun.zh)
    if of_class is not None:
        name = local_name(of_class)
        return Text(name, f"wic:{name}")
    return Text("thing", "事物")
