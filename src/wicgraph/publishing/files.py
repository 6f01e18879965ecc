"""Files that people ask for: written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.errors import UTF8_LOCALE, OutputError, refusal
from wicgraph.language import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Place: TypeAlias = str | os.PathLike[str]

MANIFEST = "files.txt"  # what was written, so that it may be replaced
_OURS = "# wicgraph "  # its first line; the kind of the folder follows
_ROOM = Text("make room, or choose another disk", "请腾出空间，或另选磁盘")
_RIGHT = Text("choose a place where you may write", "请另选可写的位置")
_ELSEWHERE = Text("choose another path", "请另选路径")
_REMEDIES = {
    errno.EACCES: _RIGHT,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: Text("allow larger files with ulimit -f", "请用 ulimit -f 放宽限制"),
    errno.EISDIR: Text("name a file in it", "请写明其中的文件名"),
    errno.ELOOP: _ELSEWHERE,
    errno.ENAMETOOLONG: Text("choose a shorter name", "请改用较短的名称"),
    errno.ENOENT: Text("make the folder for it first", "请先建立所在的文件夹"),
    errno.ENOSPC: _ROOM,
    errno.ENOTDIR: _ELSEWHERE,
    errno.EPERM: _RIGHT,
    errno.EROFS: _RIGHT,
}


def write_file(path: Place, chunks: Iterable[str | bytes]) -> None:
    """Write a file beside its place and rename it, so that it is never half.

    Texts are written in UTF-8. What is no regular file, such as a pipe, is written to
    directly. Raises OutputError.
    """
    with _told(path):
        place = _resolved(path)
        if os.fspath(path).endswith("/"):
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        given = Path(path)
        if given.exists() and not given.is_file():  # /dev/stdout resolves to no file
            _write(given, chunks)
            return
        if place.exists():
            _require_writable(place)
        beside = _beside(place)
        try:
            _write(beside, chunks)
            if place.exists():
                shutil.copymode(place, beside)
            beside.replace(place)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise


def write_folder(
    path: Place, files: Iterable[tuple[str, Iterable[str | bytes]]], kind: str
) -> None:
    """Write files by name into a folder beside its place and rename it.

    A name may have folders in it. Beside the files stands MANIFEST, which says the kind
    of the folder and lists them: a folder that is there is replaced, with its mode, if
    it is empty, or if its manifest has this kind and lists all that is in it. Raises
    OutputError, also for two files of one name, and then what was there is as it was.
    """
    with _told(path):
        place = _resolved(path)
        _require_replaceable(path, place, kind)  # what is written may take long to make
        beside = _beside(place)
        before = beside.with_name(f"{beside.name}.before")
        try:
            beside.mkdir()
            names = {MANIFEST}
            for name, chunks in files:
                _require_new(name, names)
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                with _told(Path(path, name)):
                    _write(beside / name, chunks)
                names.add(name)
            lines = (f"{line}\n" for line in (_OURS + kind, *sorted(names)))
            _write(beside / MANIFEST, lines)
            _require_replaceable(path, place, kind)
            if place.exists():
                shutil.copymode(place, beside)
                place.rename(before)
            beside.rename(place)
        except BaseException:
            if before.exists() and not place.exists():
                before.rename(place)
            shutil.rmtree(beside, ignore_errors=True)
            raise
        shutil.rmtree(before, ignore_errors=True)


def _resolved(path: Place) -> Path:
    """Find the place that is meant, which may be behind links."""
    if not os.fspath(path):
        raise OutputError(
            Text(
                "the output has no name; write the name of a file or folder",
                "输出路径为空；请写明文件或文件夹的名称",
            )
        )
    try:
        return Path(path).resolve()
    except RuntimeError as error:  # what Python has for links that run in a circle
        raise OSError(errno.ELOOP, "links to itself") from error


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}")


def _require_new(name: str, names: set[str]) -> None:
    if name in names:
        raise OutputError(
            Text(
                f"two files would be {name}; two things have names that are too alike",
                f"有两个文件都会写成 {name}；有两个事物的名称过于相似",
            )
        )


def _require_writable(place: Path) -> None:
    if not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, "permission denied")


def _require_replaceable(path: Place, place: Path, kind: str) -> None:
    if not place.name or Path.cwd().is_relative_to(place):
        raise OutputError(
            Text(
                f"{path} is the current folder or one above it, and would be replaced;"
                " choose another folder",
                f"{path} 是当前文件夹或其上级，写入会将其替换；请另选文件夹",
            )
        )
    if not place.exists():
        return
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a directory")
    _require_writable(place)
    there, names = _kind_and_names(place)
    if there not in {"", kind}:
        raise OutputError(
            Text(
                f"{path} is an export of another kind, {there}; choose another folder,"
                " or empty this one",
                f"{path} 中是另一种导出结果（{there}）；请另选文件夹，或先清空此文件夹",
            )
        )
    known = {up for name in names for up in (name, *name.parents)}
    found = (PurePosixPath(each.relative_to(place)) for each in place.rglob("*"))
    if strangers := sorted(set(found) - known):
        raise OutputError(
            Text(
                f"{path} has {strangers[0]}, which would be lost; choose another"
                " folder, or empty this one",
                f"{path} 中有 {strangers[0]}，写入会使其丢失；请另选文件夹，"
                "或先清空此文件夹",
            )
        )


def _kind_and_names(folder: Path) -> tuple[str, list[PurePosixPath]]:
    """Read what was written here the last time; nothing if it was not wicgraph."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return "", []
    text = manifest.read_text("utf-8", errors="replace")
    first, *names = text.splitlines() or [""]
    if not first.startswith(_OURS):
        return "", []
    return first.removeprefix(_OURS), list(map(PurePosixPath, names))


def _write(place: Path, chunks: Iterable[str | bytes]) -> None:
    with place.open("wb") as file:
        for chunk in chunks:
            file.write(chunk.encode() if isinstance(chunk, str) else chunk)
        file.flush()
        if place.is_file():
            os.fsync(file.fileno())


@contextmanager
def _told(path: Place) -> Iterator[None]:
    """Say in one message why the system refuses to write there."""
    try:
        yield
    except BrokenPipeError:  # whoever reads has read enough
        raise
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, NOTHING)
        raise _refused(path, refusal(error), remedy) from error
    except UnicodeEncodeError as error:
        if error.encoding == "utf-8":  # a text that is none, not a name of a file
            raise
        encoding = error.encoding.upper()
        why = Text(
            f"the locale, which is {encoding}, cannot hold its name",
            f"当前区域设置的编码 {encoding} 无法表示其名称",
        )
        raise _refused(path, why, UTF8_LOCALE) from error


def _refused(path: Place, why: Text, remedy: Text) -> OutputError:
    what = Text(f"{path} cannot be written: ", f"{path} 无法写入：")
    return OutputError(what + why + Text("; ", "；") + remedy if remedy else what + why)
