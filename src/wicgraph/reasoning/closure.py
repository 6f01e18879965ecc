"""What follows from triples by the rules of OWL 2 RL, and in which round.

The rules are evaluated semi-naively: a round looks only at what can match a triple
that came in the round before.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.reasoning.clashes import distinct, found_by, ill_typed
from wicgraph.reasoning.compile import Compiler
from wicgraph.reasoning.database import Database
from wicgraph.reasoning.encoding import FIRST, REST, SAME, TYPE
from wicgraph.reasoning.joins import Batch, Extent, Families, Family
from wicgraph.reasoning.literals import Literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.reasoning.axioms import Fault
    from wicgraph.reasoning.clashes import Clash
    from wicgraph.reasoning.columns import Column, Columns
    from wicgraph.reasoning.encoding import Row, Terms
    from wicgraph.reasoning.instances import Key


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


def close(terms: Terms, given: Columns) -> Closed:
    """Conclude everything that follows from triples by the rules."""
    with Database(given) as database:
        reasoner = _Reasoner(terms, database)
        reasoner.run(given)
        return reasoner.closed()


class _Reasoner:
    """The instances of the rules so far, and what they have to look at next."""

    def __init__(self, terms: Terms, database: Database) -> None:
        self._terms = terms
        self._database = database
        self._compiler = Compiler(terms)
        self._families = Families()
        self._literals = Literals(terms)
        self._noted: dict[int, int] = {}
        self._typed: set[int] = set()
        self._counts: Counter[Key] = Counter()
        self._round = 0
        self._waiting: list[tuple[int, int, int, int]] = []

    def run(self, given: Columns) -> None:
        """Go on round by round until nothing new follows."""
        start = self._compiler.start()
        new = [*self._families.add(start.instances)]
        counts = given.count()
        axioms = {*self._axioms(given), *start.axioms}
        counts += self._insert(start.axioms) + self._insert(self._values())
        since = 0
        while True:
            made, more = self._reckon(axioms)
            new += made
            counts += more + self._note_literals(new)
            self._counts += counts
            self._round += 1
            self._database.insert(self._waiting)
            self._waiting.clear()
            batch = self._batch(new, counts, self._extent(since))
            if not batch.queries:
                return
            concluded = self._conclude(batch)
            counts = concluded.count()
            if not counts:
                return
            axioms = self._new_axioms(concluded, counts)
            since, new = self._round, []

    def closed(self) -> Closed:
        """Give what was concluded."""
        found = self._database.concluded()
        families, graph = self._families.all(), self._extent(0)
        clashes = found_by(families, self._database, graph, self._is_live)
        same = bool(self._counts[SAME, None])
        told = distinct([*clashes], self._database, same=same)
        wrong = ill_typed(self._database, self._literals, self._terms)
        faults = sorted(self._compiler.faults, key=lambda fault: fault.axiom)
        return Closed(
            found["s"],
            found["p"],
            found["o"],
            found["r"],
            (*told, *wrong),
            tuple(faults),
        )

    def _extent(self, since: int) -> Extent:
        size = sum(n for (_, kind), n in self._counts.items() if kind is None)
        return Extent(size, since)

    def _axioms(self, triples: Columns) -> set[Row]:
        compiler = self._compiler
        return {*triples.axioms(compiler.predicates, compiler.classes)}

    def _new_axioms(self, concluded: Columns, counts: Counter[Key]) -> set[Row]:
        """Find the axioms among what was just concluded, if there are any.

        Lists are read as they are written, only: what is the same as a member of one
        gets its class from the member.
        """
        predicates = self._compiler.predicates - {FIRST, REST}
        classes = self._compiler.classes
        if not any(p in predicates or (p == TYPE and o in classes) for p, o in counts):
            return set()
        return {*concluded.axioms(predicates, classes)}

    def _insert(self, rows: Iterable[Row]) -> Counter[Key]:
        """Take triples that are new, as a round of their own; counts them."""
        new = [*rows]
        self._round += bool(new)
        self._waiting += ((*row, self._round) for row in new)
        counts: Counter[Key] = Counter()
        for _, predicate, value in new:
            counts[predicate, None] += 1
            if predicate == TYPE:
                counts[predicate, value] += 1
        return counts

    def _reckon(
        self, axioms: Iterable[Row]
    ) -> tuple[list[tuple[Family, int]], Counter[Key]]:
        """Take axioms and what follows from them alone.

        Gives the instances that came of it, with their places, and counts the axioms.
        """
        made: list[tuple[Family, int]] = []
        counts: Counter[Key] = Counter()
        while axioms:
            step = self._compiler.extend(axioms)
            made += self._families.add(step.instances)
            axioms = step.axioms
            counts += self._insert(axioms)
        return made, counts

    def _batch(
        self, new: Sequence[tuple[Family, int]], counts: Counter[Key], graph: Extent
    ) -> Batch:
        """Write what this round has to look for, and nothing that cannot be there."""
        batch = Batch(graph)
        young: dict[int, set[int]] = {}
        for family, place in new:
            young.setdefault(id(family), set()).add(place)
        for family in self._families.all():
            if family.contradicts:
                continue
            fresh = young.get(id(family), set())
            live = [at for at, keys in enumerate(family.keys) if self._is_live(keys)]
            if places := [at for at in live if at in fresh]:
                batch.conclude(family, places, None)
            for pattern in range(len(family.body)):
                places = [
                    at
                    for at in live
                    if at not in fresh and _is_among(family.keys[at][pattern], counts)
                ]
                if places:
                    batch.conclude(family, places, pattern)
        return batch

    def _is_live(self, keys: Iterable[Key]) -> bool:
        """Tell whether there is a triple for each of some patterns."""
        return all(_is_among(key, self._counts) for key in keys)

    def _conclude(self, batch: Batch) -> Columns:
        """Run queries, keep what is new, and give it.

        That two different values are the same is kept where no rule finds it.
        """
        concluded = self._database.conclude(batch, self._round)
        equated = concluded.equated()
        wrong = [pair for pair in equated if self._literals.differ(*pair)]
        if wrong:
            return self._database.refute(wrong, self._round)
        return concluded

    def _values(self) -> Iterator[Row]:
        """Say which literals mean the same, and which mean nothing."""
        for one, other in self._literals.same():
            yield one, SAME, other
        for literal, datatype in self._literals.meaningless():
            yield literal, TYPE, self._terms.number(datatype)

    def _note_literals(self, new: Iterable[tuple[Family, int]]) -> Counter[Key]:
        """Note which literals are in the datatypes that instances name.

        Where one reads such a type, it is concluded. Where one only concludes it, it
        is enough to know of which literals that is no news. Counts what is concluded.
        """
        concluded: dict[int, None] = {}
        read: dict[int, None] = {}
        for family, place in new:
            instance = family.members[place]
            for patterns, kinds in ((instance.head, concluded), (instance.body, read)):
                for _, predicate, kind in patterns:
                    if predicate == TYPE and isinstance(kind, int):
                        kinds[kind] = None
        found = {
            kind: [*self._literals.within(kind)]
            for kind in {**concluded, **read}
            if kind not in self._noted
        }
        self._noted |= {kind: len(literals) for kind, literals in found.items()}
        self._database.insert_literals(found)
        counts: Counter[Key] = Counter()
        for kind in [
            kind for kind in read if self._noted[kind] and kind not in self._typed
        ]:
            self._typed.add(kind)
            self._round += 1
            self._database.insert_types(kind, self._round)
            counts[TYPE, kind] += self._noted[kind]
            counts[TYPE, None] += self._noted[kind]
        return counts


def _is_among(key: Key, counts: Counter[Key]) -> bool:
    """Tell whether triples were counted that a pattern may match."""
    return not key[0] or bool(counts[key])
