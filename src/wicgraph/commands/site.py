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
    from wicgraph.publishing.files import write_folder
    from wicgraph.site.build import site as files

    desk: Desk = context.obj
    if desk.as_of is not None:
        raise UsageError(
            Text(
                "a site shows the graph as it is; leave --as-of away",
                "网站展示的是图谱现状；请去掉 --as-of",
            )
        )
    if folder == "-":
        raise UsageError(
            Text(
                "a site is a folder, which standard output cannot take; name one",
                "网站是一个文件夹，无法写到标准输出；请写明文件夹",
            )
        )
    with desk.progress(Text("writing the site", "正在写出网站"), folder) as progress:
        write_folder(folder, progress.through(files(desk, place)), "site")
