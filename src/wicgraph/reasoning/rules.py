"""owlrl's OWL 2 RL rules, driven so that each fires only when it can find news.

owlrl looks at every triple in every round with every rule, and keeps a triple
`x owl:sameAs x` for each term. Both cost time and conclude nothing: a rule fires on
an axiom, and what the axiom does not mention it does not read. Here an axiom fires
when it is new, or when a triple has come that it can read; the rules themselves are
owlrl's, untouched. `tests/test_closure.py` holds the result against owlrl's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, XSD, BNode, Graph, Literal

from wicgraph.reasoning.axioms import describes, is_axiom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    Statement: TypeAlias = tuple[Node, Node, Node]

_FORGETFUL = frozenset({OWL.AllDifferent, OWL.AllDisjointProperties})
_MEMBERS = frozenset({OWL.members, OWL.distinctMembers})
_NOT_ITSELF = (
    "'sameAs' and 'differentFrom' cannot be used on the same subject-object pair:"
    " ({0}, {0})"
)
_LATER = 2  # owlrl does some bookkeeping in its round 1 that is of no use here


class Rules(OWLRL_Semantics):  # type: ignore[misc]  # owlrl ships no types
    """A graph that is closed under the OWL 2 RL rules whenever it is extended.

    Two different literals are never concluded to be the same: where a property that
    has one value has two, that is a contradiction, as rules dt-diff and eq-diff1 say
    (owlrl would go on and put each value wherever the other stands).
    """

    def __init__(self) -> None:
        super().__init__(Graph(store="SimpleMemory"), axioms=False, daxioms=False)
        self.merges = False
        self._known: set[Statement] = set()
        self._axioms: set[Statement] = set()
        self._reach: dict[Statement, frozenset[Node]] = {}
        self._messages: set[str] = set()
        self._rivals: set[tuple[Literal, Literal]] = set()

    @property
    def contradictions(self) -> frozenset[str]:
        """What cannot all be true, in owlrl's words."""
        return frozenset(self._messages) | {
            f"{subject} can have only one value of {predicate}, and has"
            f" {_shown(one)} and {_shown(other)}"
            for one, other in self._rivals
            for subject, predicate in self._shared(one, other)
        }

    @property
    def schema(self) -> frozenset[Statement]:
        """The triples by which the rules go, given or concluded."""
        return frozenset(self._axioms)

    @property
    def closed(self) -> frozenset[Statement]:
        """Every triple that was given or concluded."""
        return frozenset(self._known)

    def extend(self, statements: Iterable[Statement]) -> None:
        """Add triples, and all that follows from them and the ones before."""
        new = set(statements) - self._known
        self._add(new)
        self.one_time_rules()
        new |= self._flushed()
        while new:
            for axiom in self._due(new):
                self.rules(axiom, _LATER)
            new = self._flushed()

    def store_triple(self, t: Statement) -> None:
        """Take a conclusion of a rule, unless it is known or says nothing."""
        subject, predicate, value = t
        if t in self._known or t in self.added_triples:
            return
        if predicate == OWL.sameAs:
            if subject == value:
                return
            if isinstance(subject, Literal) and isinstance(value, Literal):
                one, other = sorted((subject, value), key=Literal.n3)
                if not _equal(one, other):
                    self._rivals.add((one, other))
                return
        if not isinstance(predicate, Literal):
            self.added_triples.add(t)

    def add_error(self, message: str) -> None:
        """Take a contradiction that a rule found."""
        self._messages.add(message)

    def _flushed(self) -> set[Statement]:
        new: set[Statement] = self.added_triples
        self.empty_stored_triples()
        self._add(new)
        return new

    def _add(self, statements: set[Statement]) -> None:
        self._known |= statements
        for statement in statements:
            self.graph.add(statement)
            subject, predicate, value = statement
            if predicate == OWL.sameAs:
                self.merges = True
            elif predicate == OWL.differentFrom and subject == value:
                self.add_error(_NOT_ITSELF.format(subject))  # by eq-ref and eq-diff1

    def _due(self, new: set[Statement]) -> set[Statement]:
        """Choose the axioms that can find something among the new triples.

        All of them when there is a new axiom, because it may change what others mean;
        two things that are the same read every triple of each other.
        """
        axioms = {triple for triple in new if is_axiom(str(triple[1]), str(triple[2]))}
        self._axioms |= axioms
        if axioms:
            return self._axioms
        changed = {predicate for _, predicate, _ in new}
        changed |= {value for _, predicate, value in new if predicate == RDF.type}
        return {
            axiom
            for axiom in self._axioms
            if axiom[1] == OWL.sameAs or not changed.isdisjoint(self._read_by(axiom))
        }

    def _read_by(self, axiom: Statement) -> frozenset[Node]:
        """Collect the properties and classes whose triples an axiom can read.

        They are in the axiom, in the description of its subject, and in the lists
        and anonymous descriptions that these lead to.
        """
        if axiom not in self._reach:
            subject, _, value = axiom
            reached: set[Node] = set()
            waiting = {subject, value}
            while waiting:
                node = waiting.pop()
                reached.add(node)
                if node == subject or isinstance(node, BNode):
                    waiting |= {
                        part
                        for predicate, part in self.graph.predicate_objects(node)
                        if describes(str(predicate))
                    } - reached
            self._reach[axiom] = frozenset(reached)
        return self._reach[axiom]

    def _shared(self, one: Literal, other: Literal) -> set[tuple[Node, Node]]:
        """Find where two values stand that would have to be one."""
        pairs = set(self.graph.subject_predicates(one))
        pairs &= set(self.graph.subject_predicates(other))
        functional = set(self.graph.subjects(RDF.type, OWL.FunctionalProperty))
        return {pair for pair in pairs if pair[1] in functional} or pairs


def _equal(one: Literal, other: Literal) -> bool:
    """Tell whether two literals have one value, as 1 and 01 do."""
    return (
        one.value is not None
        and one.value == other.value
        and one.language == other.language
    )


def _shown(text: Literal) -> str:
    return text.n3().removesuffix(f"^^{XSD.string.n3()}")


def mended(statements: Iterable[Statement]) -> set[Statement]:
    """Repeat the last member of every list whose last member owlrl forgets.

    Its loops over keys, over things that are all different and over properties that
    are all disjoint end one too early: without this, everything of a class that has
    a key of one property would be one thing.
    """
    mended = set(statements)
    first = {cell: member for cell, part, member in mended if part == RDF.first}
    rest = {cell: tail for cell, part, tail in mended if part == RDF.rest}
    forgetful = {
        subject
        for subject, predicate, kind in mended
        if predicate == RDF.type and kind in _FORGETFUL
    }
    for subject, predicate, cell in tuple(mended):
        if predicate == OWL.hasKey or (subject in forgetful and predicate in _MEMBERS):
            last = cell
            while rest.get(last, RDF.nil) != RDF.nil:
                last = rest[last]
            if last in rest:
                again = BNode(f"{last}-again")
                mended.discard((last, RDF.rest, RDF.nil))
                mended |= {
                    (last, RDF.rest, again),
                    (again, RDF.first, first[last]),
                    (again, RDF.rest, RDF.nil),
                }
    return mended
