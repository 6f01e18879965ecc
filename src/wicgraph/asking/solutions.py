"""The solutions of a query and of what is inside it, each with all of its variables.

A query is asked without its modifiers and traced (see `tracing`), so that a solution
tells which patterns it matched; the solutions of a row are those with its values, and
those of a group are its members.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import QueryBoolean, QueryTriples, Variable

from wicgraph.asking.patterns import GraphBlock, Group, Select
from wicgraph.asking.rendering import render
from wicgraph.asking.tracing import Fresh, groups_of, solutions_of, traced
from wicgraph.store import guard
from wicgraph.terms import NamedNode, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wicgraph.asking.patterns import Query
    from wicgraph.sparql import QueryText
    from wicgraph.store import Snapshot

Solution: TypeAlias = "Mapping[Variable, Term]"
Row: TypeAlias = "tuple[Term | None, ...]"
Graphs: TypeAlias = tuple[NamedNode, ...]  # that a pattern looks at; none: at all


@dataclass(frozen=True)
class Solutions:
    """Asks one query, in which values are given already, for solutions."""

    snapshot: Snapshot
    source: QueryText
    query: Query
    inference: bool
    _traces: dict[int, Group] = field(default_factory=dict, repr=False)

    @cached_property
    def fresh(self) -> Fresh:
        """Variables that the query does not have."""
        return Fresh.of(self.source)

    @cached_property
    def everywhere(self) -> Graphs:
        """The default graph: all graphs, or those of FROM."""
        chosen = guard.graphs(self.source, self.snapshot.graphs())
        return chosen.default if chosen else ()

    def rows(
        self, select: Select, columns: Sequence[Variable], graphs: Graphs
    ) -> Mapping[Row, list[list[Solution]]]:
        """Find the solutions of each row: for equal rows as many lists."""
        solutions, keys = self.solutions(select, graphs)
        rows: dict[Row, list[list[Solution]]] = defaultdict(list)
        if select.aggregates:
            members: dict[Row, list[Solution]] = defaultdict(list)
            for solution in solutions:
                members[tuple(map(solution.get, keys))].append(solution)
            whole, keys = groups_of(select, self.fresh)
            for group in self.ask(whole, graphs):
                key = tuple(map(group.get, keys))
                rows[tuple(map(group.get, columns))].append(members[key])
        else:
            for solution in solutions:
                rows[tuple(map(solution.get, columns))].append([solution])
        if select.distinct:
            for row, groups in rows.items():
                rows[row] = [[each for group in groups for each in group]]
        return rows

    def solutions(
        self, select: Select, graphs: Graphs
    ) -> tuple[list[Solution], tuple[Variable, ...]]:
        """Ask for all solutions of a SELECT, and name the keys that group them."""
        whole, keys = solutions_of(select, self.traced(select.where), self.fresh)
        return self.ask(whole, graphs), keys

    def ask(
        self, select: Select, graphs: Graphs, given: Solution | None = None
    ) -> list[Solution]:
        """Ask a SELECT in some graphs, with values for some of its columns."""
        if graphs != self.everywhere:
            block = GraphBlock(graphs[0], select.where, select.where.span)
            where = replace(select.where, elements=(block,))
            select = replace(select, where=where)
        query = replace(
            self.query, verb="SELECT", template=(), described=(), select=select
        )
        result = self.snapshot.query(
            render(query),
            inference=self.inference,
            substitutions=given,
            prefixes=self.source.implied,
            where=self.source.where,
        )
        if isinstance(result, QueryBoolean | QueryTriples):
            raise TypeError(result)
        names = result.variables
        with self.snapshot.reading():
            return [
                {
                    n: term
                    for n, term in zip(names, row, strict=True)
                    if term is not None
                }
                for row in result
            ]

    def traced(self, group: Group) -> Group:
        """Change a group so that its solutions tell what matched, always alike."""
        if id(group) not in self._traces:
            self._traces[id(group)] = traced(group, self.fresh)
        return self._traces[id(group)]
