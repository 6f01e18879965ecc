"""The whole site, crawled: nothing is broken, nothing missing, nothing from elsewhere.

The small world and the graph of this repository are both written and gone through.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import html5lib
import pyoxigraph
import pytest
from html5lib.html5parser import ParseError

from wicgraph.graph import Graph
from wicgraph.language import Language
from wicgraph.site.build import site
from wicgraph.site.material import Material
from wicgraph.terms import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BELOW = pyoxigraph.NamedNode(RDFS + "subClassOf")
ROOT = Path(__file__).parents[1]
RDF = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src"}
LED_TO = {"a": "href", "form": "action", "link": "href", "script": "src"}


@dataclass
class Found(HTMLParser):
    """What a page has: where it leads, what it fetches, and its places."""

    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    _script: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def on(cls, page: str) -> Found:
        """Read a page."""
        found = cls()
        found.feed(page)
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what an element has."""
        given = {name: value or "" for name, value in attrs}
        self.attributes.setdefault(tag, given)
        if tag in LED_TO and LED_TO[tag] in given:
            self.links.append(given[LED_TO[tag]])
        if tag in FETCHED and FETCHED[tag] in given:
            self.fetched.append(given[FETCHED[tag]])
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings.append(tag)
        self._script = given.get("type", "") if tag == "script" else None

    def handle_data(self, data: str) -> None:
        """Take down what a script says."""
        if self._script is not None and data.strip():
            self.scripts.append((self._script, data))


@dataclass(frozen=True)
class Site:
    """The files of a site, what its pages have, and the graph that it shows."""

    files: Mapping[str, str]
    pages: Mapping[str, Found]
    material: Material

    def file(self, page: str, link: str) -> str:
        """Say to which file of the site a link of a page leads."""
        path = unquote(urlsplit(link).path)
        return normpath(join(dirname(page), path)) if path else page

    def misses(self, page: str, link: str) -> bool:
        """Tell whether a link of a page leads nowhere, or to no place on a page."""
        parts = urlsplit(link)
        if parts.scheme:
            return parts.scheme not in {"http", "https"}
        file = self.file(page, link)
        if file not in self.files:
            return True
        anchor = unquote(parts.fragment)
        return bool(anchor) and anchor not in self.pages[file].ids


