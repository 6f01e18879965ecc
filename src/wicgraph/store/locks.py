"""Locks between processes: held while a file is open, and gone with its process."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A lock that somebody holds until it is closed or forgotten."""

    __slots__ = ("_file",)

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Give the lock up; a second time does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def share(path: Path) -> Lock | None:
    """Hold a file together with others; None if it is gone.

    Waits for who holds it alone, and notices when that one has taken the file away.
    """
    try:
        file = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    lock = Lock(file)
    fcntl.flock(file, fcntl.LOCK_SH)
    with suppress(FileNotFoundError):
        if os.path.samestat(os.fstat(file), path.stat()):
            return lock
    lock.close()
    return None


def take(path: Path) -> Lock:
    """Hold a file alone, made if need be; waits for the others."""
    lock = Lock(file := _made(path))
    fcntl.flock(file, fcntl.LOCK_EX)
    return lock


def try_take(path: Path) -> Lock | None:
    """Hold a file alone, made if need be; None if somebody holds it now."""
    lock = Lock(file := _made(path))
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _made(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
