"""What commands share: what they work with, how they write, and how they fail."""

import errno
import io
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from wicgraph.errors import (
    UTF8_LOCALE,
    OutputError,
    QueryError,
    RootError,
    SourceError,
    UsageError,
    WicgraphError,
    refusal,
)
from wicgraph.graph import Graph
from wicgraph.language import Language, Text
from wicgraph.progress import Progress
from wicgraph.terminal import visible
from wicgraph.usage import language_of, misuse

_SURROGATE = re.compile("[\ud800-\udfff]")  # what Python has for an odd byte
_SOME = 64  # parts of an answer that are written at once
_CLOSED_PIPE = 128 + 13  # what a shell calls the end of a program by SIGPIPE
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)
_NO_ROOM = {
    *(errno.EBADF, errno.EDQUOT, errno.EFBIG),
    *(errno.EIO, errno.ENOSPC, errno.EAGAIN),
}
_EVERYWHERE = {
    "--root": 2,
    "--lang": 2,
    "--as-of": 2,
    "--reasoner": 2,
    "--timeout": 2,
    "--endpoint": 2,
    "--no-inference": 1,
    "--debug": 1,
}
_ALONE = {"--evidence": "--evidence=full"}
_LANGUAGE = "wicgraph.language"  # where typer's contexts keep it
_ARGUMENTS = "wicgraph.arguments"


