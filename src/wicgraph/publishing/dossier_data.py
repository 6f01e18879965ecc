"""A dossier as programs read it: JSON, or the triples themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps import dump
from wicgraph.terms import BlankNode, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.dossier import Block, Dossier, Statement
    from wicgraph.asking.grounds import Quote
    from wicgraph.asking.ledger import Entry, Matter
    from wicgraph.asking.things import Things
    from wicgraph.reading.fact import Position
    from wicgraph.terms import Term


def dossier_json(dossier: Dossier, things: Things) -> str:
    """Write a dossier as JSON; keys are added in later versions, never changed.

    A term is {"type": "iri", "value", "curie", "label"?} or {"type": "literal",
    "value", "language" or "datatype"}; a place is "path:line", null if inferred; a
    standing, where a day was asked for and it has a time, is "held" or "unknown".
    """
    labels = things.labels(dossier.terms())
    content = _Writer(things, labels).dossier(dossier)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def dossier_turtle(dossier: Dossier, things: Things) -> Iterator[str]:
    """Write what is said of the thing, of its facts and of their passages."""
    snapshot = things.snapshot
    nodes = set()
    for section in dossier.sections:
        for statement in section.statements:
            nodes |= {quote.passage for quote in statement.quotes}
        for block in section.blocks:
            nodes |= {block.node, *(quote.passage for quote in block.quotes)}
    quads = [q for n in nodes for q in snapshot.quads(n, inference=False)]
    quads += snapshot.quads(dossier.thing, inference=bool(dossier.inferred))
    return dump(quads, "turtle", things.prefixes)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns the parts of a dossier into JSON values."""

    things: Things
    labels: Mapping[NamedNode, str]

    def dossier(self, dossier: Dossier) -> dict[str, object]:
        return {
            "version": 1,
            "thing": self._term(dossier.thing),
            "names": [
                {"kind": self._curie(name.kind), "name": self._term(name.text)}
                for name in dossier.names
            ],
            "classes": list(map(self._term, dossier.classes)),
            "ledger": list(map(self._matter, dossier.ledger)),
            "sections": [
                {
                    "graph": self._term(section.graph),
                    "publisher": self._optional(section.publisher),
                    "issued": self._optional(section.issued),
                    "statements": list(map(self._statement, section.statements)),
                    "blocks": list(map(self._block, section.blocks)),
                }
                for section in dossier.sections
            ],
            "inferred": list(map(self._statement, dossier.inferred)),
        }

    def _matter(self, matter: Matter) -> dict[str, object]:
        return {
            "matter": self._optional(matter.kind),
            "scope": self._optional(matter.scope),
            "divergence": self._optional(matter.divergence),
            "entries": list(map(self._entry, matter.entries)),
        }

    def _entry(self, entry: Entry) -> dict[str, object]:
        return {
            "value": self._optional(entry.value),
            "source": self._optional(entry.source),
            "date": self._optional(entry.date),
            "language": self._optional(entry.language),
            "publisher": self._optional(entry.publisher),
            "rank": self._optional(entry.rank),
            "reason": self._optional(entry.reason),
        }

    def _statement(self, statement: Statement) -> dict[str, object]:
        return {
            "predicate": self._term(statement.predicate),
            "incoming": statement.incoming,
            "value": self._term(statement.other),
            "place": _place(statement.position),
            "quotes": list(map(self._quote, statement.quotes)),
            **_standing(statement),
        }

    def _block(self, block: Block) -> dict[str, object]:
        return {
            "node": self._term(block.node),
            "classes": list(map(self._term, block.classes)),
            "links": list(map(self._term, block.links)),
            "place": _place(block.position),
            "statements": list(map(self._statement, block.statements)),
            "quotes": list(map(self._quote, block.quotes)),
            **_standing(block),
        }

    def _quote(self, quote: Quote) -> dict[str, object]:
        return {
            "passage": self._curie(quote.passage),
            "words": self._term(quote.words),
            "supports": list(map(self._curie, quote.supports)),
        }

    def _optional(self, term: Term | None) -> dict[str, object] | None:
        return None if term is None else self._term(term)

    def _term(self, term: Term) -> dict[str, object]:
        if isinstance(term, BlankNode):
            return {"type": "blank", "value": term.value}
        if isinstance(term, NamedNode):
            label = {"label": self.labels[term]} if term in self.labels else {}
            return {
                "type": "iri",
                "value": term.value,
                "curie": self._curie(term),
                **label,
            }
        literal: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            return literal | {"language": language_tag(term.language)}
        return literal | {"datatype": self._curie(term.datatype)}

    def _curie(self, node: NamedNode) -> str:
        return self.things.prefixes.shorten(node)


def _standing(fact: Statement | Block) -> dict[str, str]:
    return {"standing": fact.standing.value} if fact.standing else {}


def _place(position: Position | None) -> str | None:
    return f"{position.path}:{position.line}" if position else None
