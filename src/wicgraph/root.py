"""The graph folder: where ontology/, facts/ and queries/ are, and what is in them."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pyoxigraph import RdfFormat, parse

from wicgraph.errors import RootError, SourceError, excerpt, refusal
from wicgraph.language import Text, did_you_mean, quoted, spaced
from wicgraph.terms import (
    GRAPH,
    SH_NAMESPACE,
    SH_PREFIX,
    SOURCE,
    Literal,
    NamedNode,
    Prefixes,
)

PREFIX_FILE = "ontology/prefixes.ttl"
_ONTOLOGY = "ontology"
_FACTS = "facts"
_WANTED = Text(
    f"a graph folder has {PREFIX_FILE} and {_FACTS}/",
    f"图谱文件夹应有 {PREFIX_FILE} 和 {_FACTS}/",
)
_MODULE = Path(__file__).resolve()
_SHIPPED = (_MODULE.parent / "data", _MODULE.parents[2])  # in a wheel, in a checkout


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that holds a graph: ontology/prefixes.ttl and facts/ at least."""

    folder: Path

    @classmethod
    def find(cls, given: Path | None, start: Path) -> Root:
        """Choose the graph folder: the given one, else one around `start`, else ours.

        A folder that was given is taken or refused, never searched around; without
        one, the nearest of `start` and the folders above it wins over the data set
        that ships with the package. Raises RootError.
        """
        if given is not None:
            _require(given)
            return cls(given.resolve())
        start = start.resolve()
        for folder in (start, *start.parents, *_SHIPPED):
            if not _missing(folder):
                return cls(folder)
        raise RootError(
            Text(
                f"no graph folder at {start} or above it; {_WANTED.en};"
                " name one with --root",
                f"{start} 及其上级文件夹都不是图谱文件夹；{_WANTED.zh}；"
                "请用 --root 指定",
            )
        )

    def prefixes(self) -> Prefixes:
        """Read the prefix table, ontology/prefixes.ttl.

        Raises SourceError if the file is not Turtle, gives one prefix two namespaces
        or declares nothing. Its place is Oxigraph's; `reading` knows better ones.
        """
        text = self.read(PREFIX_FILE)
        names: dict[object, str] = {}
        namespaces: dict[object, str] = {}
        try:
            for quad in parse(text, format=RdfFormat.TURTLE):
                if not isinstance(quad.object, Literal):
                    continue
                if quad.predicate == SH_PREFIX:
                    names[quad.subject] = quad.object.value
                if quad.predicate == SH_NAMESPACE:
                    namespaces[quad.subject] = quad.object.value
        except SyntaxError as error:
            line, column = error.lineno or 1, error.offset or 1
            reason = Text.english(error.msg.partition(": ")[2])
            shown = excerpt(text, line, column)
            raise SourceError(PREFIX_FILE, line, column, reason, shown) from error
        return Prefixes(_table(names, namespaces))

    def turtle_files(self) -> tuple[str, ...]:
        """List the Turtle files, sorted, as posix paths relative to the folder."""
        here = self._files(_ONTOLOGY, ".ttl", deep=False)
        return tuple(sorted([*here, *self._files(_FACTS, ".ttl", deep=True)]))

    def query_files(self) -> tuple[str, ...]:
        """List the stored queries, sorted, as posix paths relative to the folder."""
        return tuple(sorted(self._files("queries", ".rq", deep=False)))

    def graph_of(self, path: str) -> NamedNode:
        """Name the graph that a Turtle file is.

        A source is its own graph, the ontology is one graph in several files, and
        every other file is a graph of the name of the file. Raises SourceError if
        the name of the file cannot be part of an IRI.
        """
        place = PurePosixPath(path)
        if place.parts[:2] == (_FACTS, "sources"):
            iri = SOURCE + place.stem
        elif place.parts[0] == _ONTOLOGY and place.stem != "shapes":
            iri = GRAPH + "ontology"
        else:
            iri = GRAPH + place.stem
        try:
            return NamedNode(iri)
        except ValueError as error:
            stem = quoted(place.stem)
            reason = Text(
                f"{stem.en} cannot be part of an IRI; rename the file",
                f"{stem.zh}不能用在 IRI 中；请给文件改名",
            )
            raise SourceError(path, None, None, reason) from error

    def read(self, path: str) -> str:
        """Read a file of the folder as UTF-8 text, a byte order mark left out.

        Raises SourceError: the file cannot be read, or the place of the first byte
        that is not UTF-8 (its column counts bytes).
        """
        return decoded(self._bytes(path), path)

    def inputs_hash(self) -> str:
        """Digest the names and bytes of all facts and queries; 64 hexadecimal digits.

        Equal if and only if the files are, on any machine. Raises SourceError.
        """
        digest = hashlib.sha256()
        for path in (*self.turtle_files(), *self.query_files()):
            for part in (os.fsencode(path), self._bytes(path)):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()

    def _bytes(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except OSError as error:
            reason = Text("cannot be read: ", "无法读取：") + refusal(error)
            raise SourceError(path, None, None, reason) from error

    def _files(self, folder: str, suffix: str, *, deep: bool) -> list[str]:
        """List the files of one kind but hidden ones, such as an editor's locks.

        Raises SourceError if one is no file to be read, such as a pipe or a device.
        """
        found = []
        for where, below, names in os.walk(self.folder / folder, onerror=_refuse):
            relative = Path(where).relative_to(self.folder).as_posix()
            found += [
                f"{relative}/{name}"
                for name in names
                if name.endswith(suffix) and not name.startswith(".")
            ]
            if not deep:
                below.clear()
        for path in found:
            if _is_special(self.folder / path):
                reason = Text("is not a file that can be read", "不是可以读取的文件")
                raise SourceError(path, None, None, reason)
        return found


def decoded(data: bytes, path: str) -> str:
    """Decode UTF-8, a byte order mark left out; raises SourceError with the place."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        byte = f"0x{data[error.start]:02x}"
        raise SourceError(
            path,
            line,
            error.start - before.rfind(b"\n"),
            Text(f"byte {byte} is not UTF-8", f"字节 {byte} 不是 UTF-8"),
            _excerpt_of_bytes(data, error.start, line),
            Text("save the file as UTF-8", "请将文件存为 UTF-8"),
        ) from error


def _missing(folder: Path) -> list[str]:
    """Say what a folder lacks to be a graph folder."""
    lacks = []
    try:
        if not (folder / PREFIX_FILE).is_file():
            lacks.append(PREFIX_FILE)
        if not (folder / _FACTS).is_dir():
            lacks.append(f"{_FACTS}/")
    except OSError:  # what may not be looked into is not there
        return [PREFIX_FILE, f"{_FACTS}/"]
    return lacks


def _require(given: Path) -> None:
    """Refuse a folder that is no graph folder, and say what may be meant."""
    try:
        inside = sorted(given.iterdir())
    except FileNotFoundError as error:
        raise _no_root(given, Text("does not exist", "不存在"), _WANTED) from error
    except NotADirectoryError as error:
        raise _no_root(given, Text("is a file", "是文件"), _WANTED) from error
    except OSError as error:
        raise _unreadable(given, refusal(error)) from error
    for folder in (given / _ONTOLOGY, given / _FACTS):
        if os.access(folder, os.F_OK) and not os.access(folder, os.R_OK | os.X_OK):
            raise _unreadable(folder, Text("permission denied", "没有权限"))
    missing = _missing(given)
    if missing:
        lack = Text("is empty", "是空的")
        if inside:
            has_no = f"has no {' and no '.join(missing)}"
            lack = Text(has_no, f"没有 {'，也没有 '.join(missing)}")
        near = (f for f in (*given.resolve().parents, *inside) if not _missing(f))
        meant = next((did_you_mean((str(folder),)) for folder in near), _WANTED)
        raise _no_root(given, lack, meant)


def _no_root(given: Path, lack: Text, remedy: Text) -> RootError:
    name = str(given)
    return RootError(
        Text(f"{name} {lack.en}; {remedy.en}", f"{spaced(name, lack.zh)}；{remedy.zh}")
    )


def _unreadable(place: Path | str, why: Text) -> RootError:
    name = str(place)
    return RootError(
        Text(f"{name} cannot be read: {why.en}", f"{name} 无法读取：{why.zh}")
    )


def _table(names: dict[object, str], namespaces: dict[object, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for node, prefix in names.items():
        namespace = namespaces.get(node)
        if namespace is None:
            reason = Text(
                f"the prefix {prefix} has no sh:namespace",
                f"前缀 {prefix} 没有 sh:namespace",
            )
            raise SourceError(PREFIX_FILE, None, None, reason)
        if table.setdefault(prefix, namespace) != namespace:
            first = table[prefix]
            reason = Text(
                f"the prefix {prefix} is <{first}> and <{namespace}>",
                f"前缀 {prefix} 既是 <{first}> 又是 <{namespace}>",
            )
            raise SourceError(PREFIX_FILE, None, None, reason)
    if not table:
        reason = Text(
            "declares no prefix; what declares one has sh:prefix and sh:namespace",
            "没有声明任何前缀；声明前缀须有 sh:prefix 和 sh:namespace",
        )
        raise SourceError(PREFIX_FILE, None, None, reason)
    return table


def _excerpt_of_bytes(data: bytes, start: int, line: int) -> str:
    """Show the place of a byte that is no character."""
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    return excerpt(data.decode("utf-8", "replace"), line, len(before) + 1)


def _is_special(place: Path) -> bool:
    """Tell a pipe or a device, which may never end, from a file."""
    try:
        return not stat.S_ISREG(place.stat().st_mode)
    except OSError:  # reading it says why
        return False


def _refuse(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # a graph may do without queries/
        raise _unreadable(error.filename, refusal(error)) from error
