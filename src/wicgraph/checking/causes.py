"""One finding per cause: what explains a finding keeps it from being said again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from wicgraph.checking.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.checking.finding import Finding
    from wicgraph.terms import Term


class Stage(IntEnum):
    """How early something is decided; what is wrong early explains what follows.

    A file must be read before its names mean anything, a name must mean something
    before a thing can be missing, a thing must be there before evidence or shapes can
    be held to it, and what a shape misses cannot be made use of. What contradicts
    something else is said if nothing is wrong with it by itself.
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
    CONTRADICTION = 9


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
    check may be about the same triple. What is only `likely` stands if a shape speaks
    of something that it explains and that nothing else does: a cause, not a fault in
    itself. What does not blame the object makes no fault of the object likely.
    What `yields` does not stand where another error is about one of its triples, or
    about the subject of one.
    """

    finding: Finding
    stage: Stage
    about: tuple[About, ...] = ()
    explains: tuple[Pattern, ...] = ()
    rank: int = 0
    claims: bool = False
    likely: bool = False
    blames_object: bool = True
    yields: bool = False


def one_per_cause(suspicions: Iterable[Suspicion]) -> tuple[Finding, ...]:
    """Keep the findings that nothing else explains, most severe first, by place.

    A warning explains no error, and nothing explains a finding of an earlier stage.
    """
    queue = sorted(suspicions, key=_order)
    said_by_shapes: dict[_Key, list[Suspicion]] = {}
    for suspicion in queue:
        if suspicion.stage == Stage.SHAPE:
            for key in _keys(suspicion):
                if key[2] is not ANY and not suspicion.blames_object:
                    continue
                said_by_shapes.setdefault(key, []).append(suspicion)
    known = _Known()
    kept: set[Finding] = set()
    for suspicion in queue:
        effects = [
            effect
            for pattern in suspicion.explains
            for effect in said_by_shapes.get(_key(pattern), ())
        ]
        if suspicion.likely and all(map(known.explains, effects)):
            continue
        if suspicion.yields and known.speaks_of(suspicion):
            continue
        if not known.explains(suspicion) and not known.has_claimed(suspicion):
            kept.add(suspicion.finding)
            known.learn(suspicion)
    return tuple(sorted(kept, key=lambda finding: finding.order))


class _Known:
    """What the findings kept so far explain and claim, with how severe they are."""

    def __init__(self) -> None:
        self._explained: dict[_Key, int] = {}
        self._claimed: dict[About, tuple[str, int]] = {}
        self._things: set[Term] = set()

    def explains(self, suspicion: Suspicion) -> bool:
        """Tell whether a finding at least as severe is the cause of this one."""
        severity = suspicion.finding.severity.rank
        return any(
            self._explained.get(key, severity + 1) <= severity
            for key in _keys(suspicion)
        )

    def has_claimed(self, suspicion: Suspicion) -> bool:
        """Tell whether another check has spoken of the same triple already."""
        finding = suspicion.finding
        claims = (self._claimed.get(each) for each in suspicion.about)
        return any(
            claim[0] != finding.check and claim[1] <= finding.severity.rank
            for claim in claims
            if claim is not None
        )

    def speaks_of(self, suspicion: Suspicion) -> bool:
        """Tell whether an error is about a thing that this one is about as well."""
        return any(each.subject in self._things for each in suspicion.about)

    def learn(self, suspicion: Suspicion) -> None:
        """Take in a finding that is kept."""
        finding, severity = suspicion.finding, suspicion.finding.severity.rank
        if severity == Severity.ERROR.rank and suspicion.stage < Stage.CONTRADICTION:
            subjects = {finding.focus, *(each.subject for each in suspicion.about)}
            self._things |= {each for each in subjects if each is not None}
        for key in map(_key, suspicion.explains):
            self._explained[key] = min(severity, self._explained.get(key, severity))
        if suspicion.claims:
            for each in suspicion.about:
                self._claimed.setdefault(each, (finding.check, severity))


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


def _key(pattern: Pattern) -> _Key:
    return pattern.subject, pattern.predicate, pattern.object