@pytest.fixture(scope="module", params=["small", "real"])
def whole(
    request: pytest.FixtureRequest,
    world: Path,
    graphs: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Make the site of the small world, and that of the graph of this repository."""
    small = request.param == "small"
    cache = tmp_path_factory.mktemp("cache") if small else graphs
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(cache))
        with Graph(world if small else ROOT) as graph:
            files = {name: "".join(chunks) for name, chunks in site(graph)}
            pages = {
                name: Found.on(text)
                for name, text in files.items()
                if name.endswith(".html")
            }
            yield Site(files, pages, Material(graph))


def test_no_link_is_broken(whole: Site) -> None:
    """Every link leads to a file of the site, and to a place that is on it."""
    broken = [
        f"{page}: {link}"
        for page, found in whole.pages.items()
        for link in dict.fromkeys(found.links)
        if whole.misses(page, link)
    ]

    assert not broken[:20]


def test_every_iri_has_a_page(whole: Site) -> None:
    """Every node of our namespaces has a page in both languages, or a place on one."""
    missing = [
        f"{node.value}: {address.file(language)}#{address.anchor}"
        for node, address in whole.material.places
        for language in Language
        if (found := whole.pages.get(address.file(language))) is None
        or (address.anchor and address.anchor not in found.ids)
    ]

    assert not missing[:20]


def test_data_stands_beside_every_page_of_an_iri(whole: Site) -> None:
    """Redirects lead there; of the whole and of its lists there are dumps instead."""
    missing = [
        address.beside(suffix)
        for _, address in whole.material.places
        for suffix in RDF
        if address.beside(suffix) not in whole.files
    ]

    assert {name.rpartition(".")[0] for name in missing} <= {"index", "queries/index"}


def test_nothing_comes_from_elsewhere(whole: Site) -> None:
    """A page fetches files of the site only, and its only script is a file too."""
    for page, found in whole.pages.items():
        assert not [each for each in found.fetched if urlsplit(each).netloc], page
        assert {kind for kind, _ in found.scripts} <= {"application/ld+json"}, page
    assert "http" not in whole.files["site.css"]


def test_pages_can_be_read_by_everybody(whole: Site) -> None:
    """A page has a language, one heading, its translation, and each id only once."""
    for page, found in whole.pages.items():
        expected = "zh-Hans" if page.endswith(".zh.html") else "en"
        assert found.attributes["html"]["lang"] == expected, page
        assert len(found.headings) == 1, page
        assert "viewport" in whole.files[page], page
        assert len(found.ids) == len(set(found.ids)), page
        name = page.removesuffix(".html").removesuffix(".zh")
        other = f"{name}{'.zh' if expected == 'en' else ''}.html"
        assert other in {whole.file(page, link) for link in found.links}, page


def test_pages_are_html(whole: Site) -> None:
    """The strict parser of HTML has nothing to say of any page of each kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for page in sorted(whole.pages):
        kinds[dirname(page)].append(page)
    parser = html5lib.HTMLParser(strict=True)
    for pages in kinds.values():
        for page in pages[:6]:
            try:
                parser.parse(whole.files[page])
            except ParseError as error:
                pytest.fail(f"{page}: {error} at {parser.errors}")


def test_data_beside_pages_says_the_same_in_each_format(whole: Site) -> None:
    """Every file of RDF parses, and the formats of one thing have the same triples."""
    written = defaultdict(set)
    for name, text in whole.files.items():
        stem, _, suffix = name.rpartition(".")
        if suffix in RDF:
            quads = pyoxigraph.parse(text.encode(), RDF[suffix])
            told = pyoxigraph.Dataset(pyoxigraph.Quad(*quad.triple) for quad in quads)
            told.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
            written[stem].add(frozenset(map(str, told)))

    assert written
    assert not [stem for stem, graphs in written.items() if len(graphs) != 1]
    assert not [stem for stem, graphs in written.items() if not all(graphs)]


def test_search_knows_every_name(whole: Site) -> None:
    """The index has each name of each thing, and leads to pages that are there."""
    rows = [
        json.loads(line.removesuffix(","))
        for line in whole.files["search-index.js"].splitlines()
        if line.startswith("[")
    ]
    things = [row for row in rows if isinstance(row[0], str) and len(row) == 4]
    names = [row for row in rows if isinstance(row[0], int)]

    for path, anchor, *_ in things:
        for suffix in (".html", ".zh.html"):
            assert not whole.misses("search.html", path + suffix + anchor)
    found = whole.material.graph.things.names
    ours = [name for name in found if whole.material.addresses.find(name.thing)]
    assert sorted(row[-1] for row in names) == sorted(name.folded for name in ours)


def test_search_engines_can_read_the_data_in_pages(whole: Site) -> None:
    """The JSON-LD in a page is JSON, about something, in the words of schema.org."""
    told = [data for found in whole.pages.values() for _, data in found.scripts]

    below = whole.material.snapshot.triples(predicate=BELOW)
    assert bool(told) is any("schema.org" in str(triple.object) for triple in below)
    for data in told:
        assert "schema.org" in json.dumps(json.loads(data))


def test_names_of_files_differ_in_more_than_case(whole: Site) -> None:
    """A file system that folds case can hold the site."""
    names = list(whole.files)

    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and len(name) < 200 for name in names)


def test_site_is_the_same_bytes_wherever_it_is_made(
    world: Path, tmp_path: Path
) -> None:
    """Hash seed, locale, time zone and the day of the clock leave no trace."""
    sites = []
    for seed, locale, zone in (("0", "C", "UTC"), ("7", "zh_CN.UTF-8", "Asia/Tokyo")):
        folder = tmp_path / seed
        folder.mkdir()
        settings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        settings |= {"WICGRAPH_CACHE": str(folder / "cache"), "PYTHONUTF8": "0"}
        words = ["-m", "wicgraph", "--root", str(world), "site", str(folder / "site")]
        subprocess.run(
            [sys.executable, *words], env={**os.environ, **settings}, check=True
        )
        files = (path for path in (folder / "site").rglob("*") if path.is_file())
        sites.append(
            {str(p.relative_to(folder / "site")): p.read_bytes() for p in files}
        )

    assert sites[0]
    assert sites[0] == sites[1]
