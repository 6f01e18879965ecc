"""Why a triple holds: its proofs, down to what was asserted, the smallest first.

The search goes from a conclusion back to its premises by the same table of rules that
concluded it. A premise always came in an earlier round than its conclusion, so that no
proof leans on itself and all of them end. Of the proofs of that kind the one with the
fewest inferences comes first, and the others follow by size as they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, islice
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning.derivation import FOLDING, derivations
from wicgraph.reasoning.patterns import read
from wicgraph.reasoning.rules import RULES
from wicgraph.reasoning.view import ASSERTED, Known

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from wicgraph.reasoning.derivation import Derivation
    from wicgraph.reasoning.encoding import Row, Statement
    from wicgraph.reasoning.patterns import Form
    from wicgraph.reasoning.rules import Rule
    from wicgraph.reasoning.view import View
    from wicgraph.terms import Term

_CHUNK = 64  # derivations that are looked at before the best of them is tried
_EXACT, _ROUGH, _MORE = range(3)


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement and why it holds; `rule` is None where somebody asserted it.

    `premises` are in the order of the rule, a list cell by cell after the axiom that
    has it. `values` are what the variables of the rule stand for. `size` counts the
    inferences, shared ones as often as they are used.
    """

    statement: Statement
    rule: Rule | None = None
    premises: tuple[Proof, ...] = field(default=(), repr=False)
    values: Mapping[str, Term] = field(default_factory=dict, repr=False)
    size: int = 0

    def steps(self) -> Iterator[Proof]:
        """Go through the proof in reading order, conclusions before premises."""
        waiting = [self]
        while waiting:
            proof = waiting.pop()
            yield proof
            waiting += reversed(proof.premises)

    def leaves(self) -> dict[Statement, Proof]:
        """Collect what the proof rests on in reading order, each statement once."""
        return {step.statement: step for step in self.steps() if step.rule is None}


def proofs(view: View, statement: Statement) -> Iterator[Proof]:
    """Find the proofs of a statement, smallest first; none if it does not hold."""
    return Explainer(view).proofs(statement)


class Explainer:
    """Finds proofs in a view, and remembers those of premises."""

    def __init__(self, view: View) -> None:
        self.known = Known(view)
        self.forms = tuple(read(rule, self.known.terms.word) for rule in RULES)
        self._streams: dict[Row, _Stream] = {}
        self._rules = {form.rule: place for place, form in enumerate(self.forms)}

    def proofs(self, statement: Statement) -> Iterator[Proof]:
        """Find the proofs of a statement, smallest first; none if it does not hold."""
        row = self.known.terms.row(statement)
        if self.known.round(row) is None:
            return
        stream = self._stream(row)
        for number in count():
            proof = _driven(stream.proof(number))
            if proof is None:
                return
            yield proof

    def _stream(self, row: Row) -> _Stream:
        if row not in self._streams:
            self._streams[row] = _Stream(self, row)
        return self._streams[row]

    def premises(self, derivation: Derivation) -> tuple[_Stream, ...]:
        """Give the streams of the proofs of what a derivation rests on."""
        return tuple(map(self._stream, derivation.premises))

    def derivations(self, goal: Row) -> Iterator[Derivation]:
        """Find every way to conclude a triple from what came before it."""
        seen = set()
        for form in self._concluding(goal):
            for derivation in derivations(form, goal, self.known.folded):
                key = (derivation.rule, derivation.premises)
                if key not in seen and self._is_before(derivation, goal):
                    seen.add(key)
                    yield derivation

    def _concluding(self, goal: Row) -> Iterator[Form]:
        """Choose the rules that may conclude a triple, by their fixed words."""
        folded = self.known.told(goal) is None
        for form in self.forms:
            if folded and form.rule.name not in FOLDING:
                continue
            for subject, predicate, value in form.then:
                if (
                    (predicate == goal[1] or isinstance(predicate, str))
                    and (value == goal[2] or isinstance(value, str))
                    and (subject == goal[0] or isinstance(subject, str))
                ):
                    yield form
                    break

    def rank(self, derivation: Derivation) -> tuple[int, int, str]:
        """Order derivations of one size, so that the choice never varies."""
        statements = map(self.known.terms.statement, derivation.premises)
        text = "\n".join(str(term) for each in statements for term in each)
        return len(derivation.premises), self._rules[derivation.rule], text

    def least(self, row: Row) -> int:
        """Tell how many inferences a triple needs at least."""
        return 0 if self.known.told(row) == ASSERTED else 1

    def _is_before(self, derivation: Derivation, goal: Row) -> bool:
        """Tell whether all premises came before the conclusion.

        What is in no table came with what it rests on, which is always in one.
        """
        number = self.known.told(goal)
        if number is None:
            limit = self.known.round(goal)
            rounds = [self.known.told(row) for row in derivation.premises]
            return limit is not None and all(
                each is not None and each <= limit for each in rounds
            )
        rounds = [self.known.round(row) for row in derivation.premises]
        return all(each is not None and each < number for each in rounds)


