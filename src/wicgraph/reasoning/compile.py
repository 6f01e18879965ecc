"""From rules and axioms to instances: rules that say which properties and classes.

A rule reads axioms (`?p rdfs:domain ?c`) and facts (`?x ?p ?y`). The axioms are few,
so they are matched here, once; what is left of the rule is an instance, whose patterns
name their property or class (`?x :hosts ?y`, then `?x a :Organization`). A rule that
reads axioms only concludes here and now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning import encoding
from wicgraph.reasoning.axioms import Axioms
from wicgraph.reasoning.encoding import NOTHING, SAME, THING, TYPE
from wicgraph.reasoning.instances import (
    EQUALITY,
    Instance,
    key,
    row_of,
    straightened,
    variants,
)
from wicgraph.reasoning.inverses import Inverses
from wicgraph.reasoning.matching import Match, solve, unified
from wicgraph.reasoning.patterns import Pattern, put, read
from wicgraph.reasoning.plans import Plan
from wicgraph.reasoning.reserved import redefined
from wicgraph.reasoning.rules import FALSE, RULES
from wicgraph.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wicgraph.reasoning.axioms import Fault
    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.instances import Key
    from wicgraph.reasoning.inverses import Inverse
    from wicgraph.reasoning.patterns import Item

    # A rule, the pattern of it that an axiom matches, and what else it needs.
    _Reader: TypeAlias = tuple[Plan, Pattern, list[Item]]

_LIST = frozenset({encoding.FIRST, encoding.REST})
# What these conclude is a shorter way to what prp-dom, prp-rng, prp-spo1 and cax-sco
# conclude step by step; to go both ways would take time and find nothing.
_SHORTCUTS = frozenset({"scm-dom1", "scm-dom2", "scm-rng1", "scm-rng2"})
# A path is put together from its first step and the rest: in one way, not in each.
_JOINING = frozenset({"scm-sco", "scm-spo"})
_LONG_WAYS = frozenset({"prp-dom", "prp-rng"})
# From C within C, or p within p, only these conclude what was not known before.
_OF_ITSELF = frozenset(
    {"scm-eqc2", "scm-eqp2", "scm-hv", "scm-svf1", "scm-svf2", "scm-avf1", "scm-avf2"}
)
# Where ?d is owl:Thing, another rule says the same without asking for the type.
_COVERED = frozenset({"cls-svf1", "cls-maxqc1", "cls-maxqc3"})


@dataclass(frozen=True, slots=True)
class Step:
    """What came of new axioms: further instances, and axioms that follow."""

    instances: tuple[Instance, ...]
    axioms: frozenset[Row]


class Compiler:
    """Makes instances of the rules as axioms come.

    What it concludes from axioms alone it takes as axioms itself; what it is given
    twice it takes once.
    """

    def __init__(self, terms: Terms) -> None:
        self.forms = [read(rule, terms.word) for rule in RULES]
        self.faults: set[Fault] = set()
        self._terms = terms
        self._axioms = Axioms(terms)
        self._steps = Axioms(terms)  # what is below what, by no path
        self._paths: set[Row] = set()
        self._plans = [Plan.of(form) for form in self.forms]
        self._by_key: dict[Key, list[_Reader]] = {}
        self._with_lists = [plan for plan in self._plans if plan.lists]
        self._register = _Register(terms)
        self._shortcuts: set[Row] = set()
        self._anonymous = Inverses(terms)
        self._inverses: dict[int, Inverse] = {}
        self._thing_matters = False
        self._of_course: set[Row] = set()
        self._placing = (terms.word("rdfs:domain"), terms.word("rdfs:range"))
        self._below = terms.word("rdfs:subClassOf")
        for plan in self._plans:
            for item in plan.axioms:
                if isinstance(item, tuple):
                    rest = [other for other in plan.axioms if other is not item]
                    entry = (plan, item, rest)
                    self._by_key.setdefault(key(item), []).append(entry)
        self._listed = frozenset(
            item.predicate for plan in self._plans for item in plan.lists
        )
        named = {predicate for predicate, _ in self._by_key} - {TYPE}
        self.predicates = frozenset(named | self._listed | _LIST)
        self.classes = frozenset(kind for _, kind in self._by_key if kind is not None)

    def is_axiom(self, row: Row) -> bool:
        """Tell whether some rule reads a triple as an axiom.

        None reads one about a word of OWL itself, though it may have been concluded.
        """
        _, predicate, value = row
        if predicate == TYPE:
            is_read = value in self.classes
        else:
            is_read = predicate in self.predicates
        return is_read and redefined(*self._terms.statement(row)) is None

    def start(self) -> Step:
        """Make what needs no axioms: rules of equality, and what is always true."""
        rows: set[Row] = set()
        for plan in self._plans:
            if not plan.axioms and not plan.tested and plan.form.rule.name != "eq-ref":
                self._conclude(plan, Match({}, {}, ()), rows)
        return Step(self._register.taken(), frozenset(rows))

    def extend(self, rows: Iterable[Row]) -> Step:
        """Take axioms, and make what follows from them and from those before."""
        fresh = (row for row in rows if row not in self._axioms.rows)
        new = [row for row in fresh if self.is_axiom(row)]
        found: set[Row] = set()
        for row in new:
            self._axioms.add(row)
            if row[1] in self._axioms.orders and row not in self._paths:
                self._steps.add(row)
            self._note_thing(row, found)
        self._note_inverses(new)
        ready = {id(plan) for plan in self._plans if self._axioms.has_all(plan.needed)}
        for row in new:
            for plan, item, rest in self._readers(row):
                if id(plan) in ready:
                    given = unified(item, row, self._axioms)
                    if given is not None:
                        start = Match(given, {}, ((row,),))
                        self._solve(plan, rest, start, found, self._beside(plan, item))
        if any(row[1] in _LIST or row[1] in self._listed for row in new):
            for plan in self._with_lists:
                start = Match({}, {}, ())
                self._solve(plan, plan.axioms, start, found, self._axioms)
            self.faults |= {*self._axioms.faults(self._listed)}
        return Step(self._register.taken(), frozenset(found - self._axioms.rows))

    def _readers(self, row: Row) -> Sequence[_Reader]:
        """Find the rules that read an axiom and may conclude something from it."""
        subject, predicate, value = row
        found = self._by_key.get((predicate, value if predicate == TYPE else None), ())
        if subject == value and predicate in self._axioms.orders:
            return [one for one in found if one[0].form.rule.name in _OF_ITSELF]
        if row in self._shortcuts:
            return [one for one in found if one[0].form.rule.name not in _LONG_WAYS]
        if row in self._paths:
            return [one for one in found if not self._is_step(*one[:2])]
        return found

    @staticmethod
    def _is_step(plan: Plan, item: Item) -> bool:
        """Tell the first step of a path from the rest."""
        return plan.form.rule.name in _JOINING and item is plan.axioms[0]

    def _beside(self, plan: Plan, item: Item) -> Axioms:
        """Choose in which axioms to look for what a rule needs beside an item."""
        is_rest = plan.form.rule.name in _JOINING and not self._is_step(plan, item)
        return self._steps if is_rest else self._axioms

    def _solve(
        self,
        plan: Plan,
        items: Sequence[Item],
        start: Match,
        found: set[Row],
        axioms: Axioms,
    ) -> None:
        for match in solve(plan.form, items, axioms, start):
            covered = plan.form.rule.name in _COVERED
            if not covered or match.values["?d"] != THING:
                self._conclude(plan, match, found)

    def _conclude(self, plan: Plan, match: Match, found: set[Row]) -> None:
        """Make an instance of a rule, or take what it concludes from axioms alone."""
        rule, values = plan.form.rule, match.values
        body = tuple(plan.body(match)) if plan.facts else ()
        head = tuple(put(pattern, values) for pattern in plan.form.then)
        if body or not head:
            made = Instance(rule, match.runs, values, body, head)
            for instance in variants(straightened(made, self._inverses)):
                self._register.add(instance)
            return
        for pattern in head:
            row = row_of(pattern)
            if not self.is_axiom(row):
                made = Instance(rule, match.runs, values, (), (pattern,))
                self._register.add(made)
            elif row not in self._axioms.rows:
                self._take(plan, row, found)

    def _take(self, plan: Plan, row: Row, found: set[Row]) -> None:
        if plan.form.rule.name in _SHORTCUTS:
            self._shortcuts.add(row)
        if plan.form.rule.name in _JOINING:
            self._paths.add(row)
        if self._thing_matters or not self._is_of_course(row):
            found.add(row)
        else:
            self._of_course.add(row)

    def _note_inverses(self, rows: Iterable[Row]) -> None:
        """Remember of which properties anonymous ones are the inverses."""
        for subject, predicate, value in rows:
            if predicate == encoding.INVERSE:
                for node in (subject, value):
                    if inverse := self._anonymous.of(node, self._axioms):
                        self._inverses[node] = inverse

    def _note_thing(self, row: Row, found: set[Row]) -> None:
        """Notice an axiom that makes it matter what is below owl:Thing."""
        if self._thing_matters or not {THING, NOTHING} & {row[0], row[2]}:
            return
        if not self._is_of_course(row) and row[1] not in {TYPE, *self._placing}:
            self._thing_matters = True
            found |= self._of_course

    def _is_of_course(self, row: Row) -> bool:
        """Tell whether an axiom says that all is in owl:Thing and owl:Nothing in all.

        Unless an axiom says something of owl:Thing, nothing follows from this.
        """
        return row[1] == self._below and (row[2] == THING or row[0] == NOTHING)


class _Register:
    """The instances so far, without those that say nothing or that nobody would notice.

    Of owl:Thing and of anonymous classes nothing is told outside, so what is of one is
    concluded only once an instance reads it.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._new: list[Instance] = []
        self._made: set[tuple[str, tuple[Pattern, ...], tuple[Pattern, ...]]] = set()
        self._read: set[Key] = set()
        self._idle: dict[Key, list[Instance]] = {}

    def taken(self) -> tuple[Instance, ...]:
        """Give the instances that were not given yet."""
        new = tuple(self._new)
        self._new.clear()
        return new

    def add(self, instance: Instance) -> None:
        """Keep an instance unless it is known, says nothing, or nobody would notice."""
        if instance.head and all(
            _is_known(row, instance.body) for row in instance.head
        ):
            return
        if instance.head and any(row[1:] == (TYPE, NOTHING) for row in instance.body):
            return  # a contradiction yields nothing
        name = instance.rule.name if instance.rule.then == FALSE else ""
        same = (name, instance.body, instance.head)
        if same in self._made:
            return
        self._made.add(same)
        unread = self._unread(instance)
        if unread is not None:
            self._idle.setdefault(unread, []).append(instance)
            return
        self._new.append(instance)
        for pattern in instance.body:
            if pattern[1] == TYPE and instance.rule.name not in EQUALITY:
                self._wake(key(pattern))

    def _unread(self, instance: Instance) -> Key | None:
        """Give the class that an instance concludes if no instance reads it."""
        if len(instance.head) != 1:
            return None
        _, predicate, value = instance.head[0]
        if predicate != TYPE or not isinstance(value, int) or value < 0:
            return None
        quiet = value == THING or isinstance(self._terms.term(value), BlankNode)
        if not quiet or self._read & {(TYPE, value), (TYPE, None)}:
            return None
        return TYPE, value

    def _wake(self, wanted: Key) -> None:
        """Let instances conclude a class that is read from now on."""
        if wanted in self._read:
            return
        self._read.add(wanted)
        for woken in [*self._idle] if wanted[1] is None else [wanted]:
            for instance in self._idle.pop(woken, ()):
                self._new.append(instance)
                for pattern in instance.body:
                    if pattern[1] == TYPE:
                        self._wake(key(pattern))


def _is_known(row: Pattern, body: tuple[Pattern, ...]) -> bool:
    return row in body or (row[1] == SAME and row[0] == row[2])
