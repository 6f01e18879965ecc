"""The cache: snapshots by their digest, built when one is missing, the oldest removed.

    <cache>/snapshots/     the graph as its files are; past/ has it as of a day
    ├── <digest>/          a whole snapshot; its file `lock` is shared by its readers
    ├── building-<digest>/ what its builder will rename; garbage to everybody else
    ├── removed-<digest>/  what nobody can open any more; garbage
    └── building.lock      held by who builds or removes: one process at a time

The graphs of days stand apart, so that none of them drives out the graph as its files
are. A process that dies leaves garbage at worst, and gives up its locks.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from wicgraph.errors import StoreError, refusal
from wicgraph.language import Text
from wicgraph.store.disk import LOCK, DiskSnapshot
from wicgraph.store.locks import Lock, take, try_take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wicgraph.reading.timeline import AsOf
    from wicgraph.reasoning import Reasoner
    from wicgraph.root import Root

VARIABLE = "WICGRAPH_CACHE"
_KEPT = 5  # the newest by their last use
_KEPT_PAST = 12  # a day needs two, and one serves all days
_ATTEMPTS = 5  # files that change all the time cannot be read as one graph
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PACKAGE = Path(__file__).parents[1]
_MAKERS = (
    *("root.py", "sparql.py", "terms.py"),
    *("queries", "reading", "reasoning", "store"),
)


def cache_folder() -> Path:
    """Choose the cache: $WICGRAPH_CACHE, else the place that the system has for it."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given).absolute()
    from platformdirs import user_cache_path  # noqa: PLC0415  (it takes 15 ms)

    return user_cache_path("wicgraph", appauthor=False)


def open_snapshot(
    root: Root,
    cache: Path,
    *,
    say: Callable[[Text], None],
    reasoner: Reasoner = "rules",
    as_of: AsOf | None = None,
) -> DiskSnapshot:
    """Open the snapshot of a root as its files are now, built first if need be.

    `say` gets what somebody who waits wants to know. `reasoner` chooses who infers:
    "rules" our own, "owlrl" that package, which cannot tell rounds. With `as_of` it
    has only the facts that stand on a day, and what follows from them. Raises
    SourceError if a file of the root cannot be read, and StoreError if the cache
    cannot be used.
    """
    place, kept = ("past", _KEPT_PAST) if as_of else ("snapshots", _KEPT)
    shelf = _Shelf(cache, cache / place, kept, say, reasoner, as_of)
    try:
        for _ in range(_ATTEMPTS):
            digest = digest_of(root, reasoner, as_of)
            snapshot = shelf.open(digest) or shelf.build(root, digest)
            if snapshot:
                return snapshot
    except OSError as error:
        raise _unusable(cache, error) from error
    raise StoreError(
        Text(
            f"{root.folder}: its files change all the time; try again later",
            f"{root.folder}：文件一直在变动；请稍后再试",
        )
    )


