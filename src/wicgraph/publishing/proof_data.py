"""Explanations as programs read them: JSON, Turtle, and Mermaid for pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps import dump
from wicgraph.reasoning.rules import SECTION
from wicgraph.reasoning.wording import sentence
from wicgraph.terms import (
    RDF,
    RDF_TYPE,
    RDFS,
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    Term,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.grounds import Ground
    from wicgraph.asking.why import Explanation
    from wicgraph.publishing.proof_words import Words
    from wicgraph.reasoning.absence import Gap, Wanted
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof

_PROV = "http://www.w3.org/ns/prov#"
_STATEMENT = NamedNode(RDF + "Statement")
_LABEL = NamedNode(RDFS + "label")
_SEE = NamedNode(RDFS + "seeAlso")
_DERIVED = NamedNode(_PROV + "wasDerivedFrom")
_GENERATED = NamedNode(_PROV + "wasGeneratedBy")
_ACTIVITY = NamedNode(_PROV + "Activity")
_ENTITY = NamedNode(_PROV + "Entity")
_CONTRADICTION = "contradiction"
_PRIMARY = NamedNode(_PROV + "hadPrimarySource")
_QUOTED = NamedNode(_PROV + "wasQuotedFrom")
_LOCATION = NamedNode(_PROV + "atLocation")
_PARTS = tuple(NamedNode(RDF + name) for name in ("subject", "predicate", "object"))


def explanation_json(explanation: Explanation, words: Words) -> str:
    """Write an explanation as JSON; keys are added in later versions, never changed.

    {"version": 1, "verdict", "statement": [term, term, term], "proofs": [proof],
    "more", "refutation": proof or null, "missing": [gap], "unknown": [{"term",
    "similar"}]}. A proof is {"size", "steps"}; its first step is the conclusion, and a
    step is {"id", "statement", "rule": {"name", "section", "en", "zh"} or null,
    "premises": [id], "places": [{"path", "line", "graph", "issued", "quotes"}]}.
    """
    return (
        json.dumps(_Json(explanation, words).told(), ensure_ascii=False, indent=2)
        + "\n"
    )


@dataclass(frozen=True)
class _Json:
    """Turns the parts of an explanation into JSON values."""

    explanation: Explanation
    words: Words

    def told(self) -> dict[str, object]:
        told = self.explanation
        against = told.refutation
        return {
            "version": 1,
            "verdict": told.verdict.value,
            "statement": self._statement(told.statement),
            "proofs": list(map(self._proof, told.proofs)),
            "more": told.more,
            "refutation": None if against is None else self._proof(against),
            "missing": list(map(self._gap, told.gaps)),
            "unknown": [
                {
                    "term": term_data(each.term, self.words),
                    "similar": list(each.similar),
                }
                for each in told.unknown
            ],
        }

    def _proof(self, proof: Proof) -> dict[str, object]:
        numbers = numbered(proof)
        steps = {id(step): step for step in proof.steps()}
        return {
            "size": proof.size,
            "steps": [
                self._step(step, numbers[key], numbers) for key, step in steps.items()
            ],
        }

    def _step(
        self, step: Proof, number: int, numbers: Mapping[int, int]
    ) -> dict[str, object]:
        grounds = self.explanation.grounds.get(step.statement, ())
        return {
            "id": number,
            "statement": self._statement(step.statement),
            "rule": self._rule(step),
            "premises": [numbers[id(premise)] for premise in step.premises],
            "places": [
                ground_data(ground, self.words) for ground in grounds if not step.rule
            ],
        }

    def _rule(self, step: Proof) -> dict[str, object] | None:
        if step.rule is None:
            return None
        said = {
            language: sentence(step.rule, step.values, language, self.words.term)
            for language in ("en", "zh")
        }
        return {"name": step.rule.name, "section": SECTION, **said}

    def _gap(self, gap: Gap) -> dict[str, object]:
        return {
            "statement": self._statement(gap.statement),
            "rule": gap.rule.name,
            "axioms": list(map(self._statement, gap.axioms)),
            "found": [self._wanted(wanted) for wanted in gap.found],
            "missing": self._wanted(gap.missing),
            "sentence": self.words.missing(gap),
            "values": {
                name: [term_data(value, self.words) for value in values]
                for name, values in gap.values.items()
            },
            "deeper": list(map(self._gap, gap.deeper)),
        }

    def _wanted(self, wanted: Wanted) -> list[object]:
        return [
            {"type": "variable", "value": part}
            if isinstance(part, str)
            else term_data(part, self.words)
            for part in wanted
        ]

    def _statement(self, statement: Statement) -> list[dict[str, object]]:
        return [term_data(part, self.words) for part in statement]


def ground_data(ground: Ground, words: Words) -> dict[str, object]:
    """Describe for JSON where a statement is written, and the words it rests on."""
    return {
        "path": ground.position.path,
        "line": ground.position.line,
        "graph": term_data(ground.graph, words),
        "issued": (ground.document and ground.document.issued) or None,
        "quotes": [
            {
                "passage": words.things.prefixes.shorten(quote.passage),
                "words": quote.words.value,
                "language": language_tag(quote.words.language or ""),
            }
            for quote in ground.quotes
        ],
    }


def term_data(term: Term, words: Words) -> dict[str, object]:
    """Describe a term for JSON: its type, value and CURIE, and its label if it has one.

    {"type": "iri", "value", "curie", "label"?}, {"type": "literal", "value", "language"
    or "datatype"} or {"type": "blank", "value"}.
    """
    if isinstance(term, BlankNode):
        return {"type": "blank", "value": term.value}
    if isinstance(term, NamedNode):
        curie = words.things.prefixes.shorten(term)
        label = words.term(term)
        named = {} if label == curie else {"label": label}
        return {"type": "iri", "value": term.value, "curie": curie, **named}
    literal: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        return literal | {"language": language_tag(term.language)}
    return literal | {"datatype": words.things.prefixes.shorten(term.datatype)}


def explanation_turtle(explanation: Explanation, words: Words) -> Iterator[str]:
    """Write the proofs as statements derived from statements, in terms of PROV.

    https://www.w3.org/TR/prov-o/ · A step is generated by an activity that is labelled
    with its rule; an asserted statement has its place, its sources and its passages.
    What contradicts is no statement: only the premises of its last step are.
    """
    against = explanation.refutation
    quads: list[Quad] = []
    for place, proof in enumerate(_proofs(explanation), 1):
        numbers = numbered(proof)
        for step in {id(each): each for each in proof.steps()}.values():
            node = BlankNode(f"proof{place}step{numbers[id(step)]:04}")
            said: list[tuple[NamedNode, Term]] = []
            if step is against:
                said += [(RDF_TYPE, _ENTITY), (_LABEL, Literal(_CONTRADICTION))]
            else:
                said.append((RDF_TYPE, _STATEMENT))
                said += zip(_PARTS, step.statement, strict=True)
            for premise in step.premises:
                other = BlankNode(f"proof{place}step{numbers[id(premise)]:04}")
                said.append((_DERIVED, other))
            if step.rule is not None:
                inference = BlankNode(f"{node.value}rule")
                said.append((_GENERATED, inference))
                quads.append(Quad(inference, RDF_TYPE, _ACTIVITY))
                quads.append(Quad(inference, _LABEL, Literal(step.rule.name)))
                quads.append(Quad(inference, _SEE, NamedNode(SECTION)))
            else:
                for ground in explanation.grounds.get(step.statement, ()):
                    said += _sources(ground)
            quads += [Quad(node, predicate, value) for predicate, value in said]
    return dump(quads, "turtle", words.things.prefixes)


def _sources(ground: Ground) -> Iterator[tuple[NamedNode, Term]]:
    yield _PRIMARY, ground.graph
    yield _LOCATION, Literal(f"{ground.position.path}:{ground.position.line}")
    for quote in ground.quotes:
        yield _QUOTED, quote.passage


def explanation_mermaid(explanation: Explanation, words: Words) -> str:
    """Draw the proofs as a Mermaid graph from what is asserted to what follows.

    https://mermaid.js.org/syntax/flowchart.html · An explanation without a proof is
    drawn as its verdict, and so is what a contradiction leads to.
    """
    lines = ["graph BT"]
    title = f"{explanation.verdict.value}: {words.asked(explanation.statement)}"
    proofs = _proofs(explanation)
    if not proofs:
        lines.append(f"    v[{mermaid_text(title)}]")
    for place, proof in enumerate(proofs, 1):
        names: dict[Statement | None, str] = {}
        waiting = [proof]
        while waiting:
            step = waiting.pop()
            is_end = step is explanation.refutation
            key = None if is_end else step.statement
            name = names.setdefault(key, f"p{place}s{len(names) + 1}")
            if step.rule is None:
                grounds = explanation.grounds.get(step.statement, ())
                places = [f"{g.position.path}:{g.position.line}" for g in grounds[:1]]
                text = mermaid_text(words.statement(step.statement), *places)
                lines.append(f"    {name}([{text}])")
                continue
            text = title if is_end else words.statement(step.statement)
            lines.append(f"    {name}[{mermaid_text(text)}]")
            below = words.premises(step)
            for premise in below:
                other = premise.proof
                is_new = other.statement not in names
                end = names.setdefault(other.statement, f"p{place}s{len(names) + 1}")
                if is_new and other.rule is not None:
                    waiting.append(other)
                elif is_new:
                    text = words.statement(other.statement, premise.list)
                    grounds = explanation.grounds.get(other.statement, ())
                    places = [
                        f"{g.position.path}:{g.position.line}" for g in grounds[:1]
                    ]
                    lines.append(f"    {end}([{mermaid_text(text, *places)}])")
                lines.append(f"    {end} -- {step.rule.name} --> {name}")
    return "\n".join(lines) + "\n"


def _proofs(explanation: Explanation) -> list[Proof]:
    """List what is to be written: the proofs, or what speaks against the triple."""
    against = explanation.refutation
    return [*explanation.proofs, *([] if against is None else [against])]


def numbered(proof: Proof) -> dict[int, int]:
    """Give each step a number in reading order, by identity, a shared one once."""
    numbers: dict[int, int] = {}
    for step in proof.steps():
        numbers.setdefault(id(step), len(numbers) + 1)
    return numbers


def mermaid_text(*lines: str) -> str:
    """Write a text for a node of Mermaid, in which only quotation marks are special."""
    text = "<br/>".join(line.replace("<", "‹").replace(">", "›") for line in lines)
    return '"{}"'.format(text.replace('"', "#quot;"))
