"""Why something holds or does not: a proof down to the quotes, or what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from wicgraph.asking.counts import count
from wicgraph.asking.grounds import Grounds
from wicgraph.asking.triples import written_triple
from wicgraph.errors import StoreError
from wicgraph.language import Text
from wicgraph.reasoning.absence import Gap, gaps
from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.everything import proof_of_course
from wicgraph.reasoning.proof import Explainer, Proof
from wicgraph.reasoning.supposing import refutation
from wicgraph.store.known import Stated
from wicgraph.terms import (
    OWL,
    RDF,
    RDFS,
    XSD,
    NamedNode,
    Triple,
    similar,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.asking.grounds import Ground
    from wicgraph.asking.things import Things
    from wicgraph.reasoning.view import View

_LANGUAGES = (OWL, RDF, RDFS, XSD)


class Verdict(Enum):
    """What can be said of a triple; never that it is false."""

    ASSERTED = "asserted"
    INFERRED = "inferred"
    NOT_STATED = "not stated"
    CONTRADICTED = "contradicted"
    UNKNOWN_TERM = "unknown term"

    @property
    def holds(self) -> bool:
        """Tell whether the triple holds."""
        return self in {Verdict.ASSERTED, Verdict.INFERRED}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A term of which the graph says nothing, and what may have been meant."""

    term: NamedNode
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that `wicgraph why` says of a triple.

    `proofs` are those that were asked for, smallest first, and `more` tells whether
    there are others. `gaps` and `refutation` are of a triple that does not hold;
    `grounds` has the places of every asserted statement that is shown.
    """

    statement: Statement
    verdict: Verdict
    proofs: tuple[Proof, ...] = ()
    more: bool = False
    refutation: Proof | None = None
    gaps: tuple[Gap, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    grounds: Mapping[Statement, tuple[Ground, ...]] = field(default_factory=dict)
    inference: bool = True


def proofs_wanted(limit: str, *, every: bool) -> int | None:
    """Read how many proofs somebody wants, one unless they say; None for all.

    Raises UsageError for a limit that is no whole number from 1 on.
    """
    if not limit:
        return None if every else 1
    return count(limit, Text("limit", "上限"))


def why(
    things: Things,
    words: Sequence[str],
    *,
    limit: int | None = 1,
    inference: bool = True,
) -> Explanation:
    """Explain a triple whose parts are written as people do; see `asking.triples`.

    `limit` is how many proofs are wanted, None for all. Without inference a triple
    holds where a document states it. Raises UnknownName, AmbiguousName, StoreError.
    """
    return explain(things, written_triple(things, words), limit, inference=inference)


def explain(
    things: Things, triple: Triple, limit: int | None = 1, *, inference: bool = True
) -> Explanation:
    """Explain a triple; raises StoreError."""
    parts = [part for part in triple if not isinstance(part, Triple)]
    statement = Statement(*parts)
    unknown = tuple(_unknown(things, statement))
    if unknown:
        return Explanation(statement, Verdict.UNKNOWN_TERM, unknown=unknown)
    view: View = Stated(things.snapshot)
    if inference:
        remembered = things.snapshot.conclusions()
        if remembered is None:
            raise StoreError(
                Text(
                    "owlrl cannot tell why something follows; leave --reasoner away",
                    "owlrl 无法说明推理依据；请去掉 --reasoner",
                )
            )
        view = remembered
    with things.snapshot.reading():
        grounds = Grounds(things.snapshot)
        explainer = Explainer(view)
        wanted = None if limit is None else limit + 1
        found = tuple(islice(explainer.proofs(statement), wanted)) if inference else ()
        if not inference and any(view.match(*statement)):
            found = (Proof(statement),)
        if inference and not found:
            found = tuple(filter(None, (proof_of_course(explainer, statement),)))
        if found:
            shown = found[:limit]
            verdict = Verdict.INFERRED if found[0].rule else Verdict.ASSERTED
            more = len(found) > len(shown)
            places = grounds.of_leaves(shown)
            return Explanation(statement, verdict, shown, more, grounds=places)
        against = refutation(view, statement) if inference else None
        if against is not None:
            places = grounds.of_leaves((against,))
            return Explanation(
                statement,
                Verdict.CONTRADICTED,
                refutation=against,
                grounds=places,
            )
        lacking = gaps(explainer, statement) if inference else ()
    return Explanation(statement, Verdict.NOT_STATED, gaps=lacking, inference=inference)


def _unknown(things: Things, statement: Statement) -> Iterator[Unknown]:
    """Find the terms of which the graph says nothing at all."""
    snapshot = things.snapshot
    for term in dict.fromkeys(statement):
        if not isinstance(term, NamedNode) or term.value.startswith(_LANGUAGES):
            continue
        uses = (
            snapshot.triples(term),
            snapshot.triples(predicate=term),
            snapshot.triples(value=term),
        )
        if not any(any(use) for use in uses):
            yield Unknown(term, _like(things, term))


def _like(things: Things, term: NamedNode) -> tuple[str, ...]:
    """Suggest names of things in the namespace of an unknown one."""
    curie = things.prefixes.shorten(term)
    prefix, colon, _ = curie.partition(":")
    names = {name.thing for name in things.names}
    near = (things.prefixes.shorten(name) for name in names)
    return similar(curie, (name for name in near if name.startswith(prefix + colon)))