def digest_of(
    root: Root, reasoner: Reasoner = "rules", as_of: AsOf | None = None
) -> str:
    """Name the snapshot of a root: the digest of its files and of what reads them.

    The programs that make a snapshot count by their text, so that nobody has to
    remember to count a version up. Raises SourceError.
    """
    digest = hashlib.sha256(root.inputs_hash().encode())
    day = [as_of.name] if as_of else []
    engines = (*_installed("duckdb"), *_installed("owlrl"), reasoner, *day)
    digest.update("\n".join((pyoxigraph.__version__, *engines)).encode())
    for program in _programs():
        digest.update(hashlib.sha256(program.read_bytes()).digest())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The folder of the snapshots."""

    cache: Path
    folder: Path
    kept: int
    say: Callable[[Text], None]
    reasoner: Reasoner
    as_of: AsOf | None

    def open(self, digest: str) -> DiskSnapshot | None:
        """Open a snapshot and note that it is in use; None if it has to be built."""
        snapshot = DiskSnapshot.opened(self.folder / digest)
        if snapshot:
            with suppress(OSError):  # a cache that cannot be written has no oldest
                os.utime(snapshot.folder / LOCK)
        return snapshot

    def build(self, root: Root, digest: str) -> DiskSnapshot | None:
        """Build and open a snapshot; None if files changed while they were read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        building = self.folder / f"building-{digest}"
        lock = self._turn()
        try:
            if snapshot := self.open(digest):  # somebody else built it meanwhile
                return snapshot
            self._sweep()
            day = self.as_of.day if self.as_of else None
            self.say(
                Text(
                    f"building the graph of {root.folder}"
                    + (f" as of {day}" if day else ""),
                    f"正在构建 {root.folder} {f'截至 {day} ' if day else ''}的图谱",
                )
            )
            building.mkdir()
            _build(root, digest, building, self.reasoner, self.as_of)
            if digest_of(root, self.reasoner, self.as_of) != digest:
                return None
            self._publish(building, self.folder / digest)
            snapshot = self.open(digest)
            self._prune(digest)
        finally:
            shutil.rmtree(building, ignore_errors=True)
            lock.close()
        if snapshot is None:
            raise OSError("what was written cannot be read back")
        return snapshot

    def _turn(self) -> Lock:
        """Wait until no other process builds or removes anything."""
        path = self.folder / "building.lock"
        if lock := try_take(path):
            return lock
        self.say(
            Text(
                f"waiting for another wicgraph that is building in {self.cache}",
                f"另一个 wicgraph 正在 {self.cache} 中构建，请稍候",
            )
        )
        return take(path)

    def _sweep(self) -> None:
        """Remove what processes left that died; nobody can have it open."""
        for pattern in ("building-*", "removed-*"):
            for garbage in self.folder.glob(pattern):
                shutil.rmtree(garbage, ignore_errors=True)

    def _publish(self, building: Path, folder: Path) -> None:
        """Let a whole snapshot appear at once, on the disk as well as to others."""
        for path in (*building.rglob("*"), building):
            _sync(path)
        if folder.exists():  # it is damaged, or it would have been opened
            self._remove(folder)
        building.rename(folder)
        _sync(self.folder)

    def _prune(self, digest: str) -> None:
        """Remove the snapshots that were not used for longest and are not in use."""
        folders = [
            entry
            for entry in self.folder.iterdir()
            if _DIGEST.fullmatch(entry.name) and entry.name != digest
        ]
        for folder in sorted(folders, key=_last_use, reverse=True)[self.kept - 1 :]:
            if lock := try_take(folder / LOCK):
                self._remove(folder)
                lock.close()

    def _remove(self, folder: Path) -> None:
        """Remove a snapshot, out of sight first so that no half of it is ever seen."""
        garbage = folder.with_name(f"removed-{folder.name}-{os.getpid()}")
        folder.rename(garbage)
        shutil.rmtree(garbage, ignore_errors=True)


def _build(
    root: Root, digest: str, folder: Path, reasoner: Reasoner, as_of: AsOf | None
) -> None:
    # Reading and reasoning take half a second to import, and only a build needs them.
    from wicgraph.store.building import build  # noqa: PLC0415

    build(root, digest, folder, reasoner, as_of)


def _programs() -> Iterator[Path]:
    """List the sources of everything that decides what is in a snapshot."""
    for name in _MAKERS:
        maker = _PACKAGE / name
        yield from [maker] if maker.is_file() else sorted(maker.rglob("*.py"))


def _installed(package: str) -> Iterator[str]:
    """Name what is installed of a package, with its version; nothing is imported."""
    found = PathFinder.find_spec(package)
    for folder in (found and found.submodule_search_locations) or ():
        for info in sorted(Path(folder).parent.glob(f"{package}-*.dist-info")):
            yield info.name


def _last_use(folder: Path) -> float:
    with suppress(OSError):
        return (folder / LOCK).stat().st_mtime
    return 0.0


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _unusable(cache: Path, error: OSError) -> StoreError:
    why = refusal(error)
    if error.strerror is None:
        message = str(error).rpartition(": ")[2]  # Oxigraph's have a trail
        why = Text.english(message[:1].lower() + message[1:])
    if cache.exists() and not cache.is_dir():
        why = Text("it is a file", "这是文件")
    return StoreError(
        Text(
            f"{cache}: the graph cannot be kept here: {why.en};"
            f" set {VARIABLE} to a folder that can be written and has room",
            f"{cache}：图谱无法存放于此：{why.zh}；"
            f"请将 {VARIABLE} 设为可写且空间充足的文件夹",
        )
    )
