"""What follows from the facts, as values: triples, contradictions, broken axioms.

Left out of the triples, because it says nothing about the world or is no RDF:

- a literal or a blank node as the subject, a blank node as the property or the object;
- that a thing is the same as itself, or is of a class of RDF, RDFS, OWL or XSD, such
  as owl:Thing;
- whatever is about a word of those languages, or says with one of their properties
  something about a term, such as that a class is below another (scm-*);
- a value that is said already, and is only written in another way (1 and 01).

All of it is in `Closure.concluded` all the same, as a proof may have to go through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from wicgraph.reasoning.encoding import REFUTED, SAME, TYPE, Statement, Terms
from wicgraph.reasoning.reserved import redefined
from wicgraph.terms import (
    OWL,
    RDF,
    RDFS,
    XSD,
    BlankNode,
    Literal,
    NamedNode,
    Term,
    Triple,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wicgraph.reading.fact import Fact
    from wicgraph.reasoning.clashes import Clash
    from wicgraph.reasoning.closure import Closed
    from wicgraph.reasoning.columns import Column, Columns, Mask
    from wicgraph.reasoning.matching import Reason
    from wicgraph.reasoning.rules import Rule

_LANGUAGES = (OWL, RDF, RDFS, XSD)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that cannot all be true, and the rule that says so.

    `premises` may have been concluded themselves, and may have a literal as subject;
    `values` has what the variables of the rule stand for.
    """

    rule: Rule
    premises: tuple[Statement, ...]
    values: Mapping[str, Term]

    def sentence(self, language: str, show: Callable[[Term], str]) -> str:
        """Say it in plain words, "en" or "zh"; `show` writes a term."""
        text = self.rule.zh if language == "zh" else self.rule.en
        for name in sorted(self.values, key=len, reverse=True):
            text = text.replace(name, show(self.values[name]))
        return text


@dataclass(frozen=True, slots=True)
class BrokenList:
    """An axiom whose list cannot be read or is too short, and what is wrong."""

    axiom: Statement
    reason: Reason


