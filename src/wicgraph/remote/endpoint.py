"""A snapshot that was pushed into a store elsewhere."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Self

from pyoxigraph import QueryBoolean, QueryTriples, Store, Variable

from wicgraph.language import Text
from wicgraph.queries.descriptions import QUERIES
from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.view import ASSERTED as FIRST
from wicgraph.reasoning.view import Held
from wicgraph.remote.client import SPARQL_SERVICE, Client
from wicgraph.remote.manifest import Manifest
from wicgraph.remote.naming import MERGED, PUSHED, named
from wicgraph.remote.service import Question, Service
from wicgraph.sparql import QueryText, prefix_of
from wicgraph.store import guard
from wicgraph.store.snapshot import ASSERTED, INFERRED
from wicgraph.terms import NamedNode, Prefixes, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    from wicgraph.reading.fact import Position
    from wicgraph.reasoning.inference import Closure
    from wicgraph.reasoning.view import View
    from wicgraph.store.snapshot import Results
    from wicgraph.terms import Subject, Term


@dataclass(frozen=True)
class Rows:
    """The rows of a SELECT, with the columns in the order of the query."""

    variables: tuple[Variable, ...]
    rows: Iterator[tuple[Term | None, ...]] = field(repr=False)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return self.rows


@dataclass(frozen=True)
class Endpoint:
    """A snapshot in a store elsewhere; see `wicgraph.store.Snapshot`.

    What the store says of a node is asked for once, and remembered. It has no files
    and no rounds: there are no positions, and what was inferred is inferred again here
    when somebody wants to know why, or what a thing is in a store without inference:
    such a store answers only who asks without.
    """

    service: Service
    inference: bool = True
    _around: dict[tuple[Term | None, Term | None], tuple[Quad, ...]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def of(cls, address: str, *, inference: bool = True) -> Self:
        """Take the address of a SPARQL service; raises UsageError for what is none."""
        return cls(Service(Client.of(address, SPARQL_SERVICE)), inference)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.service.client.close()

    @cached_property
    def manifest(self) -> Manifest:
        """What was pushed; raises StoreError if that is less than what is asked."""
        found = Manifest.read(quad.triple for quad in self._asked(graph=PUSHED))
        reason = None
        if not found.graphs:
            reason = Text(
                "the graph is not there; run `wicgraph push`",
                "其中没有本图谱；请运行 `wicgraph push`",
            )
        elif not found.whole:
            reason = Text(
                "a push is at work there, or broke off; run `wicgraph push` again",
                "推送正在进行或已中断；请再次运行 `wicgraph push`",
            )
        elif self.inference and INFERRED not in found.graphs:
            reason = Text(
                "the graph was pushed without inference; push it again without"
                " --no-inference, or ask with --no-inference",
                "推送的图谱不含推理结果；请去掉 --no-inference 重新推送，"
                "或在查询时加上 --no-inference",
            )
        if reason:
            raise self.service.client.failure(reason)
        return found

    def graphs(self, *, inference: bool = True) -> tuple[NamedNode, ...]:
        """Name the graphs: the sources, `graph:ontology`, … and `graph:inferred`."""
        hidden = {ASSERTED, MERGED} | (set() if inference else {INFERRED})
        return tuple(name for name in self.manifest.graphs if name not in hidden)

    def query(
        self,
        text: str,
        *,
        inference: bool = True,
        substitutions: Mapping[Variable, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        where: str = "query",
    ) -> Results:
        """Ask a SELECT, ASK, CONSTRUCT or DESCRIBE; see `Snapshot.query`.

        Oxigraph reads it first, so that what is wrong with it is said as anywhere.
        """
        asked = QueryText(where, text, prefixes or {})
        guard.admit(asked)
        known = self.graphs(inference=inference)
        chosen = guard.graphs(asked, known)
        values: dict[Variable, Term | Triple] = {**(substitutions or {})}
        several = chosen is not None and len(chosen.default) > 1
        with guard.faults(asked):
            here = chosen.merged(self._graph) if chosen and several else Store()
            result = here.query(
                text,
                prefixes=dict(asked.implied),
                named_graphs=list(chosen.named if chosen else ()),
                substitutions=values,
            )
        if several:  # no two stores merge them alike
            return result
        default = chosen.default if chosen else (MERGED if inference else ASSERTED,)
        named_graphs = chosen.named if chosen else known
        question = Question(_whole(asked, substitutions or {}), default, named_graphs)
        if isinstance(result, QueryTriples):
            return self.service.graph(question)
        if isinstance(result, QueryBoolean):
            return self.service.truth(question)
        columns = tuple(result.variables)
        names = tuple(column.value for column in columns)
        return Rows(columns, self.service.rows(question, names))

    def reading(self) -> AbstractContextManager[None]:
        """Do nothing: whatever reads from the store raises StoreError itself."""
        return nullcontext()

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
        if subject is None and value is None:
            for name in self.graphs(inference=inference):
                if graph in {None, name}:
                    yield from self._asked(predicate=predicate, graph=name)
        else:
            for quad in self._about(subject, None if subject else value):
                if (
                    predicate in {None, quad.predicate}
                    and value in {None, quad.object}
                    and graph in {None, quad.graph_name}
                    and (inference or quad.graph_name != INFERRED)
                ):
                    yield quad
        if inference and graph in {None, INFERRED}:
            yield from self._following.quads_for_pattern(subject, predicate, value)

    def triples(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        *,
        inference: bool = True,
    ) -> Iterator[Triple]:
        """Find statements, each once in however many graphs. Raises StoreError."""
        if subject is None and value is None:
            self.manifest  # noqa: B018  (or the merged graph may be that of a push)
            merged = MERGED if inference else ASSERTED
            found = self._asked(predicate=predicate, graph=merged)
            yield from (quad.triple for quad in found)
            if inference:
                following = self._following.quads_for_pattern(None, predicate, None)
                yield from (quad.triple for quad in following)
        else:
            quads = self.quads(subject, predicate, value, inference=inference)
            yield from dict.fromkeys(quad.triple for quad in quads)

    def positions(self, triple: Triple) -> tuple[Position, ...]:  # noqa: ARG002
        """Say nothing: the store does not know the files."""
        return ()

    def conclusions(self) -> View | None:
        """Infer again what follows from what the store says; raises StoreError."""
        return self._concluded

    @cached_property
    def _concluded(self) -> Held:
        rounds = dict.fromkeys(chain.from_iterable(self._stated.values()), FIRST)
        concluded = self._closure.concluded
        for each, number in concluded.statements() if concluded else ():
            rounds.setdefault(each, number)
        return Held(rounds)

    @cached_property
    def _following(self) -> Store:
        """What follows, if the store does not have it."""
        here = Store()
        if INFERRED not in self.manifest.graphs:
            for subject, predicate, value in self._closure.triples:
                here.add(Quad(subject, predicate, value, INFERRED))
        return here

    @cached_property
    def _closure(self) -> Closure:
        from wicgraph.reasoning.inference import infer  # noqa: PLC0415  (it is slow)

        stated = (found for name, found in self._stated.items() if name != QUERIES)
        return infer(sorted({*chain(*stated)}, key=str))  # nothing follows from queries

    @cached_property
    def _stated(self) -> dict[NamedNode, list[Statement]]:
        return {
            name: list(map(_statement, self._graph(name)))
            for name in self.graphs(inference=False)
        }

    def _about(self, subject: Subject | None, value: Term | None) -> tuple[Quad, ...]:
        """Ask for all that is said of a node, or with a value; remembered."""
        if (subject, value) not in self._around:
            found = sorted(self._asked(subject, value=value), key=str)
            self._around[subject, value] = tuple(found)
        return self._around[subject, value]

    def _graph(self, name: NamedNode) -> Iterator[Quad]:
        return self._asked(graph=name)

    def _asked(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Ask for the quads of a pattern, in one graph or in all of them."""
        pattern = {"s": subject, "p": predicate, "o": value}
        parts = (f"?{name}" if t is None else named(t) for name, t in pattern.items())
        said = " ".join(map(str, parts))
        free = [name for name, term in pattern.items() if term is None]
        if graph is None:
            free.append("g")
            said = f"GRAPH ?g {{ {said} }}"
        text = f"SELECT {' '.join(f'?{name}' for name in free)} WHERE {{ {said} }}"
        default = () if graph is None else (graph,)
        names = self.graphs() if graph is None else ()
        for row in self.service.rows(Question(text, default, names), free):
            found = {**pattern, "g": graph, **dict(zip(free, row, strict=True))}
            try:
                yield Quad(*(found[name] for name in "spog"))  # type: ignore[arg-type]
            except TypeError as error:  # it is unbound, or no RDF
                raise self.service.foreign() from error


def _whole(query: QueryText, values: Mapping[Variable, Term]) -> str:
    """Write a query that stands alone: its prefixes declared, its values given."""
    names = (token for token in query.tokens if token.kind == "name")
    used = {prefix_of(token) for token in names} - {*query.prefixes}
    table = {name: iri for name, iri in query.implied.items() if name in used}
    given = {name.value: named(term) for name, term in values.items()}
    return Prefixes(table).sparql_header() + query.given(given)


def _statement(stated: Quad) -> Statement:
    return Statement(*(part for part in stated.triple if not isinstance(part, Triple)))