_Need: TypeAlias = "tuple[_Stream, int]"
_Task: TypeAlias = "Generator[_Need, Proof | None, Proof | None]"


class _Stream:
    """The proofs of one triple in the order of their sizes, made as they are needed."""

    def __init__(self, explainer: Explainer, goal: Row) -> None:
        self._explainer = explainer
        self._statement = explainer.known.terms.statement(goal)
        self.found: list[Proof] = []
        self._heap: list[tuple[int, int, tuple[object, ...], int, _Try | None]] = []
        self._ticket = count()
        self._tried: set[tuple[int, tuple[int, ...]]] = set()
        self._untried: Iterator[Derivation] = iter(())
        if explainer.known.told(goal) == ASSERTED:
            self.found.append(Proof(self._statement))
        else:
            self._untried = explainer.derivations(goal)
            self._push(1, _MORE, None)

    def proof(self, number: int) -> _Task:
        """Make proofs until there are enough; asks for those of premises it needs."""
        while len(self.found) <= number and self._heap:
            least, kind, _, _, attempt = heappop(self._heap)
            if attempt is None:
                self._look_further()
            elif kind == _EXACT:
                self.found.append(
                    attempt.proof(self._explainer, self._statement, least)
                )
                for following in attempt.following():
                    if following.key not in self._tried:
                        self._tried.add(following.key)
                        self._push(least, _ROUGH, following)
            else:
                premises = []
                for stream, place in zip(attempt.streams, attempt.places, strict=True):
                    premise = yield stream, place
                    if premise is None:
                        break
                    premises.append(premise)
                else:
                    size = 1 + sum(premise.size for premise in premises)
                    self._push(size, _EXACT, attempt)
        return self.found[number] if number < len(self.found) else None

    def _look_further(self) -> None:
        """Take some more derivations; more than some are seldom needed."""
        explainer = self._explainer
        chunk = list(islice(self._untried, _CHUNK))
        for derivation in chunk:
            least = 1 + sum(map(explainer.least, derivation.premises))
            streams = explainer.premises(derivation)
            attempt = _Try(next(self._ticket), derivation, streams, (0,) * len(streams))
            self._tried.add(attempt.key)
            self._push(least, _ROUGH, attempt)
        if len(chunk) == _CHUNK:
            self._push(1, _MORE, None)

    def _push(self, least: int, kind: int, attempt: _Try | None) -> None:
        rank = () if attempt is None else self._explainer.rank(attempt.derivation)
        heappush(self._heap, (least, kind, rank, next(self._ticket), attempt))


@dataclass(frozen=True, slots=True)
class _Try:
    """A derivation with one proof for each of its premises, by their numbers."""

    number: int
    derivation: Derivation
    streams: tuple[_Stream, ...]
    places: tuple[int, ...]

    @property
    def key(self) -> tuple[int, tuple[int, ...]]:
        return self.number, self.places

    def following(self) -> Iterator[_Try]:
        """Take the next proof of one premise."""
        for at, place in enumerate(self.places):
            places = (*self.places[:at], place + 1, *self.places[at + 1 :])
            yield _Try(self.number, self.derivation, self.streams, places)

    def proof(self, explainer: Explainer, statement: Statement, size: int) -> Proof:
        premises = tuple(
            stream.found[place]
            for stream, place in zip(self.streams, self.places, strict=True)
        )
        term = explainer.known.terms.term
        values = {name: term(value) for name, value in self.derivation.values.items()}
        return Proof(statement, self.derivation.rule, premises, values, size)


def _driven(task: _Task) -> Proof | None:
    """Run a task and all that it asks for, however deep, without deep calls."""
    tasks = [task]
    answer: Proof | None = None
    while tasks:
        try:
            stream, number = tasks[-1].send(answer)
        except StopIteration as done:
            tasks.pop()
            answer = done.value
        else:
            tasks.append(stream.proof(number))
            answer = None
    return answer
