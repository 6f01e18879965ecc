"""A snapshot on disk: an Oxigraph store, and what lies beside it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Self

from pyoxigraph import DefaultGraph, Store

from wicgraph.errors import StoreError
from wicgraph.language import Text
from wicgraph.sparql import QueryText
from wicgraph.store import guard
from wicgraph.store.about import About
from wicgraph.store.locks import Lock, share
from wicgraph.store.snapshot import ASSERTED, INFERRED
from wicgraph.terms import BlankNode, NamedNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import Variable

    from wicgraph.reading.fact import Position
    from wicgraph.reasoning.view import View
    from wicgraph.store.positions import Positions
    from wicgraph.store.snapshot import Results
    from wicgraph.terms import Subject, Term

# Oxigraph's own union of graphs has a triple as often as there are graphs with it, and
# then counts are wrong. So the store holds two merged graphs besides the named ones:
# all there is as its default graph, and what was asserted as graph:asserted.
STORE = "store"
LOCK = "lock"
ROUNDS = "rounds.sqlite"


@dataclass(frozen=True)
class DiskSnapshot:
    """A snapshot in a folder, open for reading; see `wicgraph.store.Snapshot`.

    It stays on disk for as long as somebody has it open.
    """

    folder: Path
    digest: str
    about: About = field(repr=False)
    _graphs: tuple[NamedNode, ...] = field(repr=False)
    _store: Store = field(repr=False)
    _lock: Lock = field(repr=False)

    @classmethod
    def opened(cls, folder: Path) -> Self | None:
        """Open a snapshot; None if there is none or a part of it is damaged."""
        lock = share(folder / LOCK)
        about = About.read(folder) if lock else None
        if lock is None or about is None or about.digest != folder.name:
            return None
        try:
            store = Store.read_only(str(folder / STORE))
        except (OSError, RuntimeError):
            return None
        graphs = tuple(NamedNode(iri) for iri in about.graphs)
        return cls(folder, about.digest, about, graphs, store, lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Allow the snapshot to be removed; nothing may be asked of it any more."""
        self._lock.close()

    @property
    def contradictions(self) -> tuple[str, ...]:
        """What cannot all be true, one sentence each; empty if all is well."""
        return self.about.contradictions

    def conclusions(self) -> View | None:
        """Open what was inferred, with its rounds; None as owlrl does not tell them."""
        from wicgraph.store.known import Remembered  # noqa: PLC0415  (as positions)

        told = (self.folder / ROUNDS).is_file()
        return Remembered.opened(self.folder, self) if told else None

    def graphs(self, *, inference: bool = True) -> tuple[NamedNode, ...]:
        """Name the graphs: the sources, `graph:ontology`, … and `graph:inferred`."""
        if inference:
            return self._graphs
        return tuple(graph for graph in self._graphs if graph != INFERRED)

    def query(
        self,
        text: str,
        *,
        inference: bool = True,
        substitutions: Mapping[Variable, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        where: str = "query",
    ) -> Results:
        """Ask a SELECT, ASK, CONSTRUCT or DESCRIBE; see `Snapshot.query`."""
        asked = QueryText(where, text, prefixes or {})
        guard.admit(asked)
        known = self.graphs(inference=inference)
        chosen = guard.graphs(asked, known)
        store, default = self._scope(chosen, inference=inference)
        with guard.faults(asked), self.reading():
            return store.query(
                text,
                prefixes=dict(asked.implied),
                default_graph=default,
                named_graphs=list(known if chosen is None else chosen.named),
                substitutions=dict(substitutions or {}),
            )

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise StoreError where Oxigraph finds that its files are damaged.

        It may find that late, when somebody goes through the results of a query.
        """
        try:
            yield
        except (OSError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and not _of_damage(error):
                raise
            raise StoreError(
                Text(
                    f"{self.folder} is damaged; remove it, and it will be made again",
                    f"{self.folder} 已损坏；请删除它，程序会重新生成",
                )
            ) from error

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
        pattern = (subject, predicate, value)
        places: tuple[NamedNode | None, ...] = (graph,)
        if graph is None and pattern == (None, None, None):
            # Pass over the merged graphs, which are large.
            places = self.graphs(inference=inference)
        hidden = {DefaultGraph(), ASSERTED} | (set() if inference else {INFERRED})
        with self.reading():
            for place in places:
                for quad in self._store.quads_for_pattern(*pattern, place):
                    if quad.graph_name not in hidden:
                        yield quad

    def triples(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        *,
        inference: bool = True,
    ) -> Iterator[Triple]:
        """Find statements, each once in however many graphs. Raises StoreError."""
        merged = DefaultGraph() if inference else ASSERTED
        with self.reading():
            for quad in self._store.quads_for_pattern(
                subject, predicate, value, merged
            ):
                yield quad.triple

    def positions(self, triple: Triple) -> tuple[Position, ...]:
        """Say where a triple is written, sorted; empty if it was inferred."""
        with self.reading():
            return self._positions.find(triple)

    @cached_property
    def _positions(self) -> Positions:
        from wicgraph.store.positions import Positions  # noqa: PLC0415  (it takes 5 ms)

        return Positions.opened(self.folder)

    def _scope(
        self, chosen: guard.Graphs | None, *, inference: bool
    ) -> tuple[Store, list[NamedNode | BlankNode | DefaultGraph]]:
        """Choose the store to ask and its default graph, which is one graph at most.

        Several graphs of FROM are merged in memory, so that each triple is there once.
        """
        if chosen is None:
            return self._store, [DefaultGraph() if inference else ASSERTED]
        if len(chosen.default) < 2:  # noqa: PLR2004
            return self._store, [*chosen.default]
        merged = chosen.merged(
            lambda name: self._store.quads_for_pattern(None, None, None, name)
        )
        return merged, [DefaultGraph()]


def _of_damage(error: RuntimeError) -> bool:
    """Tell damage, which RocksDB names first, from what a query cannot have."""
    return str(error).startswith(("Corruption", "IO error"))
