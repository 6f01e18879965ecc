"""What the rows of an answer rest on: the triples that a query matched to give them.

The query is asked once more for all its solutions (see `solutions`); each fills in the
patterns that it matched.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.filling import (
    Absence,
    Instance,
    absences,
    entered,
    filled,
    optionals,
)
from wicgraph.asking.parsing import parse
from wicgraph.asking.patterns import (
    Bind,
    Column,
    Exists,
    Expression,
    Filter,
    Group,
    Minus,
    Select,
    TriplePattern,
    mentioned,
    selected,
    visible,
)
from wicgraph.asking.solutions import Graphs, Row, Solution, Solutions
from wicgraph.asking.tracing import (
    everything,
    marker,
    solutions_of,
)
from wicgraph.asking.walks import shortest_walk
from wicgraph.reasoning.encoding import Statement
from wicgraph.sparql import QueryText
from wicgraph.terms import BlankNode, Literal, NamedNode, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.patterns import Query
    from wicgraph.store import Snapshot
    from wicgraph.terms import Quad, Subject


class Uncovered(Enum):
    """Why it is not known what a row rests on."""

    NEW_NODE = "new node"
    NEW_VALUE = "new value"
    GRAMMAR = "grammar"


@dataclass(frozen=True, slots=True)
class Basis:
    """What one row rests on, each triple once, in the order of the patterns."""

    row: Row
    found: tuple[Instance, ...] = ()
    absent: tuple[Absence, ...] = ()
    uncovered: Uncovered | None = None


def bases(
    snapshot: Snapshot,
    source: QueryText,
    values: Mapping[str, Term],
    answer: Answer,
    *,
    inference: bool = True,
) -> Iterator[Basis]:
    """Tell of each row of an answer what it rests on, in the order of the rows.

    The query, the values of its variables and `inference` are those of the answer.
    """
    given = QueryText(source.where, source.given(values), source.implied)
    query = parse(given)
    if query is None:
        yield from (Basis(row, uncovered=Uncovered.GRAMMAR) for row in answer.rows)
        return
    asked = Solutions(snapshot, given, query, inference)
    yield from _Basing(asked).bases(answer)


@dataclass(frozen=True)
class _Basing:
    """Goes through the solutions of a query; remembers what inner queries said."""

    asked: Solutions
    _inner: dict[tuple[int, Graphs], Mapping[Row, list[list[Solution]]]] = field(
        default_factory=dict
    )
    _tests: dict[tuple[object, ...], tuple[Instance | Absence, ...] | None] = field(
        default_factory=dict
    )

    @property
    def query(self) -> Query:
        return self.asked.query

    @property
    def everywhere(self) -> Graphs:
        return self.asked.everywhere

    def bases(self, answer: Answer) -> Iterator[Basis]:
        if self.query.verb == "DESCRIBE":
            for row in answer.rows:
                yield Basis(row, (Instance(_statement(row), self.everywhere),))
        elif self.query.verb == "CONSTRUCT":
            yield from self.constructed(answer)
        elif self.query.verb == "ASK":
            yield from self.answered(answer)
        else:
            yield from self.selected(answer)

    def selected(self, answer: Answer) -> Iterator[Basis]:
        select = self.query.select
        known = {each.value for each in selected(select)}
        # An answer may have a column more than its query, such as --as-of adds one.
        columns = tuple(Variable(each) for each in answer.columns if each in known)
        rows = self.asked.rows(select, columns, self.everywhere)
        taken: dict[Row, int] = defaultdict(int)
        for row in answer.rows:
            own = row[: len(columns)]
            groups = rows.get(own, [])
            if not groups:
                yield Basis(row, uncovered=Uncovered.NEW_VALUE)
                continue
            # Equal rows are as many as their solutions, unless DISTINCT made them one.
            place = taken[own] % len(groups)
            taken[own] += 1
            yield self.basis(row, groups[place], select)

    def constructed(self, answer: Answer) -> Iterator[Basis]:
        made: dict[Row, list[Solution]] = defaultdict(list)
        solutions, _ = self.asked.solutions(self.query.select, self.everywhere)
        for solution in solutions:
            for triple in self.query.template:
                parts = (triple.subject, triple.path, triple.object)
                made[tuple(filled(part, solution) for part in parts)].append(solution)
        for row in answer.rows:
            if row in made:
                yield self.basis(row, made[row], self.query.select)
            else:
                yield Basis(row, uncovered=Uncovered.NEW_NODE)

    def answered(self, answer: Answer) -> Iterator[Basis]:
        where = self.query.select.where
        asked = self.asked
        whole, _ = solutions_of(self.query.select, asked.traced(where), asked.fresh)
        first = replace(whole, limits="LIMIT 1")
        for row in answer.rows:
            found = asked.ask(first, self.everywhere)
            yield self.basis(row, found, self.query.select)

    def basis(self, row: Row, solutions: Sequence[Solution], select: Select) -> Basis:
        """Collect what solutions rest on; without any, what was not found."""
        where = self.asked.traced(select.where)
        parts: dict[Instance | Absence, None] = {}
        for solution in solutions:
            parts |= dict.fromkeys(self.of_group(where, solution, self.everywhere))
        if not solutions:
            parts |= dict.fromkeys(absences(select.where, {}, self.everywhere))
        elif select.aggregates:
            parts |= dict.fromkeys(self.missed(where, solutions))
        return Basis(
            row,
            tuple(part for part in parts if isinstance(part, Instance)),
            tuple(part for part in parts if isinstance(part, Absence)),
        )

    def missed(self, where: Group, members: Sequence[Solution]) -> Iterator[Absence]:
        """Go through what every member of a group lacks, which its counts rest on."""
        lacking: dict[Variable, list[Absence]] = defaultdict(list)
        matched: set[Variable] = set()
        for member in members:
            for optional, graphs in optionals(where, member, self.everywhere):
                name = marker(optional.group)
                if name in member:
                    matched.add(name)
                else:
                    lacking[name] += absences(optional.group, member, graphs)
        for name, lacked in lacking.items():
            if name not in matched:
                yield from lacked

    def of_group(
        self, group: Group, solution: Solution, graphs: Graphs
    ) -> Iterator[Instance | Absence]:
        """Go through what a solution of a traced group rests on."""
        for element in group.elements:
            if isinstance(element, TriplePattern):
                yield from self.of_triple(element, solution, graphs)
            elif isinstance(element, Select):
                yield from self.of_select(element, solution, graphs)
            elif isinstance(element, Filter | Bind):
                yield from self.of_expression(element, solution, graphs)
            elif isinstance(element, Minus):
                if any(each in solution for each in visible(element.group)):
                    yield from absences(element.group, solution, graphs)
            else:
                for inner, within in entered(element, solution, graphs):
                    yield from self.of_group(inner, solution, within)

    def of_triple(
        self, pattern: TriplePattern, solution: Solution, graphs: Graphs
    ) -> Iterator[Instance]:
        subject = filled(pattern.subject, solution)
        value = filled(pattern.object, solution)
        if subject is None or value is None:
            return
        if isinstance(pattern.path, NamedNode | Variable):
            predicate = filled(pattern.path, solution)
            if predicate is not None:
                yield Instance(Statement(subject, predicate, value), graphs)
            return

        def steps(
            subject: Subject | None, predicate: NamedNode | None, value: Term | None
        ) -> Iterator[Statement]:
            return self.matches(subject, predicate, value, graphs)

        for step in shortest_walk(subject, pattern.path, value, steps) or ():
            yield Instance(step, graphs)

    def matches(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        value: Term | None,
        graphs: Graphs,
    ) -> Iterator[Statement]:
        """Find triples in the graphs that a pattern looks at."""
        parts, inference = (subject, predicate, value), self.asked.inference
        found: Iterable[Triple | Quad] = self.asked.snapshot.triples(
            *parts, inference=inference
        )
        if graphs:
            found = chain.from_iterable(
                self.asked.snapshot.quads(*parts, graph, inference=inference)
                for graph in graphs
            )
        for each in found:
            yield _statement((each.subject, each.predicate, each.object))

    def of_select(
        self, select: Select, solution: Solution, graphs: Graphs
    ) -> Iterator[Instance | Absence]:
        """Go through what the rows of a sub-select that fit a solution rest on."""
        columns = selected(select)
        key = (id(select), graphs)
        if key not in self._inner:
            self._inner[key] = self.asked.rows(select, columns, graphs)
        rows = self._inner[key]
        wanted = tuple(map(solution.get, columns))
        fitting = rows.get(wanted) or [
            each for row, found in rows.items() if _fits(row, wanted) for each in found
        ]
        where = self.asked.traced(select.where)
        for inner in (each for group in fitting for each in group):
            yield from self.of_group(where, inner, graphs)

    def of_expression(
        self, element: Filter | Bind, solution: Solution, graphs: Graphs
    ) -> Iterator[Instance | Absence]:
        """Go through what the EXISTS of an expression found, or that they did not.

        What a filter did not ask for is not why a row is there.
        """
        for exists in element.expression.exists():
            decides = isinstance(element, Filter)
            if decides and not exists.wanted and _alone(element.expression):
                # Else there were no solution.
                yield from absences(exists.group, solution, graphs)
                continue
            found = self.test(exists, solution, graphs)
            if found is None and not (decides and exists.wanted):
                yield from absences(exists.group, solution, graphs)
            elif found is not None and not (decides and not exists.wanted):
                yield from found

    def test(
        self, exists: Exists, solution: Solution, graphs: Graphs
    ) -> tuple[Instance | Absence, ...] | None:
        """Ask an EXISTS of a solution; returns what the first match rests on."""
        group = self.asked.traced(exists.group)
        names = mentioned(group)
        given = {name: solution[name] for name in names if name in solution}
        key = (id(exists), graphs, frozenset(given.items()))
        if key not in self._tests:
            columns = tuple(Column(name, None, group.span) for name in names)
            asked = replace(everything(group), columns=columns, limits="LIMIT 1")
            found = self.asked.ask(asked, graphs, given)
            self._tests[key] = (
                tuple(self.of_group(group, found[0], graphs)) if found else None
            )
        return self._tests[key]


def _alone(expression: Expression) -> bool:
    """Tell whether an expression is nothing but one EXISTS or its negation."""
    words = (part for part in expression.parts if not isinstance(part, Exists))
    return len(expression.exists()) == 1 and all(word.text in "(!)" for word in words)


def _fits(row: Row, wanted: Row) -> bool:
    pairs = zip(row, wanted, strict=True)
    return all(one is None or one == other for one, other in pairs)


def _statement(row: Sequence[object]) -> Statement:
    subject, predicate, value = (
        term for term in row if isinstance(term, NamedNode | BlankNode | Literal)
    )
    return Statement(subject, predicate, value)
