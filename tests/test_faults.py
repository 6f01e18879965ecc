"""What goes wrong in the graph of this repository is found, at its file and line."""

from __future__ import annotations

import os
import shutil
import tomllib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wicgraph.checking.check import check
from wicgraph.root import Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.finding import Finding

REPOSITORY = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "data" / "faults"
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))
AT_ONCE = 10  # a check takes a second and more, so several faults share one
# That outside pages are not among the documents at hand is not what a case is about.
UNREAD = "unread-document"

pytestmark = pytest.mark.usefixtures("files_are_read_once")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the graph of this repository, to be spoilt and mended again."""
    folder = tmp_path_factory.mktemp("graph")
    for name in ("ontology", "facts"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


def documents() -> Path | None:
    """Find the texts of the documents, which are not ours to keep in the repository."""
    named = os.environ.get("WICGRAPH_DOCUMENTS")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "seeds"
    return folder if folder.is_dir() else None


def read_case(name: str) -> Mapping[str, Any]:
    """Read a case: a change to a block of a file, and what is to be found then.

    `old` in the `block` of a thing in `file` becomes `new`, or the file is saved in
    another `encoding`; `documents` says that the texts are needed. A finding of `check`
    is expected where `at` is written first after the start of the block, or right
    behind `after`, and has the words of `says`; it may name another `file` or `block`.
    """
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def groups() -> list[tuple[str, ...]]:
    """Put cases together that change different blocks.

    A file that cannot be read hides what is wrong in it, and texts may not be at hand.
    """
    together: list[dict[object, str]] = []
    alone = []
    for name in CASES:
        case = read_case(name)
        spot = (case["file"], case.get("block"))
        unread = any(each["check"] == "syntax" for each in case["findings"])
        if unread or case.get("documents") or "block" not in case:
            alone.append((name,))
            continue
        fits = (g for g in together if spot not in g and len(g) < AT_ONCE)
        group = next(fits, None)
        if group is None:
            together.append(group := {})
        group[spot] = name
    return [*(tuple(group.values()) for group in together), *alone]


@contextmanager
def spoilt(graph: Path, case: Mapping[str, Any]) -> Iterator[None]:
    """Make the change of a case, and take it back in the end."""
    path = graph / case["file"]
    before = path.read_bytes()
    text = before.decode()
    start = start_of(case.get("block", ""), text)
    end = text.find("\n\n", start) if "block" in case else -1
    end = len(text) if end < 0 else end
    old, new = case.get("old", ""), case.get("new", "")
    assert text.count(old, start, end) == 1 or not old
    block = text[start:end].replace(old, new)
    changed = text[:start] + block + text[end:]
    try:
        path.write_text(changed, case.get("encoding", "utf-8"))
        yield
    finally:
        path.write_bytes(before)


def start_of(block: str, text: str) -> int:
    """Return where the block of a thing begins; of no thing, where the file does."""
    return text.index(f"\n{block} ") + 1 if block else 0


def place(graph: Path, expected: Mapping[str, str], case: Mapping[str, Any]) -> str:
    """Say where a finding is expected, as path:line:column."""
    file = expected.get("file", case["file"])
    block = expected.get("block", "" if "file" in expected else case.get("block", ""))
    text = (graph / file).read_bytes().decode(case.get("encoding", "utf-8"))
    at = text.index(expected.get("at") or expected["after"], start_of(block, text))
    at += len(expected.get("after", ""))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"{file}:{line}:{column}"


def found(graph: Path, texts: Path | None) -> list[Finding]:
    """Check a graph, with the texts of documents or without."""
    findings = check(Root(graph), documents=texts).findings
    return [finding for finding in findings if finding.check != UNREAD]


def brief(finding: Finding) -> str:
    """Write where a finding is, and of which check."""
    at = finding.position
    return f"{at.path}:{at.line}:{at.column} {finding.check}"


def test_there_are_enough_cases() -> None:
    """The glob of this file matches what it should."""
    assert len(CASES) > 60


def test_nothing_is_wrong_with_the_graph(graph: Path) -> None:
    """The graph as it is in the repository has no findings."""
    assert [brief(each) for each in found(graph, documents())] == []


@pytest.mark.parametrize("names", groups(), ids=", ".join)
def test_faults_are_found_at_their_places(names: tuple[str, ...], graph: Path) -> None:
    """Faults give exactly their findings, each at its file, line and column."""
    cases = [read_case(name) for name in names]
    wanted = any(case.get("documents") for case in cases)
    texts = documents() if wanted else None
    if wanted and texts is None:
        pytest.skip("the texts of the documents are not at hand")
    with ExitStack() as faults:
        for case in cases:
            faults.enter_context(spoilt(graph, case))
        findings = sorted(found(graph, texts), key=brief)
        expected = sorted(
            (f"{place(graph, each, case)} {each['check']}", each["says"])
            for case in cases
            for each in case["findings"]
        )

    assert [where for where, _ in expected] == list(map(brief, findings))
    for (_, words), finding in zip(expected, findings, strict=True):
        assert words in finding.message
