"""Which nodes a SPARQL text names, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.errors import UnknownName
from wicgraph.terms import Prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.sparql import QueryText, Token
    from wicgraph.terms import NamedNode

_ESCAPE = re.compile(r"\\(.)")


def mentions(source: QueryText) -> Iterator[tuple[Token, NamedNode]]:
    """Go through the names of a query with what they mean, but for datatypes."""
    prefixes = Prefixes({**source.implied, **source.prefixes})
    before = ""
    for index, token in enumerate(source.tokens):
        declares = before in {"PREFIX", "BASE", "FROM", "NAMED", "^^"} or (
            index > 1 and source.tokens[index - 2].is_word("PREFIX")
        )
        before = token.text.upper()
        if token.kind in {"name", "iri"} and not declares:
            try:
                yield token, prefixes.expand(_ESCAPE.sub(r"\1", token.text))
            except UnknownName:  # relative, or with escapes: it is not looked at
                continue
