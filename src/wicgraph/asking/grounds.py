"""Where a statement is written and which words of a document bear it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wicgraph.asking.things import local_name, nodes
from wicgraph.terms import WIC, BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.reading.fact import Position
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof
    from wicgraph.store import Snapshot

EVIDENCE = NamedNode(WIC + "evidence")
_QUOTE = NamedNode(WIC + "quote")
_SUPPORTS = NamedNode(WIC + "supports")
_AUTHOR, _LANGUAGE, _READ_ON = (
    NamedNode(WIC + name) for name in ("author", "language", "readOn")
)
_ISSUED, _TITLE, _ADDRESS, _PUBLISHER = (
    NamedNode(WIC + name) for name in ("issued", "title", "address", "publisher")
)


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a passage, and the properties that they bear out."""

    passage: NamedNode
    words: Literal
    supports: tuple[NamedNode, ...]


def quotes_of(
    snapshot: Snapshot, subject: NamedNode, graph: NamedNode
) -> tuple[Quote, ...]:
    """Find the quotes on which the block of a subject in a graph rests."""
    evidence = snapshot.quads(subject, EVIDENCE, graph=graph, inference=False)
    passages = nodes(quad.object for quad in evidence)
    return tuple(each for passage in passages for each in words_of(snapshot, passage))


def words_of(snapshot: Snapshot, passage: NamedNode) -> tuple[Quote, ...]:
    """Find the words of a passage, of which a sound graph gives one quote."""
    supported = snapshot.quads(passage, _SUPPORTS, inference=False)
    supports = nodes(quad.object for quad in supported)
    texts = (q.object for q in snapshot.quads(passage, _QUOTE, inference=False))
    return tuple(
        Quote(passage, text, supports) for text in texts if isinstance(text, Literal)
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A source as its file describes it; what it does not give is "" or empty.

    `issued` is a date or a moment, as precise as it is given, `read_on` the day on
    which it was read for the graph, and `language` a tag such as zh-Hans.
    """

    titles: tuple[Literal, ...]
    publishers: tuple[NamedNode, ...]
    issued: str
    address: str
    authors: tuple[NamedNode, ...] = ()
    language: str = ""
    read_on: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A place where a statement is written: in which graph, and on what it rests.

    `position` is None where the files are not known, as in a store elsewhere.
    `document` is what the graph is of, if it is a source; the quotes are those of
    passages that support the property, or else of the whole block.
    """

    graph: NamedNode
    position: Position | None
    document: Document | None
    quotes: tuple[Quote, ...]

    @property
    def place(self) -> str:
        """Write the place as `path:line`, or as the graph where the file is unknown."""
        at = self.position
        return f"{at.path}:{at.line}" if at else self.graph.value


@dataclass(frozen=True)
class Grounds:
    """Finds where statements are written, and remembers what was found."""

    snapshot: Snapshot
    _found: dict[tuple[Statement, tuple[NamedNode, ...]], tuple[Ground, ...]] = field(
        default_factory=dict, repr=False
    )
    _quotes: dict[tuple[NamedNode, NamedNode], tuple[Quote, ...]] = field(
        default_factory=dict, repr=False
    )
    _documents: dict[NamedNode, Document | None] = field(
        default_factory=dict, repr=False
    )

    def find(
        self, statement: Statement, graphs: tuple[NamedNode, ...] = ()
    ) -> tuple[Ground, ...]:
        """Find where a statement is written, sources before files of reference.

        Only some graphs are looked at if any are given. Raises StoreError.
        """
        key = (statement, graphs)
        if key not in self._found:
            with self.snapshot.reading():
                self._found[key] = tuple(self._grounds(statement, graphs))
        return self._found[key]

    def of_leaves(
        self, proofs: Sequence[Proof]
    ) -> Mapping[Statement, tuple[Ground, ...]]:
        """Find where all is written that some proofs rest on."""
        statements = {each: None for proof in proofs for each in proof.leaves()}
        return {each: self.find(each) for each in statements}

    def document(self, graph: NamedNode) -> Document | None:
        """Describe the source whose graph this is; None if it is of no source."""
        if graph not in self._documents:
            self._documents[graph] = self._described(graph)
        return self._documents[graph]

    def places(self, triple: Triple, graph: NamedNode) -> tuple[Position, ...]:
        """Say where a triple is written: in the file that is the graph, if there.

        Raises StoreError.
        """
        return _in_file(self.snapshot.positions(triple), graph)

    def quotes(self, subject: NamedNode, graph: NamedNode) -> tuple[Quote, ...]:
        """Find the quotes on which the block of a subject in a graph rests."""
        key = (subject, graph)
        if key not in self._quotes:
            self._quotes[key] = quotes_of(self.snapshot, subject, graph)
        return self._quotes[key]

    def _grounds(
        self, statement: Statement, among: tuple[NamedNode, ...]
    ) -> Iterator[Ground]:
        subject, predicate, value = statement
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return
        quads = self.snapshot.quads(subject, predicate, value, inference=False)
        graphs = nodes(quad.graph_name for quad in quads)
        places = self.snapshot.positions(Triple(subject, predicate, value))
        for graph in reversed(graphs):
            if among and graph not in among:
                continue
            quotes: tuple[Quote, ...] = ()
            if not isinstance(subject, BlankNode):
                every = self.quotes(subject, graph)
                fitting = tuple(each for each in every if predicate in each.supports)
                quotes = fitting or every
            position = next(iter(_in_file(places, graph)), None)
            yield Ground(graph, position, self.document(graph), quotes)

    def _described(self, graph: NamedNode) -> Document | None:
        said: dict[NamedNode, list[object]] = {}
        for quad in self.snapshot.quads(subject=graph, graph=graph, inference=False):
            said.setdefault(quad.predicate, []).append(quad.object)
        if not said:
            return None
        titles = [each for each in said.get(_TITLE, []) if isinstance(each, Literal)]
        return Document(
            tuple(sorted(titles, key=str)),
            nodes(said.get(_PUBLISHER, [])),
            _first(said.get(_ISSUED, [])),
            _first(said.get(_ADDRESS, [])),
            nodes(said.get(_AUTHOR, [])),
            _first(said.get(_LANGUAGE, [])),
            _first(said.get(_READ_ON, [])),
        )


def _in_file(places: tuple[Position, ...], graph: NamedNode) -> tuple[Position, ...]:
    stem = local_name(graph)
    own = tuple(place for place in places if PurePosixPath(place.path).stem == stem)
    return own or places


def _first(terms: Sequence[object]) -> str:
    values = sorted(term.value for term in terms if isinstance(term, Literal))
    return values[0] if values else ""
