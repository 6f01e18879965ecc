"""What follows from the facts by the rules of OWL 2 RL, and in which round.

The rules are evaluated semi-naively: a round looks only at what can match a triple
that came in the round before. DuckDB, which does the joins, lives only here.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

import duckdb
import numpy as np

from wicgraph.reasoning import encoding
from wicgraph.reasoning.compile import Compiler
from wicgraph.reasoning.encoding import DIFFERENT, REFUTED, SAME, TYPE
from wicgraph.reasoning.joins import Families, Family, conclusions, contradictions
from wicgraph.reasoning.literals import Literals
from wicgraph.reasoning.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.reasoning.compile import Fault, Instance, Key
    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.rules import Rule

    Column: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1200MB",
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_MOST = 1000  # contradictions that are told of one kind of instance


@dataclass(frozen=True, slots=True)
class Clash:
    """What cannot all be true: the rule that says so, its premises, and the values."""

    rule: Rule
    premises: tuple[Row, ...]
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Closed:
    """Everything that was concluded, in numbers, with the round each triple came in.

    The four columns are as long as each other. Round 0 is what was given, which is
    not here.
    """

    subjects: Column
    predicates: Column
    values: Column
    rounds: Column
    clashes: tuple[Clash, ...]
    faults: tuple[Fault, ...]


def close(terms: Terms, subjects: Column, predicates: Column, values: Column) -> Closed:
    """Conclude everything that follows from triples by the rules."""
    with _Engine(terms, subjects, predicates, values) as engine:
        engine.run()
        return engine.closed()


class _Engine:
    """The triples so far, in a database of its own, and the rules that are not done."""

    def __init__(
        self, terms: Terms, subjects: Column, predicates: Column, values: Column
    ) -> None:
        self._terms = terms
        self._compiler = Compiler(terms)
        self._families = Families()
        self._literals = Literals(terms)
        self._typed: set[int] = set()
        self._told: set[int] = set()
        self._counts: Counter[Key] = Counter()
        self._round = 0
        self._db = duckdb.connect(":memory:", config=_SETTINGS)
        self._db.execute("SET disabled_optimizers = 'join_order'")
        self._db.execute("CREATE TABLE triple (s INT, p INT, o INT, r INT)")
        self._db.execute("CREATE TABLE literal (s INT, o INT)")
        given = {"s": subjects, "p": predicates, "o": values}
        self._db.register("given", given)
        self._db.execute("INSERT INTO triple SELECT s, p, o, 0 FROM given ORDER BY p")
        self._db.unregister("given")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def run(self) -> None:
        """Go on round by round until nothing new follows."""
        start = self._compiler.start()
        new = [*self._families.add(start.instances)]
        self._insert(start.axioms)
        self._insert(self._values())
        lists = {encoding.FIRST, encoding.REST}  # read as they are written, only
        axioms = {*self._axioms("triple"), *start.axioms}
        since = 0
        while True:
            new += self._families.add(self._reckon(axioms))
            self._type_literals(new)
            self._round += 1
            fresh = f"SELECT s, p, o FROM triple WHERE r >= {since}"
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {fresh}")
            counts = self._count("fresh")
            self._counts += counts
            queries = [*self._queries(new, counts, since)]
            if not queries or not self._conclude(queries):
                return
            axioms = {row for row in self._axioms("next") if row[1] not in lists}
            since, new = self._round, []

    def _reckon(self, axioms: Iterable[Row]) -> Iterator[Instance]:
        """Take axioms and what follows from them alone; gives the new instances."""
        while axioms:
            step = self._compiler.extend(axioms)
            yield from step.instances
            axioms = step.axioms
            self._insert(axioms)

    def _queries(
        self, new: Sequence[tuple[Family, int]], counts: Counter[Key], since: int
    ) -> Iterator[str]:
        """Write what this round has to look for, and nothing that cannot be there."""
        young: dict[int, set[int]] = {}
        for family, place in new:
            young.setdefault(id(family), set()).add(place)
        for family in self._families.all():
            if not family.head:
                continue
            fresh = young.get(id(family), set())
            live = [at for at, keys in enumerate(family.keys) if self._all(keys)]
            if places := [at for at in live if at in fresh]:
                yield from conclusions(family, places, None, since)
            for pattern in range(len(family.body)):
                places = [
                    at
                    for at in live
                    if at not in fresh
                    and (
                        counts[family.keys[at][pattern]]
                        or not family.keys[at][pattern][0]
                    )
                ]
                if places:
                    yield from conclusions(family, places, pattern, since)

    def _all(self, keys: Iterable[Key]) -> bool:
        return all(not key[0] or self._counts[key] for key in keys)

    def _conclude(self, queries: Sequence[str]) -> int:
        """Run queries, keep what is new; gives how many triples that were."""
        candidates = " UNION ALL ".join(queries)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE next AS SELECT DISTINCT s, p, o"
            f" FROM ({candidates}) c(s, p, o) ANTI JOIN triple USING (s, p, o)"
            f" WHERE p > 0 AND NOT (p = {SAME} AND s = o)"
        )
        if self._typed:
            self._db.execute(
                f"DELETE FROM next USING literal l WHERE next.p = {TYPE}"
                " AND next.s = l.s AND next.o = l.o"
            )
        self._refute()
        insert = f"INSERT INTO triple SELECT s, p, o, {self._round} FROM next"
        return int(self._db.execute(insert).fetchall()[0][0])

    def _refute(self) -> None:
        """Set apart that two different values are the same, so that nothing follows."""
        rows = self._db.execute(
            f"SELECT s, o FROM next WHERE p = {SAME} AND s < 0 AND o < 0"
        ).fetchall()
        wrong = [row for row in rows if self._literals.differ(*row)]
        if wrong:
            pairs = ",".join(map(str, wrong))
            self._db.execute(
                f"UPDATE next SET p = {REFUTED} WHERE p = {SAME} AND (s, o) IN ({pairs})"
            )
            self._db.execute(
                "DELETE FROM next USING triple t WHERE next.s = t.s"
                " AND next.p = t.p AND next.o = t.o"
            )

    def _values(self) -> Iterator[Row]:
        """Say which literals mean the same, and which mean nothing."""
        for one, other in self._literals.same():
            yield one, SAME, other
        for literal, datatype in self._literals.meaningless():
            yield literal, TYPE, self._terms.number(datatype)

    def _type_literals(self, new: Iterable[tuple[Family, int]]) -> None:
        """Note which literals are in the datatypes that instances name.

        Where one reads such a type, it is concluded. Where one only concludes it, it
        is enough to know of which literals that is no news.
        """
        for family, place in new:
            instance = family.members[place]
            for patterns, read in ((instance.head, False), (instance.body, True)):
                for _, predicate, kind in patterns:
                    if predicate == TYPE and isinstance(kind, int):
                        self._type_literals_as(kind, read=read)

    def _type_literals_as(self, kind: int, *, read: bool) -> None:
        if kind not in self._typed:
            found = [*self._literals.within(kind)]
            if not found:
                return
            self._typed.add(kind)
            self._append("literal (s, o)", {"s": found, "o": [kind] * len(found)})
        if read and kind not in self._told:
            self._told.add(kind)
            self._round += 1
            self._db.execute(
                f"INSERT INTO triple SELECT s, {TYPE}, o, {self._round} FROM literal"
                f" WHERE o = {kind}"
            )

    def _insert(self, rows: Iterable[Row]) -> None:
        """Take triples that are new, as a round of their own."""
        new = [*rows]
        if not new:
            return
        self._round += 1
        subjects, predicates, values = zip(*new, strict=True)
        columns = {"s": subjects, "p": predicates, "o": values}
        self._append("triple", columns | {"r": [self._round] * len(new)})

    def _append(self, table: str, columns: Mapping[str, Sequence[int]]) -> None:
        arrays = {name: np.array(column, np.int32) for name, column in columns.items()}
        self._db.register("rows", arrays)
        self._db.execute(f"INSERT INTO {table} SELECT {', '.join(arrays)} FROM rows")
        self._db.unregister("rows")

    def _axioms(self, table: str) -> Iterator[Row]:
        """Find the triples that rules read as axioms."""
        predicates = ", ".join(map(str, sorted(self._compiler.predicates)))
        classes = ", ".join(map(str, sorted(self._compiler.classes)))
        yield from self._db.execute(
            f"SELECT s, p, o FROM {table} WHERE p IN ({predicates})"
            f" OR (p = {TYPE} AND o IN ({classes}))"
        ).fetchall()

    def _count(self, table: str) -> Counter[Key]:
        """Count triples by what patterns ask for."""
        counts: Counter[Key] = Counter()
        for predicate, kind, count in self._db.execute(
            f"SELECT p, CASE WHEN p = {TYPE} THEN o END AS kind, count(*)"
            f" FROM {table} GROUP BY ALL"
        ).fetchall():
            counts[predicate, kind] += count
            if kind is not None:
                counts[predicate, None] += count
        return counts

    def closed(self) -> Closed:
        """Give what was concluded."""
        found = self._db.execute(
            "SELECT s, p, o, r FROM triple WHERE r > 0"
        ).fetchnumpy()
        return Closed(
            found["s"],
            found["p"],
            found["o"],
            found["r"],
            clashes=(*self._distinct([*self._clashes()]), *self._ill_typed()),
            faults=tuple(sorted(self._compiler.faults, key=lambda fault: fault.axiom)),
        )

    def _clashes(self) -> Iterator[Clash]:
        """Find what cannot be true, once all else is known; it concludes nothing."""
        for family in self._families.all():
            if family.head:
                continue
            live = [at for at, keys in enumerate(family.keys) if self._all(keys)]
            if not live:
                continue
            query = contradictions(family, live, _MOST)
            for place, *numbers in self._db.execute(query).fetchall():
                instance = family.members[place]
                values = dict(zip(family.names[place], numbers, strict=True))
                premises = instance.premises(values)
                yield Clash(instance.rule, premises, instance.given(values))

    def _distinct(self, clashes: Sequence[Clash]) -> Iterator[Clash]:
        """Choose one of the clashes that say the same of the same things.

        What has two names clashes under both. The one that is told is the one whose
        premises came earliest, so that they are those that somebody wrote.
        """
        same: dict[int, int] = {}
        if self._counts[SAME, None]:
            rows = self._db.execute(
                f"SELECT s, least(s, min(o)) FROM triple WHERE p = {SAME} GROUP BY s"
            )
            same = dict(rows.fetchall())
        rounds = self._rounds({row for clash in clashes for row in clash.premises})
        seen: set[tuple[str, frozenset[Row]]] = set()

        def age(clash: Clash) -> tuple[int, tuple[Row, ...]]:
            return sum(rounds.get(row, 0) for row in clash.premises), clash.premises

        for clash in sorted(clashes, key=age):
            gist = frozenset(_gist(row, same) for row in clash.premises)
            if (clash.rule.name, gist) not in seen:
                seen.add((clash.rule.name, gist))
                yield clash

    def _rounds(self, rows: Iterable[Row]) -> dict[Row, int]:
        """Look up in which rounds triples came."""
        wanted = [*rows]
        if not wanted:
            return {}
        columns = zip(*wanted, strict=True)
        arrays = {
            name: np.array(column, np.int32)
            for name, column in zip("spo", columns, strict=True)
        }
        self._db.register("rows", arrays)
        found = self._db.execute(
            "SELECT s, p, o, min(r) FROM triple JOIN rows USING (s, p, o) GROUP BY ALL"
        ).fetchall()
        self._db.unregister("rows")
        return {(s, p, o): r for s, p, o, r in found}

    def _ill_typed(self) -> Iterator[Clash]:
        """Find the literals that should be of a datatype and are not.

        Where nothing but its text makes a literal one of a datatype, the triples that
        have it are told as well, because they are what somebody wrote.
        """
        rule = next(rule for rule in RULES if rule.name == "dt-not-type")
        meaningless = {
            (literal, self._terms.number(datatype))
            for literal, datatype in self._literals.meaningless()
        }
        for literal, kind in self._db.execute(
            f"SELECT s, o FROM triple WHERE p = {TYPE} AND s < 0 ORDER BY ALL"
        ).fetchall():
            if self._literals.outside(literal, kind):
                premises = [(literal, TYPE, kind)]
                if (literal, kind) in meaningless:
                    premises += self._db.execute(
                        f"SELECT s, p, o FROM triple WHERE r = 0 AND o = {literal}"
                        f" ORDER BY ALL LIMIT {_MOST}"
                    ).fetchall()
                yield Clash(rule, (*premises,), {"?l": literal, "?d": kind})


def _gist(row: Row, same: Mapping[int, int]) -> Row:
    """Write a triple with one name for what has several, and one way round."""
    subject, predicate, value = (same.get(number, number) for number in row)
    if predicate in {SAME, DIFFERENT} and subject > value:
        return value, predicate, subject
    return subject, predicate, value
