"""A snapshot as proofs look at it: what was asserted, and each conclusion's round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.view import ASSERTED
from wicgraph.store.rounds import Rounds
from wicgraph.terms import BlankNode, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wicgraph.store.snapshot import Snapshot
    from wicgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Stated:
    """What documents state, without anything that follows."""

    snapshot: Snapshot

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        """Find asserted statements, all of round 0; raises StoreError."""
        if isinstance(subject, Literal) or isinstance(predicate, Literal | BlankNode):
            return
        for triple in self.snapshot.triples(subject, predicate, value, inference=False):
            one, other = triple.subject, triple.object
            if not isinstance(one, Triple) and not isinstance(other, Triple):
                yield Statement(one, triple.predicate, other), ASSERTED


@dataclass(frozen=True, slots=True)
class Remembered:
    """What documents state, and what a snapshot remembers of its inference."""

    stated: Stated
    rounds: Rounds

    @classmethod
    def opened(cls, folder: Path, snapshot: Snapshot) -> Self:
        """Open what lies beside the store in a folder; raises StoreError."""
        with snapshot.reading():
            return cls(Stated(snapshot), Rounds.opened(folder))

    def match(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterator[tuple[Statement, int]]:
        """Find statements with their rounds; raises StoreError."""
        yield from self.stated.match(subject, predicate, value)
        with self.stated.snapshot.reading():
            yield from self.rounds.match(subject, predicate, value)
