"""Commands that write the graph for others: export."""

from typing import Annotated

import typer

from wicgraph.commands.options import Output
from wicgraph.console import Desk, write
from wicgraph.errors import UsageError
from wicgraph.language import Text

_EMPTY = Text(
    "a name of a source, thing or frame is empty; write one, or leave the option away",
    "来源、事物或框架的名称为空；请写明名称，或去掉该选项",
)


def _name(given: str | None) -> str | None:
    """Refuse a name that is empty, as that of a variable that is not set."""
    if given is not None and not given.strip():
        raise UsageError(_EMPTY)
    return given


def export(  # noqa: PLR0913, PLR0917  (each is an option)
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="turtle, ntriples, nquads, trig, jsonld, rdfxml; schemaorg, prov, sem,"
            " wikidata; csvw, parquet, sqlite, datasette; gexf, graphml; void, dcat,"
            " sd, rocrate, citation; context, openapi.",
        ),
    ] = "turtle",
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only what one source says.", callback=_name),
    ] = None,
    thing: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only a thing and what is around it.", callback=_name
        ),
    ] = None,
    frame: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="With jsonld, trees: edition, organization, person.",
            callback=_name,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Write the graph, always in one order, or other files from it."""
    from wicgraph.publishing.formats import FILE_FORMATS

    desk: Desk = context.obj
    if output is None and form in FILE_FORMATS:
        what = ("FILE", "文件") if form == "sqlite" else ("DIR", "文件夹")
        raise UsageError(
            Text(
                f"{form} cannot be shown here; say where to write it: -o {what[0]}",
                f"{form} 无法在此显示；请用 -o 指明要写入的{what[1]}",
            )
        )
    part = {"source": source or "", "thing": thing or "", "frame": frame or ""}
    with desk.progress(Text(f"exporting {form}", f"正在导出 {form}"), output):
        if output is None:
            write(desk.export(form, **part), None)
        else:
            desk.save(output, form, **part)
