"""Commands that write the graph for others: export."""

from typing import Annotated

import typer

from wicgraph.commands.options import Output
from wicgraph.console import Desk, write


def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="turtle, ntriples, nquads, trig, jsonld; openapi for the questions.",
        ),
    ] = "turtle",
    output: Output = None,
) -> None:
    """Write the graph, always in one order, or what else others read."""
    from wicgraph.publishing.dumps import dump
    from wicgraph.publishing.formats import GRAPH_FORMATS, require_format
    from wicgraph.publishing.openapi import openapi

    desk: Desk = context.obj
    if require_format(form, (*GRAPH_FORMATS, "openapi")) == "openapi":
        write([openapi(desk.catalogue.queries(), desk.language)], output)
        return
    quads = desk.snapshot.quads(inference=desk.inference)
    write(dump(quads, form, desk.prefixes), output)
