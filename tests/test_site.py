"""The web site of a small world: which pages there are, and what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wicgraph.language import Language
from wicgraph.site.address import Address

if TYPE_CHECKING:
    from pathlib import Path

from wicgraph.graph import Graph
from wicgraph.site.build import site


@pytest.fixture(scope="module")
def files(
    world: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str | bytes]:
    """Make the site of the small world."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        with Graph(world) as graph:
            return {name: "".join(chunks) for name, chunks in site(graph)}


def test_address_is_the_path_of_the_iri() -> None:
    """The English page has the plain name, the Chinese one says that it is Chinese."""
    address = Address("event/wic-2018")

    assert address.file(Language.EN) == "event/wic-2018.html"
    assert address.file(Language.ZH) == "event/wic-2018.zh.html"
    assert address.beside("ttl") == "event/wic-2018.ttl"


def test_links_are_relative_so_that_a_folder_is_enough() -> None:
    """A link goes up to the folder that both pages have, and keeps the language."""
    summit = Address("event/wic-2018")
    edition = Address("ontology/class/Edition", "uses")

    assert summit.to(edition, Language.ZH) == "../ontology/class/Edition.zh.html#uses"
    assert Address("index").to(summit, Language.EN) == "event/wic-2018.html"


def test_every_page_is_there_in_both_languages(files: dict[str, str]) -> None:
    """What has an English page has a Chinese one."""
    pages = {name for name in files if name.endswith(".html")}
    chinese = {name for name in pages if name.endswith(".zh.html")}

    assert {name.replace(".zh.html", ".html") for name in chinese} == pages - chinese
    assert "event/example-summit-2018.html" in pages


def test_thing_has_its_names_and_what_sources_say(files: dict[str, str]) -> None:
    """The page has the name in the reader's language, the facts and their quotes."""
    english = files["event/example-summit-2018.html"]
    chinese = files["event/example-summit-2018.zh.html"]

    assert "<h1>Example Summit 2018</h1>" in english
    assert "<h1>2018年示例峰会</h1>" in chinese
    assert "“opens tomorrow in the Example Hall”" in english
    assert '<html lang="zh-Hans">' in chinese
