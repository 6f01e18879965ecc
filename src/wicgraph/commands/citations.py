"""Commands for those who write: cite."""

from typing import Annotated

import typer

from wicgraph.commands.options import Output, Words
from wicgraph.console import Desk, write
from wicgraph.language import Text


def cite(
    context: typer.Context,
    words: Words,
    row: Annotated[
        str,
        typer.Option(metavar="N", help="Cite row N of: NAME PARAMETER=VALUE …"),
    ] = "",
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, bibtex, csljson."),
    ] = "text",
    output: Output = None,
) -> None:
    """Cite the sources of a thing, or of a row of an answer."""
    from wicgraph.asking.citing import numbered
    from wicgraph.asking.counts import count
    from wicgraph.asking.parameters import arguments

    desk: Desk = context.obj
    if row:
        number = count(row, Text("row number", "行号"))
        query = desk.catalogue.query(words[0])
        table = desk.ask(query.name, **arguments(query, words[1:]))
        cited = desk.cite(numbered(desk.evidence(table), number, query.name))
    else:
        cited = desk.cite(" ".join(words))
    write(desk.text(cited, form), output)
    if not cited:
        desk.say(
            Text(
                "no document says anything of this; only the data set is cited",
                "没有文献提及此项；仅引用数据集",
            )
        )
