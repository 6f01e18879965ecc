"""Instances of rules: what is left of a rule once its axioms are found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.encoding import DIFFERENT, REFUTED, SAME, TYPE
from wicgraph.reasoning.patterns import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.inverses import Inverse
    from wicgraph.reasoning.patterns import Node, Pattern
    from wicgraph.reasoning.rules import Rule

# What decides whether a triple can match a pattern: its predicate, or its class.
Key: TypeAlias = tuple[int, int | None]

EQUALITY = frozenset(
    {"eq-ref", "eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"}
)


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule with its axioms found, in runs that instances of one list share.

    From `body`, patterns of facts, follows `head`, or a contradiction if that is
    empty. `folded` are premises that hold whenever the body does and are in no table:
    what eq-ref, dt-diff and the inverse of an anonymous property would conclude.
    """

    rule: Rule
    axioms: tuple[tuple[Row, ...], ...]
    values: Mapping[str, Node]
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]
    folded: tuple[Pattern, ...] = ()

    def given(self, values: Mapping[str, int]) -> dict[str, int]:
        """Give a value for every variable of the rule, from those of the body."""
        every: dict[str, int] = dict(values)
        for name, node in self.values.items():
            value = values.get(node) if isinstance(node, str) else node
            if value is not None:
                every[name] = value
        return every

    def premises(self, values: Mapping[str, int]) -> tuple[Row, ...]:
        """List what the rule rests on, with values for the variables of the body."""
        patterns = (put(pattern, values) for pattern in (*self.body, *self.folded))
        rows = (row_of(pattern) for pattern in patterns)
        axioms = chain.from_iterable(self.axioms)
        return (*axioms, *(row for row in rows if row[1] != REFUTED))


def key(pattern: Pattern) -> Key:
    """Say what decides whether a triple can match: its predicate, or its class."""
    predicate, value = pattern[1], pattern[2]
    if not isinstance(predicate, int):
        return 0, None
    if predicate == TYPE and isinstance(value, int):
        return TYPE, value
    return predicate, None


def row_of(pattern: Pattern) -> Row:
    """Take a pattern without variables as a triple."""
    subject, predicate, value = pattern
    if (
        isinstance(subject, int)
        and isinstance(predicate, int)
        and isinstance(value, int)
    ):
        return subject, predicate, value
    raise ValueError(f"{pattern} has a variable")


def straightened(instance: Instance, inverses: Mapping[int, Inverse]) -> Instance:
    """Write the inverse of a property as the property read backwards."""
    patterns = (*instance.body, *instance.head)
    if not any(pattern[1] in inverses for pattern in patterns):
        return instance
    axioms: dict[tuple[Row, ...], None] = dict.fromkeys(instance.axioms)
    folded: list[Pattern] = []

    def straight(pattern: Pattern) -> Pattern:
        name = pattern[1]
        inverse = inverses.get(name) if isinstance(name, int) else None
        if inverse is None:
            return pattern
        axioms[inverse.axiom,] = None
        return pattern[2], inverse.other, pattern[0]

    body = []
    for pattern in instance.body:
        body.append(straight(pattern))
        if body[-1] is not pattern:
            folded.append(pattern)
    head = tuple(straight(pattern) for pattern in instance.head)
    return replace(
        instance,
        axioms=tuple(axioms),
        body=tuple(body),
        head=head,
        folded=(*instance.folded, *folded),
    )


def variants(instance: Instance) -> Iterator[Instance]:
    """Add what follows by eq-ref and dt-diff, whose conclusions are in no table."""
    yield instance
    if instance.rule.name in EQUALITY:
        return
    for at, pattern in enumerate(instance.body):
        rest = (*instance.body[:at], *instance.body[at + 1 :])
        if pattern[1] == SAME:
            yield from _reflexive(instance, pattern, rest)
        elif pattern[1] == DIFFERENT and (pattern[0], SAME, pattern[2]) in rest:
            # Different literals that should be the same; the closure notes them.
            refuted = (pattern[0], REFUTED, pattern[2])
            yield replace(instance, body=(refuted,), folded=instance.body)


def _reflexive(
    instance: Instance, pattern: Pattern, rest: tuple[Pattern, ...]
) -> Iterator[Instance]:
    """Read `?x owl:sameAs ?y` as said of one thing and itself."""
    one, _, other = pattern
    if isinstance(other, str):
        values: dict[str, Node] = {other: one}
    elif isinstance(one, str):
        values = {one: other}
    elif one == other:
        values = {}
    else:
        return
    body = tuple(put(each, values) for each in rest)
    head = tuple(put(each, values) for each in instance.head)
    folded = tuple(put(each, values) for each in (*instance.folded, pattern))
    yield replace(
        instance,
        values={**instance.values, **values},
        body=body,
        head=head,
        folded=folded,
    )
