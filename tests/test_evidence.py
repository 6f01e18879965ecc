"""Evidence of rows: what they rest on, on the small world and on the real graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.asking.answer import evaluate
from wicgraph.asking.basis import bases
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.terms import Literal, NamedNode

if TYPE_CHECKING:
    from wicgraph.asking.basis import Basis
    from wicgraph.store import Snapshot
    from wicgraph.terms import Term

REPOSITORY = Path(__file__).parents[1]
PREFIXES = Root(REPOSITORY).prefixes()
PATTERNS = sorted((REPOSITORY / "tests" / "data" / "patterns").glob("*.rq"))
# Rows that rest on no triple, and rows of which it is not known.
OF_NOTHING = {"graph-empty", "literals", "nothing"}
UNKNOWN = {"construct-blank-node"}


def based(snapshot: Snapshot, text: str, **values: Term) -> list[Basis]:
    """Ask a query, and what its rows rest on."""
    source = QueryText("query", text, PREFIXES.table)
    answer = evaluate(snapshot, source, values)
    return list(bases(snapshot, source, values, answer))


def shown(basis: Basis) -> list[str]:
    """Write what a row rests on: triples as CURIEs, then what was not found."""
    found = [" ".join(map(PREFIXES.show, each.statement)) for each in basis.found]
    absent = [
        "not "
        + ", ".join(
            " ".join(
                PREFIXES.show(part)
                if isinstance(part, NamedNode | Literal)
                else str(part)
                for part in pattern
            )
            for pattern in each.patterns
        )
        for each in basis.absent
    ]
    return found + absent


@pytest.mark.parametrize("path", PATTERNS, ids=lambda path: path.stem)
def test_every_form_of_query_tells_what_its_rows_rest_on(
    path: Path, snapshot: Snapshot
) -> None:
    """All rows have triples that hold in the graph, or what was not found."""
    found = based(snapshot, path.read_text(encoding="utf-8"))
    assert found
    for basis in found:
        assert bool(basis.uncovered) is (path.stem in UNKNOWN)
        some = basis.found or basis.absent
        assert bool(some) is (path.stem not in OF_NOTHING | UNKNOWN)
        for each in basis.found:
            assert any(snapshot.triples(*each.statement))
