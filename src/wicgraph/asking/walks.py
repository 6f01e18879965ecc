"""The shortest walk from one node to another along a property path.

A walk goes through pairs of a node and what is left of the path, breadth first, so
that it ends although paths such as `p*` and graphs go in circles.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol, TypeAlias

from wicgraph.asking.patterns import (
    Alternative,
    Inverse,
    Negated,
    Path,
    Repeated,
    Sequence,
)
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.reasoning.encoding import Statement
    from wicgraph.terms import Subject, Term

_Left: TypeAlias = tuple[Path, ...]  # what of a path is still to be walked
_State: TypeAlias = "tuple[Term, _Left]"
_Step: TypeAlias = "tuple[_State, Statement | None] | None"


class Steps(Protocol):
    """The graph in which walks are looked for."""

    def __call__(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterable[Statement]:
        """Find triples; None fits anything."""


def shortest_walk(
    start: Term, path: Path, end: Term, steps: Steps
) -> tuple[Statement, ...] | None:
    """Find the triples of a shortest walk; none if it goes nowhere, as `p*` can.

    Of several the first in the order of their texts is taken. None if there is none.
    """
    came: dict[_State, _Step] = {}
    waiting: deque[tuple[_State, _Step]] = deque([((start, (path,)), None)])
    while waiting:
        here, step = waiting.popleft()
        if here in came:
            continue
        came[here] = step
        node, left = here
        if not left:
            if node == end:
                return _back(came, here)
            continue
        simpler = _unfolded(left)
        if simpler is None:
            for by, other in _walked(node, left[0], steps):
                waiting.append(((other, left[1:]), (here, by)))
        else:  # costs no step, so it comes before what does
            for each in reversed(simpler):
                waiting.appendleft(((node, each), (here, None)))
    return None


def _back(came: dict[_State, _Step], here: _State) -> tuple[Statement, ...]:
    walk: list[Statement] = []
    step = came[here]
    while step is not None:
        before, by = step
        walk += [by] if by is not None else []
        step = came[before]
    return tuple(reversed(walk))


def _unfolded(left: _Left) -> list[_Left] | None:
    """Write what is left without its first operator; None if a step comes first."""
    path, rest = left[0], left[1:]
    if isinstance(path, Sequence):
        return [(*path.paths, *rest)]
    if isinstance(path, Alternative):
        return [(each, *rest) for each in path.paths]
    if isinstance(path, Repeated):
        again = () if path.mark == "?" else (Repeated(path.path, "*"),)
        skipped = [] if path.mark == "+" else [rest]
        return [*skipped, (path.path, *again, *rest)]
    if isinstance(path, Inverse) and not isinstance(path.path, NamedNode):
        return [(_inverted(path.path), *rest)]
    return None


def _inverted(path: Path) -> Path:
    """Write the inverse of a path without an inverse around it."""
    if isinstance(path, Inverse):
        return path.path
    if isinstance(path, Sequence):
        return Sequence(tuple(Inverse(each) for each in reversed(path.paths)))
    if isinstance(path, Alternative):
        return Alternative(tuple(map(Inverse, path.paths)))
    if isinstance(path, Repeated):
        return Repeated(Inverse(path.path), path.mark)
    if isinstance(path, Negated):
        return Negated(path.backward, path.forward)
    return Inverse(path)


def _walked(node: Term, step: Path, steps: Steps) -> list[tuple[Statement, Term]]:
    """Take a step from a node in every way; returns the triples and where they lead."""
    found = sorted(_taken(node, step, steps), key=lambda each: tuple(map(str, each[0])))
    return list(dict.fromkeys(found))


def _taken(node: Term, step: Path, steps: Steps) -> Iterator[tuple[Statement, Term]]:
    if isinstance(step, NamedNode):
        yield from _ahead(node, step, (), steps)
    elif isinstance(step, Inverse) and isinstance(step.path, NamedNode):
        yield from _behind(node, step.path, (), steps)
    elif isinstance(step, Negated):
        if step.forward or not step.backward:
            yield from _ahead(node, None, step.forward, steps)
        if step.backward:
            yield from _behind(node, None, step.backward, steps)


def _ahead(
    node: Term, by: NamedNode | None, but: tuple[NamedNode, ...], steps: Steps
) -> Iterator[tuple[Statement, Term]]:
    if not isinstance(node, Literal):
        for triple in steps(node, by, None):
            if triple.predicate not in but:
                yield triple, triple.object


def _behind(
    node: Term, by: NamedNode | None, but: tuple[NamedNode, ...], steps: Steps
) -> Iterator[tuple[Statement, Term]]:
    for triple in steps(None, by, node):
        if triple.predicate not in but:
            yield triple, triple.subject
