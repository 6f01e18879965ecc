"""What rules are made of once they are read: patterns over numbers and variables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.encoding import TYPE
from wicgraph.reasoning.rules import FALSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.rules import Rule

# A number of a term, a variable ("?x"), or the value of a literal ("0", "1").
Node: TypeAlias = int | str
Pattern: TypeAlias = tuple[Node, Node, Node]

_WORD = re.compile(r"[(){}]|[^\s(){}]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its members: any one, or any one and one after it."""

    subject: Node
    predicate: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """Patterns that hold for every member of a list."""

    member: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A pattern that leads through the members of a list in their order."""

    member: str
    pattern: Pattern


Item: TypeAlias = Pattern | Listed | Every | Chain


@dataclass(frozen=True, slots=True)
class Form:
    """A rule, read; `then` is empty for a contradiction."""

    rule: Rule
    when: tuple[Item, ...]
    then: tuple[Pattern, ...]

    @property
    def whole_lists(self) -> frozenset[str]:
        """The variables that stand for all members of a list together."""
        return frozenset(
            item.member for item in self.when if isinstance(item, Every | Chain)
        )


def read(rule: Rule, number: Callable[[str], int]) -> Form:
    """Read a rule, with the numbers of its words."""
    then = [] if rule.then == FALSE else [*_items(rule.then, number)]
    heads = tuple(item for item in then if isinstance(item, tuple))
    return Form(rule, tuple(_items(rule.when, number)), heads)


def _items(text: str, number: Callable[[str], int]) -> Iterator[Item]:
    """Read what stands between the points of a rule."""

    def node(word: str) -> Node:
        if word[0] == "?" or word.isdigit():
            return word
        return TYPE if word == "a" else number(word)

    words = _WORD.findall(text)
    while words:
        if words[0] == ".":
            words.pop(0)
        elif words[0] in {"all", "chain"}:
            end = words.index("}")
            quantifier, member, inner = words[0], words[1], words[3:end]
            patterns = tuple(_patterns(inner, node))
            yield (
                Every(member, patterns)
                if quantifier == "all"
                else Chain(member, patterns[0])
            )
            del words[: end + 1]
        elif words[2] == "(":
            end = words.index(")")
            members = tuple(word for word in words[3:end] if word[0] == "?")
            yield Listed(node(words[0]), number(words[1]), members)
            del words[: end + 1]
        else:
            yield from _patterns(words[:3], node)
            del words[:3]


def _patterns(words: Sequence[str], node: Callable[[str], Node]) -> Iterator[Pattern]:
    parts = [node(word) for word in words if word != "."]
    for at in range(0, len(parts), 3):
        yield parts[at], parts[at + 1], parts[at + 2]


def variables(patterns: Iterable[Pattern]) -> Iterator[str]:
    """Name the variables of patterns in reading order, as often as they stand there."""
    for pattern in patterns:
        for node in pattern:
            if isinstance(node, str) and node[0] == "?":
                yield node


def put(pattern: Pattern, values: Mapping[str, Node]) -> Pattern:
    """Put values in the place of variables."""
    subject, predicate, value = pattern
    return (
        values.get(subject, subject) if isinstance(subject, str) else subject,
        values.get(predicate, predicate) if isinstance(predicate, str) else predicate,
        values.get(value, value) if isinstance(value, str) else value,
    )


def spelled_out(
    item: Every | Chain, members: Sequence[int], outside: frozenset[str]
) -> Iterator[Pattern]:
    """Write patterns for each member of a list; `outside` are variables they share."""
    if isinstance(item, Every):
        own = set(variables(item.patterns)) - outside - {item.member}
        for at, member in enumerate(members):
            values: dict[str, Node] = {name: f"{name}.{at}" for name in own}
            for pattern in item.patterns:
                yield put(pattern, values | {item.member: member})
    else:
        start, _, end = item.pattern
        stops = [start, *(f"?step.{at}" for at in range(1, len(members))), end]
        for at, member in enumerate(members):
            yield stops[at], member, stops[at + 1]
