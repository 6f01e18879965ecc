"""N-Triples and N-Quads in canonical form, and the hash that this gives a graph.

https://www.w3.org/TR/rdf-canon/#canonical-quads
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wicgraph.publishing.dumps.facts import canonical, facts
from wicgraph.publishing.rows import ntriples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Quad


def lines(found: Iterable[Fact]) -> list[str]:
    """Write a line for each fact, in the order of code points.

    It is the canonical form of the graph if its blank nodes have canonical labels.
    """
    return sorted(map(_line, found))


def graph_hash(quads: Iterable[Quad]) -> str:
    """Digest quads by RDFC-1.0 and SHA-256; 64 hexadecimal digits.

    Two graphs have the same if and only if they are the same but for the labels of
    blank nodes, in whatever files and order they stand.
    """
    digest = hashlib.sha256()
    for line in lines(facts(canonical(quads), merged=False)):
        digest.update(line.encode())
    return digest.hexdigest()


def _line(fact: Fact) -> str:
    terms = (str(fact.subject), str(fact.predicate), ntriples(fact.object))
    return f"{' '.join((*terms, str(fact.graph or ''))).rstrip()} .\n"
