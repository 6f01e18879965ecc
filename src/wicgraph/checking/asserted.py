"""What people wrote, as the checks look at it: facts, homes of things, files unread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.reading.tokens import tokens
from wicgraph.reading.turtle import Position
from wicgraph.terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    RDFS,
    BlankNode,
    Literal,
    NamedNode,
    Prefixes,
    Subject,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.documents import Document
    from wicgraph.errors import SourceError
    from wicgraph.reading.dataset import Dataset
    from wicgraph.reading.turtle import Fact, TurtleFile

OURS = "https://w3id.org/wicgraph/"
_ABSOLUTE = re.compile(
    r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s\\]*>\Z"
)  # others name nothing yet

_SOURCES = "facts/sources/"
_DOMAIN = NamedNode(RDFS + "domain")
_RANGE = NamedNode(RDFS + "range")
_SUBCLASS = NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True)
class Asserted:
    """The graph as far as it can be read, for the checks; nothing changes it.

    `broken` are the files that cannot be read, with why; `documents` are the texts to
    hold quotes against, None when there are none at hand.
    """

    dataset: Dataset
    broken: tuple[SourceError, ...] = ()
    documents: tuple[Document, ...] | None = None

    @property
    def prefixes(self) -> Prefixes:
        """The prefix table; empty when it cannot be read."""
        return self.dataset.prefixes

    @cached_property
    def files(self) -> Mapping[str, TurtleFile]:
        """The files that could be read, by path."""
        return {file.path: file for file in self.dataset.files}

    @cached_property
    def source_files(self) -> tuple[TurtleFile, ...]:
        """The files that hold what a source says, each named after it."""
        files = self.dataset.files
        return tuple(file for file in files if file.path.startswith(_SOURCES))

    @cached_property
    def types(self) -> Mapping[Subject, tuple[Fact, ...]]:
        """The facts that give each thing its classes."""
        return {
            subject: types
            for subject, facts in self.dataset.by_subject.items()
            if (types := tuple(fact for fact in facts if fact.predicate == RDF_TYPE))
        }

    @cached_property
    def domains(self) -> Mapping[Term, NamedNode]:
        """The class of whatever has a property, where the ontology names one."""
        return self._named_by(_DOMAIN)

    @cached_property
    def ranges(self) -> Mapping[Term, NamedNode]:
        """The class or datatype of the values of a property, likewise."""
        return self._named_by(_RANGE)

    def _named_by(self, predicate: NamedNode) -> Mapping[Term, NamedNode]:
        return {
            fact.subject: fact.object
            for fact in self.dataset.facts
            if fact.predicate == predicate and isinstance(fact.object, NamedNode)
        }

    @cached_property
    def _above(self) -> Mapping[NamedNode, frozenset[NamedNode]]:
        """Each class that has classes above it, and those with itself."""
        parents: dict[NamedNode, set[NamedNode]] = {}
        for fact in self.dataset.facts:
            if fact.predicate == _SUBCLASS:
                name, above = fact.subject, fact.object
                if isinstance(name, NamedNode) and isinstance(above, NamedNode):
                    parents.setdefault(name, set()).add(above)
        return {name: _closed(name, parents) for name in parents}

    @cached_property
    def lost(self) -> frozenset[NamedNode]:
        """The things that the unread files describe, as far as one can see."""
        return frozenset(
            thing for error in self.broken for thing in self._lost_with(error.path)
        )

    def facts_about(self, thing: Term) -> tuple[Fact, ...]:
        """Return the facts with this subject; none for a literal."""
        if isinstance(thing, Literal):
            return ()
        return self.dataset.by_subject.get(thing, ())

    def classes(self, thing: Term) -> frozenset[NamedNode]:
        """Return the classes that a thing is given, and all above them."""
        types = () if isinstance(thing, Literal) else self.types.get(thing, ())
        classes: frozenset[NamedNode] = frozenset()
        for fact in types:
            if isinstance(fact.object, NamedNode):
                classes |= self.above(fact.object)
        return classes

    def above(self, name: NamedNode) -> frozenset[NamedNode]:
        """Return a class and all classes above it."""
        return self._above.get(name) or frozenset((name,))

    def items(self, head: Term) -> Iterator[Term]:
        """Return the items of an RDF list, given its first cell."""
        while isinstance(head, BlankNode):
            cell = {fact.predicate: fact.object for fact in self.facts_about(head)}
            if RDF_FIRST in cell:
                yield cell[RDF_FIRST]
            head = cell.get(RDF_REST, RDF_NIL)

    def home(self, thing: Term) -> Position | None:
        """Return where a thing is described: at the block that gives its class."""
        facts = self.facts_about(thing)
        typing = [fact for fact in facts if fact.predicate == RDF_TYPE]
        return subject_position((typing or facts)[0]) if facts else None

    def show(self, term: Term) -> str:
        """Write a term as in a file, CURIEs where the table has the prefix."""
        return self.prefixes.show(term)

    def is_ours(self, term: Term) -> bool:
        """Tell whether a term is a name in one of our namespaces."""
        return isinstance(term, NamedNode) and term.value.startswith(OURS)

    def _lost_with(self, path: str) -> Iterator[NamedNode]:
        try:
            text = (self.dataset.root.folder / path).read_text("utf-8", "replace")
        except OSError:
            return
        for token in tokens(text):
            at_line_start = token.start == 0 or text[token.start - 1] in "\r\n"
            if not at_line_start:
                continue
            if token.kind == "iri" and _ABSOLUTE.match(token.text):
                yield NamedNode(token.text[1:-1])
            prefix, colon, local = token.text.partition(":")
            namespace = self.prefixes.table.get(prefix)
            if token.kind == "name" and colon and namespace:
                yield NamedNode(namespace + local)


def _closed(
    name: NamedNode, parents: Mapping[NamedNode, set[NamedNode]]
) -> frozenset[NamedNode]:
    found, queue = {name}, [name]
    while queue:
        new = parents.get(queue.pop(), set()) - found
        found |= new
        queue += new
    return frozenset(found)


def subject_position(fact: Fact) -> Position:
    """Return where the subject of a fact is written."""
    return Position(fact.path, *fact.subject_at)


def object_position(fact: Fact) -> Position:
    """Return where the object of a fact is written."""
    return Position(fact.path, *fact.object_at)
