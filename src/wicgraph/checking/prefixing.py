"""Prefixes: those that nothing needs, and those that mean something else here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.checking.causes import ANY, Pattern, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.turtle import Position
from wicgraph.root import PREFIX_FILE
from wicgraph.terms import NamedNode, declaration, similar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import PrefixUse, TurtleFile

UNUSED_PREFIX = "unused-prefix"
WRONG_PREFIX = "wrong-prefix"


def unused_prefixes(asserted: Asserted) -> Iterator[Suspicion]:
    """Find prefixes that a file declares and no name in it needs."""
    for file in asserted.dataset.files:
        for use in file.prefixes:
            if not use.used:
                finding = Finding(
                    Severity.WARNING,
                    UNUSED_PREFIX,
                    f"No name in this file needs the prefix {use.prefix}:.",
                    f"本文件中没有名称用到前缀 {use.prefix}:。",
                    "Remove the line.",
                    "请删除该行。",
                    Position(file.path, use.line, 1),
                )
                yield Suspicion(finding, Stage.PREFIX)


def wrong_prefixes(asserted: Asserted) -> Iterator[Suspicion]:
    """Find prefixes that mean something else than in the table, or are not in it."""
    table = asserted.prefixes.table
    if not table:  # it cannot be read, which is said already
        return
    for file in asserted.dataset.files:
        for use in file.prefixes:
            if table.get(use.prefix) != use.iri:
                finding = _finding(use, file.path, asserted)
                yield Suspicion(
                    finding, Stage.PREFIX, explains=_explained(use, file, asserted)
                )


def _finding(use: PrefixUse, path: str, asserted: Asserted) -> Finding:
    table = asserted.prefixes.table
    right = table.get(use.prefix)
    by_namespace = {namespace: prefix for prefix, namespace in table.items()}
    if right is not None:
        message = (
            f"The prefix {use.prefix}: stands for <{use.iri}> here and for "
            f"<{right}> in {PREFIX_FILE}."
        )
        message_zh = (
            f"前缀 {use.prefix}: 在此指 <{use.iri}>，在 {PREFIX_FILE} 中指 <{right}>。"
        )
        fix = f"Write {declaration(use.prefix, right)}"
        fix_zh = f"请写 {declaration(use.prefix, right)}"
    else:
        message = f"{PREFIX_FILE} has no prefix {use.prefix}:."
        message_zh = f"{PREFIX_FILE} 中没有前缀 {use.prefix}:。"
        same = by_namespace.get(use.iri)
        near = (same,) if same is not None else similar(use.prefix, table)
        if near:
            fix = f"Write {near[0]}: if that is meant; otherwise add it to the table."
            fix_zh = f"如指 {near[0]}:，请改正；否则请加入前缀表。"
        else:
            fix, fix_zh = "Add it to the table.", "请加入前缀表。"
    return Finding(
        Severity.ERROR,
        WRONG_PREFIX,
        message,
        message_zh,
        fix,
        fix_zh,
        Position(path, use.line, 1),
    )


def _explained(
    use: PrefixUse, file: TurtleFile, asserted: Asserted
) -> tuple[Pattern, ...]:
    """Return what a wrong namespace explains: all that its names were to say."""
    right = asserted.prefixes.table.get(use.prefix)
    if right is None:
        return ()
    patterns: set[Pattern] = set()
    for fact in file.facts:
        for term in (fact.subject, fact.predicate, fact.object):
            if not isinstance(term, NamedNode) or not term.value.startswith(use.iri):
                continue
            meant = NamedNode(right + term.value[len(use.iri) :])
            for name in (term, meant, fact.subject):
                patterns |= {Pattern(name, ANY, ANY), Pattern(ANY, ANY, name)}
    return tuple(sorted(patterns, key=str))
