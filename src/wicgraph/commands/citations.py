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
    from wicgraph.asking.citing import sources_of_row, sources_of_thing, version_of
    from wicgraph.asking.counts import count
    from wicgraph.asking.parameters import arguments, bind
    from wicgraph.asking.resolving import resolve
    from wicgraph.publishing.citations import DataSet, citation_text
    from wicgraph.publishing.dumps import graph_hash

    desk: Desk = context.obj
    if row:
        number = count(row, Text("row", "行"))
        query = desk.catalogue.query(words[0])
        bound = bind(query, arguments(query, words[1:]), desk.things)
        cited = sources_of_row(
            desk.things, query, bound, number, inference=desk.inference
        )
    else:
        cited = sources_of_thing(desk.things, resolve(desk.things, " ".join(words)))
    asserted = desk.snapshot.quads(inference=False)
    data = DataSet(version_of(desk.snapshot), graph_hash(asserted))
    write(citation_text(cited, data, desk.things, form), output)
    if not cited:
        desk.say(
            Text(
                "no document says anything of this; only the data set is cited",
                "没有文献提及此项；仅引用数据集",
            )
        )
