"""Classes that do not fit: a thing whose name or properties say it is something else.

A wrong class makes shapes fail wherever the thing is used. These checks do not judge
by themselves: they stand only where a shape has found something that they explain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.terms import (
    OWL,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact

WRONG_CLASS = "wrong-class"

_MEMBERS = NamedNode(OWL + "members")
_DISJOINT = NamedNode(OWL + "AllDisjointClasses")
_FEWEST_PEERS = 5
_FEWEST_MISFITS = 2


def wrong_classes(
    asserted: Asserted, violations: Iterable[Suspicion]
) -> Iterator[Suspicion]:
    """Find things, among those that shapes speak of, whose class does not fit them.

    What speaks against a class are the namesakes of a thing, or its properties.
    """
    world = _Classes(asserted)
    spoken_of = {
        thing
        for violation in violations
        for about in violation.about
        for thing in (about.subject, about.object)
        if isinstance(thing, NamedNode)
    }
    for thing in sorted(spoken_of & asserted.types.keys(), key=str):
        fact = asserted.types[thing][0]  # shapes refuse what else it is said to be
        given = fact.object
        if not fact.path.startswith("facts/") or not isinstance(given, NamedNode):
            continue
        better = world.class_of_properties(thing)
        better = better or world.class_of_peers(thing, given)
        if better is not None:
            yield _suspicion(fact, better, asserted)


class _Classes:
    """What the ontology says of classes, and what the things of a namespace are."""

    def __init__(self, asserted: Asserted) -> None:
        self._asserted = asserted
        self._disjoint = tuple(_disjoint_classes(asserted))
        self._kinds = self._count_kinds()
        self._numbers: dict[int, Counter[NamedNode]] = defaultdict(Counter)
        for (_, axiom), kinds in self._kinds.items():
            self._numbers[axiom].update(kinds)

    def class_of_peers(self, thing: NamedNode, given: NamedNode) -> NamedNode | None:
        """Return the class that most things named alike have and only this one denies.

        None where things of its kind are named like this nowhere else: a rare kind may
        have one thing. What is of a kind with a namespace of its own is misplaced here.
        """
        namespace, above = _namespace(thing), self._asserted.above(given)
        for axiom, members in enumerate(self._disjoint):
            here = self._kinds[namespace, axiom]
            is_misplaced = any(
                here[kind] == 1 and self._numbers[axiom][kind] > 1
                for kind in above & members
            )
            if is_misplaced and here.total() >= _FEWEST_PEERS:
                theirs = here.most_common(1)[0][0]
                if theirs not in above:
                    return theirs
        return None

    def class_of_properties(self, thing: NamedNode) -> NamedNode | None:
        """Return the class that most properties of a thing are of, if it is not its."""
        mine = self._asserted.classes(thing)
        domains = {
            fact.predicate: self._asserted.domains[fact.predicate]
            for fact in self._asserted.facts_about(thing)
            if fact.predicate in self._asserted.domains
        }
        misfits = [domain for domain in domains.values() if domain not in mine]
        if len(misfits) < max(_FEWEST_MISFITS, len(domains) // 2 + 1):
            return None
        counts = Counter(misfits)
        return min(counts, key=lambda name: (-counts[name], name.value))

    def _count_kinds(self) -> dict[tuple[str, int], Counter[NamedNode]]:
        alike = Counter(
            (_namespace(thing), self._asserted.classes(thing))
            for thing in self._asserted.types
            if isinstance(thing, NamedNode) and self._asserted.is_ours(thing)
        )
        kinds: dict[tuple[str, int], Counter[NamedNode]] = defaultdict(Counter)
        for (namespace, classes), number in alike.items():
            for axiom, members in enumerate(self._disjoint):
                for kind in classes & members:
                    kinds[namespace, axiom][kind] += number
        return kinds


def _disjoint_classes(asserted: Asserted) -> Iterator[frozenset[NamedNode]]:
    """Return the members of each owl:AllDisjointClasses, in reading order."""
    for axiom, types in asserted.types.items():
        if any(fact.object == _DISJOINT for fact in types):
            for fact in asserted.facts_about(axiom):
                if fact.predicate == _MEMBERS:
                    items = asserted.items(fact.object)
                    yield frozenset(x for x in items if isinstance(x, NamedNode))


def _namespace(thing: NamedNode) -> str:
    return thing.value[: thing.value.rfind("/") + 1]


def _suspicion(fact: Fact, better: NamedNode, asserted: Asserted) -> Suspicion:
    thing, given = asserted.show(fact.subject), asserted.show(fact.object)
    other = asserted.show(better)
    finding = Finding(
        Severity.ERROR,
        WRONG_CLASS,
        f"{thing} is given the class {given}, but is named or described as {other}.",
        f"{thing} 的类写作 {given}，但其名称或属性表明它是 {other}。",
        f"Give it the class {other} or one below it, or speak of another thing.",
        f"请改用 {other} 或其子类，或改指另一事物。",
        object_position(fact),
        fact.subject,
    )
    explains = (Pattern(fact.subject, ANY, ANY), Pattern(ANY, ANY, fact.subject))
    about = (About(fact.subject, fact.predicate, fact.object),)
    return Suspicion(finding, Stage.CLASS, about, explains, likely=True)
