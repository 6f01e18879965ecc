"""The repository tests its own data: style of every Turtle file and stored query."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from wicgraph.checking.check import check
from wicgraph.checking.style import query_style, turtle_style
from wicgraph.reading.dataset import Dataset
from wicgraph.reading.turtle import TurtleFile
from wicgraph.root import Root

ROOT = Root(Path(__file__).parents[1])
DATASET = Dataset.load(ROOT)
FACTS = [file for file in DATASET.files if file.path.startswith("facts/")]
SOURCES = [file for file in FACTS if file.path.startswith("facts/sources/")]


def tracked() -> list[Path]:
    """List the files that git keeps; none where there is no git folder."""
    if not (ROOT.folder / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  (git is found as the reader finds it)
        cwd=ROOT.folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT.folder / name for name in listing.split("\0") if name]


def test_nothing_strays_at_the_top() -> None:
    """At the top stand the folders that README names, and what tools look for there."""
    top = {path.relative_to(ROOT.folder).parts[0] for path in tracked()}
    folders = {name for name in top if (ROOT.folder / name).is_dir()}
    named = (ROOT.folder / "README.md").read_text("utf-8")

    assert {name for name in folders if f"| `{name}/" not in named} == {".ci"}
    assert top - folders == {
        ".gitignore",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-DATA",
        "Makefile",
        "README.md",
        "pyproject.toml",
    }


@pytest.mark.parametrize("file", FACTS, ids=lambda file: file.path)
def test_facts_are_in_style(file: TurtleFile) -> None:
    """Prefixes are sorted and used, blocks in order, one object a line."""
    assert list(turtle_style(file, DATASET.prefixes)) == []


@pytest.mark.parametrize("path", ROOT.query_files())
def test_query_is_in_style(path: str) -> None:
    """A stored query declares its prefixes in order, names its columns and sorts."""
    assert list(query_style(ROOT.read(path), path, DATASET.prefixes)) == []


def test_five_documents_and_more_are_in() -> None:
    """The five founding documents are recorded, and the pages that correct them."""
    numbers = {
        fact.object.value
        for file in SOURCES
        for fact in file.facts
        if fact.predicate.value.endswith("#identifier")
    }
    assert {"000", "001", "002", "003", "004"} <= numbers


def test_repository_is_checked_without_findings() -> None:
    """Nothing is wrong with what the repository says."""
    assert [str(finding) for finding in check(ROOT).findings] == []


def test_quotes_stand_in_their_documents() -> None:
    """Where the five documents are at hand, each quote stands where its offsets say."""
    beside = ROOT.folder.parent / "shared" / "seeds"
    documents = Path(os.environ.get("WICGRAPH_DOCUMENTS", beside))
    if not documents.is_dir():
        pytest.skip("the documents are not at hand")
    report = check(ROOT, documents=documents)
    unread = {str(finding.focus) for finding in report.findings}

    assert {finding.check for finding in report.findings} <= {"unread-document"}
    assert not [
        fact.subject
        for file in SOURCES
        for fact in file.facts
        if fact.predicate.value.endswith("#identifier") and str(fact.subject) in unread
    ]


def test_nothing_leads_to_a_place_of_a_machine() -> None:
    """No file names a folder that only its writer has."""
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found = re.search(r"(?<![\w./])/(?:work|root|home)/\w", text)
        assert found is None, f"{path}: {found}"


def test_nothing_that_is_generated_is_kept() -> None:
    """Git keeps sources only."""
    suffixes = {".pyc", ".sqlite", ".sst", ".whl", ".gz"}
    assert [path for path in tracked() if path.suffix in suffixes] == []
