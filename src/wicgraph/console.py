"""What commands share: what they work with, how they write, and how they fail."""

import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from wicgraph.asking.language import Language
from wicgraph.errors import QueryError, SourceError, WicgraphError

if TYPE_CHECKING:
    from wicgraph.asking.catalogue import Catalogue
    from wicgraph.asking.things import Things
    from wicgraph.root import Root
    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes

_CLOSED_PIPE = 128 + 13  # what a shell calls the end of a program by SIGPIPE
_EVERYWHERE = {"--root": 2, "--lang": 2, "--no-inference": 1, "--debug": 1}


class Command(TyperCommand):
    """A command whose values are the texts that were typed."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  (click's types)
        """List the parameters, which all take texts."""
        return _taking_texts(super().get_params(ctx))


class Group(TyperGroup):
    """Says what went wrong in one place, and takes global options anywhere."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """List the parameters, which all take texts."""
        return _taking_texts(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Put the options that mean the same everywhere before the command."""
        return super().parse_args(ctx, _hoisted(args))

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401  (typer hides click's type)
        """Run a command; our errors and a closed pipe become exit codes."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            # Python flushes once more at its end, and would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_CLOSED_PIPE) from error
        except WicgraphError as error:
            if ctx.params["debug"]:
                raise
            complain(error)
            raise typer.Exit(error.exit_code) from error


class _AsTyped:
    """Leaves the values of a parameter as they were typed."""

    def coerce(self, value: object, param: Any, ctx: object) -> object:  # noqa: ANN401, ARG002
        """Return the value; none of many is an empty tuple."""
        many = param.multiple or param.nargs == -1
        return () if many and value is None else value


def _taking_texts(parameters: list[Any]) -> list[Any]:
    """Keep typer from loading pydantic, which takes 200 ms, to turn texts into texts.

    With a typer that has no such method this does nothing, and commands start later.
    """
    for parameter in parameters:
        parameter.get_runtime_param = _AsTyped
    return parameters


@dataclass(frozen=True)
class Desk:
    """What commands work with; each thing is opened when it is first needed."""

    given: str | None
    language: Language
    inference: bool

    @cached_property
    def root(self) -> "Root":
        """The graph folder; raises RootError."""
        from wicgraph.root import Root

        return Root.find(Path(self.given) if self.given else None, Path.cwd())

    @cached_property
    def prefixes(self) -> "Prefixes":
        """The prefix table of the folder."""
        return self.root.prefixes()

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The stored queries of the folder."""
        from wicgraph.asking.catalogue import load

        return load(self.root)

    @cached_property
    def snapshot(self) -> "Snapshot":
        """The graph as the files are now, built if it must be."""
        from wicgraph.store import cache_folder, open_snapshot

        return open_snapshot(self.root, cache_folder(), say=say)

    @cached_property
    def things(self) -> "Things":
        """The things of the graph, in the language that was asked for."""
        from wicgraph.asking.things import Things

        return Things(self.snapshot, self.prefixes, self.language)


def query_text(argument: str) -> tuple[str, str]:
    """Read a query that is given as a text, in a file or on standard input.

    Returns what messages call it, and the text. Raises SourceError.
    """
    is_text = "{" in argument or any(map(str.isspace, argument))
    if is_text and not argument.endswith(".rq"):
        return "query", argument
    if argument != "-":
        from wicgraph.root import Root

        return argument, Root(Path()).read(argument)
    try:
        return "standard input", sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError("standard input", None, None, "is not UTF-8") from error


def write(chunks: Iterable[str], output: str | None) -> None:
    """Write an answer to a file, or to standard output; raises OutputError."""
    if output is None:
        sys.stdout.writelines(chunks)
    else:
        from wicgraph.publishing.files import write_file

        write_file(Path(output), chunks)


def usual_format(output: str | None) -> str:
    """Choose the format that nobody asked for: for people on a terminal, else csv."""
    return "table" if output is None and sys.stdout.isatty() else "csv"


def room(output: str | None) -> int | None:
    """Measure the terminal, if that is where the answer goes."""
    if output is not None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def say(text: str) -> None:
    """Say something that is no answer."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def complain(error: WicgraphError) -> None:
    """Say what is wrong, show the place if there is one, and what would be right."""
    say(f"error: {error}")
    if isinstance(error, QueryError | SourceError):
        for line in error.excerpt.splitlines():
            say(f"  {line}")
        if error.hint:
            say(f"  {error.hint}")


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C end the process: Oxigraph does not look for it while it works."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _hoisted(args: list[str]) -> list[str]:
    """Move the global options before the command; nothing after `--` is one."""
    front: list[str] = []
    rest = list(args)
    index = 0
    while index < len(rest) and rest[index] != "--":
        name, equals, _ = rest[index].partition("=")
        if name in _EVERYWHERE:
            size = 1 if equals else _EVERYWHERE[name]
            front += rest[index : index + size]
            del rest[index : index + size]
        else:
            index += 1
    return front + rest
