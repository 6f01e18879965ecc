"""N-Triples and N-Quads in canonical form, and the hash that this gives a graph.

https://www.w3.org/TR/rdf-canon/#canonical-quads
"""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from wicgraph.publishing.dumps.facts import canonical, said
from wicgraph.terms import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Quad

# Only a literal has quotation marks, and in it they are escaped, so that this stands
# at the end of a line where it says in which language the object is.
_TAG = re.compile(r'"@(\w+-[\w-]+)(?=(?: <[^>]*>)? \.$)', re.MULTILINE | re.ASCII)


def lines(quads: Iterable[Quad], *, merged: bool) -> Iterator[str]:
    """Write a line for each fact, in the order of code points.

    It is the canonical form of the graph if its blank nodes have canonical labels.
    """
    written = BytesIO()
    serialize(set(said(quads, merged=merged)), written, RdfFormat.N_QUADS)
    cased = _TAG.sub(
        lambda tag: f'"@{language_tag(tag[1])}', written.getvalue().decode()
    )
    return (f"{line}\n" for line in sorted(cased.split("\n")[:-1]))


def graph_hash(quads: Iterable[Quad]) -> str:
    """Digest quads by RDFC-1.0 and SHA-256; 64 hexadecimal digits.

    Two graphs have the same if and only if they are the same but for the labels of
    blank nodes, in whatever files and order they stand.
    """
    digest = hashlib.sha256()
    for line in lines(canonical(quads), merged=False):
        digest.update(line.encode())
    return digest.hexdigest()
