"""The header of a stored query: YAML in its leading `#+ ` lines, read strictly.

The keys `summary`, `description`, `method`, `tags`, `defaults` and `enumerate` are
grlc's, so that grlc serves the file unchanged; the others are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import yaml

from wicgraph.language import NOTHING, Text, did_you_mean, listed, quoted
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.sparql import QueryText

KEYS = (
    "summary",
    "summary_zh",
    "description",
    "description_zh",
    "method",
    "tags",
    "defaults",
    "enumerate",
    "params",
    "columns",
    "cq",
    "since",
)
_REQUIRED = ("summary", "summary_zh")
_TEXTS = (*_REQUIRED, "description", "description_zh", "since")
_PARAMETER = ("label", "label_zh", "example", "class")
_COLUMN = ("label", "label_zh")
_HEADER = Text("the header", "头部")
_A_PARAMETER = Text("a parameter", "参数")
_A_COLUMN = Text("a column", "列")
_DEFAULTS = Text("defaults", "defaults")
_ENUMERATE = Text("enumerate", "enumerate")
_NOT_YAML = Text("the header is not YAML: ", "头部不是 YAML：")
_LINE = re.compile(r"#\+( ?)(.*)")
# libyaml's loader, where it is there, is ten times faster.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Written:
    """A value of the header and its offset in the file."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the header says of one parameter or column."""

    key: Written
    values: Mapping[str, Written]

    def text(self, key: str) -> str:
        """Return a value, or no text where the header has none."""
        return self.values[key].text if key in self.values else ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of the header, such as `defaults`, says of one parameter."""

    key: Written
    values: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A header as written; only the names of its keys have been checked."""

    summary: str
    summary_zh: str
    description: str
    description_zh: str
    tags: tuple[str, ...]
    defaults: Mapping[str, Listed]
    choices: Mapping[str, Listed]
    params: Mapping[str, Entry]
    columns: Mapping[str, Entry]
    cq: Written | None
    since: str


def read_header(query: QueryText) -> Header:
    """Read the header of a stored query; raises QueryError at the place of a fault."""
    return _Reader(query).header()


