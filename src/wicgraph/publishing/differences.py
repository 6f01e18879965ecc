"""A difference as people read it: on a terminal, or in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.difference import ONTOLOGY
from wicgraph.asking.sides import Change
from wicgraph.language import Text
from wicgraph.publishing.difference_data import difference_json
from wicgraph.publishing.formats import DIFFERENCE_FORMATS, require_format
from wicgraph.publishing.nesting import nested
from wicgraph.publishing.rdf_patch import rdf_patch
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.vocabulary import WORDS
from wicgraph.store import INFERRED
from wicgraph.terminal import visible
from wicgraph.terms import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.answer import Row
    from wicgraph.asking.difference import Block, Difference, Section, Triples
    from wicgraph.asking.replies import Question
    from wicgraph.asking.things import Things
    from wicgraph.terms import Subject, Term

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~"}
_COUNTED = {
    Change.ADDED: Text("{} added", "新增 {}"),
    Change.REMOVED: Text("{} removed", "移除 {}"),
    Change.CHANGED: Text("{} changed", "改动 {}"),
}
_ROWS = {
    Change.ADDED: Text("rows added: {}", "新增 {} 行"),
    Change.REMOVED: Text("rows removed: {}", "移除 {} 行"),
}
_PREFIXES = Text("Prefixes", "前缀")
_TERMS = Text("Terms", "术语")
_THINGS = Text("Things", "事物")
_INFERRED = Text("Inferred", "推理得出")
_QUESTIONS = Text("Questions", "问题")
_REWRITTEN = Text("its text changed", "查询文本有改动")
_NO_CHANGE = Text("no difference", "没有差异")
_COLON = Text(": ", "：")
_FENCE = re.compile("`+")


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines under a title, each with its mark in the first column."""

    title: str
    lines: tuple[str, ...]


