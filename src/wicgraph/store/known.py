"""A snapshot as proofs look at it: what was asserted, and each conclusion's round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wicgraph.errors import StoreError
from wicgraph.reasoning.encoding import Statement
from wicgraph.store.rounds import Rounds
from wicgraph.terms import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store.snapshot import Snapshot
    from wicgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a snapshot remembers of its inference."""

    snapshot: Snapshot
    rounds: Rounds

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Open what lies beside the store; raises StoreError."""
        with snapshot.reading():
            return cls(snapshot, Rounds.opened(snapshot.folder))

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        """Find statements with their rounds, asserted ones first, in round 0."""
        if not (
            isinstance(subject, Literal) or isinstance(predicate, Literal | BlankNode)
        ):
            for triple in self.snapshot.triples(
                subject, predicate, value, inference=False
            ):
                if not isinstance(triple.subject, Triple) and not isinstance(
                    triple.object, Triple
                ):
                    yield (
                        Statement(triple.subject, triple.predicate, triple.object),
                        0,
                    )
        with self.snapshot.reading():
            yield from self.rounds.match(subject, predicate, value)
