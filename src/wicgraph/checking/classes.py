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
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDFS,
    BlankNode,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact
    from wicgraph.terms import Term

WRONG_CLASS = "wrong-class"

_MEMBERS = NamedNode(OWL + "members")
_DISJOINT = NamedNode(OWL + "AllDisjointClasses")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_DOMAIN = NamedNode(RDFS + "domain")
_FEWEST_PEERS = 5
_MAJORITY = 0.8
_FEWEST_MISFITS = 2


def wrong_classes(asserted: Asserted) -> Iterator[Suspicion]:
    """Find things whose class their namesakes or their properties speak against."""
    world = _Classes(asserted)
    for thing, types in asserted.types.items():
        if not isinstance(thing, NamedNode) or not asserted.is_ours(thing):
            continue
        fact = types[0]
        if not fact.path.startswith("facts/"):
            continue
        of_peers = world.class_of_peers(thing)
        of_properties = world.class_of_properties(thing)
        if of_properties is not None:
            echo = Pattern(thing, ANY, ANY)
            yield _suspicion(fact, of_properties, echo, asserted)
        elif of_peers is not None:
            echo = Pattern(ANY, ANY, thing)
            yield _suspicion(fact, of_peers, echo, asserted)


class _Classes:
    """What the ontology says of classes, and what the things of a namespace are."""

    def __init__(self, asserted: Asserted) -> None:
        self._asserted = asserted
        self._above: dict[NamedNode, frozenset[NamedNode]] = {}
        self._disjoint = tuple(_disjoint_classes(asserted))
        self._domains = {
            fact.subject: fact.object
            for file in asserted.dataset.files
            if file.path.startswith("ontology/")
            for fact in file.facts
            if fact.predicate == _DOMAIN and isinstance(fact.object, NamedNode)
        }
        self._kinds = self._count_kinds()

    def class_of_peers(self, thing: NamedNode) -> NamedNode | None:
        """Return the class that most things named alike have and this one cannot."""
        for axiom, members in enumerate(self._disjoint):
            mine = self._kind(thing, members)
            counts = self._kinds[_namespace(thing), axiom]
            if mine is None or not counts:
                continue
            theirs, count = counts.most_common(1)[0]
            total = sum(counts.values())
            if theirs != mine and total >= _FEWEST_PEERS and count >= _MAJORITY * total:
                return theirs
        return None

    def class_of_properties(self, thing: NamedNode) -> NamedNode | None:
        """Return the class that most properties of a thing are of, if it is not its."""
        mine = self._classes(thing)
        fits: set[Term] = set()
        misfits: dict[Term, NamedNode] = {}
        for fact in self._asserted.facts_about(thing):
            domain = self._domains.get(fact.predicate)
            if isinstance(domain, NamedNode):
                if domain in mine:
                    fits.add(fact.predicate)
                else:
                    misfits[fact.predicate] = domain
        if len(misfits) < _FEWEST_MISFITS or len(misfits) <= len(fits):
            return None
        counts = Counter(misfits.values())
        return min(counts, key=lambda name: (-counts[name], name.value))

    def _count_kinds(self) -> dict[tuple[str, int], Counter[NamedNode]]:
        kinds: dict[tuple[str, int], Counter[NamedNode]] = defaultdict(Counter)
        for thing in self._asserted.types:
            if isinstance(thing, NamedNode) and self._asserted.is_ours(thing):
                for axiom, members in enumerate(self._disjoint):
                    kind = self._kind(thing, members)
                    if kind is not None:
                        kinds[_namespace(thing), axiom][kind] += 1
        return kinds

    def _kind(
        self, thing: NamedNode, members: frozenset[NamedNode]
    ) -> NamedNode | None:
        return next(iter(sorted(self._classes(thing) & members, key=str)), None)

    def _classes(self, thing: NamedNode) -> frozenset[NamedNode]:
        classes: frozenset[NamedNode] = frozenset()
        for fact in self._asserted.types.get(thing, ()):
            if isinstance(fact.object, NamedNode):
                classes |= self._ancestors(fact.object)
        return classes

    def _ancestors(self, name: NamedNode) -> frozenset[NamedNode]:
        """Return a class and all classes above it."""
        if name not in self._above:
            found: set[NamedNode] = {name}
            queue = [name]
            while queue:
                above: set[NamedNode] = {
                    fact.object
                    for fact in self._asserted.facts_about(queue.pop())
                    if fact.predicate == _SUBCLASS
                    and isinstance(fact.object, NamedNode)
                }
                queue += above - found
                found |= above
            self._above[name] = frozenset(found)
        return self._above[name]


def _disjoint_classes(asserted: Asserted) -> Iterator[frozenset[NamedNode]]:
    """Return the members of each owl:AllDisjointClasses, in reading order."""
    for axiom, types in asserted.types.items():
        if any(fact.object == _DISJOINT for fact in types):
            for fact in asserted.facts_about(axiom):
                if fact.predicate == _MEMBERS:
                    yield frozenset(_items(fact.object, asserted))


def _items(head: Term, asserted: Asserted) -> Iterator[NamedNode]:
    while head != RDF_NIL and isinstance(head, BlankNode):
        facts = {f.predicate: f.object for f in asserted.facts_about(head)}
        item = facts.get(RDF_FIRST)
        if isinstance(item, NamedNode):
            yield item
        head = facts.get(RDF_REST, RDF_NIL)


def _namespace(thing: NamedNode) -> str:
    return thing.value[: thing.value.rfind("/") + 1]


def _suspicion(
    fact: Fact, better: NamedNode, echo: Pattern, asserted: Asserted
) -> Suspicion:
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
    return Suspicion(finding, Stage.CLASS, about, explains, echoes=(echo,))
