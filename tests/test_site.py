"""The web site of a small world: which pages there are, and what stands on them."""

from __future__ import annotations

import json
import shutil
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from typer.testing import CliRunner

from wicgraph.asking.things import local_name
from wicgraph.cli import app
from wicgraph.graph import Graph
from wicgraph.language import Language
from wicgraph.publishing.answers import answer_text
from wicgraph.site.address import NAMESPACE, Address, Addresses
from wicgraph.site.build import site
from wicgraph.terms import WIC, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data" / "site" / "world"
SUMMIT = "event/example-summit-2018"
LOUD = "2018-05-04-loud-news"


@pytest.fixture(scope="module")
def graph(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """Open the small world, with a document that tries the pages."""
    folder = tmp_path_factory.mktemp("loud")
    shutil.copytree(world, folder / "world")
    shutil.copytree(DATA, folder / "world", dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(folder / "cache"))
        with Graph(folder / "world") as opened:
            yield opened


@pytest.fixture(scope="module")
def files(graph: Graph) -> dict[str, str]:
    """Make its site."""
    return {name: "".join(chunks) for name, chunks in site(graph)}


def test_address_is_the_path_of_the_iri() -> None:
    """The English page has the plain name, the Chinese one says that it is Chinese."""
    address = Address("event/wic-2018")

    assert address.file(Language.EN) == "event/wic-2018.html"
    assert address.file(Language.ZH) == "event/wic-2018.zh.html"
    assert address.beside("ttl") == "event/wic-2018.ttl"


def test_links_are_relative_so_that_a_folder_is_enough() -> None:
    """A link goes up to the folder of the site, and keeps the language."""
    summit = Address("event/wic-2018")
    edition = Address("ontology/class/Edition", "uses")

    assert summit.to(edition, Language.ZH) == "../ontology/class/Edition.zh.html#uses"
    assert Address("index").to(summit, Language.EN) == "event/wic-2018.html"
    assert Address("index").to_file("person/é?.html") == "person/%C3%A9%3F.html"


@pytest.mark.parametrize("path", ["../event/x", "event/../../x", "event/", "a//b", "."])
def test_no_page_is_outside_the_folder(path: str) -> None:
    """An IRI that is no path of a file has no page."""
    addresses = Addresses(frozenset(), frozenset())

    assert addresses.find(NamedNode(NAMESPACE + path)) is None
    assert addresses.find(NamedNode(f"{WIC}../{path}")) is None


def test_every_page_is_there_in_both_languages(files: dict[str, str]) -> None:
    """What has an English page has a Chinese one."""
    pages = {name for name in files if name.endswith(".html")}
    chinese = {name for name in pages if name.endswith(".zh.html")}

    assert {name.replace(".zh.html", ".html") for name in chinese} == pages - chinese
    assert f"{SUMMIT}.html" in pages


def test_thing_has_its_names_and_what_sources_say(files: dict[str, str]) -> None:
    """The page has the name in the reader's language, the facts and their quotes."""
    english, chinese = files[f"{SUMMIT}.html"], files[f"{SUMMIT}.zh.html"]

    assert "<h1>Example Summit 2018</h1>" in english
    assert "<h1>2018年示例峰会</h1>" in chinese
    assert "“opens tomorrow in the Example Hall”" in english
    assert '<html lang="zh-Hans">' in chinese
    assert '<q lang="en">“opens tomorrow in the Example Hall”</q>' in chinese


def test_text_of_ours_is_shown_in_one_language(files: dict[str, str]) -> None:
    """A note that is there in both languages is read in the reader's."""
    english = files["place/exampletown.html"]
    chinese = files["place/exampletown.zh.html"]

    assert "A town in a test." in english
    assert "测试中的小镇。" not in english
    assert "测试中的小镇。" in chinese


def test_quote_leads_to_the_words_in_the_document(files: dict[str, str]) -> None:
    """The link is a text fragment, in which no character has another meaning.

    https://wicg.github.io/scroll-to-text-fragment/
    """
    address = "http://example.org/news?id=1&amp;page=2#:~:text="
    words = "co%2Dhosts%2C%201%2C500%20guests%20%26%20more"
    chinese = "%E4%BA%92%E8%81%94%E4%BA%92%E9%80%9A%E3%80%81"

    assert f'href="{address}{words}"' in files[f"{SUMMIT}.html"]
    assert f'href="{address}{words}"' in files[f"passage/{LOUD}-theme.html"]
    assert f'href="{address}{chinese}' in files[f"passage/{LOUD}-later.zh.html"]


def test_texts_of_documents_are_texts(files: dict[str, str]) -> None:
    """Markup is shown, not obeyed, what HTML cannot hold is not there, no link runs."""
    page = files[f"{SUMMIT}.html"]

    assert "<script>alert(1)" not in page
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;more&#34;\ufffd\ufffd" in page
    )
    assert "<b>" not in files[f"source/{LOUD}.html"]
    for name, text in files.items():
        assert 'href="javascript:' not in text, name


