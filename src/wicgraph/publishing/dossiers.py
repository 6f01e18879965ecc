"""A dossier as text: for a terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.language import Language, shown
from wicgraph.asking.things import local_name
from wicgraph.publishing.tables import width, wrap
from wicgraph.terms import (
    OWL,
    RDF_TYPE,
    RDFS,
    SKOS,
    BlankNode,
    Literal,
    NamedNode,
    language_tag,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wicgraph.asking.dossier import Block, Dossier, Quote, Section, Statement
    from wicgraph.asking.things import Things
    from wicgraph.reading.fact import Position
    from wicgraph.terms import Term

_NAME_KINDS = {
    "prefLabel": ("name", "名称"),
    "label": ("name", "名称"),
    "title": ("title", "标题"),
    "altLabel": ("also called", "又称"),
    "hiddenLabel": ("misspelt", "误作"),
}
_CLASS = ("is a", "类别")
# The terms of other vocabularies that our files use; the ontology labels only its own.
_WORDS = {
    RDF_TYPE: _CLASS,
    NamedNode(RDFS + "domain"): ("domain", "定义域"),
    NamedNode(RDFS + "range"): ("range", "值域"),
    NamedNode(RDFS + "subClassOf"): ("subclass of", "上位类"),
    NamedNode(RDFS + "subPropertyOf"): ("subproperty of", "上位属性"),
    NamedNode(OWL + "inverseOf"): ("inverse of", "逆属性"),
    NamedNode(SKOS + "broader"): ("broader", "上位概念"),
    NamedNode(SKOS + "definition"): ("definition", "定义"),
    NamedNode(SKOS + "exactMatch"): ("matches", "对应"),
    NamedNode(SKOS + "note"): ("note", "说明"),
}
_INFERRED = ("Inferred, stated by no document", "推理得出，并无文献直接陈述")
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


@dataclass(frozen=True)
class DossierText:
    """Writes one dossier in the language of its things."""

    dossier: Dossier
    things: Things

    def text(self, room: int | None = None) -> str:
        """Write the dossier for a terminal that is `room` columns wide."""
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
        """Write the dossier as Markdown."""
        lines = []
        for part in self._parts():
            note = f" `{part.note}`" if part.note else ""
            lines += [f"{'#' * (part.level + 1)} {_escaped(part.title)}{note}", ""]
            lines += (_bullet(row) for row in part.rows)
            lines += [""] if part.rows else []
        return "\n".join(lines)

    def json(self) -> str:
        """Write the dossier as JSON; keys are added in later versions, never changed.

        A term is {"type": "iri", "value", "curie", "label"?} or {"type": "literal",
        "value", "language" or "datatype"}; a place is "path:line".
        """
        dossier = self.dossier
        content = {
            "version": 1,
            "thing": self._term(dossier.thing),
            "names": [
                {"kind": self._curie(name.kind), "name": self._term(name.text)}
                for name in dossier.names
            ],
            "classes": list(map(self._term, dossier.classes)),
            "sections": [
                {
                    "graph": self._term(section.graph),
                    "statements": list(map(self._statement, section.statements)),
                    "blocks": list(map(self._block, section.blocks)),
                }
                for section in dossier.sections
            ],
            "inferred": list(map(self._statement, dossier.inferred)),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    @cached_property
    def _labels(self) -> Mapping[NamedNode, str]:
        terms: list[Term] = [self.dossier.thing, *self.dossier.classes]
        statements = list(self.dossier.inferred)
        quotes: list[Quote] = []
        for section in self.dossier.sections:
            terms.append(section.graph)
            statements += section.statements
            for block in section.blocks:
                terms += (block.node, *block.classes, *block.links)
                statements += block.statements
                quotes += block.quotes
        for statement in statements:
            terms += (statement.predicate, statement.other)
        for quote in quotes:
            terms += quote.supports
        return self.things.labels(terms)

    def _parts(self) -> Iterator[_Part]:
        thing = self.dossier.thing
        yield _Part(0, self._label(thing), self._curie(thing), tuple(self._identity()))
        for section in self.dossier.sections:
            yield self._section(section)
            for block in section.blocks:
                rows = tuple(self._block_rows(block))
                yield _Part(2, self._title(block), _line(block.position), rows)
        if self.dossier.inferred:
            rows = tuple(self._rows(self.dossier.inferred))
            yield _Part(1, self._pick(_INFERRED), "", rows)

    def _identity(self) -> Iterator[_Row]:
        kinds: dict[str, list[Literal]] = {}
        for name in self.dossier.names:
            kind = self._pick(_NAME_KINDS[local_name(name.kind)])
            kinds.setdefault(kind, []).append(name.text)
        for kind, texts in kinds.items():
            own_first = sorted(texts, key=lambda text: _primary(text) != self._language)
            yield _Row(kind, " · ".join(shown(t, self._language) for t in own_first))
        classes = " · ".join(map(self._label, self.dossier.classes))
        if classes:
            yield _Row(self._pick(_CLASS), classes)

    def _section(self, section: Section) -> _Part:
        label, curie = self._label(section.graph), self._curie(section.graph)
        places = [s.position for s in section.statements]
        places += [block.position for block in section.blocks]
        paths = sorted({place.path for place in places if place})
        note = "  ".join(([] if label == curie else [curie]) + paths)
        return _Part(1, label, note, tuple(self._rows(section.statements)))

    def _title(self, block: Block) -> str:
        kinds = ", ".join(map(self._label, block.classes)) or self._curie(block.node)
        return f"{kinds} · {', '.join(map(self._label, block.links))}"

    def _block_rows(self, block: Block) -> Iterator[_Row]:
        """Write the parts of a fact but the link to the thing, then its quotes."""
        parts = [s for s in block.statements if s.predicate not in block.links]
        yield from self._rows(parts, whole=False)
        own = {statement.predicate for statement in block.statements}
        for quote in block.quotes:
            borne = [kind for kind in quote.supports if kind in own]
            supports = ", ".join(
                map(self._label, borne if len(borne) < len(own) else [])
            )
            yield _Row("", f"{_quoted(quote)}  {supports}".rstrip())

    def _rows(
        self, statements: Sequence[Statement], *, whole: bool = True
    ) -> Iterator[_Row]:
        """Write statements, and if `whole` their lines and the words for each."""
        before = ""
        for statement in self._spoken(statements):
            name = self._label(statement.predicate)
            name = f"← {name}" if statement.incoming else name
            value = self._value(statement.other)
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

    def _value(self, term: Term) -> str:
        if isinstance(term, Literal):
            return shown(term, self._language)
        return str(term) if isinstance(term, BlankNode) else self._label(term)

    def _label(self, node: NamedNode) -> str:
        if node in _WORDS:
            return self._pick(_WORDS[node])
        return self.things.label(node, self._labels)

    def _curie(self, node: NamedNode) -> str:
        return self.things.prefixes.shorten(node)

    def _pick(self, texts: tuple[str, str]) -> str:
        return self._language.pick(*texts)

    @property
    def _language(self) -> Language:
        return self.things.language

    def _term(self, term: Term) -> dict[str, object]:
        if isinstance(term, BlankNode):
            return {"type": "blank", "value": term.value}
        if isinstance(term, NamedNode):
            found = {"type": "iri", "value": term.value, "curie": self._curie(term)}
            label = self._labels.get(term)
            return {**found, "label": label} if label else {**found}
        literal: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            return literal | {"language": language_tag(term.language)}
        return literal | {"datatype": self._curie(term.datatype)}

    def _statement(self, statement: Statement) -> dict[str, object]:
        return {
            "predicate": self._term(statement.predicate),
            "incoming": statement.incoming,
            "value": self._term(statement.other),
            "place": _place(statement.position),
            "quotes": list(map(self._quote, statement.quotes)),
        }

    def _block(self, block: Block) -> dict[str, object]:
        return {
            "node": self._term(block.node),
            "classes": list(map(self._term, block.classes)),
            "links": list(map(self._term, block.links)),
            "place": _place(block.position),
            "statements": list(map(self._statement, block.statements)),
            "quotes": list(map(self._quote, block.quotes)),
        }

    def _quote(self, quote: Quote) -> dict[str, object]:
        return {
            "passage": self._curie(quote.passage),
            "words": self._term(quote.words),
            "supports": list(map(self._curie, quote.supports)),
        }


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
        return f"- {_escaped(row.name)}: {_escaped(row.value)}{line}"
    return f"  - {_escaped(row.value)}{line}"


def _quoted(quote: Quote) -> str:
    chinese = (quote.words.language or "").startswith("zh")
    return f"「{quote.words.value}」" if chinese else f"“{quote.words.value}”"


def _primary(term: Term) -> str:
    """Return the language of a text without its script, or no text."""
    tag = term.language if isinstance(term, Literal) else None
    return (tag or "").partition("-")[0]


def _line(position: Position | None) -> str:
    return f":{position.line}" if position else ""


def _place(position: Position | None) -> str | None:
    return f"{position.path}:{position.line}" if position else None


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
