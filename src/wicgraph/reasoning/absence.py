"""Why a triple does not follow: the rules that could have concluded it, and what lacks.

Nothing is ever false for want of a proof. A gap only says where a rule stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.encoding import DIFFERENT, SAME, TYPE
from wicgraph.reasoning.matching import Match, matches, solve, unified
from wicgraph.reasoning.patterns import (
    Chain,
    Listed,
    put,
    spelled_out,
    variables,
)
from wicgraph.reasoning.view import ASSERTED
from wicgraph.terms import OWL, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wicgraph.reasoning.encoding import Row, Statement
    from wicgraph.reasoning.patterns import Form, Item, Node, Pattern
    from wicgraph.reasoning.proof import Explainer
    from wicgraph.reasoning.rules import Rule
    from wicgraph.terms import Term

_WAYS = 200  # in which the premises so far may hold; the first of them tell enough
_CHAIN = 2  # the shortest one
_DEPTH = 3  # rules behind one another
_MANY = 40  # gaps of one statement
# What only says the same in other words tells nothing unless more is behind it.
_MIRRORS = frozenset({"prp-inv1", "prp-inv2", "prp-symp", "prp-eqp1", "prp-eqp2"})

Wanted: TypeAlias = "tuple[Term | str, Term | str, Term | str]"


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule that could have concluded a statement, and where it stops.

    `axioms` is what the rule goes by, asserted; of its premises `found` hold together
    and `missing` is the first that does not. Both may have variables: `values` has
    all that each can stand for, and one that is not there could be anything. Where
    `missing` could follow from other rules itself, `deeper` says where those stop.
    """

    statement: Statement
    rule: Rule
    axioms: tuple[Statement, ...]
    found: tuple[Wanted, ...]
    missing: Wanted
    values: Mapping[str, tuple[Term, ...]]
    deeper: tuple[Gap, ...] = ()


def gaps(explainer: Explainer, statement: Statement) -> tuple[Gap, ...]:
    """Find the rules that could have concluded a statement that does not hold.

    Those of which most holds come first, and of these those that go deeper. None for a
    statement that no rule is about.
    """
    row = explainer.known.terms.row(statement)
    return _Search(explainer, {row}).gaps(row, 1)


class _Search:
    """Looks for gaps; what is looked at once is not looked at again."""

    def __init__(self, explainer: Explainer, seen: set[Row]) -> None:
        self._explainer = explainer
        self._terms = explainer.known.terms
        self._source = explainer.known.folded
        self._seen = seen

    def gaps(self, goal: Row, depth: int) -> tuple[Gap, ...]:
        found = list(islice(self._every(goal, depth), _MANY))
        telling = [gap for gap in found if gap.deeper or gap.rule.name not in _MIRRORS]
        shown = telling or (found if depth == 1 else [])
        return tuple(sorted(shown, key=_telling_first))

    def _every(self, goal: Row, depth: int) -> Iterator[Gap]:
        for form in self._explainer.forms:
            for head in form.then:
                values = unified(head, goal, self._source)
                if values is not None:
                    yield from self._of_rule(form, values, goal, depth)

    def _of_rule(
        self, form: Form, values: Mapping[str, int], goal: Row, depth: int
    ) -> Iterator[Gap]:
        axioms = [item for item in form.when if self._is_axiom(item)]
        if not axioms and form.rule.table != 9:  # noqa: PLR2004
            return  # what holds of things that are the same holds of none here
        solved = solve(form, axioms, self._source, Match(values, {}, ()))
        for match in sorted(solved, key=self._by_axioms):  # whatever the view's order
            if _is_too_short(form, match):
                continue
            if all(self._explainer.known.told(row) == ASSERTED for row in match.rows):
                gap = self._gap(form, match, goal, depth)
                if gap is not None:
                    yield gap

    def _by_axioms(self, match: Match) -> list[str]:
        return [str(self._terms.statement(row)) for row in match.rows]

    def _gap(self, form: Form, match: Match, goal: Row, depth: int) -> Gap | None:
        ways: list[Mapping[str, int]] = [match.values]
        found: list[Pattern] = []
        for pattern in _premises(form, match, self._is_axiom):
            further = [
                values
                for way in ways
                for _, values in islice(matches(self._source, pattern, way), _WAYS)
            ][:_WAYS]
            if not further:
                return self._told(form, match, goal, found, pattern, ways, depth)
            ways = further
            found.append(pattern)
        return None

    def _told(  # noqa: PLR0913, PLR0917
        self,
        form: Form,
        match: Match,
        goal: Row,
        found: list[Pattern],
        missing: Pattern,
        ways: list[Mapping[str, int]],
        depth: int,
    ) -> Gap | None:
        fixed = match.values
        wanted = put(missing, ways[0] if len(ways) == 1 else fixed)
        deeper: tuple[Gap, ...] = ()
        subject, predicate, value = wanted
        if (
            isinstance(subject, int)
            and isinstance(predicate, int)
            and isinstance(value, int)
        ):
            row = (subject, predicate, value)
            if row in self._seen:
                return None
            if depth < _DEPTH:
                self._seen.add(row)
                deeper = self.gaps(row, depth + 1)
        used = set(variables((*found, missing))) - fixed.keys()
        terms = self._terms
        return Gap(
            terms.statement(goal),
            form.rule,
            tuple(map(terms.statement, match.rows)),
            tuple(self._wanted(put(pattern, fixed)) for pattern in found),
            self._wanted(wanted),
            {
                name: tuple(
                    sorted(
                        {terms.term(way[name]) for way in ways if name in way}, key=str
                    )
                )
                for name in sorted(used)
                if name in ways[0]
            },
            deeper,
        )

    def _wanted(self, pattern: Pattern) -> Wanted:
        def told(node: Node) -> Term | str:
            return node if isinstance(node, str) else self._terms.term(node)

        subject, predicate, value = pattern
        return told(subject), told(predicate), told(value)

    def _is_axiom(self, item: Item) -> bool:
        """Tell a premise about terms from one about things."""
        if isinstance(item, Listed):
            return True
        if not isinstance(item, tuple) or not isinstance(item[1], int):
            return False
        if item[1] != TYPE:
            return item[1] not in {SAME, DIFFERENT}
        kind = item[2]
        term = self._terms.term(kind) if isinstance(kind, int) else None
        return isinstance(term, NamedNode) and term.value.startswith(OWL)


def _is_too_short(form: Form, match: Match) -> bool:
    """Tell a chain of one, from which nothing is concluded."""
    return any(
        isinstance(item, Chain) and len(match.lists[item.member]) < _CHAIN
        for item in form.when
    )


def _premises(
    form: Form, match: Match, is_axiom: Callable[[Item], bool]
) -> Iterator[Pattern]:
    """Write the premises that are no axioms, lists spelled out."""
    told = (item for item in form.when if isinstance(item, tuple))
    outside = frozenset([*variables(told), *variables(form.then)])
    for item in form.when:
        if is_axiom(item):
            continue
        if isinstance(item, tuple):
            yield put(item, match.values)
        elif not isinstance(item, Listed):
            for pattern in spelled_out(item, match.lists[item.member], outside):
                yield put(pattern, match.values)


def _telling_first(gap: Gap) -> tuple[int, bool]:
    return (-len(gap.found), not gap.deeper)
