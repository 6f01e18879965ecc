"""Proofs in words: names for all terms, sentences for rules and for what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.language import shown
from wicgraph.asking.things import nodes
from wicgraph.asking.why import Verdict
from wicgraph.language import spaced
from wicgraph.publishing.vocabulary import WORDS
from wicgraph.reasoning.wording import sentence
from wicgraph.terms import (
    OWL,
    RDF,
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    RDFS,
    BlankNode,
    Literal,
    NamedNode,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.asking.grounds import Quote
    from wicgraph.asking.things import Things
    from wicgraph.asking.why import Explanation
    from wicgraph.reasoning.absence import Gap, Wanted
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof

_INVERSE = NamedNode(OWL + "inverseOf")
_DOMAIN = NamedNode(RDFS + "domain")
_CHAIN = "prp-spo2"
_FEW = 3  # values of a variable that are named
_VOWELS = tuple("aeiouAEIOU")
_VERDICTS = {
    Verdict.ASSERTED: ("asserted", "已陈述"),
    Verdict.INFERRED: ("inferred", "推理得出"),
    Verdict.NOT_STATED: ("not stated", "未陈述"),
    Verdict.CONTRADICTED: ("contradicted", "与已知相矛盾"),
    Verdict.UNKNOWN_TERM: ("unknown term", "未知词项"),
}
_LISTING = frozenset({RDF_FIRST, RDF_REST})
_LANGUAGES = (OWL, RDF, RDFS)


@dataclass(frozen=True, slots=True)
class Premise:
    """A premise as it is shown: a proof, in which a list is read as one axiom."""

    proof: Proof
    list: tuple[Term, ...] = ()
    focus: tuple[Term, ...] = ()  # members of the list that the step is about


@dataclass(frozen=True)
class Words:
    """Says what proofs say in the language of its things, with labels or `iris`."""

    things: Things
    iris: bool = False

    def term(self, term: Term) -> str:
        """Name a term: its label, what it is if it has none, or its text."""
        if isinstance(term, Literal):
            return shown(term, self.things.language, "“{}”")
        if self.iris and isinstance(term, NamedNode):
            return self.things.prefixes.shorten(term)
        if term not in self._names:
            self._names[term] = self._named(term)
        return self._names[term]

    def statement(
        self,
        statement: Statement,
        listed: Sequence[Term] = (),
        focus: Sequence[Term] = (),
    ) -> str:
        """Write a statement: subject, property and object, a list by its members.

        Of a long list those in `focus` are named, and the others counted.
        """
        subject, predicate, value = statement
        if listed:
            between = self.pick(", then ", " → ")
            if predicate.value.endswith("propertyChainAxiom"):
                last = between.join(map(self.term, listed))
            else:
                first = [term for term in listed if term in focus] or listed[:_FEW]
                rest = len(listed) - len(first)
                names = list(map(self.term, first))
                if rest:
                    names.append(self.pick(f"{rest} more", f"另外 {rest} 个"))
                last = self.pick(", ", "、").join(names)
            return f"{self.term(subject)} — {self.term(predicate)} — {last}"
        if predicate == RDF_TYPE:
            is_a = self.pick("is a", "是")
            return f"{self.term(subject)} — {is_a} — {self.term(value)}"
        return " — ".join(map(self.term, statement))

    def verdict(self, told: Explanation) -> str:
        """Say what can be said of the triple that was asked for, and which it is."""
        name = self.pick(*_VERDICTS[told.verdict])
        return f"{name}{self.pick(': ', '：')}{self.asked(told.statement)}"

    def asked(self, statement: Statement) -> str:
        """Write a statement that was asked for: a literal as Turtle writes it.

        What is stated and what is not may differ in a language tag only.
        """
        value = statement.object
        if not isinstance(value, Literal):
            return self.statement(statement)
        start = map(self.term, (statement.subject, statement.predicate))
        return " — ".join([*start, self.things.prefixes.show(value)])

    def rule(self, proof: Proof) -> str:
        """Name the rule of an inferred statement, and say it of what it is about."""
        if proof.rule is None:
            return ""
        language = self.things.language.value
        said = sentence(proof.rule, proof.values, language, self.term)
        return self.headed(proof.rule.name, said)

    def headed(self, heading: str, text: str) -> str:
        """Put a heading before a text, with a colon of the language."""
        return f"{heading}{self.pick(': ', '：')}{text}"

    def few(self, terms: Sequence[Term], limit: int = _FEW) -> str:
        """Name some terms and count the others."""
        names = list(map(self.term, terms[:limit]))
        rest = len(terms) - len(names)
        if rest:
            names.append(self.pick(f"{rest} more", f"另外 {rest} 个"))
        if self.pick("en", "zh") == "zh":
            return "、".join(names)
        return (
            " or ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]
        )

    def pick(self, english: str, chinese: str) -> str:
        """Choose the text in the language of the things."""
        return self.things.language.pick(english, chinese)

    def premises(self, proof: Proof) -> list[Premise]:
        """Choose what to show under a step: lists as one, inverses read at once."""
        shown: list[Premise] = []
        for premise in proof.premises:
            predicate = premise.statement.predicate
            if predicate in _LISTING and premise.rule is None and shown:
                if predicate == RDF_FIRST:
                    last = shown[-1]
                    members = (*last.list, premise.statement.object)
                    focus = tuple(set(members) & set(proof.values.values()))
                    shown[-1] = Premise(last.proof, members, focus)
            elif isinstance(predicate, BlankNode) and premise.rule is not None:
                shown += [
                    Premise(each)
                    for each in premise.premises
                    if each.statement.predicate != _INVERSE
                ]
            else:
                shown.append(Premise(premise))
        return shown

    def quote(self, quote: Quote) -> str:
        """Write the words of a passage in the quotation marks of their language."""
        chinese = (quote.words.language or "").startswith("zh")
        return f"「{quote.words.value}」" if chinese else f"“{quote.words.value}”"

    def found(self, gap: Gap, wanted: Wanted) -> str:
        """Write a premise that holds, with all that it can be."""
        return self._pattern(gap, self._forward(wanted))

    def missing(self, gap: Gap) -> str:
        """Say which premise fails, as something that no source says."""
        subject, predicate, value = self._forward(gap.missing)
        if isinstance(predicate, str):
            said = self._pattern(gap, (subject, predicate, value))
            return self.pick(f"no source says: {said}", f"没有来源说：{said}")
        name = self.term(predicate)
        kind = self._domain(predicate)
        noun = self.term(kind) if kind else self.pick("thing", "事物")
        some = f"{'an' if noun.startswith(_VOWELS) else 'a'} {noun}"
        end = self._part(gap, value)
        if self._is_open(gap, subject):
            return self.pick(
                f"no source gives {some} whose “{name}” is {end}",
                spaced("没有来源给出以", end, f"为「{name}」的", noun),
            )
        is_between = gap.rule.name == _CHAIN and self._is_reached(gap, subject)
        if kind and is_between and not self._is_open(gap, value):
            whole = self.term(gap.statement.subject)
            return self.pick(
                f"no source gives {whole} {some} whose “{name}” is {end}",
                spaced("没有来源给出", whole, "的、以", end, f"为「{name}」的", noun),
            )
        said = self._pattern(gap, (subject, predicate, value))
        return self.pick(f"no source says: {said}", f"没有来源说：{said}")

    @staticmethod
    def _is_reached(gap: Gap, part: Term | str) -> bool:
        """Tell what stands between the ends of a chain."""
        every = {value for values in gap.values.values() for value in values}
        return part in every or part in gap.values

    def _pattern(self, gap: Gap, wanted: Wanted) -> str:
        subject, predicate, value = wanted
        is_a = predicate == RDF_TYPE
        verb = self.pick("is a", "是") if is_a else self._part(gap, predicate)
        return f"{self._part(gap, subject)} — {verb} — {self._part(gap, value)}"

    def _part(self, gap: Gap, part: Term | str) -> str:
        if not isinstance(part, str):
            return self.term(part)
        values = gap.values.get(part, ())
        return self.few(values) if values else self.pick("anything", "任何事物")

    @staticmethod
    def _is_open(gap: Gap, part: Term | str) -> bool:
        return isinstance(part, str) and not gap.values.get(part)

    def _forward(self, wanted: Wanted) -> Wanted:
        """Read an anonymous inverse of a property the other way round."""
        subject, predicate, value = wanted
        if isinstance(predicate, BlankNode):
            for triple in self._axioms(predicate, _INVERSE):
                return value, triple, subject
        return wanted

    def _domain(self, predicate: Term) -> Term | None:
        return next(iter(self._axioms(predicate, _DOMAIN)), None)

    def _axioms(self, subject: Term, predicate: NamedNode) -> tuple[NamedNode, ...]:
        if isinstance(subject, Literal):
            return ()
        found = self.things.snapshot.triples(subject, predicate, inference=False)
        return nodes(triple.object for triple in found)

    @cached_property
    def _names(self) -> dict[Term, str]:
        return {}

    def _named(self, term: NamedNode | BlankNode) -> str:
        if isinstance(term, BlankNode):
            for node in self._axioms(term, _INVERSE):
                return self.pick(
                    f"inverse of {self.term(node)}", f"{self.term(node)}（反向）"
                )
            return str(term)
        if term == RDF_NIL:
            return "()"
        if term in WORDS:
            return WORDS[term].spoken(self.things.language)
        if self.things.is_named(term) and not term.value.startswith(_LANGUAGES):
            return self.things.label(term, self.things.labels([term]))
        return self._described(term)

    def _described(self, term: NamedNode) -> str:
        """Write the CURIE of a node after what it is, such as "tenure role:…"."""
        curie = self.things.prefixes.shorten(term)
        kinds = [
            kind
            for kind in self.things.classes(term, inference=False)
            if not kind.value.startswith(_LANGUAGES)
        ]
        labels = self.things.labels(kinds)
        between = self.pick(", ", "、")
        what = between.join(self.things.label(kind, labels) for kind in kinds)
        return f"{what} {curie}".strip()
