"""Terms, statements, places and proofs for JSON, in one way for all answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.reasoning.rules import SECTION
from wicgraph.reasoning.wording import sentence
from wicgraph.terms import BlankNode, NamedNode, Term, language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.asking.grounds import Ground
    from wicgraph.publishing.proof_words import Words
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof


def proof_data(
    proof: Proof, grounds: Mapping[Statement, tuple[Ground, ...]], words: Words
) -> dict[str, object]:
    """Describe a proof for JSON by its steps, the conclusion first."""
    numbers = numbered(proof)
    steps = {id(step): step for step in proof.steps()}
    described = [
        {
            "id": numbers[key],
            "statement": statement_data(step.statement, words),
            "rule": _rule_data(step, words),
            "premises": [numbers[id(premise)] for premise in step.premises],
            "places": [
                ground_data(ground, words)
                for ground in grounds.get(step.statement, ())
                if not step.rule
            ],
        }
        for key, step in steps.items()
    ]
    return {"size": proof.size, "steps": described}


def _rule_data(step: Proof, words: Words) -> dict[str, object] | None:
    if step.rule is None:
        return None
    said = {
        language: sentence(step.rule, step.values, language, words.term)
        for language in ("en", "zh")
    }
    return {"name": step.rule.name, "section": SECTION, **said}


def statement_data(statement: Statement, words: Words) -> list[dict[str, object]]:
    """Describe a statement for JSON by its three terms."""
    return [term_data(part, words) for part in statement]


def ground_data(ground: Ground, words: Words) -> dict[str, object]:
    """Describe for JSON where a statement is written, and the words it rests on."""
    of = ground.document
    return {
        "path": ground.position.path if ground.position else None,
        "line": ground.position.line if ground.position else None,
        "graph": term_data(ground.graph, words),
        "issued": (of and of.issued) or None,
        "titles": [term_data(title, words) for title in of.titles] if of else [],
        "publishers": [term_data(each, words) for each in of.publishers] if of else [],
        "address": (of and of.address) or None,
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


def numbered(proof: Proof) -> dict[int, int]:
    """Give each step a number in reading order, by identity, a shared one once."""
    numbers: dict[int, int] = {}
    for step in proof.steps():
        numbers.setdefault(id(step), len(numbers) + 1)
    return numbers
