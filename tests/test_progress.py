"""Who waits at a terminal sees a bar, and nobody else does."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

from wicgraph.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def exported(
    world: Path, cache: Path, *options: str, terminal: bool
) -> tuple[bytes, str]:
    """Run an export; returns its answer and what a person beside it saw."""
    words = [sys.executable, "-m", "wicgraph", "--root", str(world), *options, "export"]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "WICGRAPH_CACHE": str(cache), "TERM": "xterm"}
    ended = subprocess.run(
        words,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=theirs if terminal else subprocess.PIPE,
        check=True,
    )
    os.close(theirs)
    shown = ended.stderr or b""
    while terminal:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        shown += part
    os.close(ours)
    return ended.stdout, shown.decode()


def test_a_person_sees_a_bar_that_goes(world: Path, tmp_path: Path) -> None:
    """On standard error, in their language; the answer is the same with and without.

    At the end the cursor, which rich hides, is there again and the line is empty.
    """
    plain, nothing = exported(world, tmp_path, terminal=False)
    english, seen = exported(world, tmp_path, terminal=True)
    chinese, read = exported(world, tmp_path, "--lang", "zh", terminal=True)

    assert "exporting" not in nothing
    assert "exporting turtle" in seen
    assert "正在导出 turtle" in read
    assert plain == english == chinese
    assert seen.rfind("\x1b[?25h") > seen.rfind("\x1b[?25l")
    assert seen.endswith("\x1b[2K")


def test_things_pass_through_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    """The bar counts them and changes none; standard output stays untouched."""
    for shown in (True, False):
        with Progress("counting", shown=shown) as progress:
            assert list(progress.through("abc", 3)) == ["a", "b", "c"]
    assert not capfd.readouterr().out


def test_nothing_is_imported_for_nobody() -> None:
    """Without a terminal the bar costs no start-up time."""
    code = (
        "import sys; from wicgraph.progress import Progress\n"
        "with Progress('x', shown=False) as p: list(p.through('a'))\n"
        "sys.exit('rich' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
