"""What commands say of the graph in this repository, word for word.

A case is a file of data/transcripts, in a folder for its subject: `$ ` and a command,
then standard output as it is, each line of standard error after `! `, and `= ` with an
exit code that is not 0. The hash of the data, which every new fact changes, is `…`.
"""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wicgraph.cli import app
from wicgraph.root import Root
from wicgraph.store import open_snapshot

ROOT = Root(Path(__file__).parents[1])
CASES = sorted((Path(__file__).parent / "data" / "transcripts").rglob("*.txt"))
SUBJECTS = ("citing", "paths")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the graph once."""
    folder = tmp_path_factory.mktemp("cache")
    open_snapshot(ROOT, folder, say=lambda _: None).close()
    return folder


def said(command: str, cache: Path) -> str:
    """Run a command and write down what it says and how it ends."""
    words = shlex.split(command)[1:]
    result = CliRunner(env={"WICGRAPH_CACHE": str(cache)}).invoke(
        app, ["--root", str(ROOT.folder), *words], prog_name="wicgraph"
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    errors = "".join(f"! {line}\n" for line in result.stderr.splitlines())
    code = f"= {result.exit_code}\n" if result.exit_code else ""
    said = result.stdout + errors + code
    return re.sub("(?<=sha256:)[0-9a-f]{64}", "…", said)


def test_every_subject_has_cases() -> None:
    """A folder that is lost or empty is a failure."""
    assert {case.parent.name for case in CASES} == set(SUBJECTS)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.parent.name}-{case.stem}") for case in CASES]
)
def test_command_says_what_the_transcript_has(case: Path, cache: Path) -> None:
    """A command says the same as when somebody read it and found it right."""
    text = case.read_text(encoding="utf-8")
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]

    assert commands
    assert text == "".join(f"$ {each}\n{said(each, cache)}" for each in commands)
