"""Which IRIs can have pages, and what is said of one that cannot."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from wicgraph.errors import OutputError
from wicgraph.graph import Graph
from wicgraph.site.address import NAMESPACE
from wicgraph.site.build import site

DATA = Path(__file__).parent / "data" / "site"
CASES = [*csv.reader((DATA / "names.csv").read_text("utf-8").splitlines())][1:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_iri_without_a_page_of_its_own_is_refused(
    case: list[str], world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is written one message says which, where it stands and why."""
    monkeypatch.setenv("WICGRAPH_CACHE", str(tmp_path / "cache"))
    _, paths, english, chinese = case
    iris = [f"<{NAMESPACE}{path}>" for path in paths.split()]
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "x"'
    shutil.copytree(world, tmp_path / "world")
    lines = "".join(f"{iri} {label} .\n" for iri in iris)
    (tmp_path / "world" / "facts" / "names.ttl").write_text(lines, encoding="utf-8")

    with Graph(tmp_path / "world") as graph, pytest.raises(OutputError) as refused:
        next(site(graph))

    text, where = refused.value.text, "facts/names.ttl:1"
    assert text.en == (
        f"{iris[0]} ({where}) can have no page: {english}; give it another IRI"
    )
    assert text.zh == (f"{iris[0]}（{where}）不能有网页：{chinese}；请换用别的 IRI")
