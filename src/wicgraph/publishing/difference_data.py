"""A difference as programs read it: JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.difference import ONTOLOGY
from wicgraph.asking.sides import Change
from wicgraph.publishing.nesting import nested
from wicgraph.store import INFERRED
from wicgraph.terms import BlankNode, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.asking.answer import Row
    from wicgraph.asking.difference import Block, Difference, Triples
    from wicgraph.asking.replies import Question
    from wicgraph.asking.things import Things
    from wicgraph.terms import Term


def difference_json(difference: Difference, names: tuple[str, str]) -> str:
    """Write a difference as JSON; keys are added in later versions, never changed.

    `names` are what the two sides are called. A term is {"type": "iri", "value",
    "curie", "label"?}, {"type": "literal", "value", "language" or "datatype"} or
    {"type": "blank", "value", "turtle"}; a cell of a row may be null.
    """
    content = _Writer(difference).content(names)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the parts of a difference into JSON values."""

    difference: Difference

    def content(self, names: tuple[str, str]) -> dict[str, object]:
        told = self.difference
        old, new = told.old.things, told.new.things
        blocks = {
            section.graph: list(map(self._block, section.blocks))
            for section in told.sections
        }
        facts = blocks.keys() - {ONTOLOGY, INFERRED}
        return {
            "version": 1,
            "old": names[0],
            "new": names[1],
            "prefixes": [
                {"prefix": name, "old": was, "new": now}
                for name, (was, now) in told.prefixes.items()
            ],
            "terms": blocks.get(ONTOLOGY, []),
            "things": {
                "removed": self._terms(told.removed, old),
                "added": self._terms(told.added, new),
            },
            "facts": [
                {"graph": self._term(graph, new), "blocks": blocks[graph]}
                for graph in sorted(facts, key=str)
            ],
            "inferred": blocks.get(INFERRED, []),
            "questions": list(map(self._question, told.questions)),
            "unanswered": [
                {
                    "name": failure.name,
                    "old": self._reason(failure.old),
                    "new": self._reason(failure.new),
                }
                for failure in told.failures
            ],
        }

    def _block(self, block: Block) -> dict[str, object]:
        old, new = self.difference.old.things, self.difference.new.things
        side = old if block.change is Change.REMOVED else new
        return {
            "subject": self._term(block.subject, side),
            "change": block.change.value,
            "removed": self._triples(block.lost, old),
            "added": self._triples(block.gained, new),
        }

    def _question(self, question: Question) -> dict[str, object]:
        old, new = self.difference.old.things, self.difference.new.things
        query = question.query
        return {
            "name": query.name,
            "summary": new.language.pick(query.summary, query.summary_zh),
            "change": question.change.value,
            "rewritten": question.rewritten,
            "columns": list(question.columns),
            "removed": [self._row(row, old) for row in question.lost],
            "added": [self._row(row, new) for row in question.gained],
        }

    def _triples(self, triples: Triples, things: Things) -> list[dict[str, object]]:
        return [
            {
                "predicate": self._term(triple.predicate, things),
                "object": self._term(triple.object, things),  # type: ignore[arg-type]
            }
            for triple in triples
        ]

    def _terms(self, terms: Iterable[Term], things: Things) -> list[object]:
        return [self._term(term, things) for term in terms]

    def _row(self, row: Row, things: Things) -> list[object]:
        return [None if term is None else self._term(term, things) for term in row]

    def _term(self, term: Term, things: Things) -> dict[str, object]:
        if isinstance(term, BlankNode):
            turtle = nested(term, self.difference.inside, things.prefixes.show)
            return {"type": "blank", "value": term.value, "turtle": turtle}
        if isinstance(term, NamedNode):
            label = things.labels([term])
            return {
                "type": "iri",
                "value": term.value,
                "curie": things.prefixes.shorten(term),
                **({"label": label[term]} if label else {}),
            }
        literal: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            return literal | {"language": language_tag(term.language)}
        return literal | {"datatype": things.prefixes.shorten(term.datatype)}

    def _reason(self, error: Exception | None) -> str | None:
        return None if error is None else str(error)
