"""Rules made ready: which of their patterns match axioms, and which match facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.reasoning import encoding
from wicgraph.reasoning.encoding import DIFFERENT, NOTHING, SAME, THING, TYPE
from wicgraph.reasoning.instances import key
from wicgraph.reasoning.patterns import Listed, put, spelled_out, variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.reasoning.instances import Key
    from wicgraph.reasoning.matching import Match
    from wicgraph.reasoning.patterns import Form, Item, Pattern

_DATA = frozenset({TYPE, SAME, DIFFERENT})
_TESTS = frozenset(
    {encoding.IN, encoding.NOT_IN, encoding.MEANS_SAME, encoding.MEANS_OTHER}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule, its items parted: those that match axioms, and those that match facts."""

    form: Form
    axioms: tuple[Item, ...]
    facts: tuple[Item, ...]
    lists: tuple[Listed, ...]
    outside: frozenset[str]
    needed: tuple[Key, ...]

    @classmethod
    def of(cls, form: Form) -> Plan:
        """Part the items of a rule."""
        axioms = tuple(item for item in form.when if _reads_axioms(item))
        facts = tuple(item for item in form.when if not _reads_axioms(item))
        lists = tuple(item for item in form.when if isinstance(item, Listed))
        told = (item for item in form.when if isinstance(item, tuple))
        outside = frozenset([*variables(told), *variables(form.then)])
        needed = {key(item) for item in axioms if isinstance(item, tuple)}
        return cls(form, axioms, facts, lists, outside, tuple(needed))

    @property
    def tested(self) -> bool:
        """Whether the rule is about what literals mean."""
        return any(isinstance(item, tuple) and item[1] in _TESTS for item in self.facts)

    def body(self, match: Match) -> Iterator[Pattern]:
        """Write the patterns of facts with the values of a match."""
        for item in self.facts:
            if isinstance(item, Listed):
                continue
            if isinstance(item, tuple):
                yield put(item, match.values)
            else:
                found = match.lists[item.member]
                for pattern in spelled_out(item, found, self.outside):
                    yield put(pattern, match.values)


def _reads_axioms(item: Item) -> bool:
    if isinstance(item, Listed):
        return True
    if not isinstance(item, tuple) or not isinstance(item[1], int):
        return False
    if item[1] == TYPE:
        return isinstance(item[2], int) and item[2] not in {THING, NOTHING}
    return item[1] not in _DATA | _TESTS