@dataclass(frozen=True, slots=True)
class Concluded:
    """All that was concluded, with rounds, in numbers: for the sidecar of a snapshot.

    The columns are equally long; `shown` is true of what is in Closure.triples.
    """

    terms: Terms
    closed: Closed
    shown: Mask

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Give each conclusion and its round.

        That two different values are the same is among them: it was concluded, is
        part of a contradiction, and nothing was concluded from it.
        """
        closed = self.closed
        for row in zip(
            closed.subjects.tolist(),
            closed.predicates.tolist(),
            closed.values.tolist(),
            closed.rounds.tolist(),
            strict=True,
        ):
            subject, predicate, value, number = row
            yield subject, SAME if predicate == REFUTED else predicate, value, number

    def statements(self) -> Iterator[tuple[Statement, int]]:
        """Give each conclusion in terms, and its round."""
        for subject, predicate, value, number in self.rows():
            yield self.terms.statement((subject, predicate, value)), number


class Shown(Sequence[Triple]):
    """The triples among the conclusions, each made when it is asked for.

    They are in the order of their terms, and take several times the room of all else.
    """

    def __init__(self, terms: Terms, *columns: Column) -> None:
        self._terms = terms
        self._columns = columns

    def __len__(self) -> int:
        """Count them."""
        return len(self._columns[0])

    @overload
    def __getitem__(self, at: int) -> Triple: ...
    @overload
    def __getitem__(self, at: slice) -> Shown: ...
    def __getitem__(self, at: int | slice) -> Triple | Shown:
        """Make the triple at a place, or choose some."""
        if isinstance(at, slice):
            return Shown(self._terms, *(column[at] for column in self._columns))
        return self._triple(int(column[at]) for column in self._columns)

    def __iter__(self) -> Iterator[Triple]:
        """Make one after the other."""
        columns = (column.tolist() for column in self._columns)
        return map(self._triple, zip(*columns, strict=True))

    def _triple(self, row: Iterable[int]) -> Triple:
        subject, predicate, value = map(self._terms.term, row)
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            raise TypeError(f"{subject} {predicate} {value} is no triple")
        return Triple(subject, predicate, value)


@dataclass(frozen=True, slots=True)
class Closure:
    """What was concluded; everything is sorted.

    `concluded` is None where a reasoner does not know about rounds.
    """

    triples: Sequence[Triple]
    contradictions: tuple[Contradiction, ...]
    faults: tuple[BrokenList, ...] = ()
    concluded: Concluded | None = field(default=None, compare=False, repr=False)


def infer(facts: Iterable[Fact | Statement]) -> Closure:
    """Conclude what follows by OWL 2 RL and was not asserted.

    Axioms about words of the languages are passed over; see `reserved`.
    """
    # Their imports take 0.2 s, which only a build has to pay.
    from wicgraph.reasoning.closure import close  # noqa: PLC0415
    from wicgraph.reasoning.columns import Columns  # noqa: PLC0415

    terms = Terms()
    number = terms.number
    given = Columns.of(
        (number(fact.subject), number(fact.predicate), number(fact.object))
        for fact in facts
        if redefined(fact.subject, fact.predicate, fact.object) is None
    )
    closed = close(terms, given)
    shown = _shown(terms, closed)
    _hide_repetitions(terms, closed, shown, given)
    contradictions = (_contradiction(terms, clash) for clash in closed.clashes)
    faults = (
        BrokenList(terms.statement(fault.axiom), fault.reason)
        for fault in closed.faults
    )
    return Closure(
        _triples(terms, closed, shown),
        tuple(sorted(contradictions, key=_order)),
        tuple(sorted(faults, key=str)),
        Concluded(terms, closed, shown),
    )


def worldly(subject: Term, predicate: Term, value: Term) -> bool:
    """Tell whether a conclusion says something about the world; see the module."""
    if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)):
        return False
    if isinstance(value, BlankNode) or subject.value.startswith(_LANGUAGES):
        return False
    if predicate.value == OWL + "sameAs":
        return subject != value and isinstance(value, NamedNode)
    if predicate.value == RDF + "type":
        return isinstance(value, NamedNode) and not value.value.startswith(_LANGUAGES)
    return not predicate.value.startswith(_LANGUAGES)


def _shown(terms: Terms, closed: Closed) -> Mask:
    """Choose what says something about the world, as `worldly` does, all at once."""
    import numpy as np  # noqa: PLC0415

    named = np.array([isinstance(term, NamedNode) for term in terms.resources])
    foreign = np.array(
        [
            isinstance(term, NamedNode) and term.value.startswith(_LANGUAGES)
            for term in terms.resources
        ]
    )
    ours = named & ~foreign
    s, p, o = closed.subjects, closed.predicates, closed.values
    subject = (s > 0) & ours[np.maximum(s, 0)]
    thing = np.maximum(o, 0)
    told = np.where(
        p == TYPE, (o > 0) & ours[thing], ours[p] & ((o < 0) | named[thing])
    )
    told = np.where(p == SAME, (o > 0) & named[thing], told)
    shown: Mask = subject & told & (p != REFUTED)
    return shown


def _hide_repetitions(
    terms: Terms, closed: Closed, shown: Mask, given: Columns
) -> None:
    """Hide values that are given, or shown, in another way of writing them."""
    same = closed.predicates == SAME
    same &= (closed.subjects < 0) & (closed.values < 0)
    others: dict[int, list[int]] = {}
    for one, other in zip(
        closed.subjects[same].tolist(), closed.values[same].tolist(), strict=True
    ):
        others.setdefault(one, []).append(other)
    if not others:
        return
    told = {*given.with_values(others)}
    columns = (closed.subjects, closed.predicates, closed.values)
    places = [
        at for at in shown.nonzero()[0].tolist() if int(closed.values[at]) in others
    ]
    for at in sorted(places, key=lambda at: str(terms.term(int(closed.values[at])))):
        subject, predicate, value = (int(column[at]) for column in columns)
        if any((subject, predicate, other) in told for other in others[value]):
            shown[at] = False
        told.add((subject, predicate, value))


def _triples(terms: Terms, closed: Closed, shown: Mask) -> Shown:
    """Put the chosen conclusions in the order of their terms."""
    import numpy as np  # noqa: PLC0415

    columns = [
        column[shown] for column in (closed.subjects, closed.predicates, closed.values)
    ]
    used = np.unique(np.concatenate(columns)).tolist()
    ranked = sorted(used, key=lambda number: str(terms.term(number)))
    size = len(terms.literals) + len(terms.resources)
    ranks = np.zeros(size, np.int32)  # a literal counts from the end
    ranks[np.array(ranked, np.int32)] = np.arange(len(ranked), dtype=np.int32)
    order = np.lexsort([ranks[column] for column in reversed(columns)])
    return Shown(terms, *(column[order] for column in columns))


def _contradiction(terms: Terms, clash: Clash) -> Contradiction:
    values = {name: terms.term(number) for name, number in clash.values.items()}
    premises = tuple(map(terms.statement, clash.premises))
    return Contradiction(clash.rule, premises, values)


def _order(contradiction: Contradiction) -> tuple[str, str]:
    return contradiction.rule.name, str(contradiction.premises)
