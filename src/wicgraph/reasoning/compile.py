"""From rules and axioms to instances: rules that say which properties and classes.

A rule reads axioms (`?p rdfs:domain ?c`) and facts (`?x ?p ?y`). The axioms are few,
so they are matched here, once; what is left of the rule is an instance, whose patterns
name their property or class (`?x :hosts ?y`, then `?x a :Organization`). A rule that
reads axioms only concludes here and now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.reasoning import encoding
from wicgraph.reasoning.encoding import DIFFERENT, NOTHING, SAME, THING, TYPE
from wicgraph.reasoning.inverses import Inverses
from wicgraph.reasoning.matching import Match, members, solve, unified
from wicgraph.reasoning.patterns import Listed, put, read, spelled_out, variables
from wicgraph.reasoning.rules import FALSE, RULES
from wicgraph.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.inverses import Inverse
    from wicgraph.reasoning.patterns import Form, Item, Node, Pattern
    from wicgraph.reasoning.rules import Rule

_DATA = frozenset({TYPE, SAME, DIFFERENT})
_TESTS = frozenset(
    {encoding.IN, encoding.NOT_IN, encoding.MEANS_SAME, encoding.MEANS_OTHER}
)
_EQUALITY = frozenset(
    {"eq-ref", "eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"}
)
# What these conclude is a shorter way to what prp-dom, prp-rng, prp-spo1 and cax-sco
# conclude step by step; to go both ways would take time and find nothing.
_SHORTCUTS = frozenset({"scm-dom1", "scm-dom2", "scm-rng1", "scm-rng2"})
_LONG_WAYS = frozenset({"prp-dom", "prp-rng"})
_ORDERS = (
    *("rdfs:subClassOf", "owl:equivalentClass"),
    *("rdfs:subPropertyOf", "owl:equivalentProperty"),
)
# Where ?d is owl:Thing, another rule says the same without asking for the type.
_COVERED = frozenset({"cls-svf1", "cls-maxqc1", "cls-maxqc3"})
# How many members a list must have for its axiom to say anything.
_ENOUGH = {
    "owl:propertyChainAxiom": 2,
    "owl:hasKey": 1,
    "owl:intersectionOf": 1,
    "owl:unionOf": 1,
}

Key: TypeAlias = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule with its axioms found.

    From `body`, patterns of facts, follows `head`, or a contradiction if that is
    empty. `folded` are premises that hold whenever the body does and are in no table:
    what eq-ref, dt-diff and the inverse of an anonymous property would conclude.
    """

    rule: Rule
    axioms: tuple[Row, ...]
    values: Mapping[str, Node]
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]
    folded: tuple[Pattern, ...] = ()

    def given(self, values: Mapping[str, int]) -> dict[str, int]:
        """Give a value for every variable of the rule, from those of the body."""
        every: dict[str, int] = dict(values)
        for name, node in self.values.items():
            value = values.get(node) if isinstance(node, str) else node
            if value is not None:
                every[name] = value
        return every

    def premises(self, values: Mapping[str, int]) -> tuple[Row, ...]:
        """List what the rule rests on, with values for the variables of the body."""
        patterns = (put(pattern, values) for pattern in (*self.body, *self.folded))
        rows = (_row(pattern) for pattern in patterns)
        return (*self.axioms, *(row for row in rows if row[1] != encoding.REFUTED))


