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


def write_file(path: Path, chunks: Iterable[str]) -> None:
    """Write a UTF-8 file beside its place and rename it, so that it is never half.

    What is no regular file, such as a pipe, is written to directly. Raises
    OutputError.
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


def _write(shown: Path, place: Path, chunks: Iterable[str]) -> None:
    try:
        with place.open("w", encoding="utf-8", newline="\n") as file:
            for chunk in chunks:
                file.write(chunk)
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
