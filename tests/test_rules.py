"""The rules of OWL 2 RL, each with cases: files of premises and what follows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from wicgraph.reading.fact import Fact
from wicgraph.reading.turtle import read_turtle
from wicgraph.reasoning.derivation import FOLDING, Derivation, Folded, derivations
from wicgraph.reasoning.encoding import Row, Terms
from wicgraph.reasoning.inference import Closure, infer, worldly
from wicgraph.reasoning.patterns import Chain, Form, Listed, read, variables
from wicgraph.reasoning.rules import FALSE, RULES
from wicgraph.terms import NamedNode, Prefixes, Triple

DATA = Path(__file__).parent / "data" / "rules"
CASES = sorted(DATA.glob("*.ttl"))
THEN, FALSE_PART, NOTHING = "# --- then ---", "# --- false ---", "# --- nothing ---"
GRAPH = NamedNode("https://example.org/graph")
NAMES = [rule.name for rule in RULES]

assert CASES


def facts_of(text: str) -> tuple[Fact, ...]:
    """Read a Turtle text as one graph."""
    return read_turtle(text, "facts/case.ttl", GRAPH, Prefixes({})).facts


@dataclass(frozen=True)
class Case:
    """A case file: what is given, what is expected, and which rule it is about."""

    path: Path

    @property
    def rule(self) -> str:
        """The rule that the file is named after."""
        return self.path.name.partition(".")[0]

    @property
    def _parts(self) -> tuple[str, str, str]:
        text = self.path.read_text(encoding="utf-8")
        (mark,) = [part for part in (THEN, FALSE_PART, NOTHING) if part in text]
        given, _, expected = text.partition(mark)
        return given, mark, expected

    @property
    def given(self) -> tuple[Fact, ...]:
        """The facts above the line."""
        return facts_of(self._parts[0])

    @property
    def expected(self) -> set[Triple]:
        """The triples below the line."""
        given, _, expected = self._parts
        prefixes = [line for line in given.splitlines() if line.startswith("@prefix")]
        return {fact.triple for fact in facts_of("\n".join([*prefixes, expected]))}

    @property
    def contradicts(self) -> bool:
        """Whether what is given cannot all be true."""
        return self._parts[1] == FALSE_PART


class Memory:
    """A source of all that was given and concluded, with rounds."""

    def __init__(self, facts: Iterable[Fact], closure: Closure) -> None:
        assert closure.concluded is not None
        self.terms: Terms = closure.concluded.terms
        self.rounds: dict[Row, int] = {
            self.terms.row((fact.subject, fact.predicate, fact.object)): 0
            for fact in facts
        }
        for subject, predicate, value, number in closure.concluded.rows():
            row = subject, predicate, value
            assert row not in self.rounds
            self.rounds[row] = number
        self._found: defaultdict[tuple[int | None, ...], list[Row]] = defaultdict(list)
        for row in self.rounds:
            for kept in range(8):
                key = tuple(n if kept >> at & 1 else None for at, n in enumerate(row))
                self._found[key].append(row)

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> list[Row]:
        """Find triples."""
        return self._found.get((subject, predicate, value), [])

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a literal writes a number."""
        return self.terms.means(literal, value)

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word that the rules read."""
        return self.terms.is_read(number)

    @cached_property
    def folded(self) -> Folded:
        """The same, with what is in no table."""
        return Folded(self.terms, self)

    @cached_property
    def forms(self) -> list[Form]:
        """The rules, read with these terms."""
        return [read(rule, self.terms.word) for rule in RULES]

    def round(self, row: Row) -> int:
        """Tell when a triple came; what is in no table comes with its basis."""
        if row in self.rounds:
            return self.rounds[row]
        basis = self.folded.basis(row)
        assert basis is not None
        return max([self.round(each) for each in basis], default=0)

    def proofs(self, row: Row) -> Iterator[Derivation]:
        """Find the first steps of the proofs of a triple."""
        told = row in self.rounds
        for form in self.forms:
            if not told and form.rule.name not in FOLDING:
                continue
            for found in derivations(form, row, self.folded):
                if self._is_earlier(found.premises, row):
                    yield found

    def _is_earlier(self, premises: Iterable[Row], row: Row) -> bool:
        """Tell whether premises came before a triple; or, if it is folded, came."""
        if row not in self.rounds:
            return self.rounds.keys() >= {*premises}
        return all(self.round(premise) < self.rounds[row] for premise in premises)

    def behind(self, row: Row) -> tuple[set[str], set[Row]]:
        """Collect the rules and the triples of the first proof of a triple."""
        if self.rounds.get(row) == 0:
            return set(), {row}
        proof = next(self.proofs(row))
        names, rows = {proof.rule.name}, {row}
        for premise in proof.premises:
            more, below = self.behind(premise)
            names |= more
            rows |= below
        return names, rows


def name(path: Path) -> str:
    """Name a case by its file."""
    return path.stem


@cache
def closed(path: Path) -> Closure:
    """Conclude from a case, once."""
    return infer(Case(path).given)


def test_every_rule_has_cases() -> None:
    """Each rule has a case of its own and one where it does not apply, and no more."""
    for rule in NAMES:
        assert DATA / f"{rule}.ttl" in CASES
        assert DATA / f"{rule}.negative.ttl" in CASES
    assert {Case(path).rule for path in CASES} == set(NAMES)


def test_rules_are_those_of_the_specification() -> None:
    """The tables have as many rules as those of the specification, each once."""
    counts = dict.fromkeys(range(4, 10), 0)
    for rule in RULES:
        counts[rule.table] += 1
    assert counts == {4: 9, 5: 20, 6: 19, 7: 5, 8: 5, 9: 20}
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_rule_says_what_its_words_say(rule: object) -> None:
    """The words of a rule have no variables but those of its patterns."""
    form = read(RULES[NAMES.index(getattr(rule, "name"))], Terms().word)  # noqa: B009
    told = {*variables(form.then)}
    for item in form.when:
        if isinstance(item, tuple):
            told |= {*variables((item,))}
        elif isinstance(item, Listed):
            told |= {*item.members, str(item.subject)}
        elif isinstance(item, Chain):
            told |= {*variables((item.pattern,))}
    for words in (form.rule.en, form.rule.zh):
        used = {word for word in told if word in words}
        assert words.count("?") == sum(
            words.count(word)
            - sum(
                words.count(other)
                for other in used
                if other.startswith(word) and other != word
            )
            for word in used
        )


@pytest.mark.parametrize("path", CASES, ids=name)
def test_case_concludes_what_it_says(path: Path) -> None:
    """What is shown is what stands below the line; axioms there are concluded too."""
    case, closure = Case(path), closed(path)
    assert closure.faults == ()
    assert bool(closure.contradictions) == case.contradicts
    shown = set(closure.triples)
    if case.contradicts:
        return
    expected = case.expected
    assert shown == {triple for triple in expected if worldly(*triple)}
    assert closure.concluded is not None
    all_concluded = {tuple(each) for each, _ in closure.concluded.statements()}
    assert all_concluded >= {tuple(triple) for triple in expected}


@pytest.mark.parametrize("path", CASES, ids=name)
def test_case_is_proved_by_its_rule(path: Path) -> None:
    """The rule that a case is named after is a step of what is concluded there."""
    case, closure = Case(path), closed(path)
    memory = Memory(case.given, closure)
    form = memory.forms[NAMES.index(case.rule)]
    used: set[str] = set()
    rows: set[Row] = set()
    for told in closure.contradictions:
        used.add(told.rule.name)
        for premise in told.premises:
            names, below = memory.behind(memory.terms.row(premise))
            used |= names
            rows |= below
    goals = {memory.terms.row(triple) for triple in case.expected}
    if case.contradicts:
        assert goals <= rows
        assert case.rule in used
    elif ".negative" not in path.name and form.rule.then != FALSE:
        goals |= {row for row, number in memory.rounds.items() if number}
        assert any(
            True for goal in goals for _ in derivations(form, goal, memory.folded)
        )


@pytest.mark.parametrize("path", CASES, ids=name)
def test_everything_concluded_has_a_proof(path: Path) -> None:
    """Each conclusion is an instance of a rule, from premises of earlier rounds."""
    memory = Memory(Case(path).given, closed(path))
    for row, number in memory.rounds.items():
        assert number == 0 or next(memory.proofs(row), None) is not None
