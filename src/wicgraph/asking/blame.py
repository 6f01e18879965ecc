"""The part of a query that leaves no row, found by asking the query without it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wicgraph.asking.likeness import empty_variables, unlike_filter, unlike_literal
from wicgraph.asking.patterns import (
    Bind,
    Filter,
    GraphBlock,
    Group,
    Minus,
    Select,
    TriplePattern,
    Union,
    Values,
    changed,
)
from wicgraph.language import Text, listed
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.asking.patterns import Element
    from wicgraph.asking.probing import Probe

_VERDICTS = (
    (Filter, Text("{} is true of no row", "没有一行结果符合 {}")),
    (Minus, Text("{} takes every row away", "{} 去掉了所有结果")),
    (Values, Text("no value of {} fits the rest", "{} 中没有一个值与其余部分相符")),
    (Bind, Text("the value of {} does not fit the rest", "{} 的值与其余部分不符")),
    (Union, Text("no branch of {} fits the rest", "{} 的任何分支都与其余部分不符")),
)


def blame(probe: Probe) -> tuple[Text, ...]:
    """Say which part leaves no row, the plainest reason first; else nothing."""
    for look in (_alone, _apart, _unlike, _patterns, _others, _first):
        if said := tuple(look(probe)):
            return said
    return ()


def required(group: Group) -> Iterator[Element]:
    """Go through what has to hold for a solution, in the order of the text."""
    for element in group.elements:
        if isinstance(element, Group):
            yield from required(element)
        elif isinstance(element, GraphBlock):
            yield from required(element.group)
        elif isinstance(element, Select):
            yield from required(element.where)
            yield element
        elif isinstance(
            element, TriplePattern | Filter | Bind | Values | Minus | Union
        ):
            yield element


def _without(group: Group, *left_out: Element) -> Group:
    """Leave elements out of a group, wherever they are in it."""

    def change(element: Element) -> Iterable[Element]:
        if element in left_out:
            return ()
        if isinstance(element, Select):
            return (replace(element, where=_without(element.where, *left_out)),)
        return (element,)

    return changed(group, change)


def _alone(probe: Probe) -> Iterator[Text]:
    """Blame patterns that match nothing, whatever stands beside them."""
    everywhere = probe.everywhere()
    in_graphs = {each for b in _blocks(probe.where) for each in required(b.group)}
    for element in required(probe.where):
        if not isinstance(element, TriplePattern):
            continue
        alone = Group((element,), element.span)
        if not everywhere.holds(alone):
            said = Text("nothing in the graph matches {}", "图谱中没有与 {} 相符的内容")
            if not probe.inference:
                said = Text("no file states {}", "没有文件陈述 {}")
            yield unlike_literal(everywhere, element) or probe.sentence(element, said)
            return
        if element not in in_graphs and not probe.holds(alone):
            said = Text(
                "FROM leaves no graph in which {} matches; without FROM it does",
                "FROM 所选的图中没有与 {} 相符的内容；去掉 FROM 就有",
            )
            yield probe.sentence(element, said)
            return


def _blocks(where: Group) -> tuple[GraphBlock, ...]:
    """List every GRAPH of a group, wherever it is in it."""
    blocks: list[GraphBlock] = []

    def look(element: Element) -> Iterable[Element]:
        if isinstance(element, GraphBlock):
            blocks.append(element)
        return (element,)

    changed(where, look)
    return tuple(blocks)


def _apart(probe: Probe) -> Iterator[Text]:
    """Blame a GRAPH whose patterns match, but not in one graph."""
    for block in _blocks(probe.where):
        if probe.holds(Group((block,), block.span)):
            continue
        empty = replace(block, group=Group((), block.span))
        if isinstance(block.name, NamedNode) and not probe.holds(
            Group((empty,), block.span)
        ):
            said = Text("there is no graph for {}", "没有 {} 所指的图")
            if probe.query.dataset:
                said = Text(
                    "FROM NAMED leaves no graph for {}",
                    "FROM NAMED 没有选入 {} 所指的图",
                )
            yield probe.sentence(block, said)
            return

        def open_it(element: Element, block: GraphBlock = block) -> Iterable[Element]:
            return block.group.elements if element == block else (element,)

        if probe.holds(changed(probe.where, open_it)):
            said = Text(
                "no one graph has all of {}; several together do",
                "没有任何一个图包含 {} 的全部内容，但多个图合起来有",
            )
            if isinstance(block.name, NamedNode):
                said = Text(
                    "this graph does not have all of {}; others do",
                    "该图不包含 {} 的全部内容，其他图中有",
                )
            yield probe.sentence(block, said)
            return


def _unlike(probe: Probe) -> Iterator[Text]:
    """Blame a filter or a literal that differs in language, datatype or case."""
    for element in required(probe.where):
        rest = _without(probe.where, element)
        if isinstance(element, Filter) and probe.holds(rest):
            said = unlike_filter(probe, element, rest)
        elif isinstance(element, TriplePattern) and isinstance(element.object, Literal):
            said = unlike_literal(probe, element)
        else:
            continue
        if said:
            yield said
            return


def _patterns(probe: Probe) -> Iterator[Text]:
    """Blame the last pattern without which other patterns have rows."""
    patterns = [e for e in required(probe.where) if isinstance(e, TriplePattern)]
    for element in reversed(patterns):
        if len(patterns) > 1 and probe.holds(_without(probe.where, element)):
            yield probe.sentence(
                element,
                Text(
                    "{} matches, but not together with the rest;"
                    " without it there are rows",
                    "{} 单独有匹配，但与其余部分没有共同的匹配；去掉它就有结果",
                ),
            )
            return


def _others(probe: Probe) -> Iterator[Text]:
    """Blame the last other part without which there are rows."""
    for element in reversed(tuple(required(probe.where))):
        if not isinstance(element, TriplePattern) and probe.holds(
            _without(probe.where, element)
        ):
            yield probe.sentence(element, _verdict(probe, element))
            return


def _verdict(probe: Probe, element: Element) -> Text:
    if isinstance(element, Select) and not probe.holds(Group((element,), element.span)):
        return Text("{} has no rows by itself", "{} 本身就没有结果")
    if isinstance(element, Filter):
        empty = empty_variables(probe, element, _without(probe.where, element))
        if empty:
            names = listed(tuple(f"?{name}" for name in empty), "and")
            return Text(
                f"{{}} is true of no row; in no row is there a value of {names.en}",
                f"没有一行结果符合 {{}}；所有结果中 {names.zh} 都没有值",
            )
    if isinstance(element, Filter) and any(
        not exists.wanted for exists in element.expression.exists()
    ):
        return Text("{} leaves out every row", "{} 排除了所有结果")
    for kind, verdict in _VERDICTS:
        if isinstance(element, kind):
            return verdict
    return Text("no row of {} fits the rest", "{} 没有一行与其余部分相符")


def _first(probe: Probe) -> Iterator[Text]:
    """Blame the first part that leaves no row, where more than one does."""
    parts = tuple(required(probe.where))
    for index, element in enumerate(parts):
        if not probe.holds(_without(probe.where, *parts[index + 1 :])):
            yield probe.sentence(
                element,
                Text(
                    "{} is the first part that leaves no row, and not the only one",
                    "{} 是第一个使结果为空的部分，但不是唯一的一个",
                ),
            )
            return
