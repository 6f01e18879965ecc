"""What can go wrong, as one tree.

A caller who catches `WicgraphError` has caught everything that wicgraph raises
on purpose; `text` is the one message to show, `str(error)` its English, and
`exit_code` the status that a command ends with::

    WicgraphError
    ├── RootError        no graph folder where one was asked for
    ├── SourceError      a file cannot be read or parsed
    ├── UnknownName      nothing has this name
    ├── AmbiguousName    more than one thing has this name
    ├── QueryError       a query, or the file that stores it, is malformed
    ├── ParameterError   a parameter is missing or its value is unreadable
    ├── DeadlineError    there was no answer in time
    ├── StoreError       a snapshot, or a store elsewhere, cannot be written or read
    ├── OutputError      an output file cannot be written
    ├── PackageError     a package that is wanted is not installed
    └── UsageError       the words of a command cannot be understood

Findings of a check are values, not exceptions.
"""

from __future__ import annotations

import errno
import re
from itertools import islice
from typing import ClassVar, Self

from wicgraph.language import NOTHING, Text, did_you_mean, listed, quoted, spaced
from wicgraph.terminal import printable, width

UTF8_LOCALE = Text(
    "use a UTF-8 locale, such as LC_ALL=C.UTF-8",
    "请使用 UTF-8 区域设置，例如 LC_ALL=C.UTF-8",
)
_LINE_END = re.compile(r"\r\n?|\n")
_WINDOW = 100  # characters of a line that an excerpt shows
_PLACES = {"query": "查询", "standard input": "标准输入"}  # that are no files
_REFUSALS = {
    errno.EACCES: "没有权限",
    errno.EAGAIN: "资源暂时不可用",
    errno.EBADF: "文件已关闭",
    errno.EDQUOT: "超出磁盘配额",
    errno.EEXIST: "文件已存在",
    errno.EFBIG: "文件过大",
    errno.EIO: "输入输出错误",
    errno.EISDIR: "这是文件夹",
    errno.ELOOP: "符号链接循环",
    errno.EMFILE: "打开的文件过多",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EPERM: "不允许此操作",
    errno.EROFS: "文件系统只读",
}


class WicgraphError(Exception):
    """A failure that has a message, in both languages, for the person who asked."""

    exit_code: ClassVar[int] = 2

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as it is: its class may take other arguments."""
        return _received, (type(self), self.args), self.__dict__


class RootError(WicgraphError):
    """No graph folder where one was asked for."""


class _LocatedError(WicgraphError):
    """A failure at a place in a text; the message starts with the place.

    `line` and `column` count from 1, columns in code points. `excerpt` holds the
    lines around the place with a caret under it and `hint` says what would be
    right; both may be empty and neither is part of the message.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (a place has many parts)
        self,
        place: str,
        line: int | None,
        column: int | None,
        reason: Text,
        excerpt: str = "",
        hint: Text = NOTHING,
    ) -> None:
        self.line = line
        self.column = column
        self.reason = reason
        self.excerpt = excerpt
        self.hint = hint
        self._place = place
        where = "".join(f":{part}" for part in (line, column) if part) + ": "
        named = Text(place, _PLACES.get(place, place))
        super().__init__(named + Text(where, where) + reason)


class SourceError(_LocatedError):
    """A file cannot be read or parsed."""

    @property
    def path(self) -> str:
        """The file, as a posix path relative to the graph folder if it is in it."""
        return self._place


class QueryError(_LocatedError):
    """A SPARQL query, or the file that stores it, is malformed."""

    @property
    def where(self) -> str:
        """The file of the query, or what the query was called."""
        return self._place


class UnknownName(WicgraphError):
    """Nothing of this kind has this name; `similar` holds the names it may mean.

    `kind` is the noun for the message: prefix, term, thing, query, parameter,
    format, …; `remedy` is said where nothing is similar.
    """

    def __init__(
        self,
        kind: Text,
        name: str,
        similar: tuple[str, ...] = (),
        *,
        remedy: Text = NOTHING,
    ) -> None:
        self.kind = kind
        self.name = name
        self.similar = similar
        shown = quoted(name)
        message = Text(
            f"no {kind.en} is named {shown.en}",
            spaced(f"没有名为{shown.zh}的", kind.zh),
        )
        advice = did_you_mean(similar) or remedy
        super().__init__(message + Text("; ", "；") + advice if advice else message)