@dataclass(frozen=True, slots=True)
class Fault:
    """A list of an axiom that is broken or too short: its axiom, and what is wrong."""

    axiom: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What came of new axioms: further instances, and axioms that follow."""

    instances: tuple[Instance, ...]
    axioms: frozenset[Row]


@dataclass(slots=True)
class _Axioms:
    """The axioms so far, to be searched."""

    terms: Terms
    orders: frozenset[int]
    rows: set[Row] = field(default_factory=set)
    keys: set[Key] = field(default_factory=set)
    by_subject: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    by_object: dict[tuple[int, int], list[Row]] = field(default_factory=dict)
    by_predicate: dict[int, list[Row]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take one more axiom.

        That a term is below itself, or equivalent, is found only where it is asked
        for as such: to go on from there leads back to where one was.
        """
        subject, predicate, value = row
        self.rows.add(row)
        self.keys |= {(predicate, None), (predicate, value)}
        if subject == value and predicate in self.orders:
            return
        self.by_subject.setdefault((subject, predicate), []).append(row)
        self.by_object.setdefault((predicate, value), []).append(row)
        self.by_predicate.setdefault(predicate, []).append(row)

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> Sequence[Row]:
        """Find axioms; a pattern of the rules always has its predicate."""
        if predicate is None:
            return ()
        if subject is not None and value is not None:
            row = (subject, predicate, value)
            return (row,) if row in self.rows else ()
        if subject is not None:
            return self.by_subject.get((subject, predicate), ())
        if value is not None:
            return self.by_object.get((predicate, value), ())
        return self.by_predicate.get(predicate, ())

    def has_all(self, keys: Iterable[Key]) -> bool:
        """Tell whether there is an axiom for each of some patterns."""
        return all(key in self.keys for key in keys)

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a term is a literal that writes this number."""
        return self.terms.means(literal, value)


class Compiler:
    """Makes instances of the rules as axioms come.

    What it concludes from axioms alone it takes as axioms itself; what it is given
    twice it takes once.
    """

    def __init__(self, terms: Terms) -> None:
        self.forms = [read(rule, terms.word) for rule in RULES]
        self.faults: set[Fault] = set()
        self._terms = terms
        self._axioms = _Axioms(terms, frozenset(map(terms.word, _ORDERS)))
        self._plans = [_Plan.of(form) for form in self.forms]
        self._by_key: dict[Key, list[tuple[_Plan, Pattern, list[Item]]]] = {}
        self._with_lists = [plan for plan in self._plans if plan.lists]
        self._made: set[tuple[str, tuple[Pattern, ...], tuple[Pattern, ...]]] = set()
        self._shortcuts: set[Row] = set()
        self._anonymous = Inverses(terms)
        self._inverses: dict[int, Inverse] = {}
        self._read: set[Key] = set()
        self._idle: dict[Key, list[Instance]] = {}
        self._thing_matters = False
        self._of_course: set[Row] = set()
        self._placing = (terms.word("rdfs:domain"), terms.word("rdfs:range"))
        self._below = terms.word("rdfs:subClassOf")
        self._enough = {terms.word(name): least for name, least in _ENOUGH.items()}
        for plan in self._plans:
            for item in plan.axioms:
                if isinstance(item, tuple):
                    rest = [other for other in plan.axioms if other is not item]
                    entry = (plan, item, rest)
                    self._by_key.setdefault(_key(item), []).append(entry)
        self._listed = frozenset(
            item.predicate for plan in self._plans for item in plan.lists
        )
        named = {predicate for predicate, _ in self._by_key} - {TYPE}
        self.predicates = frozenset(named | self._listed | _LIST)
        self.classes = frozenset(kind for _, kind in self._by_key if kind is not None)

    def is_axiom(self, row: Row) -> bool:
        """Tell whether some rule reads a triple as an axiom."""
        _, predicate, value = row
        if predicate == TYPE:
            return value in self.classes
        return predicate in self.predicates

    def reads(self, kind: int) -> bool:
        """Tell whether some instance reads what is of a class."""
        return bool(self._read & {(TYPE, kind), (TYPE, None)})

    def start(self) -> Step:
        """Make what needs no axioms: rules of equality, and what is always true."""
        instances: list[Instance] = []
        rows: set[Row] = set()
        for plan in self._plans:
            if not plan.axioms and not plan.tested and plan.form.rule.name != "eq-ref":
                self._conclude(plan, Match({}, {}, ()), instances, rows)
        return Step(tuple(instances), frozenset(rows))

    def extend(self, rows: Iterable[Row]) -> Step:
        """Take axioms, and make what follows from them and from those before."""
        new = [row for row in rows if row not in self._axioms.rows]
        instances: list[Instance] = []
        found: set[Row] = set()
        for row in new:
            self._axioms.add(row)
            self._note_thing(row, found)
        for row in new:
            if row[1] == encoding.INVERSE:
                for node in (row[0], row[2]):
                    if inverse := self._anonymous.of(node, self._axioms):
                        self._inverses[node] = inverse
        for row in new:
            for key in ((row[1], row[2]), (row[1], None)):
                for plan, item, rest in self._by_key.get(key, ()):
                    if not self._axioms.has_all(plan.needed):
                        continue
                    given = unified(item, row, self._axioms)
                    if given is not None:
                        start = Match(given, {}, (row,))
                        self._solve(plan, rest, start, instances, found)
        if any(row[1] in _LIST or row[1] in self._listed for row in new):
            for plan in self._with_lists:
                self._solve(plan, plan.axioms, Match({}, {}, ()), instances, found)
            self._check_lists()
        return Step(tuple(instances), frozenset(found - self._axioms.rows))

    def _solve(
        self,
        plan: _Plan,
        items: Sequence[Item],
        start: Match,
        instances: list[Instance],
        found: set[Row],
    ) -> None:
        for match in solve(plan.form, items, self._axioms, start):
            name = plan.form.rule.name
            if name in _LONG_WAYS and self._shortcuts.issuperset(match.rows):
                continue
            if name in _COVERED and match.values["?d"] == THING:
                continue
            self._conclude(plan, match, instances, found)

    def _conclude(
        self, plan: _Plan, match: Match, instances: list[Instance], found: set[Row]
    ) -> None:
        """Make an instance of a rule, or take what it concludes from axioms alone."""
        body = [*plan.body(match)]
        head = [put(pattern, match.values) for pattern in plan.form.then]
        if not body and head:
            rows = [_row(pattern) for pattern in head]
            for row in rows:
                if not self.is_axiom(row):
                    rule, values = plan.form.rule, match.values
                    made = Instance(rule, match.rows, values, (), (row,))
                    self._register(made, instances)
                elif row not in self._axioms.rows:
                    if plan.form.rule.name in _SHORTCUTS:
                        self._shortcuts.add(row)
                    if self._thing_matters or not self._is_of_course(row):
                        found.add(row)
                    else:
                        self._of_course.add(row)
            return
        made = Instance(
            plan.form.rule, match.rows, match.values, tuple(body), tuple(head)
        )
        for instance in self._variants(self._straightened(made)):
            self._register(instance, instances)

    def _register(self, instance: Instance, instances: list[Instance]) -> None:
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
        instances.append(instance)
        for pattern in instance.body:
            if pattern[1] == TYPE and instance.rule.name not in _EQUALITY:
                self._wake(_key(pattern), instances)

    def _unread(self, instance: Instance) -> Key | None:
        """Give the class that an instance concludes if no instance reads it.

        This goes for classes of which nothing is told outside: owl:Thing and
        anonymous ones.
        """
        if len(instance.head) != 1:
            return None
        _, predicate, value = instance.head[0]
        if predicate != TYPE or not isinstance(value, int) or value < 0:
            return None
        quiet = value == THING or isinstance(self._terms.term(value), BlankNode)
        if not quiet or self._read & {(TYPE, value), (TYPE, None)}:
            return None
        return TYPE, value

    def _wake(self, key: Key, instances: list[Instance]) -> None:
        """Let instances conclude a class that is read from now on."""
        if key in self._read:
            return
        self._read.add(key)
        for woken in [*self._idle] if key[1] is None else [key]:
            for instance in self._idle.pop(woken, ()):
                instances.append(instance)
                for pattern in instance.body:
                    if pattern[1] == TYPE:
                        self._wake(_key(pattern), instances)

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

    def _straightened(self, instance: Instance) -> Instance:
        """Write the inverse of a property as the property read backwards."""
        patterns = (*instance.body, *instance.head)
        if not any(pattern[1] in self._inverses for pattern in patterns):
            return instance
        axioms: dict[Row, None] = dict.fromkeys(instance.axioms)
        folded: list[Pattern] = []

        def straight(pattern: Pattern) -> Pattern:
            name = pattern[1]
            inverse = self._inverses.get(name) if isinstance(name, int) else None
            if inverse is None:
                return pattern
            axioms[inverse.axiom] = None
            return pattern[2], inverse.other, pattern[0]

        body = []
        for pattern in instance.body:
            body.append(straight(pattern))
            if body[-1] is not pattern:
                folded.append(pattern)
        head = tuple(straight(pattern) for pattern in instance.head)
        return replace(
            instance,
            axioms=tuple(axioms),
            body=tuple(body),
            head=head,
            folded=(*instance.folded, *folded),
        )

    def _variants(self, instance: Instance) -> Iterator[Instance]:
        """Add what follows by eq-ref and dt-diff, whose conclusions are in no table."""
        yield instance
        if instance.rule.name in _EQUALITY:
            return
        for at, pattern in enumerate(instance.body):
            rest = (*instance.body[:at], *instance.body[at + 1 :])
            if pattern[1] == SAME:
                yield from self._reflexive(instance, pattern, rest)
            elif pattern[1] == DIFFERENT and (pattern[0], SAME, pattern[2]) in rest:
                # Different literals that should be the same; the closure notes them.
                refuted = (pattern[0], encoding.REFUTED, pattern[2])
                yield replace(instance, body=(refuted,), folded=instance.body)

    def _reflexive(
        self, instance: Instance, pattern: Pattern, rest: tuple[Pattern, ...]
    ) -> Iterator[Instance]:
        """Read `?x owl:sameAs ?y` as said of one thing and itself."""
        one, _, other = pattern
        if isinstance(other, str):
            values: dict[str, Node] = {other: one}
        elif isinstance(one, str):
            values = {one: other}
        elif one == other:
            values = {}
        else:
            return
        node = values.get(one, one) if isinstance(one, str) else one
        body = tuple(put(each, values) for each in rest)
        head = tuple(put(each, values) for each in instance.head)
        folded = tuple(put(each, values) for each in (*instance.folded, pattern))
        if isinstance(node, int) or node in {*variables(body)}:
            occurrences: list[tuple[Pattern, ...]] = [()]
        else:  # any triple that has it
            occurrences = [
                ((node, "?any.1", "?any.2"),),
                (("?any.1", node, "?any.2"),),
                (("?any.1", "?any.2", node),),
            ]
        for extra in occurrences:
            yield replace(
                instance,
                values={**instance.values, **values},
                body=(*body, *extra),
                head=head,
                folded=folded,
            )

    def _check_lists(self) -> None:
        for predicate in self._listed:
            for row in self._axioms.match(None, predicate, None):
                found = members(self._axioms, row[2])
                least = self._enough.get(predicate, 0)
                if found.fault:
                    self.faults.add(Fault(row, found.fault))
                elif len(found.members) < least:
                    self.faults.add(Fault(row, f"it has fewer than {least} members"))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A rule, its items parted: those that match axioms, and those that match facts."""

    form: Form
    axioms: tuple[Item, ...]
    facts: tuple[Item, ...]
    lists: tuple[Listed, ...]
    outside: frozenset[str]
    needed: tuple[Key, ...]

    @classmethod
    def of(cls, form: Form) -> _Plan:
        """Part the items of a rule."""
        axioms = tuple(item for item in form.when if _reads_axioms(item))
        facts = tuple(item for item in form.when if not _reads_axioms(item))
        lists = tuple(item for item in form.when if isinstance(item, Listed))
        told = (item for item in form.when if isinstance(item, tuple))
        outside = frozenset([*variables(told), *variables(form.then)])
        needed = {_key(item) for item in axioms if isinstance(item, tuple)}
        return cls(form, axioms, facts, lists, outside, tuple(needed))

    @property
    def tested(self) -> bool:
        """Whether the rule is about what literals mean."""
        return any(isinstance(item, tuple) and item[1] in _TESTS for item in self.facts)

    def body(self, match: Match) -> Iterator[Pattern]:
        """Write the patterns of facts with the values of a match."""
        for item in self.facts:
            if isinstance(item, Listed):
                continue
            if isinstance(item, tuple):
                yield put(item, match.values)
            else:
                found = match.lists[item.member]
                for pattern in spelled_out(item, found, self.outside):
                    yield put(pattern, match.values)


_LIST = frozenset({encoding.FIRST, encoding.REST})


def _reads_axioms(item: Item) -> bool:
    if isinstance(item, Listed):
        return True
    if not isinstance(item, tuple) or not isinstance(item[1], int):
        return False
    if item[1] == TYPE:
        return isinstance(item[2], int) and item[2] not in {THING, NOTHING}
    return item[1] not in _DATA | _TESTS


def _key(pattern: Pattern) -> Key:
    """Say what decides whether a triple can match: its predicate, or its class."""
    predicate, value = pattern[1], pattern[2]
    if not isinstance(predicate, int):
        return 0, None
    if predicate == TYPE and isinstance(value, int):
        return TYPE, value
    return predicate, None


def _is_known(row: Pattern, body: tuple[Pattern, ...]) -> bool:
    return row in body or (row[1] == SAME and row[0] == row[2])


def _row(pattern: Pattern) -> Row:
    subject, predicate, value = pattern
    if (
        isinstance(subject, int)
        and isinstance(predicate, int)
        and isinstance(value, int)
    ):
        return subject, predicate, value
    raise ValueError(f"{pattern} has a variable")
