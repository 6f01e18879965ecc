"""A dossier as people read it: on a terminal, or in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.language import shown
from wicgraph.language import Text
from wicgraph.publishing.dossier_data import dossier_json, dossier_turtle
from wicgraph.publishing.drawing import svg
from wicgraph.publishing.formats import DOSSIER_FORMATS, require_format
from wicgraph.publishing.lists import NAME_KINDS
from wicgraph.publishing.pictures.thing import thing_picture
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.tables import wrap
from wicgraph.publishing.vocabulary import IS_A, WORDS
from wicgraph.reading.period import Standing
from wicgraph.terminal import width
from wicgraph.terms import GRAPH, RDFS, SKOS, SOURCE, BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.asking.dossier import Block, Dossier, Section, Statement
    from wicgraph.asking.grounds import Quote
    from wicgraph.asking.ledger import Entry, Matter
    from wicgraph.asking.things import Things
    from wicgraph.language import Language
    from wicgraph.reading.fact import Position
    from wicgraph.terms import Term

_INFERRED = Text("Inferred, stated by no document", "推理得出，并无文献直接陈述")
_DEFINITION = NamedNode(SKOS + "definition")
_UNSAID = frozenset({_DEFINITION, NamedNode(RDFS + "isDefinedBy")})
_LEDGER = Text("What sources say differently", "各来源说法不同之处")
_REFERENCE = Text("Reference data", "参考数据")
_HOMES = {
    NamedNode(GRAPH + "ontology"): Text("The ontology", "本体"),
    NamedNode(GRAPH + "shapes"): Text("The shapes", "形状"),
}
_UNDATED = Text("no date printed", "未印日期")
_RANK = Text("{} rank", "等级：{}")
_REASON = Text("reason", "理由")
# What a fact is marked with where somebody asked for a day.
_MARKS = {
    Standing.HELD: Text(" (held)", "（当日成立）"),
    Standing.UNKNOWN: Text(" (unknown on that day)", "（当日不详）"),
}
_WIDEST = 24  # columns for the names of properties


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a dossier; `name` is empty where only the value is shown."""

    name: str
    value: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows under a title; `level` 0 is the thing, 1 a source, 2 a fact with parts."""

    level: int
    title: str
    note: str
    rows: tuple[_Row, ...]


def dossier_text(
    dossier: Dossier, things: Things, form: str, room: int | None = None
) -> Iterator[str]:
    """Write a dossier in one of DOSSIER_FORMATS; text is `room` columns wide.

    Raises UnknownName for another format.
    """
    require_format(form, DOSSIER_FORMATS)
    if form == "json":
        yield dossier_json(dossier, things)
    elif form == "turtle":
        yield from dossier_turtle(dossier, things)
    elif form == "svg":
        yield from svg(thing_picture(dossier, things))
    elif form == "md":
        yield _Writer(dossier, things).markdown()
    else:
        yield _Writer(dossier, things).text(room)


@dataclass(frozen=True)
class _Writer:
    """Writes one dossier in the language of its things."""

    dossier: Dossier
    things: Things

    def text(self, room: int | None) -> str:
        lines: list[str] = []
        for part in self._parts():
            if part.level == 1:
                lines.append("")
            between = "\n  " if part.level == 1 and part.note else "  "
            indent = "  " * max(0, part.level - 1)
            lines.append(f"{indent}{part.title}{between}{part.note}".rstrip())
            lines += _columns(part.rows, "  " * part.level, room)
        return "".join(f"{line}\n" for line in lines)

    def markdown(self) -> str:
        lines = []
        for part in self._parts():
            note = f" `{part.note}`" if part.note else ""
            lines += [f"{'#' * (part.level + 1)} {markdown_text(part.title)}{note}", ""]
            lines += (_bullet(row) for row in part.rows)
            lines += [""] if part.rows else []
        return "\n".join(lines)

    @cached_property
    def _labels(self) -> Mapping[NamedNode, str]:
        return self.things.labels(self.dossier.terms())

    def _parts(self) -> Iterator[_Part]:
        thing = self.dossier.thing
        yield _Part(0, self._label(thing), self._curie(thing), tuple(self._identity()))
        if self.dossier.ledger:
            yield _Part(1, self._pick(_LEDGER), "", ())
        yield from map(self._matter, self.dossier.ledger)
        for section in self.dossier.sections:
            yield self._section(section)
            for block in section.blocks:
                rows = tuple(self._block_rows(block))
                mark = self._mark(block.standing)
                yield _Part(2, self._title(block) + mark, _line(block.position), rows)
        if self.dossier.inferred:
            rows = tuple(self._rows(self.dossier.inferred))
            yield _Part(1, self._pick(_INFERRED), "", rows)

    def _identity(self) -> Iterator[_Row]:
        kinds: dict[str, list[Literal]] = {}
        for name in self.dossier.names:
            kind = self._pick(NAME_KINDS[name.kind])
            kinds.setdefault(kind, []).append(name.text)
        for kind, texts in kinds.items():
            own_first = sorted(texts, key=lambda text: _primary(text) != self._language)
            yield _Row(kind, " · ".join(shown(t, self._language) for t in own_first))
        classes = " · ".join(map(self._label, self.dossier.classes))
        if classes:
            yield _Row(self._pick(IS_A), classes)
        own = [s for section in self.dossier.sections for s in section.statements]
        for statement in self._spoken(own):
            if statement.predicate == _DEFINITION and not statement.incoming:
                what = self._label(_DEFINITION)
                yield _Row(what, self._value(statement.other))

    def _matter(self, matter: Matter) -> _Part:
        """Write what each source says under its publisher, and the reasons once."""
        rows = []
        for entry in matter.entries:
            rows += [
                _Row(self._words(entry.publisher) or "—", self._words(entry.value)),
                _Row("", self._weights(entry)),
            ]
        reasons = {self._words(entry.reason): None for entry in matter.entries}
        rows += [_Row(self._pick(_REASON), text) for text in reasons if text]
        words = map(self._words, (matter.kind, matter.scope, matter.divergence))
        return _Part(2, " · ".join(filter(None, words)), "", tuple(rows))

    def _weights(self, entry: Entry) -> str:
        """Write what a reader weighs a statement by."""
        rank = self._words(entry.rank)
        weights = (
            self._words(entry.date) or self._pick(_UNDATED),
            self._words(entry.language),
            rank and self._pick(_RANK).format(rank),
            self._words(entry.source),
        )
        return " · ".join(filter(None, weights))

    def _words(self, term: Term | None) -> str:
        return "" if term is None else self._value(term)

    def _section(self, section: Section) -> _Part:
        label, curie = self._label(section.graph), self._curie(section.graph)
        places = [s.position for s in section.statements]
        places += [block.position for block in section.blocks]
        paths = sorted({place.path for place in places if place})
        if not section.graph.value.startswith(SOURCE):  # a file of reference
            label, said = self._pick(_HOMES.get(section.graph, _REFERENCE)), ""
        else:
            day = section.issued.value[:10] if section.issued else self._pick(_UNDATED)
            said = f"{self._words(section.publisher)} · {day}".removeprefix(" · ")
        note = "  ".join(filter(None, (said, curie, *paths)))
        told = [s for s in section.statements if s.predicate not in _UNSAID]
        return _Part(1, label, note, tuple(self._rows(told)))

    def _title(self, block: Block) -> str:
        kinds = self._listed(block.classes) or self._curie(block.node)
        return f"{kinds} · {self._listed(block.links)}"

    def _block_rows(self, block: Block) -> Iterator[_Row]:
        """Write the parts of a fact but the link to the thing, then its quotes."""
        parts = [s for s in block.statements if s.predicate not in block.links]
        yield from self._rows(parts, whole=False)
        own = {statement.predicate for statement in block.statements}
        for quote in block.quotes:
            borne = [kind for kind in quote.supports if kind in own]
            supports = self._listed(borne if len(borne) < len(own) else [])
            yield _Row("", f"{_quoted(quote)}  {supports}".rstrip())

    def _rows(
        self, statements: Sequence[Statement], *, whole: bool = True
    ) -> Iterator[_Row]:
        """Write statements, and if `whole` their lines and the words for each."""
        before = ""
        for statement in self._spoken(statements):
            if isinstance(statement.other, BlankNode):  # such as the cell of a list
                continue
            name = self._label(statement.predicate)
            name = f"← {name}" if statement.incoming else name
            value = self._value(statement.other) + self._mark(statement.standing)
            line = _line(statement.position) if whole else ""
            yield _Row("" if name == before else name, value, line)
            before = name
            for quote in statement.quotes if whole else ():
                yield _Row("", _quoted(quote))

    def _spoken(self, statements: Iterable[Statement]) -> list[Statement]:
        """Leave out a text of ours in the other language, if it is there in both."""
        ours = {
            statement.predicate
            for statement in statements
            if _primary(statement.other) == self._language
        }
        return [
            statement
            for statement in statements
            if statement.predicate not in ours
            or _primary(statement.other) in {"", self._language}
        ]

    def _mark(self, standing: Standing | None) -> str:
        return self._pick(_MARKS[standing]) if standing in _MARKS else ""

    def _value(self, term: Term) -> str:
        if isinstance(term, Literal):
            return shown(term, self._language)
        return str(term) if isinstance(term, BlankNode) else self._label(term)

    def _pick(self, text: Text) -> str:
        return text.spoken(self._language)

    def _listed(self, nodes: Iterable[NamedNode]) -> str:
        return self._language.pick(", ", "、").join(map(self._label, nodes))

    def _label(self, node: NamedNode) -> str:
        if node in WORDS:
            return self._pick(WORDS[node])
        return self.things.label(node, self._labels)

    def _curie(self, node: NamedNode) -> str:
        return self.things.prefixes.shorten(node)

    @property
    def _language(self) -> Language:
        return self.things.language


def _columns(rows: Sequence[_Row], indent: str, room: int | None) -> Iterator[str]:
    """Lay rows out in two columns; values wrap where there is little room."""
    names = [width(row.name) for row in rows]
    left = min(_WIDEST, max(names, default=0))
    gap = "  " if left else ""
    space = None if room is None else max(_WIDEST, room - len(indent) - left - len(gap))
    for row in rows:
        value = f"{row.value}  {row.line}" if row.line else row.value
        lines = value.split("\n") if space is None else wrap(value, space)
        padding = " " * (left - width(row.name))
        yield f"{indent}{row.name}{padding}{gap}{lines[0]}".rstrip()
        for line in lines[1:]:
            yield f"{indent}{' ' * left}{gap}{line}".rstrip()


def _bullet(row: _Row) -> str:
    line = f" `{row.line}`" if row.line else ""
    if row.name:
        return f"- {markdown_text(row.name)}: {markdown_text(row.value)}{line}"
    return f"  - {markdown_text(row.value)}{line}"


def _quoted(quote: Quote) -> str:
    chinese = (quote.words.language or "").startswith("zh")
    return f"「{quote.words.value}」" if chinese else f"“{quote.words.value}”"


def _primary(term: Term) -> str:
    """Return the language of a text without its script, or no text."""
    tag = term.language if isinstance(term, Literal) else None
    return (tag or "").partition("-")[0]


def _line(position: Position | None) -> str:
    return f":{position.line}" if position else ""
