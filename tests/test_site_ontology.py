"""The pages of the ontology: a place for each term, and what stands on its page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from wicgraph.graph import Graph
from wicgraph.language import Language
from wicgraph.publishing.ontology import PATTERNS
from wicgraph.site import shapes, terms
from wicgraph.site.material import Material
from wicgraph.site.rendering import Renderer
from wicgraph.terms import OWL, WIC, BlankNode, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.site.page import Page

REPOSITORY = Path(__file__).parents[1]
INVERSE = NamedNode(OWL + "inverseOf")


def written(material: Material, pages: Iterator[Page]) -> dict[str, str]:
    """Write pages in both languages."""
    renderer = Renderer(material)
    return {
        page.address.file(language): renderer.render(page, language)
        for page in pages
        for language in Language
    }


@pytest.fixture(scope="module")
def material(
    world: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Material]:
    """Open the small world."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        with Graph(world) as graph:
            yield Material(graph)


@pytest.fixture(scope="module")
def small(material: Material) -> dict[str, str]:
    """Write its pages."""
    made = written(material, terms.pages(material))
    return made | written(material, shapes.pages(material))


@pytest.fixture(scope="module")
def real(graphs: Path) -> Iterator[Material]:
    """Open the graph of this repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(graphs))
        with Graph(REPOSITORY) as graph:
            yield Material(graph)


@pytest.fixture(scope="module")
def whole(real: Material) -> dict[str, str]:
    """Write the page of its ontology."""
    return written(real, iter([next(terms.pages(real))]))


def test_every_term_and_shape_has_a_page_in_both_languages(
    small: dict[str, str],
) -> None:
    """Classes, properties and values each have a folder, shapes one of their own."""
    for name in (
        *("ontology", "ontology/class/Edition", "ontology/property/hosts"),
        *("ontology/value/GarbledForm", "shape/Edition", "shape/Edition-prefLabel"),
        "shape/index",
    ):
        assert f"{name}.html" in small
        assert f"{name}.zh.html" in small


def test_page_of_class_says_who_uses_it(small: dict[str, str]) -> None:
    """It has the definition, links to things and questions, and its shapes."""
    english = small["ontology/class/Edition.html"]
    chinese = small["ontology/class/Edition.zh.html"]

    assert "One gathering of a series. Not the series." in english
    assert "系列中的一次活动。不是系列。" in chinese
    assert 'href="../../event/example-summit-2018.html">Example Summit 2018' in english
    assert 'href="../../queries/editions.zh.html"' in chinese
    assert 'href="../../shape/Edition.html"' in english


def test_chain_is_written_as_people_read_it(small: dict[str, str]) -> None:
    """From class to class, with an arrow the way in which each property leads."""
    text = re.sub(r"<[^>]+>", "", small["ontology/property/hosts.html"])

    assert "organization ← host hosting reported at → edition" in " ".join(text.split())


def test_example_that_is_inferred_is_marked_and_proved(small: dict[str, str]) -> None:
    """A reader sees that no document states it, and why it holds all the same."""
    page = small["ontology/property/hosts.html"]

    assert "0 stated, " in page
    assert '<span class="mark">inferred</span>' in page
    assert '<details class="proof">' in page
    assert "hosted by the Example Bureau" in page


def test_page_of_shape_says_what_it_asks_for(small: dict[str, str]) -> None:
    """It has the sentence about the world, the property and each constraint."""
    page = small["shape/Edition-startDate.zh.html"]
    text = " ".join(re.sub(r"<[^>]+>", "", page).split())

    assert "每届活动开始于某一日期。" in text
    assert "数据类型 xsd:date" in text
    assert 'href="../ontology/property/startDate.zh.html">开始日期' in page


def test_data_beside_a_term_has_its_lists_whole(material: Material) -> None:
    """A chain is a list of blank nodes, and none of them is left hanging."""
    hosts = next(p for p in terms.pages(material) if p.address.path.endswith("/hosts"))
    turtle = next(file for file in hosts.files if file.suffix == "ttl")
    said = {*parse("".join(turtle.chunks), RdfFormat.TURTLE)}
    blank = {quad.object for quad in said if isinstance(quad.object, BlankNode)}
    properties = {quad.object for quad in said if quad.predicate == INVERSE}

    assert blank <= {quad.subject for quad in said}
    assert properties == {NamedNode(WIC + "host")}


@pytest.mark.parametrize("language", Language)
def test_whole_ontology_has_a_place_for_each_term(
    language: Language, real: Material, whole: dict[str, str]
) -> None:
    """Where `ontology#Edition` leads there is one place, whatever else has a name."""
    page = whole[f"ontology{language.pick('', '.zh')}.html"]
    places = Counter(re.findall(r' id="([^"]+)"', page))

    assert set(places.values()) == {1}
    for term in real.graph.ontology.terms:
        assert term.value.removeprefix(WIC) in places or not term.value.startswith(WIC)


def test_every_pattern_is_drawn(whole: dict[str, str]) -> None:
    """The page has a picture of the classes, and one of each pattern."""
    page = whole["ontology.html"]

    assert page.count("<svg ") == 1 + len(PATTERNS)
    assert 'href="person/lu-wei.html"' in page