class AmbiguousName(WicgraphError):
    """More than one thing has this name; `candidates` are their CURIEs."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.name = name
        self.candidates = candidates
        shown, every, count = quoted(name), listed(candidates, "and"), len(candidates)
        super().__init__(
            Text(
                f"{shown.en} names {count} things: {every.en};"
                " write the one that is meant",
                f"{shown.zh}可指 {count} 个事物：{every.zh}；请写明所指的一个",
            )
        )


class ParameterError(WicgraphError):
    """A parameter of a query is missing or its value is unreadable."""

    def __init__(self, query: str, parameter: str, reason: Text) -> None:
        self.query = query
        self.parameter = parameter
        self.reason = reason
        where = f"{query}: {parameter}: "
        super().__init__(Text(where, where) + reason)


class DeadlineError(WicgraphError):
    """There was no answer in so many seconds; None where the work broke off earlier."""

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        happened = Text(
            "the query was ended from outside, perhaps for the memory that it took",
            "查询被外部终止，可能是因为占用内存过多",
        )
        if limit is not None:
            happened = Text(
                f"there was no answer within {limit:g} s, so the query was ended",
                f"{limit:g} 秒内没有结果，查询已终止",
            )
        remedy = Text(
            "; allow more time with --timeout, or ask for less: a LIMIT, or"
            " patterns that share a variable",
            "；请用 --timeout 放宽时限，或减少所查的内容：加上 LIMIT，"
            "或让各模式共用变量",
        )
        super().__init__(happened + remedy)


class StoreError(WicgraphError):
    """A snapshot, or a store elsewhere, cannot be written or read."""


class OutputError(WicgraphError):
    """An output file cannot be written."""


class PackageError(WicgraphError):
    """A package that is wanted is not installed."""

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(
            Text(
                f"{package} is not installed; add it with: pip install {package}",
                f"未安装 {package}；请运行 pip install {package} 安装",
            )
        )


class UsageError(WicgraphError):
    """The words of a command cannot be understood."""

    @classmethod
    def unfit(cls, kind: Text, text: str, remedy: Text) -> Self:
        """Say that what somebody wrote is no value of a kind, and what would be one."""
        shown = quoted(text)
        return cls(
            Text(
                f"{shown.en} is no {kind.en}; {remedy.en}",
                f"{shown.zh}不能作为{kind.zh}；{remedy.zh}",
            )
        )


def _received(kind: type[WicgraphError], args: tuple[object, ...]) -> WicgraphError:
    return kind.__new__(kind, *args)


def refusal(error: OSError) -> Text:
    """Say why the operating system refused something, as the end of a message."""
    english = (error.strerror or str(error)).lower()
    chinese = _REFUSALS.get(error.errno or 0)
    return Text(english, chinese) if chinese else Text.english(english)


def excerpt(text: str, line: int, column: int, length: int = 1) -> str:
    """Show a line of a text between its neighbours, with carets under a place.

    `line` and `column` count from 1, `length` is in code points. Blank neighbours are
    passed over. Carets stand under wide characters too; long lines are cut to a window
    around the place, and what a terminal would obey is blanked.
    """
    lines = _LINE_END.split(text)
    before = (n for n in range(line - 1, 0, -1) if lines[n - 1].strip())
    after = (n for n in range(line + 1, len(lines) + 1) if lines[n - 1].strip())
    numbers = [*islice(before, 1), line, *islice(after, 1)]
    digits = len(str(numbers[-1]))
    start = max(0, column - 1 - _WINDOW // 2) if len(lines[line - 1]) > _WINDOW else 0
    shown = []
    for number in numbers:
        body = _window(lines[number - 1], start if number == line else 0)
        shown.append(f"{number:>{digits}} | {body}".rstrip())
        if number == line:
            place = column - 1 - start
            carets = "^" * max(1, width(body[place : place + length]))
            shown.append(f"{'':>{digits}} | {' ' * width(body[:place])}{carets}")
    return "\n".join(shown)


def _window(line: str, start: int) -> str:
    """Cut a line to what an excerpt shows, with an ellipsis where it goes on."""
    body = printable(line[start : start + _WINDOW])
    if start and body:
        body = "…" + body[1:]
    return body[:-1] + "…" if len(line) > start + _WINDOW else body
