"""What cannot all be true: found once all else is known, because nothing follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.reasoning.encoding import DIFFERENT, SAME, TYPE
from wicgraph.reasoning.joins import Batch
from wicgraph.reasoning.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.database import Database
    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.instances import Key
    from wicgraph.reasoning.joins import Extent, Family
    from wicgraph.reasoning.literals import Literals
    from wicgraph.reasoning.rules import Rule

_MOST = 1000  # that are told of instances of one shape, in one graph


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction in numbers: the rule, its premises, what its variables mean."""

    rule: Rule
    premises: tuple[Row, ...]
    values: Mapping[str, int]


def found_by(
    families: Iterable[Family],
    database: Database,
    graph: Extent,
    is_live: Callable[[tuple[Key, ...]], bool],
) -> Iterator[Clash]:
    """Find what the instances of the rules for contradictions match."""
    batch, asked = Batch(graph), []
    for family in families:
        places = [at for at, keys in enumerate(family.keys) if is_live(keys)]
        if family.contradicts and places:
            batch.contradict(family, places, _MOST)
            asked.append(family)
    for family, rows in zip(asked, database.contradict(batch), strict=True):
        for place, *numbers in rows:
            instance = family.members[place]
            values = dict(zip(family.names[place], numbers, strict=True))
            premises = instance.premises(values)
            yield Clash(instance.rule, premises, instance.given(values))


def distinct(
    clashes: Sequence[Clash], database: Database, *, same: bool
) -> Iterator[Clash]:
    """Choose one of the clashes that say the same of the same things.

    What has two names clashes under both, if anything is the `same` as another. The
    one that is told is the one whose premises came earliest, so that they are those
    that somebody wrote.
    """
    names: dict[int, int] = {}
    if clashes and same:
        query = f"SELECT s, least(s, min(o)) FROM triple WHERE p = {SAME} GROUP BY s"
        names |= {name: other for name, other in database.rows(query)}  # noqa: C416
    rounds = database.rounds([*{row for clash in clashes for row in clash.premises}])
    seen: set[tuple[str, frozenset[Row]]] = set()

    def age(clash: Clash) -> tuple[int, tuple[Row, ...]]:
        return sum(rounds.get(row, 0) for row in clash.premises), clash.premises

    for clash in sorted(clashes, key=age):
        gist = frozenset(_gist(row, names) for row in clash.premises)
        if (clash.rule.name, gist) not in seen:
            seen.add((clash.rule.name, gist))
            yield clash


def ill_typed(database: Database, literals: Literals, terms: Terms) -> Iterator[Clash]:
    """Find the literals that should be of a datatype and are not.

    Where nothing but its text makes a literal one of a datatype, the triples that
    have it are told as well, because they are what somebody wrote.
    """
    rule = next(rule for rule in RULES if rule.name == "dt-not-type")
    meaningless = {
        (literal, terms.number(datatype))
        for literal, datatype in literals.meaningless()
    }
    for literal, kind in database.rows(
        f"SELECT s, o FROM triple WHERE p = {TYPE} AND s < 0 ORDER BY ALL"
    ):
        if not literals.outside(literal, kind):
            continue
        premises: list[Row] = [(literal, TYPE, kind)]
        if (literal, kind) in meaningless:
            for subject, predicate, value in database.rows(
                f"SELECT s, p, o FROM triple WHERE r = 0 AND o = {literal}"
                f" ORDER BY ALL LIMIT {_MOST}"
            ):
                premises.append((subject, predicate, value))
        yield Clash(rule, (*premises,), {"?l": literal, "?d": kind})


def _gist(row: Row, names: Mapping[int, int]) -> Row:
    """Write a triple with one name for what has several, and one way round."""
    subject, predicate, value = (names.get(number, number) for number in row)
    if predicate in {SAME, DIFFERENT} and subject > value:
        return value, predicate, subject
    return subject, predicate, value
