"""Commands that write the graph for others: export."""

from typing import Annotated

import typer

from wicgraph.commands.options import Output
from wicgraph.commands.tables import write_tables
from wicgraph.console import Desk, write
from wicgraph.errors import UsageError
from wicgraph.language import Text

_OF_ALL = ("context", "openapi")
_WHOLE = Text(
    "this format is about the whole graph; leave out --source and --thing",
    "此格式针对整个图谱；请去掉 --source 和 --thing",
)


def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="turtle, ntriples, nquads, trig, jsonld, rdfxml; csvw, parquet,"
            " sqlite, datasette; context, openapi.",
        ),
    ] = "turtle",
    source: Annotated[
        str, typer.Option(metavar="NAME", help="Only what one source says.")
    ] = "",
    thing: Annotated[
        str, typer.Option(metavar="NAME", help="Only a thing and what is around it.")
    ] = "",
    output: Output = None,
) -> None:
    """Write the graph, always in one order, or what else others read."""
    from wicgraph.publishing.dumps import Vocabulary, canonical, dump
    from wicgraph.publishing.formats import (
        GRAPH_FORMATS,
        TABLE_FORMATS,
        require_format,
    )
    from wicgraph.publishing.openapi import openapi
    from wicgraph.publishing.selection import selected

    desk: Desk = context.obj
    require_format(form, (*GRAPH_FORMATS, *TABLE_FORMATS, *_OF_ALL))
    if form not in GRAPH_FORMATS and (source or thing):
        raise UsageError(_WHOLE)
    if form == "openapi":
        write([openapi(desk.catalogue.queries(), desk.language)], output)
        return
    if form in TABLE_FORMATS:
        write_tables(desk, form, output)
        return
    vocabulary = Vocabulary.of(desk.snapshot, desk.prefixes)
    if form == "context":
        write([vocabulary.document(desk.prefixes)], output)
        return
    quads = selected(desk.things, source=source, thing=thing, inference=desk.inference)
    write(dump(canonical(quads), form, desk.prefixes, vocabulary), output)