def test_text_turns_nothing_around_it(files: dict[str, str]) -> None:
    """What is written from right to left, or says that it is, stands apart."""
    assert "<bdi>peace\u202eecaep</bdi>" in files[f"{SUMMIT}.html"]
    assert '<bdi lang="he">שלום</bdi>' in files["person/cyd-sample.html"]


def test_inferred_fact_is_marked_and_proved(files: dict[str, str]) -> None:
    """It is said in words that it is inferred, and the proof ends in a quote."""
    page = files["organization/example-bureau.html"]
    _, _, inferred = page.partition("Inferred, stated by no document")
    chinese = files["organization/example-bureau.zh.html"]

    assert '<span class="mark">inferred</span>' in inferred
    assert '<span class="mark">推断</span>' in chinese
    _, _, proof = inferred.partition('<details class="proof">')
    assert "prp-" in proof
    assert "“hosted by the Example Bureau”" in proof
    assert f'href="../{SUMMIT}.html"' in proof


def test_deep_proof_ends_where_a_page_does(graph: Graph, tmp_path: Path) -> None:
    """A conclusion after a hundred others has a page, which says where the rest is."""
    shutil.copytree(graph.root.folder, tmp_path / "world")
    header = graph.prefixes.turtle_header(graph.prefixes.table)
    chain = "wic:reaches a owl:ObjectProperty ; owl:propertyChainAxiom"
    axiom = f"{header}{chain} ( wic:reaches wic:next ) .\n"
    steps = [f"event:e{n} wic:next event:e{n + 1} .\n" for n in range(1, 100)]
    named = [f'event:e{n} skos:prefLabel "{n}" .\n' for n in range(101)]
    facts = [header, "event:e0 wic:reaches event:e1 .\n", *steps, *named]
    for place, lines in {"ontology/deep": [axiom], "facts/deep": facts}.items():
        file = tmp_path / "world" / f"{place}.ttl"
        file.write_text("".join(lines), encoding="utf-8")
    with Graph(tmp_path / "world") as deep:
        page = dict(site(deep))["event/e0.html"]

    assert "<code>wicgraph why</code> shows the rest" in "".join(page)


def test_nothing_is_inferred_for_whoever_wants_none(graph: Graph) -> None:
    """Without inference the pages of things have what documents state."""
    with Graph(graph.given, inference=False) as stated:
        pages = {name: "".join(chunks) for name, chunks in site(stated)}

    things = [name for name in pages if not name.startswith("ontology")]
    assert "organization/example-bureau.html" in things
    assert "graph/inferred.html" not in things
    assert not [name for name in things if 'class="mark"' in pages[name]]


def test_source_has_what_it_says_and_its_words_in_order(files: dict[str, str]) -> None:
    """Facts stand under the kinds of things, passages as they follow in the text."""
    page = files["source/2018-05-03-other-news.html"]
    loud = files[f"source/{LOUD}.html"]
    headings = ["<h3>Events</h3>", "<h3>Places</h3>", "<h3>Roles</h3>"]

    assert sorted(headings, key=page.index) == headings
    _, _, words = loud.partition("Its words that are quoted here")
    assert words.index(f'id="{LOUD}-theme"') < words.index(f'id="{LOUD}-later"')
    assert "<small>13–40</small>" in words
    assert 'href="http://example.org/news?id=1&amp;page=2#top"' in loud


def test_passage_has_its_words_and_what_rests_on_them(files: dict[str, str]) -> None:
    """The page leads to the document, and from there to the facts."""
    page = files["passage/2018-05-03-other-news-guest.html"]
    _, _, resting = page.partition("What rests on it")

    assert "<p>Bea Etud, chair of the Example Bureau</p>" in page
    assert 'href="../source/2018-05-03-other-news.html"' in page
    assert 'href="../role/2018-05-03-other-news-bea-chair.html"' in resting


def test_lists_are_sorted_by_name_and_passages_by_place(files: dict[str, str]) -> None:
    """People stand in the order of their names, words in that of the text."""
    people, passages = files["person/index.html"], files["passage/index.html"]

    assert people.index(">Béa Étude<") < people.index(">Cyd Sample<")
    assert passages.index(f"{LOUD}-theme") < passages.index(f"{LOUD}-later")


