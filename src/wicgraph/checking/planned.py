"""Planned is not happened: whether a document has people take part in what is to come.

Only the file of a document knows what the document says of an event; shapes look at all
files as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import About, Stage, Suspicion
from wicgraph.checking.evidence import supports_of
from wicgraph.checking.finding import Finding, Severity
from wicgraph.terms import WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact, TurtleFile
    from wicgraph.terms import Term

PLANNED_AS_REPORTED = "planned-as-reported"

_PARTICIPATION = NamedNode(WIC + "Participation")
_PLANNED = NamedNode(WIC + "Planned")
_REPORTED_AT = NamedNode(WIC + "reportedAt")
_SESSION_OF = NamedNode(WIC + "sessionOf")
_STATUS = NamedNode(WIC + "reportedStatus")
_RANK = -1  # before the passages of the part are looked at


def planned_as_reported(asserted: Asserted) -> Iterator[Suspicion]:
    """Find who takes part in an event of which the document only speaks as planned.

    Of a session without a status of its own, the status of its whole is held.
    """
    wholes: dict[Term, Term] = {
        fact.subject: fact.object
        for fact in asserted.dataset.facts
        if fact.predicate == _SESSION_OF
    }
    for file in asserted.source_files:
        statuses = _statuses(file)
        for fact in file.facts:
            is_report = fact.predicate == _REPORTED_AT
            if is_report and _PARTICIPATION in asserted.classes(fact.subject):
                event = _with_status(fact.object, statuses, wholes)
                if statuses.get(event) == {_PLANNED}:
                    yield _suspicion(fact, event, file, asserted)


def _statuses(file: TurtleFile) -> Mapping[Term, set[Term]]:
    statuses: dict[Term, set[Term]] = {}
    for fact in file.facts:
        if fact.predicate == _STATUS:
            statuses.setdefault(fact.subject, set()).add(fact.object)
    return statuses


def _with_status(
    event: Term, statuses: Mapping[Term, set[Term]], wholes: Mapping[Term, Term]
) -> Term:
    """Return the nearest event with a status: this one, else one it is a session of."""
    seen = {event}
    while event not in statuses and wholes.get(event, event) not in seen:
        event = wholes[event]
        seen.add(event)
    return event


def _suspicion(
    fact: Fact, planned: Term, file: TurtleFile, asserted: Asserted
) -> Suspicion:
    source, event = asserted.show(file.graph), asserted.show(planned)
    finding = Finding(
        Severity.ERROR,
        PLANNED_AS_REPORTED,
        f"{source} speaks of {event} as planned, so it cannot report who took part.",
        f"{source} 称 {event} 尚在计划中，因此不能报道谁参加了。",
        "Use wic:announcedFor, wic:confirmedFor or wic:invitedFor; if the document "
        "reports the event, give it the status wic:Held.",
        "请用 wic:announcedFor、wic:confirmedFor 或 wic:invitedFor；"
        "如原文报道活动已举行，请将其状态写作 wic:Held。",
        object_position(fact),
        fact.subject,
    )
    # What a part is said to be is only held against the plan where shapes accept it.
    about = (
        About(fact.subject, fact.predicate, fact.object),
        About(fact.subject, None, None),
    )
    explains = tuple(supports_of(fact.subject, file.path, asserted))
    return Suspicion(finding, Stage.USE, about, explains, _RANK)
