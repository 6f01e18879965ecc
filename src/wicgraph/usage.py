"""What is said of a command line that cannot be understood, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.errors import UnknownName, UsageError, WicgraphError
from wicgraph.language import Language, Text
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COMMAND = re.compile(r"No such command (['\"])(?P<name>.*?)\1\.")
_OPTION = re.compile(r"No such option: (?P<name>\S+)")
_NAME = re.compile(r"--?[a-z-]+")
# What typer says, whose classes of errors are private, and what we say instead.
_MISUSES = (
    (r"Missing argument '(.+)'", "{0} is missing", "缺少 {0}"),
    (r"Missing command", "a command is missing", "缺少命令"),
    (r"Option '(.+)' requires an argument", "{0} needs a value", "{0} 需要一个值"),
    (r"Option '(.+)' does not take a value", "{0} takes no value", "{0} 不带值"),
    (r"Got unexpected extra argument.*\((.*)\)", "too much: {0}", "多余的内容：{0}"),
)


def misuse(message: str, command: str, commands: Iterable[str]) -> WicgraphError:
    """Say in one line what typer says in several, and what would be right.

    `command` is the command that was understood so far, such as "wicgraph ask", and
    `commands` are the names of all commands.
    """
    remedy = Text(f"see `{command} -h`", f"用法见 `{command} -h`")
    if found := _COMMAND.search(message):
        name = found["name"]
        return UnknownName(
            Text("command", "命令"), name, similar(name, commands), remedy=remedy
        )
    if found := _OPTION.search(message):
        near = tuple(sorted(_NAME.findall(message[found.end() :])))
        return UnknownName(Text("option", "选项"), found["name"], near, remedy=remedy)
    for pattern, english, chinese in _MISUSES:
        if found := re.search(pattern, message):
            parts = found.groups()
            said = Text(english.format(*parts), chinese.format(*parts))
            return UsageError(said + Text("; ", "；") + remedy)
    return UsageError(Text.english(message) + Text("; ", "；") + remedy)


def language_of(arguments: Sequence[str]) -> Language:
    """Find the language that a command line asks for, be it right otherwise or not."""
    given = ""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            given = value if equals else "".join(arguments[index + 1 : index + 2])
    return Language.ZH if given == Language.ZH else Language.EN
