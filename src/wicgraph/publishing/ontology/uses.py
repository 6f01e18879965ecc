"""How often a term is used, and three examples of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.terms import WIC, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot


@dataclass(frozen=True, slots=True)
class Uses:
    """How many statements people made with a term, and how many more follow.

    `examples` are three of the stated ones, or of those that follow if none is stated:
    the first, the last and the one in the middle, so that they are not all of a kind.
    """

    stated: int
    inferred: int
    examples: tuple[Triple, ...]


def uses(
    snapshot: Snapshot,
    predicate: NamedNode | None,
    value: NamedNode | None,
    *,
    inference: bool,
) -> Uses:
    """Count the statements with a property, with a value or with both.

    With a value only, those count that have a property of the ontology.
    """

    def found(*, inferred: bool) -> Iterator[Triple]:
        for each in snapshot.triples(None, predicate, value, inference=inferred):
            is_said = predicate is not None or each.predicate.value.startswith(WIC)
            if is_said and isinstance(each.subject, NamedNode):
                yield each

    stated = sorted(found(inferred=False), key=str)
    every = stated + sorted({*found(inferred=inference)} - {*stated}, key=str)
    shown = stated or every
    places = sorted({0, len(shown) // 2, len(shown) - 1}) if shown else ()
    examples = tuple(shown[place] for place in places)
    return Uses(len(stated), len(every) - len(stated), examples)
