"""Folders that people ask for: written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wicgraph.errors import OutputError
from wicgraph.publishing.files import write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_folder_with_other_files_stays(tmp_path: Path) -> None:
    """A folder is replaced only if all in it is written anew."""
    write_folder(tmp_path / "here", [("a", ["one"]), ("b", [b"two"])])
    write_folder(tmp_path / "here", [("a", ["three"]), ("b", [b"two"])])
    assert (tmp_path / "here" / "a").read_text(encoding="utf-8") == "three"
    with pytest.raises(OutputError, match="has b, which would be lost"):
        write_folder(tmp_path / "here", [("a", ["four"])])
    assert (tmp_path / "here" / "a").read_text(encoding="utf-8") == "three"
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_no_folder_is_half_written(tmp_path: Path) -> None:
    """Where a file fails, what was there is as it was, and nothing is left beside."""

    def failing() -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    write_folder(tmp_path / "here", [("a", ["whole"])])
    with pytest.raises(OutputError, match="no space left"):
        write_folder(tmp_path / "here", [("a", failing())])
    assert (tmp_path / "here" / "a").read_text(encoding="utf-8") == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file where the folder should be is left alone."""
    (tmp_path / "here").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not a directory"):
        write_folder(tmp_path / "here", [("a", ["one"])])
    assert (tmp_path / "here").read_text(encoding="utf-8") == "mine"
