"""Commands that keep the facts true: check and anchor."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from wicgraph.commands.options import Output
from wicgraph.console import (
    Desk,
    write,
)
from wicgraph.language import Text


def check(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Report only on these files."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, sarif.")
    ] = "text",
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="auto, pyshacl, shifty.")
    ] = "auto",
    documents: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Texts to hold the quotes against."),
    ] = None,
    output: Output = None,
) -> None:
    """Check the graph: what is wrong, where, what to do."""
    from wicgraph.checking.engines import Engine
    from wicgraph.publishing.formats import chosen, require_format

    desk: Desk = context.obj
    require_format(form, ("text", "json", "sarif"))
    engines: tuple[Engine, ...] = get_args(Engine)
    report = desk.check(
        *(paths or ()),
        engine=chosen(engine, engines, Text("engine", "引擎")),
        documents=documents,
    )
    texts = {"json": report.json, "sarif": report.sarif}
    text = texts[form]() if form in texts else report.text(desk.language.value)
    write([text], output)
    raise typer.Exit(1 if report.errors else 0)


def anchor(
    context: typer.Context,
    facts: Annotated[str, typer.Argument(metavar="FACTS", help="A source file.")],
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The text that it is about.")
    ],
) -> None:
    """Write the offsets of quotes into a source file."""
    from wicgraph.checking.anchor import anchor

    desk: Desk = context.obj
    result = anchor(desk.root, Path(facts), Path(document))
    for trouble in result.troubles:
        desk.say(trouble.text)
    count, changed = result.passages, result.changed
    desk.say(
        Text(
            f"{facts}: {count} passages, {changed} changed",
            f"{facts}：{count} 段引文，改动 {changed} 段",
        )
    )
    raise typer.Exit(1 if result.troubles else 0)
