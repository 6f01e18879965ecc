"""What a solution makes of patterns: triples, groups that it entered, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Filter,
    GraphBlock,
    Group,
    Minus,
    Optional,
    Part,
    Path,
    Select,
    TriplePattern,
    Union,
    Values,
    inner_groups,
)
from wicgraph.asking.tracing import marker
from wicgraph.sparql import Token
from wicgraph.terms import Literal, NamedNode, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.patterns import Element, Exists
    from wicgraph.asking.solutions import Graphs, Solution
    from wicgraph.reasoning.encoding import Statement


@dataclass(frozen=True, slots=True)
class Instance:
    """A triple that a pattern matched, looking in some graphs; none means in all."""

    statement: Statement
    graphs: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Patterns that nothing matched together, as NOT EXISTS, MINUS or a no asks.

    Known values are filled in, and a variable is left where anything would have done
    that the conditions allow: what else there was to be true.
    """

    patterns: tuple[tuple[Part, Variable | Path, Part], ...]
    graphs: tuple[NamedNode, ...] = ()
    conditions: tuple[Filter | Minus | Values, ...] = ()


def entered(
    element: Element, solution: Solution, graphs: Graphs
) -> Iterator[tuple[Group, Graphs]]:
    """Find the groups of an element that a solution matched, and where they look."""
    if isinstance(element, GraphBlock):
        name = filled(element.name, solution)
        yield element.group, (name,) if isinstance(name, NamedNode) else graphs
        return
    for inner in inner_groups(element):
        if isinstance(element, Group) or marker(inner) in solution:
            yield inner, graphs


def optionals(
    group: Group, solution: Solution, graphs: Graphs
) -> Iterator[tuple[Optional, Graphs]]:
    """Find each OPTIONAL of a group and of the groups in it that matched."""
    for element in group.elements:
        if isinstance(element, Optional):
            yield element, graphs
        elif isinstance(element, Group | GraphBlock | Union):
            for inner, within in entered(element, solution, graphs):
                yield from optionals(inner, solution, within)


def absences(group: Group, solution: Solution, graphs: Graphs) -> Iterator[Absence]:
    """Say what a group did not find: for alternatives, each of them."""
    unions = [each for each in group.elements if isinstance(each, Union)]
    others = [each for each in group.elements if isinstance(each, TriplePattern)]
    if len(unions) == 1 and not others:
        for inner in unions[0].groups:
            yield from absences(inner, solution, graphs)
    else:
        yield _absence(group, solution, graphs)


def _absence(group: Group, solution: Solution, graphs: Graphs) -> Absence:
    parts = [e for e in group.elements if not isinstance(e, Filter | Minus | Values)]
    if len(parts) == 1 and isinstance(parts[0], GraphBlock):
        name = filled(parts[0].name, solution)
        graphs = (name,) if isinstance(name, NamedNode) else graphs
    patterns = []
    for triple in _triples(group):
        subject, value = (
            filled(part, solution) or part for part in (triple.subject, triple.object)
        )
        path = triple.path
        if isinstance(path, Variable):
            known = filled(path, solution)
            path = known if isinstance(known, NamedNode) else path
        patterns.append((subject, path, value))
    conditions = tuple(_known(each, solution) for each in _conditions(group))
    return Absence(tuple(patterns), graphs, conditions)


def _conditions(group: Group) -> Iterator[Filter | Minus | Values]:
    """Go through what else has to be true for a group to match."""
    for element in group.elements:
        if isinstance(element, Filter | Minus | Values):
            yield element
        elif isinstance(element, Group | GraphBlock | Union | Select):
            for inner in inner_groups(element):
                yield from _conditions(inner)


def _known(
    condition: Filter | Minus | Values, solution: Solution
) -> Filter | Minus | Values:
    """Fill known values in where a filter names their variables."""
    if not isinstance(condition, Filter):
        return condition
    expression = condition.expression
    parts: list[Token | Exists] = []
    for part in expression.parts:
        if isinstance(part, Token) and part.kind == "variable":
            value = solution.get(Variable(part.text[1:]))
            parts.append(replace(part, text=str(value)) if value else part)
        else:
            parts.append(part)
    return replace(condition, expression=replace(expression, parts=tuple(parts)))


def _triples(group: Group) -> Iterator[TriplePattern]:
    """Go through the triples that have to be there for a group to match."""
    for element in group.elements:
        if isinstance(element, TriplePattern):
            yield element
        elif isinstance(element, Group | GraphBlock | Union | Select):
            for inner in inner_groups(element):
                yield from _triples(inner)


def filled(part: Part | Path, solution: Solution) -> Term | None:
    """Put a value in the place of a variable; None if there is none."""
    if isinstance(part, Variable):
        return solution.get(part)
    return part if isinstance(part, NamedNode | Literal) else None