class _Reader:
    """Reads one header; knows where each of its YAML lines stands in the file."""

    def __init__(self, query: QueryText) -> None:
        self._query = query
        self._starts: list[int] = []
        lines = []
        start = 0
        for line in query.text.split("\n"):
            match = _LINE.match(line)
            if match is None:
                break
            lines.append(match[2])
            self._starts.append(start + match.start(2))
            start += len(line) + 1
        self._yaml = "\n".join(lines)

    def header(self) -> Header:
        top = self._mapping(self._compose(), KEYS, _HEADER)
        for key in _REQUIRED:
            if key not in top:
                lacking = Text(f"the header has no {key}", f"头部没有 {key}")
                self._refuse(0, 2, lacking)
        if "description" in top and "description_zh" not in top:
            lacking = Text(
                "the header has a description and no description_zh",
                "头部有 description，却没有 description_zh",
            )
            self._refuse(0, 2, lacking)
        method = top.get("method")
        if method is not None and self._text(method).text != "GET":
            written = self._text(method)
            only = Text("method can only be GET", "method 只能是 GET")
            self._refuse(written.start, len(written.text), only)
        return Header(
            **{key: self._text(top[key]).text if key in top else "" for key in _TEXTS},
            cq=self._text(top["cq"]) if "cq" in top else None,
            tags=tuple(tag.text for tag in self._texts(top.get("tags"))),
            defaults={
                key.text: Listed(key, (self._text(node),))
                for key, node in self._pairs(top.get("defaults"), _DEFAULTS)
            },
            choices={
                key.text: Listed(key, self._texts(node))
                for key, node in self._pairs(top.get("enumerate"), _ENUMERATE)
            },
            params=self._entries(top.get("params"), _PARAMETER, _A_PARAMETER),
            columns=self._entries(top.get("columns"), _COLUMN, _A_COLUMN),
        )

    def _compose(self) -> yaml.Node:
        try:
            node = yaml.compose(self._yaml, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            problem = Text.english(error.problem or "not YAML")
            mark = error.problem_mark or error.context_mark
            self._refuse(self._offset(mark), 1, _NOT_YAML + problem)
        except yaml.YAMLError as error:
            first = Text.english(str(error).splitlines()[0])
            self._refuse(0, 2, _NOT_YAML + first)
        if node is None:
            reason = Text("a stored query starts with a header", "存储查询以头部开始")
            hint = Text('its lines start with "#+ "', "头部的各行以“#+ ”开头")
            self._refuse(0, 1, reason, hint)
        return node

    def _entries(
        self, node: yaml.Node | None, keys: Iterable[str], what: Text
    ) -> dict[str, Entry]:
        if node is None:
            return {}
        found = {}
        for key, value in self._items(node, what):
            inner = self._mapping(value, keys, what)
            values = {name: self._text(part) for name, part in inner.items()}
            for name in ("label", "label_zh"):
                if name not in values:
                    lacking = Text(
                        f"{key.text} has no {name}", f"{key.text} 没有 {name}"
                    )
                    self._refuse(key.start, len(key.text), lacking)
            found[key.text] = Entry(key, values)
        return found

    def _pairs(
        self, node: yaml.Node | None, what: Text
    ) -> Iterator[tuple[Written, yaml.Node]]:
        """Read grlc's list of one-key mappings."""
        for item in () if node is None else self._list(node):
            yield from self._items(item, what)

    def _mapping(
        self, node: yaml.Node, keys: Iterable[str], what: Text
    ) -> dict[str, yaml.Node]:
        found = {}
        for key, value in self._items(node, what):
            if key.text not in keys:
                hint = did_you_mean(similar(key.text, keys))
                if not hint:
                    every = tuple(keys)
                    english, chinese = listed(every, "or").en, listed(every, "and").zh
                    hint = Text(f"it may have {english}", f"可用的键：{chinese}")
                shown = quoted(key.text)
                reason = Text(
                    f"{what.en} has no key {shown.en}",
                    f"{what.zh}没有名为{shown.zh}的键",
                )
                self._refuse(key.start, len(key.text), reason, hint)
            found[key.text] = value
        return found

    def _items(
        self, node: yaml.Node, what: Text
    ) -> Iterable[tuple[Written, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            pair = Text(": expected `key: value`", "：应为 `键: 值`")
            self._refuse(self._offset(node.start_mark), 1, what + pair)
        seen = set()
        for key_node, value in node.value:
            key = self._text(key_node)
            if key.text in seen:
                twice = Text(f"{key.text} is given twice", f"{key.text} 给出了两次")
                self._refuse(key.start, len(key.text), twice)
            seen.add(key.text)
            yield key, value

    def _list(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            expected = Text("expected a list", "应为列表")
            self._refuse(self._offset(node.start_mark), 1, expected)
        items: list[yaml.Node] = node.value
        return items

    def _texts(self, node: yaml.Node | None) -> tuple[Written, ...]:
        if node is None:
            return ()
        return tuple(self._text(item) for item in self._list(node))

    def _text(self, node: yaml.Node) -> Written:
        start = self._offset(node.start_mark)
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            self._refuse(start, 1, Text("expected a text", "应为文本"))
        return Written(str(node.value).strip(), start)

    def _offset(self, mark: yaml.Mark | None) -> int:
        if mark is None or not self._starts:
            return 0
        line = min(mark.line, len(self._starts) - 1)
        end = self._query.text.find("\n", self._starts[line])
        last = end if end >= 0 else len(self._query.text)
        return min(self._starts[line] + mark.column, last)

    def _refuse(
        self, start: int, length: int, reason: Text, hint: Text = NOTHING
    ) -> NoReturn:
        raise self._query.error(start, length, reason, hint)
