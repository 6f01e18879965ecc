"""The command that writes the web site: site."""

from typing import TYPE_CHECKING, Annotated

import typer

from wicgraph.errors import UsageError
from wicgraph.language import Text

if TYPE_CHECKING:
    from wicgraph.console import Desk


def site(
    context: typer.Context,
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Where it is written, all or nothing.")
    ],
    place: Annotated[
        str,
        typer.Option(
            "--url", metavar="URL", help="Where it will be; adds rules for w3id.org."
        ),
    ] = "",
) -> None:
    """Write the graph as a web site, which needs no server."""
    from pathlib import Path

    from wicgraph.publishing.files import write_folder
    from wicgraph.site.build import MANIFEST
    from wicgraph.site.build import site as files

    desk: Desk = context.obj
    if desk.as_of is not None:
        raise UsageError(
            Text(
                "a site shows the graph as it is; leave --as-of away",
                "网站展示的是图谱现状；请去掉 --as-of",
            )
        )
    with desk.progress(Text("writing the site", "正在写出网站"), folder) as progress:
        write_folder(Path(folder), progress.through(files(desk, place)), MANIFEST)
