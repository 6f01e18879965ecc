"""What is broken gets one clear message, the right exit code and no traceback.

A case is a folder of data/bad-input: `case.txt` is a transcript of commands with all
that they write, `chinese.txt` one of the same commands under --lang zh, and `world/`
holds the files that break the small world; Turtle that
nothing else should read has the suffix `.broken`. In a transcript standard output is
as it is, each line of standard error follows `! `, and `= ` is followed by an exit
code that is not 0.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
CASES = sorted((DATA / "bad-input").iterdir())
SOURCE = Path(__file__).parents[1] / "src"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the snapshot of the small world once, for all cases that need one."""
    folder = tmp_path_factory.mktemp("shared")
    make_world(folder / "world")
    run("wicgraph ask editions", folder, folder / "cache")
    return folder / "cache"


def make_world(folder: Path, case: Path | None = None) -> None:
    """Copy the small world and what a case breaks in it."""
    shutil.copytree(DATA / "tiny", folder)
    shutil.copytree(DATA / "asking" / "world", folder, dirs_exist_ok=True)
    if case and (case / "world").exists():
        shutil.copytree(case / "world", folder, dirs_exist_ok=True)
        for path in folder.rglob("*.broken"):
            path.replace(path.with_suffix(""))


def run(command: str, folder: Path, cache: Path, lang: str = "en") -> str:
    """Run a command in the world of a folder; returns its part of a transcript."""
    bin_ = folder / "bin"
    bin_.mkdir(exist_ok=True)
    program = bin_ / "wicgraph"
    wicgraph = f'"{sys.executable}" -m wicgraph --lang {lang}'
    program.write_text(f'#!/bin/sh\nexec {wicgraph} "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],  # noqa: S607
        cwd=folder / "world",
        env={
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "PYTHONPATH": str(SOURCE),
            "WICGRAPH_CACHE": str(cache),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    said = "".join(f"! {line}".rstrip() + "\n" for line in done.stderr.splitlines())
    code = f"= {done.returncode}\n" if done.returncode else ""
    out = done.stdout.replace(str(folder), "{tmp}")
    return f"$ {command}\n{out}{said}{code}".replace(str(folder), "{tmp}")


def contents(folder: Path) -> dict[Path, bytes | None]:
    """Take down every file of a folder."""
    return {
        path: path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bad_input_is_answered_as_the_transcript_says(
    case: Path, lang: str, cache: Path, tmp_path: Path
) -> None:
    """Each command says what is wrong, and leaves every file as it was."""
    world = tmp_path / "world"
    make_world(world, case)
    (tmp_path / "empty").mkdir()
    before = contents(world)
    text = (case / "case.txt").read_text(encoding="utf-8")
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    assert commands
    told = "".join(run(command, tmp_path, cache, lang) for command in commands)
    transcript = text.partition("\n")[0] + "\n" + told

    if lang == "zh":
        text = (case / "chinese.txt").read_text(encoding="utf-8")
    assert text == transcript
    assert "Traceback" not in transcript
    assert contents(world) == before


def test_cache_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    """A snapshot that is there needs no right to write; without one it is said."""
    make_world(tmp_path / "world")
    cache = tmp_path / "cache"
    run("wicgraph ask editions", tmp_path, cache)
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (*cache.rglob("*"), cache, empty):
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    answer = run("wicgraph ask hosted", tmp_path, cache)
    refusal = run("wicgraph ask hosted", tmp_path, empty)
    for folder in (cache, *cache.rglob("*"), empty):
        folder.chmod(0o755)

    assert answer == "$ wicgraph ask hosted\nyes\n"
    if os.geteuid() != 0:  # who is root may write anywhere
        assert refusal == (
            "$ wicgraph ask hosted\n! error: {tmp}/empty: the graph cannot be kept"
            " here: permission denied; set WICGRAPH_CACHE to a folder that can be"
            " written and has room\n= 2\n"
        )
