"""A difference as RDF Patch: what to delete and what to add, in one transaction.

https://afs.github.io/rdf-patch/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.rows import ntriples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.difference import Difference
    from wicgraph.terms import Quad, Term


def rdf_patch(difference: Difference) -> Iterator[str]:
    """Write a patch that makes the new graph of the old one, sorted, a line at a time.

    Deletions come before additions. Blank nodes of the old graph have the labels that
    its dumps have; new ones have labels that these have not.
    """
    yield "TX .\n"
    for name, (old, new) in difference.prefixes.items():
        if new is None:
            yield f'PD "{name}" "{old}" .\n'
        else:
            yield f'PA "{name}" "{new}" .\n'
    yield from sorted(f"D {_line(quad)}" for quad in difference.lost)
    yield from sorted(f"A {_line(quad)}" for quad in difference.gained)
    yield "TC .\n"


def _line(quad: Quad) -> str:
    terms: tuple[Term, ...] = (
        quad.subject,
        quad.predicate,
        quad.object,
        quad.graph_name,
    )  # type: ignore[assignment]
    return f"{' '.join(map(ntriples, terms))} .\n"
