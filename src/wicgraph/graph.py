"""The graph as programs have it: each question is a method, each answer a value.

What a method needs is imported inside it, so that `import wicgraph` and the command
line, which works with the same graph, start at once.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from wicgraph.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal
    from os import PathLike
    from types import TracebackType

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.citing import Cited
    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.evidence import RowEvidence
    from wicgraph.asking.names import Found
    from wicgraph.asking.past import Past
    from wicgraph.asking.paths import Connection
    from wicgraph.asking.table import Table
    from wicgraph.asking.things import Things
    from wicgraph.asking.why import Explanation
    from wicgraph.checking.engines import Engine
    from wicgraph.checking.report import Report
    from wicgraph.language import Text
    from wicgraph.publishing.exports import Exports
    from wicgraph.publishing.ontology import Ontology
    from wicgraph.publishing.values import Written
    from wicgraph.queries.catalogue import Catalogue
    from wicgraph.queries.stored import Column
    from wicgraph.reading.timeline import AsOf
    from wicgraph.reasoning import Reasoner
    from wicgraph.root import Root
    from wicgraph.sparql import QueryText
    from wicgraph.store import Snapshot
    from wicgraph.terms import Literal, NamedNode, Prefixes, Term

    Place: TypeAlias = str | PathLike[str]
    Named: TypeAlias = str | NamedNode
    Given: TypeAlias = str | int | Decimal | date | NamedNode | Literal


@dataclass(frozen=True)
class Graph:
    """A graph folder, asked in a language, with inference or without, now or of a day.

    With `endpoint`, the address of a SPARQL service, answers come from the store into
    which the graph was pushed, and the folder has the questions and the prefixes.
    Each part is opened when it is first needed; what the files say later is not seen.
    A thing is named as on the command line, or by its node. As a context manager it
    closes what it opened.
    """

    given: Path | None
    language: Language = Language.EN
    inference: bool = True
    reasoner: Reasoner = "rules"
    as_of: date | None = None
    endpoint: str | None = None
    _opened: ExitStack = field(
        default_factory=ExitStack, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if self.endpoint is not None and (self.as_of or self.reasoner != "rules"):
            from wicgraph.errors import UsageError
            from wicgraph.language import Text

            raise UsageError(
                Text(
                    "a store answers from the graph that was pushed; leave --as-of and"
                    " --reasoner away, or --endpoint",
                    "远程库只按推送时的图谱回答；请去掉 --as-of 和 --reasoner，"
                    "或去掉 --endpoint",
                )
            )

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
        """Allow the snapshots to be removed; nothing may be asked of it any more."""
        self._opened.close()

    @cached_property
    def root(self) -> Root:
        """The graph folder; raises RootError."""
        from wicgraph.root import Root

        return Root.find(self.given, Path.cwd())

    @cached_property
    def prefixes(self) -> Prefixes:
        """The prefix table of the folder."""
        return self.root.prefixes()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The stored queries of the folder."""
        from wicgraph.queries.catalogue import load

        return load(self.root)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The graph as the files are now, or of the day, or as it was pushed."""
        if self.endpoint is not None:
            from wicgraph.remote.endpoint import Endpoint

            return self._held(Endpoint.of(self.endpoint, inference=self.inference))
        return (
            self.past.possible
            if self.past
            else self._held(self.open(self.root, self.say))
        )

    @cached_property
    def past(self) -> Past | None:
        """The graph as it stood on the day that was asked for, if any was."""
        if self.as_of is None:
            return None
        from wicgraph.asking.past import Past
        from wicgraph.reading.timeline import AsOf

        possible = self._held(self.open(self.root, self.say, AsOf.possibly(self.as_of)))
        ways = (AsOf.certainly(self.as_of), AsOf.undated())  # of these nobody need know
        rest = (self._held(self.open(self.root, lambda _: None, way)) for way in ways)
        return Past(self.as_of, possible, *rest)

    @cached_property
    def things(self) -> Things:
        """The things of the graph, in the language that was asked for."""
        from wicgraph.asking.things import Things

        return Things(self.snapshot, self.prefixes, self.language)

    @cached_property
    def ontology(self) -> Ontology:
        """The terms and the shapes of the graph, with who uses them."""
        from wicgraph.publishing.ontology import Ontology

        queries = self.catalogue.queries()
        return Ontology(self.snapshot, self.prefixes, queries, self.inference)

    def open(
        self, root: Root, say: Callable[[Text], None], as_of: AsOf | None = None
    ) -> Snapshot:
        """Open a snapshot, built if it must be, by the reasoner that was asked for."""
        from wicgraph.store import cache_folder, open_snapshot

        return open_snapshot(
            root, cache_folder(), say=say, reasoner=self.reasoner, as_of=as_of
        )

    def say(self, text: Text) -> None:
        """Say what takes time; a program is told nothing."""

    def ask(self, name: str, /, **values: Given) -> Table:
        """Answer a stored question: its name or number, and values of its parameters.

        Raises UnknownName, AmbiguousName, ParameterError, QueryError.
        """
        from wicgraph.asking.parameters import bind

        query = self.catalogue.query(name)
        given = {parameter: _written(value) for parameter, value in values.items()}
        columns = self.past.columns(query.columns) if self.past else query.columns
        bound = bind(query, given, self.things)
        return self._table(query.source, bound, tuple(columns))

    def sparql(self, query: str) -> Table:
        """Answer SPARQL; the prefixes of the folder need no declaration.

        Raises QueryError.
        """
        from wicgraph.sparql import QueryText

        return self._table(QueryText("query", query, self.prefixes.table), {}, ())

    def answer(self, query: QueryText, values: Mapping[str, Term]) -> Answer:
        """Answer a query whose variables may have values, row by row as they come.

        Of a day all rows are held in memory, and each says whether it held. Raises
        QueryError.
        """
        from wicgraph.asking.answer import evaluate

        def asked(graph: Snapshot) -> Answer:
            return evaluate(graph, query, values, inference=self.inference)

        if self.past is None:
            return asked(self.snapshot)
        from wicgraph.asking.past import unlimited

        query, part = unlimited(query)
        return self.past.answer(asked, self.language, part)

    def evidence(self, table: Table) -> Iterator[RowEvidence]:
        """Give the evidence of each row of an answer, in the order of the rows."""
        from wicgraph.asking.evidence import evidence

        return evidence(
            self.snapshot,
            table.query,
            table.given,
            table.answer,
            inference=self.inference,
        )

    def show(self, thing: Named) -> Dossier:
        """Collect all that the graph says of a thing.

        What sources differ on is left out, and that is said, where a store elsewhere
        cannot tell it. Raises UnknownName, AmbiguousName.
        """
        from wicgraph.asking.dossier import about
        from wicgraph.errors import StoreError
        from wicgraph.language import Text

        tell = partial(about, inference=self.inference, past=self.past)
        node, conflicts = self._resolved(thing), self.catalogue.find("conflicts")
        try:
            return tell(self.things, node, conflicts)
        except StoreError as error:
            if self.endpoint is None:
                raise
            left_out = Text(
                "what sources differ on is left out: ", "未列出各来源的分歧："
            )
            self.say(left_out + error.text)
            return tell(self.things, node, None)

    def find(self, text: str) -> tuple[Found, ...]:
        """Find the things that have a name like a text, best match first."""
        return self.things.find(text)

    def path(
        self, one: Named, other: Named, *, limit: int | None = 3, within: int = 6
    ) -> Connection:
        """Find how two things are connected: at most `limit` paths, None for all.

        None has more than `within` steps. Raises UnknownName, AmbiguousName.
        """
        from wicgraph.asking.paths import connect

        ends = (_written(one), _written(other))
        return connect(
            self.things, ends, limit=limit, within=within, inference=self.inference
        )

    def why(
        self, subject: Named, relation: Named, value: Given, *, limit: int | None = 1
    ) -> Explanation:
        """Explain why a triple holds, with at most `limit` proofs, or what it lacks.

        Of a day it tells of what may have held. Raises UnknownName, AmbiguousName.
        """
        from wicgraph.asking.why import why

        words = tuple(map(_written, (subject, relation, value)))
        return why(self.things, words, limit=limit, inference=self.inference)

    def cite(self, what: Named | RowEvidence) -> tuple[Cited, ...]:
        """List the documents that speak of a thing, or that a row rests on.

        Raises UnknownName, AmbiguousName.
        """
        from wicgraph.asking.citing import sources_of_row, sources_of_thing
        from wicgraph.asking.evidence import RowEvidence

        if isinstance(what, RowEvidence):
            return sources_of_row(self.snapshot, what)
        return sources_of_thing(self.things, self._resolved(what))

    def check(
        self, *paths: Place, engine: Engine = "auto", documents: Place | None = None
    ) -> Report:
        """Check the files, as they are now; see `wicgraph.checking.check`.

        Raises UnknownName, SourceError, RootError.
        """
        from wicgraph.checking.check import check

        return check(
            self.root,
            tuple(map(Path, paths)),
            engine=engine,
            documents=None if documents is None else Path(documents),
        )

    def export(
        self,
        form: str = "turtle",
        *,
        source: str = "",
        thing: str = "",
        frame: str = "",
    ) -> Iterator[str]:
        """Write the graph, or what a source says or what is around a thing, in parts.

        A frame makes trees of JSON-LD. Raises UnknownName, also for another format,
        AmbiguousName, and UsageError for a format that is no text.
        """
        from wicgraph.publishing.exports import Order

        order = Order(form, source, thing, frame)
        return self._exports.text(order)

    def save(
        self,
        path: Place,
        form: str = "turtle",
        *,
        source: str = "",
        thing: str = "",
        frame: str = "",
    ) -> None:
        """Write what `export` does, or tables and crates, to a file or folder.

        It is written whole or not at all. Raises OutputError too.
        """
        from wicgraph.publishing.exports import Order

        order = Order(form, source, thing, frame)
        self._exports.write(path, order)

    def text(self, value: Written, form: str = "text") -> str:
        """Write a value as its command does, by default for people to read.

        Raises UnknownName for another format than the command has.
        """
        from wicgraph.publishing.values import value_text

        return "".join(value_text(value, self.things, form))

    @property
    def _exports(self) -> Exports:
        from wicgraph.publishing.exports import Exports

        return Exports(self.root, self.things, self.inference, self.say)

    def _held(self, snapshot: Snapshot) -> Snapshot:
        """Keep a snapshot on disk until the graph is closed."""
        return self._opened.enter_context(snapshot)

    def _table(
        self, query: QueryText, values: Mapping[str, Term], columns: tuple[Column, ...]
    ) -> Table:
        from wicgraph.asking.table import Table

        return Table.of(self.answer(query, values), columns, query, values, self.things)

    def _resolved(self, thing: Named) -> NamedNode:
        from wicgraph.asking.resolving import resolve

        return resolve(self.things, _written(thing))


def open_graph(  # noqa: PLR0913  (as many as Graph has)
    root: Place | None = None,
    *,
    lang: str = "en",
    inference: bool = True,
    as_of: str | date | None = None,
    reasoner: Reasoner = "rules",
    endpoint: str | None = None,
) -> Graph:
    """Open a graph folder: the given one, else one around here, else what ships.

    `as_of` is a day, such as "2014-11-19", and `endpoint` the address of a SPARQL
    service that answers instead of the files. The graph is read, and inferred, when
    it is first asked. Raises RootError, UnknownName for a language that is neither,
    ParameterError for what is no day, UsageError for a day with an endpoint.
    """
    from wicgraph.asking.language import language
    from wicgraph.asking.past import day

    graph = Graph(
        Path(root) if root is not None else None,
        language(lang),
        inference=inference,
        reasoner=reasoner,
        as_of=day(as_of) if isinstance(as_of, str) else as_of,
        endpoint=endpoint,
    )
    graph.root  # noqa: B018  (a folder that is none is told now)
    return graph


def _written(value: Given) -> str:
    """Write a value as somebody types it: a node by its IRI, a date as ISO does."""
    from wicgraph.terms import Literal, NamedNode

    if isinstance(value, NamedNode | Literal):
        return value.value
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
