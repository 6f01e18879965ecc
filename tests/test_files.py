"""Folders that people ask for: written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from wicgraph.errors import OutputError
from wicgraph.publishing.files import write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_folder_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    """What an older export had goes, in folders of it too; a stranger's file stays."""
    here = tmp_path / "here"
    write_folder(here, [("a/b.txt", ["one"]), ("c.txt", [b"two"])], "site")
    write_folder(here, [("d.txt", ["three"])], "site")

    assert [path.name for path in sorted(here.rglob("*"))] == ["d.txt", "files.txt"]
    listed = (here / "files.txt").read_text(encoding="utf-8")
    assert listed == "# wicgraph site\nd.txt\nfiles.txt\n"

    (here / "a").mkdir()
    (here / "a" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="has a, which would be lost"):
        write_folder(here, [("d.txt", ["four"])], "site")
    assert (here / "d.txt").read_text(encoding="utf-8") == "three"


def test_a_folder_of_somebody_else_stays(tmp_path: Path) -> None:
    """Names of files that happen to be ours do not make a folder ours."""
    for name, listed in (("bare", None), ("with-a-list", "a\nfiles.txt\n")):
        mine = tmp_path / name
        mine.mkdir()
        (mine / "a").write_text("mine", encoding="utf-8")
        if listed:
            (mine / "files.txt").write_text(listed, encoding="utf-8")
        with pytest.raises(OutputError, match="has a, which would be lost"):
            write_folder(mine, [("a", ["ours"])], "csvw")
        assert (mine / "a").read_text(encoding="utf-8") == "mine"


def test_another_export_stays(tmp_path: Path) -> None:
    """A folder of tables does not take the place of a site."""
    write_folder(tmp_path / "here", [("a", ["one"])], "site")
    with pytest.raises(OutputError, match="an export of another kind, site;"):
        write_folder(tmp_path / "here", [("a", ["two"])], "csvw")
    assert (tmp_path / "here" / "a").read_text(encoding="utf-8") == "one"


def test_an_empty_folder_is_filled_and_keeps_its_mode(tmp_path: Path) -> None:
    """Who may look into a folder does not change when it is written."""
    here = tmp_path / "here"
    here.mkdir(0o700)
    write_folder(here, [("a", ["one"])], "site")
    write_folder(here, [("a", ["two"])], "site")
    assert (here / "a").read_text(encoding="utf-8") == "two"
    assert here.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() == 0, reason="who is root may write anywhere")
def test_a_folder_that_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    """A folder that is there to stay stays, though the one above may be written."""
    here = tmp_path / "here"
    write_folder(here, [("a", ["one"])], "site")
    here.chmod(0o555)
    with pytest.raises(OutputError, match="cannot be written: permission denied"):
        write_folder(here, [("a", ["two"])], "site")
    assert (here / "a").read_text(encoding="utf-8") == "one"


@pytest.mark.parametrize("above", [".", "..", "/", "//"])
def test_the_current_folder_is_not_replaced(
    above: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands in a folder would stand in one that is not there any more."""
    (tmp_path / "up" / "here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "up" / "here")
    with pytest.raises(OutputError, match="is the current folder or one above it"):
        write_folder(above, [("a", ["one"])], "site")
    assert list((tmp_path / "up").rglob("*")) == [tmp_path / "up" / "here"]


def test_a_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """Whoever waits a minute for a site learns at once that it has no place."""

    def made() -> Iterator[tuple[str, list[str]]]:
        raise AssertionError
        yield "a", ["one"]

    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="has mine, which would be lost"):
        write_folder(tmp_path, made(), "site")


def test_two_files_cannot_have_one_name(tmp_path: Path) -> None:
    """The second one is not written over the first."""
    files = [("a.txt", ["one"]), ("a.txt", ["two"])]
    with pytest.raises(OutputError, match=r"two files would be a\.txt"):
        write_folder(tmp_path / "here", files, "site")
    assert list(tmp_path.iterdir()) == []


def test_no_folder_is_half_written(tmp_path: Path) -> None:
    """Where a file fails, what was there is as it was, and nothing is left beside."""

    def failing() -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    write_folder(tmp_path / "here", [("a", ["whole"])], "site")
    with pytest.raises(OutputError, match="no space left on device; make room"):
        write_folder(tmp_path / "here", [("a", failing())], "site")
    assert (tmp_path / "here" / "a").read_text(encoding="utf-8") == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file where the folder should be is left alone."""
    (tmp_path / "here").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not a directory"):
        write_folder(tmp_path / "here", [("a", ["one"])], "site")
    assert (tmp_path / "here").read_text(encoding="utf-8") == "mine"


WRITE = """
import sys
from pathlib import Path
from wicgraph.errors import OutputError
from wicgraph.publishing.files import write_folder

try:
    write_folder(Path(sys.argv[1], "here"), [("a", ["a"]), ("\\u4f1a", ["b"])], "site")
except OutputError as error:
    print(error)
"""


def test_a_name_that_the_locale_cannot_hold_is_refused(tmp_path: Path) -> None:
    """A page about something Chinese needs a file system that is told of UTF-8."""
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", WRITE, tmp_path],
        env={**os.environ, **ascii_only, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stdout == (
        f"{tmp_path}/here/会 cannot be written: the locale, which is ASCII, cannot"
        " hold its name; use a UTF-8 locale, such as LC_ALL=C.UTF-8\n"
    )
    assert list(tmp_path.iterdir()) == []
