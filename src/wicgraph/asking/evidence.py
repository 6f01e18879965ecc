"""Evidence of rows: their triples, each with the place of it or with a proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.basis import Uncovered, bases
from wicgraph.asking.grounds import Ground, Grounds
from wicgraph.reasoning.proof import Explainer, Proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.filling import Absence, Instance
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.sparql import QueryText
    from wicgraph.store import Snapshot
    from wicgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Backed:
    """A triple of a row and why it holds.

    `proof` has no rule where the triple is asserted, and is None where it was inferred
    by a reasoner that does not tell how. `grounds` has the places of every asserted
    statement of the proof.
    """

    statement: Statement
    proof: Proof | None
    grounds: Mapping[Statement, tuple[Ground, ...]] = field(repr=False)

    @property
    def asserted(self) -> bool:
        """Tell whether somebody wrote the triple."""
        return self.proof is not None and self.proof.rule is None

    @property
    def quoted(self) -> bool:
        """Tell whether the words of a passage bear it out."""
        return any(ground.quotes for each in self.grounds.values() for ground in each)


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """The evidence of one row; see `basis` for what is absent and what is uncovered."""

    row: tuple[Term | None, ...]
    backed: tuple[Backed, ...]
    absent: tuple[Absence, ...]
    uncovered: Uncovered | None


def evidence(  # noqa: PLR0913  (what was asked, and how)
    snapshot: Snapshot,
    source: QueryText,
    values: Mapping[str, Term],
    answer: Answer,
    *,
    inference: bool = True,
    backing: Backing | None = None,
) -> Iterator[RowEvidence]:
    """Give the evidence of each row of an answer, in the order of the rows.

    The query, the values of its variables and `inference` are those of the answer.
    Whoever asks about many answers has the same `backing` for all. Raises StoreError.
    """
    backing = backing or Backing(snapshot)
    with snapshot.reading():
        for basis in bases(snapshot, source, values, answer, inference=inference):
            backed = tuple(map(backing.of, _narrowed(basis.found)))
            yield RowEvidence(basis.row, backed, basis.absent, basis.uncovered)


def _narrowed(found: Sequence[Instance]) -> Iterator[Instance]:
    """Leave out what was found anywhere if it was found in a certain graph too."""
    certain = {instance.statement for instance in found if instance.graphs}
    for instance in found:
        if instance.graphs or instance.statement not in certain:
            yield instance


class Backing:
    """Backs triples, each once: rows share many. Raises StoreError."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.grounds = Grounds(snapshot)
        self._backed: dict[Instance, Backed] = {}

    @cached_property
    def explainer(self) -> Explainer | None:
        """Who finds proofs; None if nobody remembers how things were inferred."""
        remembered = self._snapshot.conclusions()
        return Explainer(remembered) if remembered else None

    def of(self, instance: Instance) -> Backed:
        """Say where a triple is written, else how it follows."""
        if instance not in self._backed:
            self._backed[instance] = self._made(instance)
        return self._backed[instance]

    def _made(self, instance: Instance) -> Backed:
        statement = instance.statement
        here = self.grounds.find(statement, instance.graphs)
        if here:
            return Backed(statement, Proof(statement), {statement: here})
        if self.explainer is None:
            return Backed(statement, None, {})
        proof = next(self.explainer.proofs(statement), None)
        leaves = self.grounds.of_leaves((proof,)) if proof else {}
        return Backed(statement, proof, leaves)
