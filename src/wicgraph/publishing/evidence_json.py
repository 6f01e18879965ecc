"""Evidence of rows as JSON, which `docs/evidence.schema.json` describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.publishing.absences import conditions_text, path_words, sentence
from wicgraph.publishing.proof_json import (
    ground_data,
    proof_data,
    statement_data,
    term_data,
)
from wicgraph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.asking.evidence import Backed, RowEvidence
    from wicgraph.asking.filling import Absence
    from wicgraph.asking.patterns import Part, Path
    from wicgraph.publishing.proof_words import Words


def evidence_json(
    rows: Iterable[RowEvidence], columns: Sequence[str], words: Words, *, short: bool
) -> Iterator[str]:
    """Write rows as they come, one a line; keys are added later, never changed.

    A `short` one has the places of what a proof rests on, and not the proof.
    """
    yield f'{{"version": 1, "columns": {_dumped(list(columns))}, "rows": [\n'
    for number, row in enumerate(rows):
        value = {
            "row": {
                name: term_data(term, words)
                for name, term in zip(columns, row.row, strict=True)
                if term is not None
            },
            "triples": [_triple(backed, words, short=short) for backed in row.backed],
            "absent": [_absent(each, words) for each in row.absent],
            "uncovered": row.uncovered.value if row.uncovered else None,
        }
        yield f"{',' * bool(number)}{_dumped(value)}\n"
    yield "]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _triple(backed: Backed, words: Words, *, short: bool) -> dict[str, object]:
    grounds = (ground for each in backed.grounds.values() for ground in each)
    is_proved = backed.proof is not None and not backed.asserted and not short
    return {
        "statement": statement_data(backed.statement, words),
        "text": words.statement(backed.statement),
        "kind": "asserted" if backed.asserted else "inferred",
        "places": [] if is_proved else [ground_data(each, words) for each in grounds],
        "proof": proof_data(backed.proof, backed.grounds, words)
        if is_proved and backed.proof
        else None,
    }


def _absent(absence: Absence, words: Words) -> dict[str, object]:
    return {
        "patterns": [
            [_part(part, words) for part in pattern] for pattern in absence.patterns
        ],
        "graphs": [term_data(graph, words) for graph in absence.graphs],
        "conditions": conditions_text(absence, words),
        "text": sentence(absence, words),
    }


def _part(part: Part | Path, words: Words) -> dict[str, object]:
    if isinstance(part, Variable):
        return {"type": "variable", "value": part.value}
    if isinstance(part, NamedNode | Literal | BlankNode):
        return term_data(part, words)
    return {"type": "path", "value": path_words(part, words)}
