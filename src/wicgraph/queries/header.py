"""The header of a stored query: YAML in its leading `#+ ` lines, read strictly.

The keys `summary`, `description`, `method`, `tags`, `defaults` and `enumerate` are
grlc's, so that grlc serves the file unchanged; the others are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import yaml

from wicgraph.errors import did_you_mean, listed
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.sparql import QueryText

KEYS = (
    "summary",
    "summary_zh",
    "description",
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
_PARAMETER = ("label", "label_zh", "example", "class")
_COLUMN = ("label", "label_zh")
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
        top = self._mapping(self._compose(), KEYS, "the header")
        for key in _REQUIRED:
            if key not in top:
                self._refuse(0, 2, f"the header has no {key}")
        method = top.get("method")
        if method is not None and self._text(method).text != "GET":
            written = self._text(method)
            self._refuse(written.start, len(written.text), "method can only be GET")
        return Header(
            **{
                key: self._text(top[key]).text if key in top else ""
                for key in ("summary", "summary_zh", "description", "since")
            },
            cq=self._text(top["cq"]) if "cq" in top else None,
            tags=tuple(tag.text for tag in self._texts(top.get("tags"))),
            defaults={
                key.text: Listed(key, (self._text(node),))
                for key, node in self._pairs(top.get("defaults"), "defaults")
            },
            choices={
                key.text: Listed(key, self._texts(node))
                for key, node in self._pairs(top.get("enumerate"), "enumerate")
            },
            params=self._entries(top.get("params"), _PARAMETER, "a parameter"),
            columns=self._entries(top.get("columns"), _COLUMN, "a column"),
        )

    def _compose(self) -> yaml.Node:
        try:
            node = yaml.compose(self._yaml, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            problem = error.problem or "not YAML"
            mark = error.problem_mark or error.context_mark
            self._refuse(self._offset(mark), 1, f"the header is not YAML: {problem}")
        except yaml.YAMLError as error:
            first = str(error).splitlines()[0]
            self._refuse(0, 2, f"the header is not YAML: {first}")
        if node is None:
            reason = "a stored query starts with a header"
            self._refuse(0, 1, reason, 'its lines start with "#+ "')
        return node

    def _entries(
        self, node: yaml.Node | None, keys: Iterable[str], what: str
    ) -> dict[str, Entry]:
        if node is None:
            return {}
        found = {}
        for key, value in self._items(node, what):
            inner = self._mapping(value, keys, what)
            values = {name: self._text(part) for name, part in inner.items()}
            for name in ("label", "label_zh"):
                if name not in values:
                    self._refuse(key.start, len(key.text), f"{key.text} has no {name}")
            found[key.text] = Entry(key, values)
        return found

    def _pairs(
        self, node: yaml.Node | None, what: str
    ) -> Iterator[tuple[Written, yaml.Node]]:
        """Read grlc's list of one-key mappings."""
        for item in () if node is None else self._list(node):
            yield from self._items(item, what)

    def _mapping(
        self, node: yaml.Node, keys: Iterable[str], what: str
    ) -> dict[str, yaml.Node]:
        found = {}
        for key, value in self._items(node, what):
            if key.text not in keys:
                hint = did_you_mean(similar(key.text, keys))
                hint = hint or f"it may have {listed(tuple(keys), 'or')}"
                reason = f'{what} has no key "{key.text}"'
                self._refuse(key.start, len(key.text), reason, hint)
            found[key.text] = value
        return found

    def _items(self, node: yaml.Node, what: str) -> Iterable[tuple[Written, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(
                self._offset(node.start_mark), 1, f"{what}: expected `key: value`"
            )
        seen = set()
        for key_node, value in node.value:
            key = self._text(key_node)
            if key.text in seen:
                self._refuse(key.start, len(key.text), f"{key.text} is given twice")
            seen.add(key.text)
            yield key, value

    def _list(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(self._offset(node.start_mark), 1, "expected a list")
        items: list[yaml.Node] = node.value
        return items

    def _texts(self, node: yaml.Node | None) -> tuple[Written, ...]:
        if node is None:
            return ()
        return tuple(self._text(item) for item in self._list(node))

    def _text(self, node: yaml.Node) -> Written:
        start = self._offset(node.start_mark)
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            self._refuse(start, 1, "expected a text")
        return Written(str(node.value).strip(), start)

    def _offset(self, mark: yaml.Mark | None) -> int:
        if mark is None or not self._starts:
            return 0
        line = min(mark.line, len(self._starts) - 1)
        end = self._query.text.find("\n", self._starts[line])
        last = end if end >= 0 else len(self._query.text)
        return min(self._starts[line] + mark.column, last)

    def _refuse(self, start: int, length: int, reason: str, hint: str = "") -> NoReturn:
        raise self._query.error(start, length, reason, hint)
