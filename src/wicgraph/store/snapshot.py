"""A snapshot as its readers see it, wherever it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeAlias

from pyoxigraph import QueryBoolean, QueryTriples

from wicgraph.terms import GRAPH, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from pyoxigraph import Variable

    from wicgraph.reading.fact import Position
    from wicgraph.reasoning.view import View
    from wicgraph.terms import Quad, Subject, Term, Triple

INFERRED = NamedNode(GRAPH + "inferred")
ASSERTED = NamedNode(GRAPH + "asserted")  # all that was asserted, each triple once


class Solutions(Protocol):
    """What a SELECT finds: rows of terms, None where a variable is unbound."""

    @property
    def variables(self) -> Sequence[Variable]:
        """The columns, in the order of the query."""

    def __iter__(self) -> Iterator[Sequence[Term | None]]:
        """Go through the rows, once, as they are found."""


Results: TypeAlias = Solutions | QueryBoolean | QueryTriples


class Snapshot(Protocol):
    """A whole graph that nothing changes, open for reading.

    Where an answer depends on `inference`, False leaves out `graph:inferred` and what
    it says.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def graphs(self, *, inference: bool = True) -> tuple[NamedNode, ...]:
        """Name the graphs: the sources, `graph:ontology`, … and `graph:inferred`."""

    def query(
        self,
        text: str,
        *,
        inference: bool = True,
        substitutions: Mapping[Variable, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        where: str = "query",
    ) -> Results:
        """Ask a SELECT, ASK, CONSTRUCT or DESCRIBE; FROM limits it to known graphs.

        The default graph is the merge of all graphs. `substitutions` give values to
        variables that the query selects, `prefixes` are names that it need not
        declare, and `where` is what messages call it. Raises QueryError, also for
        SERVICE and updates, and StoreError; go through the results in `reading()`.
        """

    def reading(self) -> AbstractContextManager[None]:
        """Raise StoreError where the snapshot is found to be damaged.

        That may be found late, when somebody goes through the results of a query.
        """

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
        *,
        inference: bool = True,
    ) -> Iterator[Quad]:
        """Find statements with their graphs; None fits anything. Raises StoreError."""

    def triples(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        *,
        inference: bool = True,
    ) -> Iterator[Triple]:
        """Find statements, each once in however many graphs. Raises StoreError."""

    def positions(self, triple: Triple) -> tuple[Position, ...]:
        """Say where a triple is written, sorted; empty if that is in no known file."""

    def conclusions(self) -> View | None:
        """Give all that holds with its rounds; None if the reasoner tells no rounds.

        Raises StoreError.
        """
