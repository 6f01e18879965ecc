"""Commands that compare graphs: diff."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from wicgraph.commands.options import Output
from wicgraph.console import Desk, write
from wicgraph.language import Text

if TYPE_CHECKING:
    from wicgraph.asking.sides import Side
    from wicgraph.revision import Version


def diff(
    context: typer.Context,
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="A graph folder or a git revision.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="Likewise. [default: the graph folder]"),
    ] = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, json, md, rdfpatch."),
    ] = "text",
    output: Output = None,
) -> None:
    """Compare two graphs: terms, facts and rows that changed."""
    from wicgraph.asking.difference import compare
    from wicgraph.errors import UsageError
    from wicgraph.publishing.differences import difference_text
    from wicgraph.publishing.formats import DIFFERENCE_FORMATS, require_format
    from wicgraph.revision import Version, version

    desk: Desk = context.obj
    require_format(form, DIFFERENCE_FORMATS)
    if desk.as_of is not None:
        raise UsageError(
            Text(
                "diff compares whole graphs; leave --as-of away",
                "diff 比较的是完整的图谱；请去掉 --as-of",
            )
        )
    with ExitStack() as stack:
        before = stack.enter_context(version(old, lambda: desk.root))
        after = Version("", desk.root)
        if new is not None:
            after = stack.enter_context(version(new, lambda: desk.root))
        sides = [_side(desk, each, stack) for each in (before, after)]
        told = compare(*sides, inference=desk.inference)
        now = after.name or desk.language.pick("the graph folder", "当前图谱")
        write(difference_text(told, form, (before.name, now)), output)
    for failure in told.failures:
        for each, error in ((before, failure.old), (after, failure.new)):
            if error:
                desk.complain(each.placed(error))
    raise typer.Exit(1 if told else 2 if told.failures else 0)


def _side(desk: Desk, version: "Version", stack: ExitStack) -> "Side":
    from wicgraph.asking.sides import Side
    from wicgraph.asking.things import Things
    from wicgraph.queries.catalogue import load

    def say(text: Text) -> None:
        """Name the version where the folder is one that nobody knows."""
        building = Text("building the graph of ", "正在构建 ")
        named = Text(version.name, f"{version.name} 的图谱")
        desk.say(building + named if version.is_revision else text)

    with version.placing():
        snapshot = stack.enter_context(desk.open(version.root, say))
        things = Things(snapshot, version.root.prefixes(), desk.language)
        return Side(things, load(version.root))
