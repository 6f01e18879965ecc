"""README and docs against the program: what they show is what it prints."""

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from wicgraph.cli import app

REPOSITORY = Path(__file__).parents[1]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"^```console\n\$ (?P<command>wicgraph .*)\n(?P<output>(?s:.*?))^```", re.MULTILINE
)
EXAMPLES = [
    pytest.param(found["command"], found["output"], id=found["command"][:60])
    for page in PAGES
    for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
]
WIDTH = 120  # columns of the terminal that the pages show


@pytest.fixture(scope="module")
def environment(graphs: Path) -> dict[str, str]:
    """Give the examples the cache of these tests and a terminal of known width."""
    found = {**os.environ, "WICGRAPH_CACHE": str(graphs), "COLUMNS": str(WIDTH)}
    build = [sys.executable, "-m", "wicgraph", "find", "wic"]  # no example shows this
    subprocess.run(build, cwd=REPOSITORY, env=found, check=True, capture_output=True)
    return found


def on_a_terminal(command: str, environment: dict[str, str]) -> tuple[str, str]:
    """Run a command as a person does; returns its answer and what it says beside it."""
    words = [sys.executable, "-m", *shlex.split(command)]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        words, cwd=REPOSITORY, env=environment, stdout=theirs, stderr=subprocess.PIPE
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        os.close(ours)
        errors = process.stderr.read() if process.stderr else b""
    return shown.decode().replace("\r\n", "\n"), errors.decode()


def test_pages_show_examples() -> None:
    """There are examples to run, and every one that a page shows is among them."""
    assert len(EXAMPLES) >= 10
    shown = [page.read_text(encoding="utf-8").count("```console") for page in PAGES]
    assert len(EXAMPLES) == sum(shown)


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_example_prints_what_the_page_shows(
    command: str, output: str, environment: dict[str, str]
) -> None:
    """A command on a page prints what stands below it there.

    A page may leave out what is said beside an answer, and has `…` for the hash of
    the data, which every new fact changes.
    """
    answer, beside = on_a_terminal(command, environment)
    answer = re.sub("(?<=sha256:)[0-9a-f]{64}", "…", answer)

    assert output in {answer or beside, answer + beside}


def test_every_command_is_in_the_readme() -> None:
    """Whoever reads the README has heard of every command."""
    readme = PAGES[0].read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    commands = group.list_commands(typer.Context(group))  # type: ignore[attr-defined]

    assert commands
    assert [name for name in commands if f"wicgraph {name}" not in readme] == []


def test_readme_needs_two_commands() -> None:
    """The README's two commands are targets of the Makefile."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")

    assert shutil.which("make")
    for target in ("demo", "test"):
        assert f"`make {target}`" in PAGES[0].read_text(encoding="utf-8")
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_pages_name_no_place_of_a_machine() -> None:
    """No page leads to a folder that only its writer has."""
    for page in PAGES:
        assert not re.search(
            r"(?<![\w.])/(work|root|home|tmp)/", page.read_text("utf-8")
        )
