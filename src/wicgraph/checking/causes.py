"""One finding per cause: what explains a finding keeps it from being said again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.checking.finding import Finding
    from wicgraph.terms import Term


class Stage(IntEnum):
    """How early something is decided; what is wrong early explains what follows.

    A file must be read before its names mean anything, a name must mean something
    before a thing can be missing, a thing must be there before evidence or shapes can
    be held to it, and what a shape misses cannot be made use of.
    """

    SYNTAX = 0
    PREFIX = 1
    TERM = 2
    REFERENCE = 3
    HOME = 4
    CLASS = 5
    EVIDENCE = 6
    SHAPE = 7
    USE = 8


class _Any:
    """Stands for whatever a pattern leaves open."""


ANY: Final = _Any()


@dataclass(frozen=True, slots=True)
class About:
    """The triple that a finding is about; None is a part that it does not have."""

    subject: Term | None = None
    predicate: Term | None = None
    object: Term | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Triples that a finding explains: ANY matches all parts, None a missing one."""

    subject: Term | _Any | None = ANY
    predicate: Term | _Any | None = ANY
    object: Term | _Any | None = ANY


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A finding that stands unless something earlier explains it.

    `about` are the triples that it is about, any of which may be explained. `rank`
    orders suspicions of one stage. `claims` says that no second suspicion of another
    check may be about the same triple. `needs_echo` says that it only stands if it
    explains what a shape says: a likely cause, not a fault in itself.
    """

    finding: Finding
    stage: Stage
    about: tuple[About, ...] = ()
    explains: tuple[Pattern, ...] = ()
    rank: int = 0
    claims: bool = False
    needs_echo: bool = False


def one_per_cause(suspicions: Iterable[Suspicion]) -> tuple[Finding, ...]:
    """Keep the findings that nothing else explains, most severe first, by place.

    A warning explains no error, and nothing explains a finding of an earlier stage.
    """
    queue = sorted(suspicions, key=_order)
    echoes = {
        key
        for suspicion in queue
        if suspicion.stage == Stage.SHAPE
        for key in _keys(suspicion)
    }
    explained: dict[_Key, int] = {}
    claimed: dict[About, tuple[str, int]] = {}
    kept: set[Finding] = set()
    for suspicion in queue:
        severity = suspicion.finding.severity.rank
        patterns = [(p.subject, p.predicate, p.object) for p in suspicion.explains]
        if suspicion.needs_echo and not echoes.intersection(patterns):
            continue
        if any(explained.get(k, severity + 1) <= severity for k in _keys(suspicion)):
            continue
        if any(_is_claimed(suspicion, claimed.get(each)) for each in suspicion.about):
            continue
        kept.add(suspicion.finding)
        for pattern in patterns:
            explained[pattern] = min(severity, explained.get(pattern, severity))
        if suspicion.claims:
            for each in suspicion.about:
                claimed.setdefault(each, (suspicion.finding.check, severity))
    return tuple(sorted(kept, key=lambda finding: finding.order))


_Part: TypeAlias = "Term | _Any | None"
_Key: TypeAlias = tuple[_Part, _Part, _Part]


def _order(suspicion: Suspicion) -> tuple[object, ...]:
    finding = suspicion.finding
    return suspicion.stage, finding.severity.rank, suspicion.rank, finding.order


def _keys(suspicion: Suspicion) -> Iterator[_Key]:
    """Return every pattern that the triples of a suspicion fit."""
    for about in suspicion.about:
        for subject in (about.subject, ANY):
            for predicate in (about.predicate, ANY):
                for value in (about.object, ANY):
                    yield subject, predicate, value


def _is_claimed(suspicion: Suspicion, claim: tuple[str, int] | None) -> bool:
    if claim is None:
        return False
    check, severity = claim
    finding = suspicion.finding
    return check != finding.check and severity <= finding.severity.rank
