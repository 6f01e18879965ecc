"""The triples of a query: what stands in brackets and after ";" is spelled out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import Variable

from wicgraph.asking.patterns import (
    Alternative,
    Inverse,
    Negated,
    Part,
    Path,
    Repeated,
    Sequence,
    Span,
    TriplePattern,
)
from wicgraph.queries.grammar import Branch
from wicgraph.terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    BlankNode,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def text_of(branch: Branch) -> str:
    """Write a name or a literal as one token; its parts may stand apart."""
    text = "".join(token.text for token in branch.tokens())
    return text.lower() if text.lower() in {"true", "false"} else text


def span_of(branch: Branch) -> Span:
    """Say where a branch stands in the text."""
    tokens = tuple(branch.tokens())
    if not tokens:
        return Span(0, 0)
    return Span(tokens[0].start, tokens[-1].start + len(tokens[-1].text))


@dataclass(frozen=True)
class TripleParser:
    """Turns branches of the grammar into triples; `terms` has names by their texts.

    New blank nodes begin with the stem, which no blank node of the text does.
    """

    terms: Mapping[str, NamedNode | Literal]
    stem: str
    numbers: Iterator[int] = field(default_factory=count)

    def place(self, branch: Branch) -> Variable | NamedNode:
        """Read a variable or a name."""
        found = self.part(branch)
        if not isinstance(found, Variable | NamedNode):
            raise TypeError(found)
        return found

    def part(self, branch: Branch) -> Part:
        """Read a node of a triple that has nothing inside it."""
        if inner := branch.all("Iri", "Literal"):
            return self.terms[text_of(inner[0])]
        (token, *more) = branch.tokens()
        if more:
            return self.fresh() if token.text == "[" else RDF_NIL
        if token.kind == "blank":
            return BlankNode(token.text[2:])
        return Variable(token.text[1:])

    def fresh(self) -> BlankNode:
        """Make a blank node that the text does not have."""
        return BlankNode(f"{self.stem}{next(self.numbers)}")

    def triples(self, branch: Branch) -> Iterator[TriplePattern]:
        """Read a block of triples, whatever stands around them."""
        for each in branch.all("Triples"):
            first, *rest = each.parts
            if isinstance(first, Branch):
                subject, inside = self.node(first)
                yield from inside
                for properties in rest:
                    if isinstance(properties, Branch):
                        yield from self.properties(
                            subject, properties, span_of(first).start
                        )

    def node(self, branch: Branch) -> tuple[Part, list[TriplePattern]]:
        """Read a node, and the triples inside its brackets."""
        if branch.name == "Object":
            return self.node(branch.all("Node", "Collection", "BlankNode")[0])
        if branch.name == "Node":
            return self.part(branch), []
        if branch.name == "BlankNode":
            fresh = self.fresh()
            inside = branch.all("Properties")[0]
            start = span_of(branch).start
            return fresh, list(self.properties(fresh, inside, start))
        span = span_of(branch)
        found: list[TriplePattern] = []
        members = []
        for each in branch.all("Object"):
            member, inside_it = self.node(each)
            members.append(member)
            found += inside_it
        cells: list[Part] = [self.fresh() for _ in members]
        for cell, member, rest in zip(
            cells, members, [*cells[1:], RDF_NIL], strict=True
        ):
            found.append(TriplePattern(cell, RDF_FIRST, member, span))
            found.append(TriplePattern(cell, RDF_REST, rest, span))
        return cells[0], found

    def properties(
        self, subject: Part, branch: Branch, start: int
    ) -> Iterator[TriplePattern]:
        """Read what is said of a subject; the first triple begins where it stands."""
        for verb, objects in zip(
            branch.all("Verb"), branch.all("Objects"), strict=True
        ):
            path = self.verb(verb)
            begin = start if verb is branch.all("Verb")[0] else span_of(verb).start
            for each in objects.all("Object"):
                value, inside = self.node(each)
                yield TriplePattern(
                    subject, path, value, Span(begin, span_of(each).end)
                )
                yield from inside
                begin = span_of(verb).start

    def verb(self, branch: Branch) -> Variable | Path:
        """Read what stands between a subject and its objects."""
        path = branch.find("Path")
        if path is not None:
            return self.path(path)
        (token,) = branch.tokens()
        return Variable(token.text[1:])

    def path(self, branch: Branch) -> Path:
        """Read a path: "/" binds its steps closer than "|"."""
        choices: list[list[Path]] = [[]]
        for part in branch.parts:
            if isinstance(part, Branch):
                choices[-1].append(self.step(part))
            elif part.text == "|":
                choices.append([])
        paths = tuple(
            each[0] if len(each) == 1 else Sequence(tuple(each)) for each in choices
        )
        return paths[0] if len(paths) == 1 else Alternative(paths)

    def step(self, branch: Branch) -> Path:
        """Read one step of a path, with the marks around it."""
        primary = branch.all("PathPrimary")[0]
        path: Path
        if inner := primary.find("Path"):
            path = self.path(inner)
        elif negated := primary.find("NegatedSet"):
            steps = negated.all("NegatedStep")
            path = Negated(
                tuple(self.link(each) for each in steps if not each.has("^")),
                tuple(self.link(each) for each in steps if each.has("^")),
            )
        else:
            path = self.link(primary)
        for mark in "?*+":
            path = Repeated(path, mark) if branch.has(mark) else path
        return Inverse(path) if branch.has("^") else path

    def link(self, branch: Branch) -> NamedNode:
        """Read the name of a property."""
        if branch.find("Iri") is None:
            return RDF_TYPE  # the keyword "a"
        term = self.terms[text_of(branch.all("Iri")[0])]
        if not isinstance(term, NamedNode):
            raise TypeError(term)
        return term
