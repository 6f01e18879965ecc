"""The command that writes the web site: site."""

from typing import TYPE_CHECKING, Annotated

import typer

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
    write_folder(Path(folder), files(desk, place), MANIFEST)
