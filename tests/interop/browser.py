"""The site in a real Chromium, from a folder: its search, and obstacles for anybody.

Run by `make browser`, not by `make test`: it needs the Debian packages `chromium` and
`chromium-driver`, or programs of these names, and npm to fetch axe-core.
https://github.com/dequelabs/axe-core
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from wicgraph.asking.names import normalized
from wicgraph.graph import Graph
from wicgraph.language import Language
from wicgraph.publishing.files import write_folder
from wicgraph.publishing.lists import MATCHES
from wicgraph.site.address import Addresses
from wicgraph.site.build import site

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js"
DATA = ROOT / "tests" / "data" / "site"
SEARCHES = (DATA / "searches.txt").read_text("utf-8").splitlines()
PASSAGE = re.compile(
    r'<blockquote[^>]*><p>(?P<words>.*?)</p>.*?href="(?P<link>[^"]*#:~:text=[^"]*)"',
    re.DOTALL,
)
HARD = re.compile(r"[-,&%+#='\"“《·:]")
FAR_DOWN = "<!DOCTYPE html><meta charset=utf-8><p style='margin:9000px 0'>{}</p>"
SHOWN = 100
LINES = """
return [...document.querySelectorAll("#found li")].map((row) => [
  row.querySelector("a").getAttribute("href"), row.querySelector("small").textContent
]);
"""
# The letters whose small forms Python folds to capitals, as Unicode does.
CHEROKEE = {*range(0x13A0, 0x13FE), *range(0xAB70, 0xABC0)}
PAGES = (DATA / "pages.txt").read_text("utf-8").split()
WIDTHS = {"desktop": 1100, "phone": 360}
CHECK = """
const done = arguments[0];
document.querySelectorAll("details").forEach((each) => { each.open = true; });
axe.run().then((result) => done(result.violations.map(({ id, impact, nodes }) => ({
  id, impact, where: nodes.slice(0, 3).map((node) => node.target.join(" ")),
}))));
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Open the graph of this repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        with Graph(ROOT) as opened:
            yield opened


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its site."""
    place = tmp_path_factory.mktemp("sites") / "site"
    write_folder(place, site(graph), "site")
    return place


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Start Chromium without a window."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert program, "chromium is not on the path"
    assert driver, "chromedriver is not on the path"
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    with webdriver.Chrome(options, Service(driver)) as opened:
        yield opened


@pytest.mark.parametrize("text", SEARCHES)
@pytest.mark.parametrize("language", Language)
def test_search_finds_what_find_finds(
    text: str, language: Language, graph: Graph, folder: Path, browser: webdriver.Chrome
) -> None:
    """The same things in the same order, and how each matches."""
    addresses = Addresses.of(graph.snapshot)
    page = folder / f"search{language.pick('', '.zh')}.html"
    browser.get(f"{page.as_uri()}?q={quote(text)}")
    expected = [
        (address, MATCHES[hit.match].spoken(language))
        for hit in graph.find(text)
        if (address := addresses.find(hit.name.thing))
    ]
    found = browser.execute_script(LINES)
    status = browser.find_element(By.ID, "count").text

    assert [unquote(href) for href, _ in found] == [
        address.file(language) + (f"#{address.anchor}" if address.anchor else "")
        for address, _ in expected[:SHOWN]
    ]
    assert [said.rpartition(" · ")[2] for _, said in found] == [
        match for _, match in expected[:SHOWN]
    ]
    assert (str(len(expected)) in status) is bool(expected)


def test_letters_are_folded_alike(folder: Path, browser: webdriver.Chrome) -> None:
    """Each letter that Python knows is normalized alike, but for those named above."""
    letters = [
        char
        for code in range(0x110000)
        if unicodedata.category(char := chr(code))[0] in "LMNPSZ"
        and code not in CHEROKEE
    ]
    browser.get((folder / "search.html").as_uri())
    alike = browser.execute_script(
        "return arguments[0].map((char) => normalized(`x${char}y`));", letters
    )
    differing = {
        char: (normalized(f"x{char}y"), other)
        for char, other in zip(letters, alike, strict=True)
        if normalized(f"x{char}y") != other
    }

    assert not differing


def test_search_follows_typing_and_keeps_the_other_language(
    folder: Path, browser: webdriver.Chrome
) -> None:
    """Results come while one types, and the switch of languages repeats the search."""
    browser.get((folder / "search.html").as_uri())
    field = browser.find_element(By.ID, "q")
    field.send_keys("wuzhen")
    assert browser.find_elements(By.CSS_SELECTOR, "#found li")

    field.send_keys(Keys.BACKSPACE * 6)
    assert not browser.find_elements(By.CSS_SELECTOR, "#found li")

    field.send_keys("乌镇")
    browser.find_element(By.CSS_SELECTOR, "a.language").click()
    assert browser.find_element(By.ID, "q").get_attribute("value") == "乌镇"
    assert browser.find_elements(By.CSS_SELECTOR, "#found li")


def test_search_needs_no_mouse(folder: Path, browser: webdriver.Chrome) -> None:
    """From the field, the keyboard reaches the first result and opens it."""
    browser.get((folder / "index.html").as_uri())
    field = browser.find_element(By.ID, "q")
    field.send_keys("Eugene Kaspersky", Keys.ENTER)
    browser.find_element(By.ID, "q").send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Eugene Kaspersky"

    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Eugene Kaspersky"


@pytest.fixture(scope="module")
def axe() -> str:
    """Read axe-core."""
    return AXE.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["html", "zh.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_obstacle(  # noqa: PLR0913, PLR0917
    page: str,
    language: str,
    scheme: str,
    axe: str,
    folder: Path,
    browser: webdriver.Chrome,
) -> None:
    """Axe finds nothing, neither on a desktop nor on a phone."""
    for width in WIDTHS.values():
        show(browser, folder / f"{page}.{language}", width, scheme)
        browser.execute_script(axe)
        found: list[dict[str, Any]] = browser.execute_async_script(CHECK)

        assert not found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["html", "zh.html"])
def test_phone_needs_no_scrolling_to_the_side(
    page: str, language: str, folder: Path, browser: webdriver.Chrome
) -> None:
    """A page is as wide as a phone; what is wider scrolls in its own place."""
    show(browser, folder / f"{page}.{language}", WIDTHS["phone"], "light")
    wide = browser.execute_script("return document.documentElement.scrollWidth")

    assert wide <= WIDTHS["phone"]


def show(browser: webdriver.Chrome, page: Path, width: int, scheme: str) -> None:
    """Open a page in a window of a width and a scheme of colours."""
    size = {
        "width": width,
        "height": 900,
        "deviceScaleFactor": 1,
        "mobile": width < 500,
    }
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    colours = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [colours]})
    browser.get(page.as_uri())


def test_arrow_of_a_quote_leads_to_its_words(
    folder: Path, tmp_path: Path, browser: webdriver.Chrome
) -> None:
    """A browser scrolls to the words, whatever signs they have."""
    document = tmp_path / "document.html"
    reached = {}
    for page in sorted(folder.glob("passage/*.html")):
        found = PASSAGE.search(page.read_text("utf-8"))
        if found is None or not HARD.search(unescape(found["words"])):
            continue
        document.write_text(FAR_DOWN.format(found["words"]), "utf-8")
        browser.get("about:blank")
        browser.get(f"{document.as_uri()}#{unescape(found['link']).partition('#')[2]}")
        reached[page.name] = browser.execute_script("return window.scrollY") > 0

    assert reached
    assert [name for name, found in reached.items() if not found] == []