class Command(TyperCommand):
    """A command whose values are the texts that were typed."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  (click's types)
        """List the parameters, which all take texts."""
        return _taking_texts(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """Write the help in the language that was asked for."""
        return _help(self, ctx, super().get_help)


class Group(TyperGroup):
    """Says what went wrong in one place, and takes global options anywhere."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """List the parameters, which all take texts."""
        return _taking_texts(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """Write the help in the language that was asked for."""
        return _help(self, ctx, super().get_help)

    def main(self, args: Any = None, *_: Any, **extra: Any) -> NoReturn:  # noqa: ANN401
        """Run the program; what it ends with is its exit code."""
        arguments = sys.argv[1:] if args is None else list(args)
        try:
            code = super().main(arguments, **{**extra, "standalone_mode": False})
        except typer.TyperException as error:
            context = getattr(error, "ctx", None)
            command = context.command_path if context else extra["prog_name"]
            found = misuse(error.format_message(), command, self.commands)
            complain(found, language_of(arguments))
            code = found.exit_code
        sys.exit(code)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Put the options that mean the same everywhere before the command."""
        if not args:
            say(ctx.get_help())
            raise typer.Exit(2)
        ctx.meta[_LANGUAGE] = language_of(args)
        ctx.meta[_ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, _hoisted(_spelled_out(args)))

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401  (typer hides click's type)
        """Run a command; our errors and a closed pipe become exit codes."""
        try:
            try:
                _require_readable(ctx.meta[_ARGUMENTS])
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            _mute(sys.stdout)
            raise typer.Exit(_CLOSED_PIPE) from error
        except WicgraphError as error:
            if ctx.params["debug"]:
                raise
            complain(error, ctx.meta[_LANGUAGE])
            raise typer.Exit(error.exit_code) from error


def _require_readable(arguments: Iterable[str]) -> None:
    """Refuse what the locale could not decode, which would be looked for in vain."""
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8" and any(map(_SURROGATE.search, arguments)):
        what = Text(
            f"the locale, which is {encoding.upper()}, cannot hold this command; ",
            f"当前区域设置的编码 {encoding.upper()} 无法表示此命令；",
        )
        raise UsageError(what + UTF8_LOCALE)


def _help(command: Any, ctx: Any, write: Callable[[Any], str]) -> str:  # noqa: ANN401
    if ctx.meta.get(_LANGUAGE) is not Language.ZH:
        return write(ctx)
    from wicgraph.helping import helped

    return helped(command, ctx, write)


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
class Desk(Graph):
    """The graph that commands work with, and how they speak."""

    timeout: float | None = None

    def say(self, text: Text) -> None:
        """Say something that is no answer, in the language that was asked for."""
        say(text.spoken(self.language))

    def progress(self, what: Text, output: str | None) -> Progress:
        """Show people a bar while something lasts, unless the answer is shown there."""
        shown = sys.stderr.isatty() and room(output) is None
        return Progress(what.spoken(self.language), shown=shown)

    def complain(self, error: WicgraphError) -> None:
        """Say what is wrong where the command goes on."""
        complain(error, self.language)


def open_streams() -> None:
    """Make the standard streams usable, also those that whoever starts us closed.

    Python has None for a stream that is closed, and the next file that is opened
    would get its number. Reading or writing what was closed fails instead.
    """
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest free number, which is this
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal has its encoding; files and other programs get UTF-8.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def writable_output(language: Language) -> Iterator[None]:
    """Say in one message, with exit code 2, that standard output takes no more."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _mute(sys.stdout)
        sys.exit(_CLOSED_PIPE)
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            raise
        _mute(sys.stdout)
        what = Text("standard output cannot be written: ", "无法写入标准输出：")
        complain(OutputError(what + refusal(error)), language)
        sys.exit(OutputError.exit_code)


def require_here() -> None:
    """Refuse to work in a folder that was removed; raises RootError."""
    try:
        Path.cwd()
    except OSError as error:
        reason = Text(
            "the current folder is not there any more; change to one that is",
            "当前文件夹已不存在；请换到存在的文件夹",
        )
        raise RootError(reason) from error


def query_text(argument: str) -> tuple[str, str]:
    """Read a query that is given as a text, in a file or on standard input.

    Returns what messages call it, and the text. Raises SourceError.
    """
    from wicgraph.root import Root, decoded

    is_text = not argument or "{" in argument or any(map(str.isspace, argument))
    if is_text and not argument.endswith(".rq"):
        return "query", argument
    if argument != "-":
        return argument, Root(Path()).read(argument)
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        reason = Text("cannot be read: ", "无法读取：") + refusal(error)
        raise SourceError("standard input", None, None, reason) from error
    return "standard input", decoded(data, "standard input")


def write(chunks: Iterable[str], output: str | None) -> None:
    """Write an answer to a file, or to standard output; raises OutputError."""
    if output is None:
        coming = iter(chunks)  # writing costs more than joining
        while some := tuple(islice(coming, _SOME)):
            sys.stdout.write("".join(some))
    else:
        from wicgraph.publishing.files import write_file

        write_file(output, chunks)


def write_list(
    names: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    form: str | None,
    output: str | None,
) -> None:
    """Write rows of text in a format, or the usual one; raises OutputError."""
    from wicgraph.publishing.answers import list_text

    form = form or usual_format(output)
    write(list_text(names, headings, rows, form, room(output)), output)


def usual_format(output: str | None) -> str:
    """Choose the format that nobody asked for: for people on a terminal, else csv."""
    return "table" if output is None and sys.stdout.isatty() else "csv"


def room(output: str | None) -> int | None:
    """Measure the terminal, if that is where the answer goes."""
    if output is not None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def say(text: str) -> None:
    """Say something that is no answer, if there is anywhere to say it."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        _mute(sys.stderr)


def complain(error: WicgraphError, language: Language) -> None:
    """Say what is wrong, show the place if there is one, and what would be right."""
    say(language.pick("error: ", "错误：") + visible(error.text.spoken(language)))
    if isinstance(error, QueryError | SourceError):
        for line in error.excerpt.splitlines():
            say(f"  {line}")
        if error.hint:
            say(f"  {error.hint.spoken(language)}")


def end_tidily() -> None:
    """Let the signals that end a program end it as an error does, with 128 + n.

    What is half written is removed on the way. A signal that whoever starts us ignores,
    as nohup does, stays ignored.
    """
    for number in _ENDINGS:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: object) -> NoReturn:
    for each in _ENDINGS:  # a second one does not break off what the first one ends
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let signals end the process: Oxigraph does not look for them while it works."""
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, *_ENDINGS)}
    caught = {n: how for n, how in before.items() if how is not signal.SIG_IGN}
    for number in caught:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, how in caught.items():
            signal.signal(number, how)


def _mute(stream: TextIO) -> None:
    """Write to nowhere from now on: Python flushes at its end, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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


def _spelled_out(args: list[str]) -> list[str]:
    """Give options that may stand alone the value that this means."""
    end = args.index("--") if "--" in args else len(args)
    return [_ALONE.get(word, word) for word in args[:end]] + args[end:]
