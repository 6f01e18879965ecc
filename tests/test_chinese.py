"""Under --lang zh nothing is said in English, whatever is asked and however wrong.

Commands are those of the transcripts, of the examples in README and docs, and every
stored query. What may stay in English is a name (of a command, option, parameter, file,
term or format), code, what somebody typed, what a document prints, and what is followed
by [en].
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from wicgraph.cli import app
from wicgraph.console import Group
from wicgraph.publishing.dumps.frames import FRAMES
from wicgraph.publishing.formats import (
    EXPORT_FORMATS,
)
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
BAD_INPUT = sorted((DATA / "bad-input").glob("*/chinese.txt"))
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
QUERIES = sorted(path.stem for path in (REPOSITORY / "queries").glob("*.rq"))
MENU = typer.main.get_command(app)
assert isinstance(MENU, Group)
COMMANDS = sorted(MENU.commands)
FOR_PROGRAMS = {
    "bibtex",
    "csljson",
    "openapi",
    "csv",
    "tsv",
    "json",
    "xml",
    "svg",
    "sarif",
    "mermaid",
    "rdfpatch",
    "ttl",
    "turtle",
}
CODE = (
    re.compile(r"^ +wicgraph ask .*|^[a-z]+：(?=.*（)"),  # of --describe
    re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|`[^`]*`|<[^>]*>"),
    re.compile(r"[^，。；：、？（）│├└·→←↑↓✓✗]*? \[en\]"),
    re.compile(
        r"[^ ，。；：、？（）]*[\d:/._=?@#${}()\[\]*^|~\\<>-][^ ，。；：、？（）]*"
    ),
    re.compile(r"\b[A-Z]+\b"),  # SPARQL, FILTER, TEXT
    re.compile(
        r"(?:是指|可用的有|可用参数：|可用的键：|有结果的是：)[^？；]*"
    ),  # names to choose from
)
EXCERPT = re.compile(r"!? +\d* \|")  # a line of a file
WORD = re.compile(r"[A-Za-z]{2,}")
TERMS = {"Python", "Turtle", "true", "false"} | FOR_PROGRAMS
TERMS |= {"table", "md", "text", *EXPORT_FORMATS}  # formats
TERMS |= {*FRAMES, "auto", "pyshacl", "shifty", "rules", "owlrl", "en", "zh"}  # values
TERMS |= {"wicgraph", "git", "participatesIn", "standing", *COMMANDS, *QUERIES}


def english(line: str, known: set[str]) -> list[str]:
    """Find the words of a line that are neither names nor code nor known."""
    if EXCERPT.match(line):
        return []
    cells = [cell for cell in re.split(r" {2,}| \| ", line) if cell not in known]
    rest = "  ".join(cells)
    for code in CODE:
        rest = code.sub(" ", rest)
    return [word for word in WORD.findall(rest) if word not in TERMS | known]


@pytest.mark.parametrize("path", BAD_INPUT, ids=lambda path: path.parent.name)
def test_message_is_chinese(path: Path) -> None:
    """What goes to standard error has Chinese, and no English but names and code."""
    command, typed = "", set[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("$ "):
            command, typed = line, set(WORD.findall(line))
        if line.startswith("! ") and "--lang" not in command:
            assert english(line, typed) == []
            assert EXCERPT.match(line) or re.search(r"[\u4e00-\u9fff]", line)


def in_files() -> Iterator[str]:
    """Find the commands that README, docs and the reviewed transcripts show."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield from re.findall(r"^```console\n\$ (wicgraph .*)$", text, re.MULTILINE)
    for case in sorted((DATA / "transcripts").rglob("*.txt")):
        text = case.read_text(encoding="utf-8")
        yield from re.findall(r"^\$ (wicgraph .*)$", text, re.MULTILINE)


def examples() -> Iterator[str]:
    """Choose the commands whose answers are for people."""
    for command in in_files():
        words = set(shlex.split(command))
        if not words & (FOR_PROGRAMS | {"export", "--lang"}):
            in_rows = words & {"ask", "sparql", "find"} and "--format" not in words
            yield command + " --format table" * bool(in_rows)
    for name in QUERIES:
        yield f"wicgraph ask {name} --format table"
        yield f"wicgraph ask {name} --describe"
    for name in COMMANDS:
        yield f"wicgraph {name} -h"
    yield "wicgraph --help"
    yield "wicgraph check"
    yield "wicgraph show wic:Tenure"
    yield "wicgraph show wic:organizes --format md"


@pytest.fixture(scope="module")
def world(graphs: Path) -> Path:
    """Build the graph of this repository once; returns its cache."""
    open_snapshot(Root(REPOSITORY), graphs, say=lambda _: None).close()
    return graphs


@pytest.fixture(scope="module")
def printed(world: Path) -> set[str]:
    """Collect the literals of the graph: what documents print and people typed."""
    with open_snapshot(Root(REPOSITORY), world, say=lambda _: None) as snapshot:
        objects = (triple.object for triple in snapshot.triples())
        return {each.value for each in objects if isinstance(each, Literal)}


@pytest.mark.parametrize("command", examples())
def test_answer_is_chinese(command: str, world: Path, printed: set[str]) -> None:
    """An answer has no English but names, code, what is printed and what has [en]."""
    words = shlex.split(command)
    runner = CliRunner(env={"WICGRAPH_CACHE": str(world)})
    given = ["--root", str(REPOSITORY), "--lang", "zh", *words[1:]]
    result = runner.invoke(app, given, prog_name="wicgraph")
    told = result.stdout.partition("\n#+")[0] + result.stderr  # a query follows
    told = told.replace("\\[", "[").replace("\\]", "]")  # as Markdown has them

    typed = {part for word in words for part in WORD.findall(word)}
    left = [(line, english(line, printed | typed)) for line in told.splitlines()]
    assert [(line, words) for line, words in left if words] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_translated(name: str) -> None:
    """No text of the help has to stay in English."""
    result = CliRunner().invoke(
        app, ["--lang", "zh", *name.split(), "-h"], prog_name="wicgraph"
    )
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：wicgraph")
    assert "[en]" not in result.stdout