def difference_text(
    difference: Difference, form: str, names: tuple[str, str]
) -> Iterator[str]:
    """Write a difference in one of DIFFERENCE_FORMATS, in the language of its things.

    `names` are what the two sides are called. Raises UnknownName for another format.
    """
    require_format(form, DIFFERENCE_FORMATS)
    if form == "json":
        yield difference_json(difference, names)
    elif form == "rdfpatch":
        yield from rdf_patch(difference)
    elif form == "md":
        yield from _Writer(difference).markdown(names)
    else:
        yield from _Writer(difference).text()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one difference."""

    difference: Difference

    def text(self) -> Iterator[str]:
        between = ""
        for part in self._parts():
            yield f"{between}{part.title}\n"
            yield from (f"{line}\n" for line in part.lines)
            between = "\n"
        if not between:
            yield f"{self._pick(_NO_CHANGE)}\n"

    def markdown(self, names: tuple[str, str]) -> Iterator[str]:
        """Write the lines as code of the language diff, which sites colour."""
        old, new = map(markdown_text, names)
        yield f"# {old} → {new}\n"
        parts = list(self._parts())
        for part in parts:
            yield f"\n## {markdown_text(part.title)}\n"
            if part.lines:
                lines = "".join(f"{line}\n" for line in part.lines)
                longest = max(map(len, _FENCE.findall(lines)), default=0)
                fence = "`" * max(3, longest + 1)
                yield f"\n{fence}diff\n{lines}{fence}\n"
        if not parts:
            yield f"\n{self._pick(_NO_CHANGE)}\n"

    def _parts(self) -> Iterator[_Part]:
        told = self.difference
        if told.prefixes:
            yield _Part(self._pick(_PREFIXES), tuple(self._prefixes()))
        sections = {section.graph: section for section in told.sections}
        if ONTOLOGY in sections:
            yield self._section(_TERMS, sections[ONTOLOGY])
        if told.removed or told.added:
            things = {Change.REMOVED: told.removed, Change.ADDED: told.added}
            changes = [change for change, nodes in things.items() for _ in nodes]
            named = (
                f"{_MARKS[change]} {self._named(node, self._side(change))}"
                for change, nodes in things.items()
                for node in nodes
            )
            yield _Part(self._counted(_THINGS, changes), tuple(named))
        for graph, section in sections.items():
            if graph == INFERRED:
                yield self._section(_INFERRED, section)
            elif graph != ONTOLOGY:
                name = self._titled(graph)
                yield self._section(Text(name, name), section)
        if told.questions:
            changes = [question.change for question in told.questions]
            lines = tuple(line for q in told.questions for line in self._question(q))
            yield _Part(self._counted(_QUESTIONS, changes), lines)

    def _prefixes(self) -> Iterator[str]:
        for name, namespaces in self.difference.prefixes.items():
            for mark, namespace in zip("-+", namespaces, strict=True):
                if namespace is not None:
                    yield f"{mark} {name}: <{namespace}>"

    def _section(self, title: Text, section: Section) -> _Part:
        """Write the blocks of a graph."""
        changes = [block.change for block in section.blocks]
        lines = (line for block in section.blocks for line in self._block(block))
        return _Part(self._counted(title, changes), tuple(lines))

    def _block(self, block: Block) -> Iterator[str]:
        side = self._side(block.change)
        yield f"{_MARKS[block.change]} {self._named(block.subject, side)}"
        yield from self._triples(block.lost, Change.REMOVED)
        yield from self._triples(block.gained, Change.ADDED)

    def _triples(self, triples: Triples, change: Change) -> Iterator[str]:
        side = self._side(change)
        for triple in triples:
            verb = self._label(triple.predicate, side)
            value = self._value(triple.object, side)  # type: ignore[arg-type]
            yield f"{_MARKS[change]}     {verb}{self._pick(_COLON)}{value}"

    def _question(self, question: Question) -> Iterator[str]:
        query = question.query
        summary = self._pick(Text(query.summary, query.summary_zh))
        counts = {Change.REMOVED: question.lost, Change.ADDED: question.gained}
        notes = [self._pick(_REWRITTEN)] if question.rewritten else []
        notes += [self._pick(_ROWS[c]).format(len(r)) for c, r in counts.items() if r]
        title = " · ".join((query.name, summary, *notes))
        yield f"{_MARKS[question.change]} {visible(title)}"
        for change, rows in counts.items():
            for row in rows:
                yield f"{_MARKS[change]}     {self._row(row, self._side(change))}"

    def _row(self, row: Row, side: Things) -> str:
        return " | ".join(
            "—" if cell is None else self._cell(cell, side) for cell in row
        )

    def _cell(self, term: Term, side: Things) -> str:
        if isinstance(term, NamedNode):
            return visible(side.label(term, side.labels([term])))
        return visible(term.value) if isinstance(term, Literal) else "[]"

    def _titled(self, graph: NamedNode) -> str:
        """Name a graph as the side does that knows it best."""
        new, old = self.difference.new.things, self.difference.old.things
        return self._named(graph, new if new.text(graph) else old)

    def _named(self, node: Subject, side: Things) -> str:
        """Write the CURIE of a node, and its label if it has one."""
        if isinstance(node, BlankNode):
            return str(node)
        labels = side.labels([node])
        curie = side.prefixes.shorten(node)
        return f"{curie} · {visible(labels[node])}" if labels else curie

    def _value(self, term: Term, side: Things) -> str:
        """Write the object of a triple so that two that differ look different."""
        if isinstance(term, BlankNode):
            shown = nested(term, self.difference.inside, side.prefixes.show)
            return visible(shown)
        if isinstance(term, NamedNode):
            return self._named(term, side)
        return visible(side.prefixes.show(term))

    def _label(self, node: NamedNode, side: Things) -> str:
        if node in WORDS:
            return self._pick(WORDS[node])
        return side.label(node, side.labels([node]))

    def _counted(self, title: Text, changes: Sequence[Change]) -> str:
        """Write a title with how many of each change there are."""
        said = (
            self._pick(_COUNTED[change]).format(changes.count(change))
            for change in Change
            if change in changes
        )
        return (
            self._pick(title)
            + self._pick(_COLON)
            + self._pick(Text(", ", "，")).join(said)
        )

    def _side(self, change: Change) -> Things:
        """Choose the graph in which something is told of."""
        told = self.difference
        return (told.old if change is Change.REMOVED else told.new).things

    def _pick(self, text: Text) -> str:
        return text.spoken(self.difference.new.things.language)
