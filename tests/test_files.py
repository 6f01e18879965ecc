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


def test_a_folder_that_lists_its_files_is_replaced_whole(tmp_path: Path) -> None:
    """What an older folder had goes, in folders of it too; a stranger's file stays."""
    here = tmp_path / "here"
    write_folder(here, [("a/b.txt", ["one"]), ("c.txt", ["two"])], "files.txt")
    write_folder(here, [("d.txt", ["three"])], "files.txt")

    assert [path.name for path in sorted(here.rglob("*"))] == ["d.txt", "files.txt"]
    assert (here / "files.txt").read_text(encoding="utf-8") == "d.txt\nfiles.txt\n"

    (here / "a").mkdir()
    (here / "a" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="has a/mine, which would be lost"):
        write_folder(here, [("d.txt", ["four"])], "files.txt")
    assert (here / "d.txt").read_text(encoding="utf-8") == "three"


def test_a_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """Whoever waits a minute for a site learns at once that it has no place."""

    def made() -> Iterator[tuple[str, list[str]]]:
        raise AssertionError
        yield "a", ["one"]

    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="has mine, which would be lost"):
        write_folder(tmp_path, made(), "files.txt")


def test_two_files_cannot_have_one_name(tmp_path: Path) -> None:
    """The second one is not written over the first."""
    with pytest.raises(OutputError, match=r"two files would be a\.txt"):
        write_folder(tmp_path / "here", [("a.txt", ["one"]), ("a.txt", ["two"])])
    assert list(tmp_path.iterdir()) == []


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
