"""What cannot all be true is found in the real graph, with what it rests on."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wicgraph.checking.check import check
from wicgraph.root import Root

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.checking.finding import Finding

REPOSITORY = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
CASES = sorted(path.stem for path in (DATA / "contradictions").glob("*.toml"))

pytestmark = pytest.mark.usefixtures("files_are_read_once")


def read_case(name: str) -> Mapping[str, Any]:
    """Read a case: a change to a block of a file, and what it contradicts.

    `old` in the `block` of a thing in `file` becomes `new`. The one finding of `check`
    has the words of `says` and `says_zh`, and names every place in `rests`: where `at`
    is first written in a `block` of a `file`, those of the case if it has none.
    """
    return tomllib.loads((DATA / "contradictions" / f"{name}.toml").read_text("utf-8"))


def groups() -> list[tuple[str, ...]]:
    """Put cases together that change different files: a check takes a second."""
    together: list[dict[str, str]] = []
    for name in CASES:
        file = read_case(name)["file"]
        group = next((each for each in together if file not in each), None)
        if group is None:
            together.append(group := {})
        group[file] = name
    return [tuple(group.values()) for group in together]


def spoil(folder: Path, case: Mapping[str, Any]) -> None:
    """Make the change of a case."""
    path = folder / case["file"]
    text = path.read_text("utf-8")
    start = text.index(f"\n{case['block']} ") + 1
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    assert case["old"] in text[start:end]
    block = text[start:end].replace(case["old"], case["new"], 1)
    path.write_text(text[:start] + block + text[end:], "utf-8")


def place(root: Root, rest: Mapping[str, str], case: Mapping[str, Any]) -> str:
    """Say where a statement stands, as path:line."""
    file = rest.get("file", case["file"])
    text = (root.folder / file).read_text("utf-8")
    start = text.index(f"\n{rest.get('block', case['block'])} ") + 1
    at = text.index(rest["at"], start)
    return f"{file}:{text.count(chr(10), 0, at) + 1}"


def found(root: Root) -> tuple[Finding, ...]:
    """Check a graph."""
    return check(root).findings


def test_there_are_enough_cases() -> None:
    """At least ten contradictions are seeded, by more than one rule."""
    rules = {each["check"] for name in CASES for each in read_case(name)["findings"]}

    assert len(CASES) >= 10
    assert len(rules) >= 3


@pytest.mark.parametrize("names", groups(), ids=", ".join)
def test_contradictions_are_found_and_explained(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    """A contradiction is one finding that names its rule, premises and places."""
    cases = [read_case(name) for name in names]
    for part in ("ontology", "facts", "queries"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    for case in cases:
        spoil(tmp_path, case)
    root = Root(tmp_path)

    findings = found(root)

    assert len(findings) == len(cases)
    for case in cases:
        (expected,) = case["findings"]
        words = [expected["says"]]
        words += [place(root, rest, case) for rest in expected.get("rests", ())]
        (finding,) = (e for e in findings if all(word in e.message for word in words))
        assert finding.check == expected["check"]
        for word in (expected["says_zh"], *words[1:]):
            assert word in finding.message_zh
        assert f"{finding.position.path}:{finding.position.line}" in finding.message


def test_what_contradicts_everywhere_is_not_told_everywhere(tmp_path: Path) -> None:
    """One axiom can contradict all facts: a hundred are told, the others counted."""
    shutil.copytree(DATA / "tiny", tmp_path, dirs_exist_ok=True)
    ontology = tmp_path / "ontology" / "wic.ttl"
    text = ontology.read_text("utf-8") + "\nwic:Odd owl:disjointWith wic:Odd .\n"
    text += "".join(f"\nwic:thing{at} a wic:Odd .\n" for at in range(130))
    ontology.write_text(text, "utf-8")

    findings = check(Root(tmp_path)).findings

    (others,) = [each for each in findings if each.check == "more-contradictions"]
    assert sum(each.check == "cax-dw" for each in findings) == 100
    assert "30 more" in others.message
    assert "30 处" in others.message_zh
    assert others.position.path == "ontology/wic.ttl"
