"""Commands that write the graph for others: export."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from wicgraph.commands.options import Output
from wicgraph.commands.tables import write_network, write_tables
from wicgraph.console import Desk, write
from wicgraph.errors import UsageError
from wicgraph.language import Text

_OF_ALL = ("citation", "context", "openapi")
_WHOLE = Text(
    "this format is about the whole graph; leave out --source and --thing",
    "此格式针对整个图谱；请去掉 --source 和 --thing",
)
_FRAMED = Text(
    "only JSON-LD has frames; add --format jsonld",
    "只有 JSON-LD 有框架；请加上 --format jsonld",
)

_NO_HDT = Text(
    "no library for Python writes HDT without loss; export ntriples, from which the"
    " program rdf2hdt of hdt-cpp makes it",
    "没有能无损写出 HDT 的 Python 库；请导出 ntriples，"
    "再用 hdt-cpp 的 rdf2hdt 程序转换",
)


def export(  # noqa: PLR0913, PLR0917  (each is an option)
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="turtle, ntriples, nquads, trig, jsonld, rdfxml; schemaorg, prov, sem,"
            " wikidata; csvw, parquet, sqlite, datasette; gexf, graphml; void, dcat,"
            " sd, citation; context, openapi.",
        ),
    ] = "turtle",
    source: Annotated[
        str, typer.Option(metavar="NAME", help="Only what one source says.")
    ] = "",
    thing: Annotated[
        str, typer.Option(metavar="NAME", help="Only a thing and what is around it.")
    ] = "",
    frame: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="With jsonld, trees: edition, organization, person."
        ),
    ] = "",
    output: Output = None,
) -> None:
    """Write the graph, always in one order, or other files from it."""
    from wicgraph.publishing.formats import (
        DESCRIPTION_FORMATS,
        GRAPH_FORMATS,
        NETWORK_FORMATS,
        TABLE_FORMATS,
        VIEW_FORMATS,
        require_format,
    )

    desk: Desk = context.obj
    of_parts = {*GRAPH_FORMATS, *VIEW_FORMATS}
    of_whole = (*TABLE_FORMATS, *NETWORK_FORMATS, *DESCRIPTION_FORMATS, *_OF_ALL)
    if form == "hdt":
        raise UsageError(_NO_HDT)
    require_format(form, (*GRAPH_FORMATS, *VIEW_FORMATS, *of_whole))
    if form not in of_parts and (source or thing):
        raise UsageError(_WHOLE)
    if frame and form != "jsonld":
        raise UsageError(_FRAMED)
    with desk.progress(Text(f"exporting {form}", f"正在导出 {form}"), output):
        if form in TABLE_FORMATS:
            write_tables(desk, form, output)
        elif form in NETWORK_FORMATS:
            write_network(desk, form, output)
        elif form in {*DESCRIPTION_FORMATS, *_OF_ALL}:
            write(_of_itself(desk, form), output)
        elif frame:
            write([_trees(desk, frame, source, thing)], output)
        elif form in VIEW_FORMATS:
            write(_view(desk, form, source, thing), output)
        else:
            write(desk.export(form, source=source, thing=thing), output)


def _view(desk: Desk, name: str, source: str, thing: str) -> Iterator[str]:
    """Write what is chosen in the vocabulary of others: pages read JSON-LD."""
    from wicgraph.publishing.dumps import canonical, dump
    from wicgraph.publishing.dumps.views import short_names, view
    from wicgraph.publishing.selection import selected
    from wicgraph.terms import Prefixes

    quads = selected(desk.things, source=source, thing=thing, inference=desk.inference)
    alignments = selected(desk.things, source="graph:ontology", inference=False)
    found = view(desk.root, name, quads | alignments)
    made = canonical(found.quads)
    if name == "schemaorg":
        return dump(made, "jsonld", Prefixes({}), short_names(made))
    table = {**found.prefixes.table, **desk.prefixes.table}
    return dump(made, "turtle", Prefixes(table))


def _of_itself(desk: Desk, form: str) -> Iterable[str]:
    """Describe the data set, its questions or its names, or say how to cite it."""
    from wicgraph.publishing.data_set import Statement
    from wicgraph.publishing.descriptions import description
    from wicgraph.publishing.descriptions.citation import citation
    from wicgraph.publishing.dumps import Vocabulary
    from wicgraph.publishing.openapi import openapi

    if form == "openapi":
        return [openapi(desk.catalogue.queries(), desk.language)]
    if form == "context":
        vocabulary = Vocabulary.of(desk.snapshot, desk.prefixes)
        return [vocabulary.document(desk.prefixes)]
    if form == "citation":
        return [citation(Statement.of(desk.snapshot), desk.language)]
    return description(desk.things, form, inference=desk.inference)


def _trees(desk: Desk, name: str, source: str, thing: str) -> str:
    """Frame the graph, or one source of it, for all things or for one."""
    from wicgraph.asking.resolving import resolve
    from wicgraph.publishing.dumps import Vocabulary
    from wicgraph.publishing.dumps.frames import FRAMES, Frame, framed
    from wicgraph.publishing.formats import chosen
    from wicgraph.publishing.selection import selected

    kind = Text("frame", "框架")
    vocabulary = Vocabulary.of(desk.snapshot, desk.prefixes)
    frame = Frame.read(desk.root, chosen(name, FRAMES, kind), vocabulary)
    one = resolve(desk.things, thing, frame.kind) if thing else None
    quads = selected(desk.things, source=source, inference=desk.inference)
    return framed(quads, frame, desk.prefixes, vocabulary, one)
