"""Graph folders as they are, and as they were at a git revision.

Nothing else needs git. A revision is read into a temporary folder; the folder that
somebody works in is never touched.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.errors import (
    QueryError,
    RootError,
    SourceError,
    UnknownName,
)
from wicgraph.language import Text, quoted
from wicgraph.root import PREFIX_FILE, Root
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Misplaced: TypeAlias = QueryError | SourceError
_PARTS = ("facts", "ontology", "queries")
# A hook of git sets these; what is asked for is the repository of the graph folder.
_ELSEWHERE = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE")


@dataclass(frozen=True, slots=True)
class Version:
    """A graph folder under the name that somebody gave it, empty for the current one.

    `root` is a copy, gone with the context that made it, if it `is_revision`.
    """

    name: str
    root: Root
    is_revision: bool = False

    def placed(self, error: Misplaced) -> Misplaced:
        """Put the name of the version before the path that an error is about.

        A file of a revision is named as git does: `HEAD~1:facts/reference/places.ttl`.
        """
        if not self.name:
            return error
        path = error.path if isinstance(error, SourceError) else error.where
        between = ":" if self.is_revision else "/"
        place = f"{self.name.rstrip('/')}{between}{path}"
        return type(error)(
            place, error.line, error.column, error.reason, error.excerpt, error.hint
        )

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Say of every error of this version which version it is of."""
        try:
            yield
        except (SourceError, QueryError) as error:
            raise self.placed(error) from error


@contextmanager
def version(name: str, current: Callable[[], Root]) -> Iterator[Version]:
    """Open a graph folder, or what a git revision has of the current one.

    What is a folder is taken as one, whatever git calls so. Raises RootError:
    it is no graph folder, or git is missing or refuses; UnknownName: it is neither.
    """
    if os.path.isdir(name):  # noqa: PTH112  (no name is too long for it)
        yield Version(name, Root.find(Path(name), Path.cwd()))
        return
    tree = _tree(name, current().folder)
    with TemporaryDirectory(prefix="wicgraph-") as folder:
        _extract(tree, Path(folder))
        try:
            root = Root.find(Path(folder), Path(folder))
        except RootError as error:
            raise _without_graph(name) from error
        yield Version(name, root, is_revision=True)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A folder as a commit has it; `name` is what git calls it at `top`."""

    top: Path
    name: str


def _tree(name: str, folder: Path) -> _Tree:
    """Find the place of a folder in a revision, where it need not be."""
    try:
        top = _told(folder, "rev-parse", "--show-toplevel")
        below = _told(folder, "rev-parse", "--show-prefix").rstrip("/")
    except _RefusedError as error:
        shown = quoted(name)
        reason = Text(
            f"{shown.en} is no folder, and git has no revisions of {folder}: ",
            f"{shown.zh}不是文件夹，而 git 没有 {folder} 的任何版本：",
        )
        raise RootError(reason + error.said) from error
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    try:
        commit = _told(folder, *verify, f"{name}^{{commit}}")
    except _RefusedError as error:
        refs = _told(folder, "for-each-ref", "--format=%(refname:short)")
        kind = Text("folder or git revision", "文件夹或 git 版本")
        meant = similar(name, refs.splitlines())
        remedy = Text("`git log` lists revisions", "用 `git log` 查看各版本")
        raise UnknownName(kind, name, meant, remedy=remedy) from error
    return _Tree(Path(top), f"{commit}:{below}")


def _extract(tree: _Tree, folder: Path) -> None:
    """Write the files that a graph folder has, and no others."""
    try:
        inside = _told(tree.top, "ls-tree", "--name-only", tree.name).splitlines()
    except _RefusedError:  # the revision has no such folder
        return
    parts = [part for part in _PARTS if part in inside]
    if not parts:
        return
    data = _git(tree.top, "archive", "--format=tar", tree.name, "--", *parts)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            try:
                file = archive.extractfile(member)  # for a link, what it leads to
            except KeyError:  # which is not among these files
                continue
            if file is not None:
                place = folder / member.name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read())
            elif member.isdir():
                (folder / member.name).mkdir(parents=True, exist_ok=True)


def _without_graph(name: str) -> RootError:
    shown = quoted(name)
    return RootError(
        Text(
            f"the revision {shown.en} has no graph folder: a graph folder has"
            f" {PREFIX_FILE} and facts/",
            f"版本{shown.zh}中没有图谱文件夹：图谱文件夹应有 {PREFIX_FILE} 和 facts/",
        )
    )


class _RefusedError(Exception):
    """Git says no, and why."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = Text.english(said)


def _told(folder: Path, *words: str) -> str:
    return os.fsdecode(_git(folder, *words)).removesuffix("\n")


def _git(folder: Path, *words: str) -> bytes:
    """Run git in a folder; raises RootError if there is none, or _RefusedError."""
    kept = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE}
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(  # noqa: S603  (no shell reads the words)
            command, env={**kept, "LC_ALL": "C"}, capture_output=True, check=True
        )
    except (FileNotFoundError, PermissionError) as error:
        reason = Text(
            "git cannot be run, so only folders can be compared",
            "无法运行 git，只能比较文件夹",
        )
        raise RootError(reason) from error
    except subprocess.CalledProcessError as error:
        said = os.fsdecode(error.stderr).strip().partition("\n")[0]
        raise _RefusedError(said.removeprefix("fatal: ")) from error
    return done.stdout
