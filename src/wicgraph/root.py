"""The graph folder: where ontology/, facts/ and queries/ are, and what is in them."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pyoxigraph import RdfFormat, parse

from wicgraph.errors import RootError, SourceError, excerpt
from wicgraph.terminal import quoted
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
_WANTED = f"a graph folder has {PREFIX_FILE} and {_FACTS}/"
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
            f"no graph folder at {start} or above it; {_WANTED}; name one with --root"
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
            reason = error.msg.partition(": ")[2]
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
            reason = f"{quoted(place.stem)} cannot be part of an IRI; rename the file"
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
            reason = f"cannot be read: {_why(error)}"
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
                raise SourceError(path, None, None, "is not a file that can be read")
        return found


def decoded(data: bytes, path: str) -> str:
    """Decode UTF-8, a byte order mark left out; raises SourceError with the place."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        raise SourceError(
            path,
            line,
            error.start - before.rfind(b"\n"),
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            _excerpt_of_bytes(data, error.start, line),
            "save the file as UTF-8",
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
        raise RootError(f"{given} does not exist; {_WANTED}") from error
    except NotADirectoryError as error:
        raise RootError(f"{given} is a file; {_WANTED}") from error
    except OSError as error:
        raise RootError(f"{given} cannot be read: {_why(error)}") from error
    for folder in (given / _ONTOLOGY, given / _FACTS):
        if os.access(folder, os.F_OK) and not os.access(folder, os.R_OK | os.X_OK):
            raise RootError(f"{folder} cannot be read: permission denied")
    missing = _missing(given)
    if missing:
        lack = f"has no {' and no '.join(missing)}" if inside else "is empty"
        near = (f for f in (*given.resolve().parents, *inside) if not _missing(f))
        meant = next((f"did you mean {folder}?" for folder in near), _WANTED)
        raise RootError(f"{given} {lack}; {meant}")


def _table(names: dict[object, str], namespaces: dict[object, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for node, prefix in names.items():
        namespace = namespaces.get(node)
        if namespace is None:
            reason = f"the prefix {prefix} has no sh:namespace"
            raise SourceError(PREFIX_FILE, None, None, reason)
        if table.setdefault(prefix, namespace) != namespace:
            reason = f"the prefix {prefix} is <{table[prefix]}> and <{namespace}>"
            raise SourceError(PREFIX_FILE, None, None, reason)
    if not table:
        reason = "declares no prefix; what declares one has sh:prefix and sh:namespace"
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
        raise RootError(f"{error.filename} cannot be read: {_why(error)}") from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
