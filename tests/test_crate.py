"""The crate that archives take describes each of its files as it is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import parse

from wicgraph.errors import OutputError
from wicgraph.graph import open_graph
from wicgraph.language import Language, Text
from wicgraph.publishing.crate import METADATA, Payload, crate
from wicgraph.publishing.data_set import DataSet, Statement

ABOUT = Path(__file__).parents[1] / "facts" / "reference" / "about.ttl"
SAID = Statement(tuple(quad.triple for quad in parse(path=ABOUT)))
DATA = DataSet(SAID, "0" * 64, "2018-06-02")
PAYLOAD = (
    Payload("data.nq", Text("quads", "四元组"), ["<a:a> <a:b> ", '"中" <a:c> .\n']),
    Payload("tables/people.csv", Text("people", "人物"), [b"id\r\n"]),
    Payload("queries/none.rq", Text("nothing?", "空？"), []),
)


def written(language: Language = Language.EN) -> dict[str, bytes]:
    """Write the crate as whoever writes files does: one after the other."""
    return {
        name: b"".join(each if isinstance(each, bytes) else each.encode() for each in c)
        for name, c in crate(PAYLOAD, DATA, language)
    }


def entities(language: Language = Language.EN) -> dict[str, dict[str, Any]]:
    """Read what is described, by name."""
    content = json.loads(written(language)[METADATA])
    return {entity["@id"]: entity for entity in content["@graph"]}


def test_every_file_is_described_as_it_is() -> None:
    """Each has its size in bytes and its hash; all but the description are parts."""
    described, files = entities(), written()
    del files[METADATA]

    assert [part["@id"] for part in described["./"]["hasPart"]] == list(files)
    for name, content in files.items():
        assert described[name]["contentSize"] == str(len(content))
        assert described[name]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("language", Language)
def test_crate_says_what_the_data_set_says(language: Language) -> None:
    """Title, version and licence are those of graph:about, the day that of the data."""
    root = entities(language)["./"]
    assert root["name"] == DATA.name(language)
    assert root["version"] == "0.1.0"
    assert root["datePublished"] == "2018-06-02"
    assert entities(language)["tables/people.csv"]["name"] == (
        language.pick("people", "人物")
    )


def test_every_name_leads_somewhere() -> None:
    """What an entity refers to is described, or is the specification."""
    described = entities()
    references = {
        each["@id"]
        for entity in described.values()
        for value in entity.values()
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, dict)
    }
    assert references - set(described) == {"https://w3id.org/ro/crate/1.1"}


def test_silent_data_set_is_no_crate(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive wants a title, a licence and a day, and nobody makes them up."""
    monkeypatch.setenv("WICGRAPH_CACHE", str(tmp_path / "cache"))
    with open_graph(world) as silent, pytest.raises(OutputError) as refused:
        silent.save(tmp_path / "crate", "rocrate")

    assert "dcterms:title, dcterms:description" in refused.value.text.en
    assert not (tmp_path / "crate").exists()
