"""Asking parts of a query by themselves, and naming them in sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.answer import evaluate
from wicgraph.asking.patterns import Column, Expression, Group, Select, Span
from wicgraph.asking.rendering import render, render_for_people
from wicgraph.errors import QueryError
from wicgraph.language import Text
from wicgraph.terminal import shortened

if TYPE_CHECKING:
    from wicgraph.asking.answer import Answer
    from wicgraph.asking.patterns import Element, Query
    from wicgraph.asking.things import Things
    from wicgraph.sparql import QueryText, Token
    from wicgraph.terms import Term


@dataclass(frozen=True)
class Probe:
    """A query of which parts are asked, of the graph with inference or without."""

    things: Things
    source: QueryText
    query: Query
    inference: bool

    @property
    def where(self) -> Group:
        """What has to be found for a row, with the values that follow the query."""
        select = self.query.select
        if select.values is None:
            return select.where
        return replace(select.where, elements=(*select.where.elements, select.values))

    def everywhere(self) -> Probe:
        """Ask all graphs, whatever FROM says."""
        return replace(self, query=replace(self.query, dataset=""))

    def holds(self, group: Group) -> bool:
        """Tell whether a group has a solution; one that is no query has none."""
        return self.says_yes(replace(self.query, verb="ASK", select=self._bare(group)))

    def says_yes(self, query: Query) -> bool:
        """Tell whether another query has rows; one that is no query has none."""
        try:
            return self._asked(query).yes
        except QueryError:
            return False

    def values_of(self, variable: str, group: Group) -> tuple[Term, ...]:
        """List the values of a variable in the solutions of a group, each once."""
        return self._values(Column(Variable(variable), None, group.span), group)

    def value_of(self, literal: Token) -> Term | None:
        """Read a literal of the query."""
        span = Span(literal.start, literal.start)
        column = Column(Variable("value"), Expression((literal,), False, span), span)  # noqa: FBT003  (it aggregates nothing)
        return next(iter(self._values(column, Group((), span))), None)

    def sentence(self, element: Element, said: Text) -> Text:
        """Say something of an element, which is named where the braces stand."""
        line, column = self.source.place(element.span.start)
        place, name = f"{self.source.where}:{line}:{column}: ", self.text(element)
        return Text(place + said.en.format(name), place + said.zh.format(name))

    def text(self, element: Element) -> str:
        """Write an element with CURIEs, and cut it if it is long."""
        return shortened(render_for_people(element, self.things.prefixes))

    def _values(self, column: Column, group: Group) -> tuple[Term, ...]:
        bare = replace(self._bare(group), distinct="DISTINCT", columns=(column,))
        try:
            rows = self._asked(replace(self.query, verb="SELECT", select=bare)).rows
        except QueryError:
            return ()
        return tuple(term for (term,) in rows if term is not None)

    def _bare(self, group: Group) -> Select:
        """Make a SELECT of a group that shows all solutions."""
        span = self.query.select.span
        return Select("", (), group, (), (), (), "", None, span)

    def _asked(self, query: Query) -> Answer:
        text = replace(self.source, text=render(query))
        return evaluate(self.things.snapshot, text, {}, inference=self.inference)
