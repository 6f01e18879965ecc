"""Why a query has no rows: the part that takes the last one away.

Nothing is guessed: a part is blamed when the query without it, or with another in its
place, was asked and had rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.answer import evaluate
from wicgraph.asking.blame import blame, required
from wicgraph.asking.parameters import bind
from wicgraph.asking.parsing import parse
from wicgraph.asking.patterns import Expression, Filter, Query, TriplePattern
from wicgraph.asking.probing import Probe
from wicgraph.language import NOTHING, Text, listed
from wicgraph.sparql import Token
from wicgraph.terminal import shortened
from wicgraph.terms import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.asking.patterns import Exists
    from wicgraph.asking.strangers import Stranger
    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import StoredQuery
    from wicgraph.sparql import QueryText
    from wicgraph.terms import Term

_FEW = 8  # values of a parameter that a sentence lists


@dataclass(frozen=True)
class Silence:
    """A query that has no rows, or an ASK that says no, and what was given to it."""

    things: Things
    source: QueryText
    values: Mapping[str, Term]
    stored: StoredQuery | None = None
    inference: bool = True
    unknown: tuple[Stranger, ...] = ()

    def reasons(self) -> tuple[Text, ...]:
        """Say why in sentences, each with its place; none if no reason is found.

        What is `unknown` is taken as said. Looking may take long where the query
        does. Raises QueryError if the query is none.
        """
        for look in (self._inference, self._values):
            if said := tuple(look()):
                return said
        given = replace(self.source, text=self.source.given(self.values))
        query = parse(given)
        if query is None:
            return ()
        probe = Probe(self.things, given, query, self.inference)
        if self._is_said(probe):
            return ()
        return tuple(_modifiers(probe)) or blame(probe)

    def _says_yes(self, values: Mapping[str, Term]) -> bool:
        snapshot = self.things.snapshot
        return evaluate(snapshot, self.source, values, inference=self.inference).yes

    def _inference(self) -> Iterator[Text]:
        if (
            not self.inference
            and evaluate(self.things.snapshot, self.source, self.values).yes
        ):
            yield Text(
                "no document states it, but it follows: leave --no-inference away",
                "没有文献直接陈述，但可由推理得出：请去掉 --no-inference",
            )

    def _is_said(self, probe: Probe) -> bool:
        """Tell whether a pattern that has to hold has an unknown term."""
        places = [stranger.token.start for stranger in self.unknown]
        return any(
            element.span.start <= place < element.span.end
            for element in required(probe.where)
            if isinstance(element, TriplePattern)
            for place in places
        )

    def _values(self) -> Iterator[Text]:
        """Blame the value of a parameter without which there are rows."""
        if self.stored is None:
            return
        usual = bind(self.stored, {}, self.things)
        rest = dict(self.values)
        for variable in reversed(tuple(self.values)):
            fewer = {name: rest[name] for name in rest if name != variable}
            default = {name: usual[name] for name in usual if name == variable}
            if self._says_yes(fewer | default):
                possible = default.values() or self._possible(variable, fewer)
                yield self._without(variable, fewer, possible)
                return
            rest = fewer | default

    def _without(
        self, variable: str, rest: Mapping[str, Term], values: Iterable[Term]
    ) -> Text:
        """Say that there is nothing for a value, and for which ones there is."""
        blamed = self._given(variable, self.values[variable])
        others = tuple(self._given(name, term) for name, term in rest.items())
        possible = tuple(sorted(map(self._shown, values)))
        said = Text(
            f"there are no rows for {blamed.en}", f"没有关于“{blamed.zh}”的结果"
        )
        if others:
            english = listed(tuple(other.en for other in others), "and").en
            chinese = "、".join(other.zh for other in others)
            said = Text(
                f"{said.en} with {english}", f"在“{chinese}”的条件下，{said.zh}"
            )
        if not possible:
            return said + Text("; without it there are rows", "；去掉它就有结果")
        more = len(possible) - _FEW
        tail = (
            Text(f" and {more} more", f"等 {len(possible)} 个") if more > 0 else NOTHING
        )
        shown = Text(
            f"; there are for {', '.join(possible[:_FEW])}",
            f"；有结果的是：{'、'.join(possible[:_FEW])}",
        )
        return said + shown + tail

    def _given(self, variable: str, term: Term) -> Text:
        shown = self._shown(term)
        for each in self.stored.parameters if self.stored else ():
            if each.variable == variable:
                return Text(f"{each.name}={shown}", f"{each.label_zh}={shown}")
        return Text(shown, shown)

    def _possible(self, variable: str, rest: Mapping[str, Term]) -> tuple[Term, ...]:
        """List the values that a parameter could have had."""
        given = replace(self.source, text=self.source.given(rest))
        query = parse(given)
        if query is None:
            return ()
        probe = Probe(self.things, given, query, self.inference)
        return probe.values_of(variable, query.select.where)

    def _shown(self, term: Term) -> str:
        named = isinstance(term, NamedNode)
        return self.things.prefixes.show(term) if named else shortened(term.value)


def _modifiers(probe: Probe) -> Iterator[Text]:
    """Blame LIMIT, OFFSET or HAVING, or a template that gives no triple."""
    query, select = probe.query, probe.query.select
    if select.limits and probe.says_yes(_with(query, limits="")):
        yield Text(
            f"{select.limits} leaves no row of those that there are",
            f"{select.limits} 没有留下任何一行结果",
        )
    elif select.having and probe.says_yes(_with(query, having=(), limits="")):
        yield _unseen(probe) or Text(
            "there are groups, but HAVING is true of none",
            "有分组，但没有一组符合 HAVING 的条件",
        )
    elif query.verb == "CONSTRUCT" and probe.holds(probe.where):
        yield Text(
            "the pattern is found, but each triple of the template lacks a value,"
            " or has a literal where none may stand",
            "模式有匹配，但模板中的每个三元组都缺值，或在不允许的位置出现字面量",
        )


def _unseen(probe: Probe) -> Text:
    """Say that HAVING uses what SELECT names, if it has rows with that written out."""
    query, select = probe.query, probe.query.select
    named = {
        str(column.variable): column.expression.parts
        for column in select.columns
        if column.variable and column.expression
    }
    having = tuple(_written_out(each, named) for each in select.having)
    if having == select.having or not probe.says_yes(_with(query, having=having)):
        return NOTHING
    clauses = (Filter(each, each.span) for each in having)
    clause = " ".join(probe.text(each).removeprefix("FILTER ") for each in clauses)
    return Text(
        f"HAVING does not know what SELECT names; write HAVING {clause}",
        f"HAVING 用不到 SELECT 中命名的变量；请写 HAVING {clause}",
    )


def _written_out(
    expression: Expression, named: Mapping[str, tuple[Token | Exists, ...]]
) -> Expression:
    """Write what SELECT names in place of the names."""
    parts: list[Token | Exists] = []
    for part in expression.parts:
        told = named.get(part.text) if isinstance(part, Token) else None
        parts += told or (part,)
    return replace(expression, parts=tuple(parts))


def _with(query: Query, **modifiers: object) -> Query:
    return replace(query, select=replace(query.select, **modifiers))  # type: ignore[arg-type]
