"""Files that people ask for: written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from wicgraph.errors import OutputError, refusal
from wicgraph.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_file(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Write a file beside its place and rename it, so that it is never half.

    Texts are written in UTF-8. What is no regular file, such as a pipe, is written to
    directly. Raises OutputError.
    """
    try:
        if path.exists() and not path.is_file():  # /dev/stdout resolves to no file
            _write(path, path, chunks)
            return
        place = path.resolve()
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, "permission denied")
    except RuntimeError as error:  # what Python has for links that run in a circle
        raise _refusal(path, OSError(errno.ELOOP, "links to itself")) from error
    except BrokenPipeError:  # whoever reads has read enough
        raise
    except OSError as error:
        raise _refusal(path, error) from error
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        _write(path, beside, chunks)
        _replace(path, beside, place)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_folder(
    path: Path,
    files: Iterable[tuple[str, Iterable[str | bytes]]],
    manifest: str = "",
) -> None:
    """Write files by name into a folder beside its place and rename it.

    A name may have folders in it. A folder that is there is replaced if it has nothing
    but files that are written now, or that its manifest lists: a file of that name with
    the names of all files, if one is wanted. Raises OutputError, also for two files of
    one name, and then what was there is as it was.
    """
    place = path.resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    before = place.with_name(f".{place.name}.{os.getpid()}.before")
    try:
        if manifest and place.exists():  # what is written may take long to make
            _require_replaceable(path, _listed(place, manifest))
        beside.mkdir()
        names: set[str] = set()
        for name, chunks in files:
            _require_new(name, names)
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            _write(path / name, beside / name, chunks)
            names.add(name)
        if manifest:
            names.add(manifest)
            lines = (f"{name}\n" for name in sorted(names))
            _write(path / manifest, beside / manifest, lines)
        if place.exists():
            _require_replaceable(path, names | _listed(place, manifest))
            place.rename(before)
        beside.rename(place)
    except BaseException as error:
        if before.exists() and not place.exists():
            before.rename(place)
        shutil.rmtree(beside, ignore_errors=True)
        if isinstance(error, OSError):
            raise _refusal(path, error) from error
        raise
    shutil.rmtree(before, ignore_errors=True)


def _require_new(name: str, names: set[str]) -> None:
    if name in names:
        raise OutputError(
            Text(
                f"two files would be {name}; two things have names that are too alike",
                f"有两个文件都会写成 {name}；有两个事物的名称过于相似",
            )
        )


def _listed(folder: Path, manifest: str) -> set[str]:
    """Read which files were written the last time; none if nobody says."""
    file = folder / manifest
    if not manifest or not file.is_file():
        return set()
    return set(file.read_text("utf-8", errors="replace").splitlines())


def _require_replaceable(folder: Path, names: set[str]) -> None:
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a directory")
    strangers = sorted(
        name
        for file in folder.rglob("*")
        if not file.is_dir() or file.is_symlink()
        for name in [file.relative_to(folder).as_posix()]
        if name not in names or not file.is_file()
    )
    if strangers:
        raise OutputError(
            Text(
                f"{folder} has {strangers[0]}, which would be lost; choose another"
                " folder, or empty this one",
                f"{folder} 中有 {strangers[0]}，写入会使其丢失；请另选文件夹，"
                "或先清空此文件夹",
            )
        )


def _write(shown: Path, place: Path, chunks: Iterable[str | bytes]) -> None:
    try:
        with place.open("wb") as file:
            for chunk in chunks:
                file.write(chunk.encode() if isinstance(chunk, str) else chunk)
            file.flush()
            if place.is_file():
                os.fsync(file.fileno())
    except BrokenPipeError:  # whoever reads has read enough
        raise
    except OSError as error:
        raise _refusal(shown, error) from error


def _replace(shown: Path, beside: Path, place: Path) -> None:
    try:
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)
    except OSError as error:
        raise _refusal(shown, error) from error


def _refusal(shown: Path, error: OSError) -> OutputError:
    why = refusal(error)
    return OutputError(
        Text(f"{shown} cannot be written: {why.en}", f"{shown} 无法写入：{why.zh}")
    )