def test_question_has_its_rows_with_evidence(
    files: dict[str, str], graph: Graph
) -> None:
    """The rows are those that the question has, and tables beside have them too."""
    page, table = files["queries/organizers.html"], graph.ask("organizers")
    query = graph.catalogue.query("organizers")

    assert "<h1>Who organizes an edition?</h1>" in page
    assert page.count('<details class="proof">') == len(table) > 0
    assert "“hosted by the Example Bureau”" in page
    assert '<dt id="edition">' in page
    assert query.source.sparql.strip() in unescape(page)
    assert files["queries/organizers.rq"] == query.text
    for form in ("csv", "json"):
        text = answer_text(table.answer, (), graph.things, form, iris=True)
        assert files[f"queries/organizers.{form}"] == "".join(text)
    assert "sh:SPARQLSelectExecutable" in files["queries/organizers.ttl"]


def test_long_answer_says_where_the_rest_is(files: dict[str, str]) -> None:
    """A page has a hundred rows at most; the table beside it has all."""
    page = files["queries/everything.html"]
    rows = files["queries/everything.csv"].count("\n") - 1

    assert rows > 100
    assert f"{rows} rows; the first 100 are shown here" in page
    assert page.count('<details class="proof">') == 100


def test_graph_has_what_it_speaks_of(files: dict[str, str], graph: Graph) -> None:
    """A file of reference is a graph with a page, and so is what is inferred."""
    people = NamedNode(f"{NAMESPACE}graph/people")
    count = sum(1 for _ in graph.snapshot.quads(graph=people))

    assert f"{count} triples" in files["graph/people.html"]
    assert "<h1>Reference data: people</h1>" in files["graph/people.html"]
    assert "<h1>推理所得</h1>" in files["graph/inferred.zh.html"]


def test_data_of_a_thing_has_its_facts_and_their_words(files: dict[str, str]) -> None:
    """What is inferred of it is there too, and the passages that are quoted."""
    told = set(pyoxigraph.parse(files[f"{SUMMIT}.nt"], pyoxigraph.RdfFormat.N_TRIPLES))
    triples = {quad.triple for quad in told}
    bureau = NamedNode(f"{NAMESPACE}organization/example-bureau")
    summit = NamedNode(NAMESPACE + SUMMIT)

    assert Triple(bureau, NamedNode(WIC + "hosts"), summit) in triples
    assert "hosted by the Example Bureau" in files[f"{SUMMIT}.nt"]
    assert {local_name(quad.predicate) for quad in told} >= {"quote", "prefLabel"}


def test_same_graph_is_the_same_site(files: dict[str, str], graph: Graph) -> None:
    """A second site of a graph has the same files, in the same order."""
    again = [(name, "".join(chunks)) for name, chunks in site(graph)]

    assert again == list(files.items())


def test_no_text_ends_the_data_in_a_page(files: dict[str, str]) -> None:
    """A text in the JSON-LD of a page cannot end the element that it stands in."""
    data = files[f"{SUMMIT}.html"].partition('<script type="application/ld+json">')[2]
    told = json.loads(data.partition("</script>")[0])
    (event,) = told["@graph"]

    assert event["type"] == "Event"
    assert "<script>alert(1)</script>" in str(event["description"])


def test_command_writes_a_folder_and_replaces_its_own(
    graph: Graph, files: dict[str, str], tmp_path: Path
) -> None:
    """All files are there, and a list of them, by which a later site replaces them."""
    command = ["--root", str(graph.given), "site", str(tmp_path / "site")]
    run = CliRunner().invoke(app, command)
    assert (run.exit_code, run.stdout) == (0, "")
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 0

    written = {
        path.relative_to(tmp_path / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    listed = written.pop("files.txt").splitlines()
    assert written == files
    assert listed == ["# wicgraph site", *sorted([*files, "files.txt"])]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--as-of", "2018-05-02"), ("--endpoint", "http://localhost:1/query")],
)
def test_site_is_of_the_files_as_they_are(
    option: str, value: str, tmp_path: Path
) -> None:
    """What stood on a day is asked, not published, nor is a store elsewhere."""
    command = [option, value, "site", str(tmp_path / "site")]
    run = CliRunner().invoke(app, command)

    assert run.exit_code == 2
    assert f"leave {option} away" in run.stderr
    assert list(tmp_path.iterdir()) == []
