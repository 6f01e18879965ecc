"""Finding what patterns match, in whatever holds triples; and reading lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from wicgraph.reasoning.encoding import FIRST, NIL, ONE_OF, REST
from wicgraph.reasoning.patterns import (
    Chain,
    Every,
    Listed,
    put,
    spelled_out,
    variables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.patterns import Form, Item, Node, Pattern


class Source(Protocol):
    """Something that holds triples."""

    def match(
        self, subject: int | None, predicate: int | None, value: int | None
    ) -> Iterable[Row]:
        """Find triples; None fits anything."""

    def means(self, literal: int, value: str) -> bool:
        """Tell whether a term is a literal that writes a number such as "1"."""

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word of OWL that the rules read."""


class Reason(NamedTuple):
    """What is wrong with a list, in English and Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a list, the triples that make it, and what is wrong with it."""

    members: tuple[int, ...]
    cells: tuple[Row, ...]
    fault: Reason | None = None


_CIRCULAR = Reason("it comes back to itself", "它绕回自身")
_WORD = Reason(
    "it has a word of OWL itself among its members", "其成员中有 OWL 自身的词"
)
_LITERAL = Reason("it has a literal among its members", "其成员中有字面量")


def members_of(source: Source, axiom: Row) -> Members:
    """Read the list of an axiom, which has things in it; owl:oneOf may list values."""
    found = members(source, axiom[2])
    if axiom[1] == ONE_OF:
        return found
    if any(member < 0 for member in found.members):
        return Members((), found.cells, _LITERAL)
    if any(map(source.is_read, found.members)):
        return Members((), found.cells, _WORD)
    return found


def members(source: Source, head: int) -> Members:
    """Read a list; a broken one has no members and says what is wrong with it."""
    found: list[int] = []
    cells: list[Row] = []
    seen: set[int] = set()
    cell = head
    while cell != NIL:
        if cell in seen:
            return Members((), tuple(cells), _CIRCULAR)
        seen.add(cell)
        firsts = [*source.match(cell, FIRST, None)]
        rests = [*source.match(cell, REST, None)]
        cells += firsts + rests
        for rows, word in ((firsts, "rdf:first"), (rests, "rdf:rest")):
            if len(rows) != 1:
                return Members((), tuple(cells), _wrong_cell(len(rows), word))
        found.append(firsts[0][2])
        cell = rests[0][2]
    return Members(tuple(found), tuple(cells))


def _wrong_cell(count: int, word: str) -> Reason:
    if not count:
        return Reason(f"a part of it has no {word}", f"其中一节没有 {word}")
    return Reason(f"a part of it has more than one {word}", f"其中一节有多个 {word}")


class Match(NamedTuple):  # quicker to make than a dataclass, and many are made
    """Values for variables, members for lists, and the triples that were found.

    The triples come in runs: one for a pattern, those of all its cells for a list,
    which the matches of a list share.
    """

    values: Mapping[str, int]
    lists: Mapping[str, tuple[int, ...]]
    runs: tuple[tuple[Row, ...], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The triples one after the other."""
        return tuple(chain.from_iterable(self.runs))


def solve(
    form: Form, items: Sequence[Item], source: Source, start: Match
) -> Iterator[Match]:
    """Find every way in which items of a rule match, from what is known at the start.

    A match has a triple for each pattern, and those of the lists.
    """
    if not items:
        yield start
        return
    item = items[0]
    rest: list[Item] = []
    if len(items) > 1:
        item = min(items, key=lambda item: _cost(item, start))
        rest = [other for other in items if other is not item]
    if isinstance(item, Every | Chain):
        outside = frozenset(_outer(form))
        patterns = spelled_out(item, start.lists[item.member], outside)
        yield from solve(form, [*patterns, *rest], source, start)
    elif isinstance(item, Listed):
        for match in _lists(form, item, source, start):
            yield from solve(form, rest, source, match)
    else:
        for row, values in matches(source, item, start.values):
            match = Match(values, start.lists, (*start.runs, (row,)))
            if rest:
                yield from solve(form, rest, source, match)
            else:
                yield match


def matches(
    source: Source, pattern: Pattern, values: Mapping[str, int]
) -> Iterator[tuple[Row, Mapping[str, int]]]:
    """Find the triples that a pattern matches, each with the values it gives."""
    wanted = put(pattern, values)
    subject, predicate, value = wanted
    found = source.match(
        subject if isinstance(subject, int) else None,
        predicate if isinstance(predicate, int) else None,
        value if isinstance(value, int) else None,
    )
    for row in found:
        given = unified(wanted, row, source)
        if given is not None:
            given.update(values)
            yield row, given


def unified(pattern: Pattern, row: Row, source: Source) -> dict[str, int] | None:
    """Give the values by which a pattern becomes a triple, or None."""
    given: dict[str, int] = {}
    for at, node in enumerate(pattern):
        number = row[at]
        if node == number:
            continue
        if isinstance(node, int):
            return None
        if node[0] != "?":
            if not source.means(number, node):
                return None
        elif given.setdefault(node, number) != number:
            return None
    return given


def _outer(form: Form) -> Iterator[str]:
    """Name the variables that stand outside of braces."""
    for item in form.when:
        if isinstance(item, tuple):
            yield from variables((item,))
        elif isinstance(item, Listed) and isinstance(item.subject, str):
            yield item.subject
    yield from variables(form.then)


def _cost(item: Item, match: Match) -> int:
    """Rank what to look for first: what has most of its terms known."""
    if isinstance(item, Every | Chain):
        return 0 if item.member in match.lists else 9
    if isinstance(item, Listed):
        return 1 if _known(item.subject, match) else 6
    subject, predicate, value = (_known(node, match) for node in item)
    return 8 - 4 * subject - 3 * value - predicate


def _known(node: Node, match: Match) -> bool:
    return isinstance(node, int) or node in match.values


def _lists(form: Form, item: Listed, source: Source, start: Match) -> Iterator[Match]:
    for row, values in matches(
        source, (item.subject, item.predicate, "?list"), start.values
    ):
        here = {name: value for name, value in values.items() if name != "?list"}
        found = members_of(source, row)
        runs = (*start.runs, (row,), found.cells)
        names = item.members
        if names[0] in form.whole_lists:
            if found.members:
                yield Match(here, {**start.lists, names[0]: found.members}, runs)
            continue
        for chosen in _choices(found.members, len(names)):
            given = dict(zip(names, chosen, strict=True))
            if all(here.get(name, value) == value for name, value in given.items()):
                yield Match({**here, **given}, start.lists, runs)


def _choices(found: tuple[int, ...], size: int) -> Iterable[tuple[int, ...]]:
    if size == 1:
        return dict.fromkeys((one,) for one in found)
    return dict.fromkeys(
        (one, other) for at, one in enumerate(found) for other in found[at + 1 :]
    )
