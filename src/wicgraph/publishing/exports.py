"""Everything that can be written of a graph, by the name of its format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.resolving import resolve
from wicgraph.errors import UsageError
from wicgraph.language import Text, quoted
from wicgraph.publishing.crate import Payload, crate
from wicgraph.publishing.data_set import DataSet, Statement
from wicgraph.publishing.descriptions import description
from wicgraph.publishing.descriptions.citation import citation
from wicgraph.publishing.dumps import Vocabulary, canonical, dump
from wicgraph.publishing.dumps.frames import FRAMES, Frame, framed
from wicgraph.publishing.dumps.views import short_names, view
from wicgraph.publishing.files import write_file, write_folder
from wicgraph.publishing.formats import (
    DESCRIPTION_FORMATS,
    EXPORT_FORMATS,
    FILE_FORMATS,
    FOLDER_FORMATS,
    GRAPH_FORMATS,
    NETWORK_FORMATS,
    VIEW_FORMATS,
    chosen,
    require_format,
)
from wicgraph.publishing.networks.gexf import gexf
from wicgraph.publishing.networks.graphml import graphml
from wicgraph.publishing.networks.network import network
from wicgraph.publishing.openapi import openapi
from wicgraph.publishing.relational.csvw import csvw
from wicgraph.publishing.relational.design import TABLES
from wicgraph.publishing.relational.facts import Facts
from wicgraph.publishing.relational.sqlite import datasette, sqlite
from wicgraph.publishing.relational.table import filled
from wicgraph.publishing.selection import selected
from wicgraph.queries.catalogue import load
from wicgraph.terms import Prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wicgraph.asking.things import Things
    from wicgraph.publishing.files import Place
    from wicgraph.publishing.relational.table import Filled
    from wicgraph.root import Root
    from wicgraph.terms import Quad

_DATABASE = "wicgraph"  # what Datasette calls the file wicgraph.db
_OF_PARTS = frozenset((*GRAPH_FORMATS, *VIEW_FORMATS))
_FRAMED = Text(
    "only jsonld has frames; choose that format",
    "只有 jsonld 有框架；请选用该格式",
)
_ASSERTED = Text(
    "what documents say, in canonical form (RDFC-1.0)",
    "文献所述，规范形式（RDFC-1.0）",
)
_WHOLE = Text("the graph, a graph for each source", "整个图谱，每个来源一个图")
_MERGED = Text("the graph as one", "合为一图的图谱")
_CONTEXT = Text("short names of its terms, for JSON-LD", "其术语的 JSON-LD 短名")
_COUNTS = Text("what is in it, counted", "其内容及数量")
_CITATION = Text("how to cite it", "引用方式")
_SILENT = Text(
    "the data set does not say who made it, so only its address is cited; it describes"
    " itself in facts/reference/about.ttl",
    "数据集未说明由谁制作，因此仅引用其网址；"
    "数据集在 facts/reference/about.ttl 中描述自身",
)
_TABLE = Text("table: ", "表：")
_NO_HDT = Text(
    "no library for Python writes HDT without loss; export ntriples, from which the"
    " program rdf2hdt of hdt-cpp makes it",
    "没有能无损写出 HDT 的 Python 库；请导出 ntriples，"
    "再用 hdt-cpp 的 rdf2hdt 程序转换",
)


@dataclass(frozen=True, slots=True)
class Order:
    """A format, and what of a graph is written in it.

    That is what a source says, what is around a thing, or all; a frame makes trees of
    it. Raises UnknownName for another format than those of EXPORT_FORMATS, and
    UsageError for a part that the format does not have.
    """

    form: str = "turtle"
    source: str = ""
    thing: str = ""
    frame: str = ""

    def __post_init__(self) -> None:
        if self.form == "hdt":
            raise UsageError(_NO_HDT)
        form = require_format(self.form, EXPORT_FORMATS)
        if form not in _OF_PARTS and (self.source or self.thing):
            raise UsageError(
                Text(
                    f"{form} is about the whole graph; leave out source and thing",
                    f"{form} 针对整个图谱；请去掉 source 和 thing",
                )
            )
        if self.frame and form != "jsonld":
            raise UsageError(_FRAMED)


@dataclass(frozen=True, slots=True)
class Exports:
    """A graph that is written for others, with what is inferred or without.

    `say` is told where nothing is chosen, which is no error: what is written is empty.
    """

    root: Root
    things: Things
    inference: bool
    say: Callable[[Text], None]

    def text(self, order: Order) -> Iterator[str]:
        """Write a format that is one text, piece by piece.

        Raises UnknownName, AmbiguousName, and UsageError for one of FILE_FORMATS.
        """
        form = order.form
        if form in FILE_FORMATS:
            raise UsageError(
                Text(
                    f"{form} is no text to be shown; write it to a file or folder",
                    f"{form} 不是可以显示的文本；请写入文件或文件夹",
                )
            )
        if form in NETWORK_FORMATS:
            return iter([self._network(form)])
        if form in VIEW_FORMATS:
            return self._view(order)
        if order.frame:
            return iter([self._trees(order)])
        if form in GRAPH_FORMATS:
            return self._dump(order)
        return iter(self._of_itself(form))

    def write(self, path: Place, order: Order) -> None:
        """Write any of EXPORT_FORMATS to a file or a folder, whole or not at all.

        Raises as `text` does, and OutputError.
        """
        form = order.form
        if form in FOLDER_FORMATS:
            write_folder(path, self._folder(form), form)
        elif form == "sqlite":
            write_file(path, [sqlite(self._tables())])
        else:
            write_file(path, self.text(order))

    def _folder(self, form: str) -> Iterator[tuple[str, Iterable[str | bytes]]]:
        language = self.things.language
        if form == "rocrate":
            yield from self._crate()
        elif form == "csvw":
            yield from csvw(self._tables(), self._said.licence, language)
        else:
            from wicgraph.publishing.relational.parquet import (  # noqa: PLC0415
                parquet,  # DuckDB takes 0.1 s to import
            )

            yield from parquet(self._tables(), self._said.licence, language)

    def _crate(self) -> Iterator[tuple[str, Iterable[str | bytes]]]:
        data = DataSet.of(self.things.snapshot)
        return crate(self._payload(), data, self.things.language)

    def _payload(self) -> Iterator[Payload]:
        asserted = replace(self, inference=False)
        yield Payload("wicgraph-asserted.nq", _ASSERTED, asserted.text(Order("nquads")))
        if self.inference:
            yield Payload("wicgraph.nq", _WHOLE, self.text(Order("nquads")))
        yield Payload("wicgraph.ttl", _MERGED, self.text(Order("turtle")))
        yield Payload("context.jsonld", _CONTEXT, self.text(Order("context")))
        yield Payload("void.ttl", _COUNTS, self.text(Order("void")))
        yield Payload("CITATION.cff", _CITATION, self.text(Order("citation")))
        for name, chunks in self._folder("csvw"):
            yield Payload(f"tables/{name}", _TABLE + Text(name, name), chunks)
        for query in load(self.root).queries():
            path = query.source.where
            summary = Text(query.summary, query.summary_zh)
            yield Payload(path, summary, [self.root.read(path)])

    def _dump(self, order: Order) -> Iterator[str]:
        quads = canonical(self._quads(order))
        return dump(quads, order.form, self.things.prefixes, self._vocabulary())

    def _view(self, order: Order) -> Iterator[str]:
        """Write what is chosen in the vocabulary of others: pages read JSON-LD."""
        alignments = selected(self.things, source="graph:ontology", inference=False)
        quads = self._quads(order)
        found = view(self.root, order.form, quads | alignments)
        if quads and not found.quads:
            self.say(
                Text(
                    f"{order.form} has no words for what was chosen",
                    f"{order.form} 无法表达所选内容",
                )
            )
        made = canonical(found.quads)
        if order.form == "schemaorg":
            return dump(made, "jsonld", Prefixes({}), short_names(made))
        table = {**found.prefixes.table, **self.things.prefixes.table}
        return dump(made, "turtle", Prefixes(table))

    def _trees(self, order: Order) -> str:
        """Frame the graph, or one source of it, for all things or for one."""
        vocabulary, thing = self._vocabulary(), order.thing
        name = chosen(order.frame, FRAMES, Text("frame", "框架"))
        frame = Frame.read(self.root, name, vocabulary)
        one = resolve(self.things, thing, frame.kind) if thing else None
        quads = self._quads(replace(order, thing=""))
        return framed(quads, frame, self.things.prefixes, vocabulary, one)

    def _network(self, form: str) -> str:
        drawn = network(self._tables(), self.things.language)
        return gexf(drawn) if form == "gexf" else graphml(drawn)

    def _of_itself(self, form: str) -> Iterable[str]:
        """Describe the data set, its questions or its names, or say how to cite it."""
        language = self.things.language
        if form in DESCRIPTION_FORMATS:
            return description(self.things, form, inference=self.inference)
        if form == "openapi":
            return [openapi(load(self.root).queries(), language)]
        if form == "context":
            return [self._vocabulary().document(self.things.prefixes)]
        if form == "datasette":
            return [datasette(TABLES, _DATABASE, self._said.licence, language)]
        if not self._said.triples:
            self.say(_SILENT)
        return [citation(self._said, language)]

    @property
    def _said(self) -> Statement:
        return Statement.of(self.things.snapshot)

    def _quads(self, order: Order) -> frozenset[Quad]:
        source, thing = order.source, order.thing
        found = selected(
            self.things, source=source, thing=thing, inference=self.inference
        )
        if not found:
            one, other = quoted(source), quoted(thing)
            self.say(
                Text(
                    f"the source {one.en} says nothing of {other.en}",
                    f"来源{one.zh}未提及{other.zh}",
                )
                if source and thing
                else Text("the graph is empty", "图谱为空")
            )
        return found

    def _tables(self) -> tuple[Filled, ...]:
        quads = self.things.snapshot.quads(inference=self.inference)
        return filled(TABLES, Facts(quads, self.things.prefixes))

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.things.snapshot, self.things.prefixes)
