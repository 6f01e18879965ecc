"""The command line: the only place that prints, and a thin one.

Answers go to standard output and everything else to standard error. A command ends
with 0 for yes, 1 for no or for findings, and 2 for misuse. What a command needs is
imported inside it, so that `--help` and every command start at once.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer

from wicgraph.asking.language import language
from wicgraph.commands import (
    answers,
    changes,
    citations,
    dumps,
    pushes,
    site,
    things,
    upkeep,
)
from wicgraph.console import (
    Command,
    Desk,
    Group,
    end_tidily,
    open_streams,
    require_here,
    writable_output,
)
from wicgraph.errors import UsageError
from wicgraph.language import Text
from wicgraph.reasoning import Reasoner
from wicgraph.usage import language_of

_OF_FILES = ("anchor", "check", "diff", "push", "site")
_NO_FILES = Text(
    "this command works with files, which a store has not; leave --endpoint away",
    "此命令处理文件，而远程库中没有文件；请去掉 --endpoint",
)

app = typer.Typer(
    cls=Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes 80 ms to import, and --help has 300 in all
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def wicgraph(  # noqa: PLR0913, PLR0917  (each is an option)
    context: typer.Context,
    root: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", help="The graph folder; searched for upwards if not given."
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of labels: en or zh.")
    ] = "en",
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Ask the graph as it stood on that day."),
    ] = None,
    no_inference: Annotated[
        bool, typer.Option("--no-inference", help="Ask only what documents state.")
    ] = False,
    reasoner: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Who infers: rules, or the package owlrl, slowly."
        ),
    ] = "rules",
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask the SPARQL store where it was pushed."),
    ] = None,
    timeout: Annotated[
        str | None,
        typer.Option(metavar="SECONDS", help="End a query that takes longer."),
    ] = None,
    debug: Annotated[  # noqa: ARG001  (Group.invoke looks at it)
        bool, typer.Option("--debug", help="Show where in the program an error is.")
    ] = False,
    version: Annotated[  # noqa: ARG001  (its callback does it all)
        bool,
        typer.Option(
            "--version",
            callback=lambda wanted: _show_version() if wanted else None,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Ask the graph of the World Internet Conference, and keep it true."""
    from wicgraph.publishing.formats import chosen

    require_here()
    reasoners: tuple[Reasoner, ...] = get_args(Reasoner)
    by = chosen(reasoner, reasoners, Text("reasoner", "推理器"))
    limit = _seconds(timeout) if timeout is not None else None
    on = _day(as_of) if as_of is not None else None
    folder = Path(root) if root else None
    if endpoint is not None and context.invoked_subcommand in _OF_FILES:
        raise UsageError(_NO_FILES)
    context.obj = Desk(
        folder, language(lang), not no_inference, by, on, endpoint, limit
    )


for command in (
    *(answers.ask, answers.sparql, things.show, things.path, things.why, things.find),
    *(citations.cite, dumps.export, site.site, pushes.push, changes.diff),
    *(upkeep.check, upkeep.anchor),
):
    app.command(cls=Command)(command)


def main() -> None:
    """Run the command line; what the program ends with is its exit code."""
    open_streams()
    end_tidily()
    with writable_output(language_of(sys.argv[1:])):
        app(prog_name="wicgraph")


def _seconds(text: str) -> float:
    from wicgraph.deadline import seconds

    return seconds(text)


def _day(text: str) -> date:
    from wicgraph.asking.past import day

    return day(text)


def _show_version() -> NoReturn:
    from wicgraph.release import release

    sys.stdout.write(f"wicgraph {release()}\n")
    raise typer.Exit
