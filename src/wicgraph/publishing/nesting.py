"""Blank nodes as people write them: in brackets, where they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.terms import RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, BlankNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from wicgraph.asking.difference import Inner
    from wicgraph.terms import Term

# What two lists or a circle share is written as a name, like every node without parts.


def nested(node: BlankNode, inside: Inner, show: Callable[[Term], str]) -> str:
    """Write a blank node as Turtle does, with what it says: `( … )` or `[ … ]`.

    `show` writes other terms. One that stands within itself is written by its name.
    """
    return _Writer(inside, show).text(node, ())


class _Writer:
    def __init__(self, inside: Inner, show: Callable[[Term], str]) -> None:
        self._inside = inside
        self._show = show

    def text(self, term: Term, around: tuple[Term, ...]) -> str:
        if not isinstance(term, BlankNode):
            return self._show(term)
        said = self._inside.get(term)
        if said is None or term in around:
            return str(term)
        around = (*around, term)
        members = self._members(term)
        if members is not None:
            return f"( {' '.join(self.text(m, around) for m in members)} )"
        parts = []
        for triple in said:
            typed = triple.predicate == RDF_TYPE
            verb = "a" if typed else self._show(triple.predicate)
            value = self.text(triple.object, around)  # type: ignore[arg-type]
            parts.append(f"{verb} {value}")
        return f"[ {' ; '.join(parts)} ]"

    def _members(self, node: BlankNode) -> list[Term] | None:
        """List the members of an RDF list, if the node is a whole one."""
        members: list[Term] = []
        cell: Term = node
        passed = set()
        while cell != RDF_NIL:
            if not isinstance(cell, BlankNode) or cell in passed:
                return None
            passed.add(cell)
            said = {t.predicate: t.object for t in self._inside.get(cell, ())}
            if set(said) != {RDF_FIRST, RDF_REST}:
                return None
            members.append(said[RDF_FIRST])  # type: ignore[arg-type]
            cell = said[RDF_REST]  # type: ignore[assignment]
        return members
