"""What would follow if a triple held, and whether that contradicts what holds."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from wicgraph.reasoning.derivation import premises_of
from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.matching import Match, matches, members_of, solve, unified
from wicgraph.reasoning.patterns import Chain, Every, Listed, put, spelled_out
from wicgraph.reasoning.proof import Explainer, Proof
from wicgraph.reasoning.view import ASSERTED, Held
from wicgraph.terms import RDF_TYPE, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.patterns import Form, Pattern
    from wicgraph.reasoning.view import View
    from wicgraph.terms import Term

_LATE = 1_000_000  # what follows from a supposition comes after all that holds
_ENOUGH = 400  # conclusions; a supposition that leads this far is left at that


def refutation(view: View, supposed: Statement) -> Proof | None:
    """Prove that a statement contradicts what a view holds; None if it does not.

    The statement of the proof is the supposed one, its rule is one that concludes
    "false", and the supposed statement is among its leaves. None is also returned
    where a contradiction is further away than the first conclusions.
    """
    return _Supposing(view, supposed).refutation()


class _Joined:
    """A view with some statements more."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.more = Held({})

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        yield from self._view.match(subject, predicate, value)
        yield from self.more.match(subject, predicate, value)


class _Supposing:
    """Goes forward from a supposed statement, until something is false."""

    def __init__(self, view: View, supposed: Statement) -> None:
        self._view = view
        self._supposed = supposed
        self._rounds: dict[Statement, int] = {supposed: ASSERTED}

    def refutation(self) -> Proof | None:
        waiting = deque([self._supposed, *_own_type(self._supposed)])
        joined = _Joined(self._view)
        explainer = Explainer(joined)
        while waiting and len(self._rounds) < _ENOUGH:
            joined.more = Held(self._rounds)
            explainer.known.forget()
            row = explainer.known.terms.row(waiting.popleft())
            for form, match in _uses(explainer, row):
                if not form.then:
                    return self._told(explainer, form, match)
                for head in form.then:
                    self._conclude(explainer, put(head, match.values), waiting)
        return None

    def _conclude(
        self, explainer: Explainer, head: Pattern, waiting: deque[Statement]
    ) -> None:
        subject, predicate, value = head
        if isinstance(subject, str) or isinstance(predicate, str):
            return
        if isinstance(value, str):
            return
        row = (subject, predicate, value)
        statement = explainer.known.terms.statement(row)
        if statement not in self._rounds and explainer.known.round(row) is None:
            self._rounds[statement] = _LATE + len(self._rounds)
            waiting.append(statement)

    def _told(self, explainer: Explainer, form: Form, match: Match) -> Proof | None:
        terms = explainer.known.terms
        rows = premises_of(form, match, explainer.known.folded)
        proof = contradiction(
            explainer,
            self._supposed,
            form,
            tuple(map(terms.statement, rows)),
            {name: terms.term(value) for name, value in match.values.items()},
        )
        if proof is None or self._supposed in proof.leaves():
            return proof
        # The text of its literal is wrong in itself; this is the statement that has it.
        return replace(proof, premises=(*proof.premises, Proof(self._supposed)))


def _own_type(statement: Statement) -> Iterator[Statement]:
    """Say what a literal says of itself: that it is of its datatype."""
    value = statement.object
    if isinstance(value, Literal):
        yield Statement(value, RDF_TYPE, value.datatype)


def contradiction(
    explainer: Explainer,
    statement: Statement,
    form: Form,
    premises: tuple[Statement, ...],
    values: Mapping[str, Term],
) -> Proof | None:
    """Put the smallest proofs of its premises under a rule that concludes false."""
    found = [next(explainer.proofs(premise), None) for premise in premises]
    proofs = tuple(proof for proof in found if proof is not None)
    if len(proofs) < len(found):
        return None
    size = 1 + sum(proof.size for proof in proofs)
    return Proof(statement, form.rule, proofs, values, size)


def _uses(explainer: Explainer, row: Row) -> Iterator[tuple[Form, Match]]:
    """Find all ways in which rules use a triple, those that conclude false first."""
    source = explainer.known.folded
    for form in sorted(explainer.forms, key=lambda form: bool(form.then)):
        for pattern, start in _openings(explainer, form):
            values = unified(pattern, row, source)
            if values is not None and all(
                start.values.get(name, value) == value for name, value in values.items()
            ):
                begun = Match({**start.values, **values}, start.lists, start.runs)
                yield from (
                    (form, match) for match in solve(form, form.when, source, begun)
                )


def _openings(explainer: Explainer, form: Form) -> Iterator[tuple[Pattern, Match]]:
    """Give the patterns of a rule, and what is known where a triple matches them."""
    nothing = Match({}, {}, ())
    source = explainer.known.folded
    lists = {item.members[0]: item for item in form.when if isinstance(item, Listed)}
    for item in form.when:
        if isinstance(item, tuple):
            yield item, nothing
        elif isinstance(item, Every | Chain):
            listed = lists[item.member]
            axiom = (listed.subject, listed.predicate, "?list")
            for row, values in matches(source, axiom, {}):
                here = {k: v for k, v in values.items() if k != "?list"}
                found = members_of(source, row).members
                outside = frozenset(here) | {"?x", "?y"}
                for pattern in spelled_out(item, found, outside):
                    yield pattern, Match(here, {}, ())
