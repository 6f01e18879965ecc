"""Citations are what other programs expect, for every source there is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from pyld import jsonld
from pyoxigraph import parse

from wicgraph.asking import parameters
from wicgraph.asking.answer import ask
from wicgraph.asking.citing import (
    Cited,
    numbered,
    sources_of_row,
    sources_of_thing,
)
from wicgraph.asking.evidence import evidence
from wicgraph.asking.grounds import Document, Quote
from wicgraph.asking.things import Things
from wicgraph.language import Language
from wicgraph.publishing.citations import citation_text
from wicgraph.publishing.data_set import DataSet, Statement
from wicgraph.publishing.dumps import canonical, dump, graph_hash
from wicgraph.queries import catalogue
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import SOURCE, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import Snapshot

ROOT = Root(Path(__file__).parents[1])
ABOUT = Statement(
    tuple(q.triple for q in parse(path=ROOT.folder / "facts/reference/about.ttl"))
)
DATA = DataSet(ABOUT, "0" * 64, "2026-01-02")
SOURCES = tuple(Path(path).stem for path in ROOT.turtle_files() if "/sources/" in path)
# https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
CSL_KEYS = {
    *("id", "type", "title", "author", "container-title", "issued", "accessed", "URL"),
    *("language", "note", "custom", "version"),
}
HOSTILE = r"50% of {A_B} & C #1 ~ ^ \d $x$ 世界"


@pytest.fixture(scope="module")
def graph(graphs: Path) -> Iterator[Snapshot]:
    """Build the graph of this repository."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as snapshot:
        yield snapshot


@pytest.fixture(params=Language)
def real(request: pytest.FixtureRequest, graph: Snapshot) -> Things:
    """Show it, in both languages."""
    return Things(graph, ROOT.prefixes(), request.param)


@pytest.fixture(scope="module")
def every(graph: Snapshot) -> tuple[Cited, ...]:
    """Cite every source."""
    things = Things(graph, ROOT.prefixes())
    sources = [NamedNode(SOURCE + name) for name in SOURCES]
    return tuple(each for node in sources for each in sources_of_thing(things, node))


def written(cited: tuple[Cited, ...], things: Things, form: str) -> str:
    """Write citations."""
    return "".join(citation_text(cited, DATA, things, form))


def bibtex(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX as LaTeX would print it, by key and field; an address is verbatim."""
    verbatim = parse_string(text)
    printed = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not verbatim.failed_blocks
    return {
        entry.key: {field.key: field.value for field in shown.fields}
        | {field.key: field.value for field in entry.fields if field.key == "url"}
        for entry, shown in zip(verbatim.entries, printed.entries, strict=True)
    }


def test_every_source_can_be_cited(every: tuple[Cited, ...]) -> None:
    """Each document has what a citation needs, and words that it was read for."""
    assert [each.source.value for each in every] == [SOURCE + name for name in SOURCES]
    for each in every:
        assert each.document.read_on
        assert each.document.language
        assert each.document.publishers
    assert any(each.quotes for each in every)


def test_bibtex_is_what_was_meant(every: tuple[Cited, ...], real: Things) -> None:
    """A parser of BibTeX finds each source with its title, dates and address."""
    entries = bibtex(written(every, real, "bibtex"))

    assert len(entries) == len(every) + 1
    assert entries["wicgraph"]["note"] == f"sha256:{DATA.digest}"
    for each in every:
        entry = entries[f"source-{each.source.value.removeprefix(SOURCE)}"]
        titles = [title.value for title in each.document.titles]
        assert not titles or entry["title"].strip("{}") in titles
        assert entry["urldate"] == each.document.read_on
        assert entry.get("url", "") == each.document.address
        assert each.document.issued.startswith(entry.get("year", ""))
        for quote in each.quotes[:3]:
            assert quote.words.value in entry["note"]


@pytest.mark.filterwarnings("ignore:The following arguments")  # it has no `custom`
def test_csl_json_is_read_by_citation_software(
    every: tuple[Cited, ...], real: Things
) -> None:
    """Items have the fields of the schema, and a processor makes references of them."""
    items = json.loads(written(every, real, "csljson"))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(
        style, CiteProcJSON(items), formatter.plain
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    made = "\n".join(map(str, bibliography.bibliography()))

    assert {item["type"] for item in items} == {"webpage", "dataset"}
    for item in items:
        assert set(item) <= CSL_KEYS
        assert item["title"] in made or item["title"].replace("'", "’") in made
        for name in ("issued", "accessed"):
            [parts] = item.get(name, {"date-parts": [[1]]})["date-parts"]
            assert all(isinstance(part, int) for part in parts)
            assert 1 <= len(parts) <= 3


def test_names_are_in_the_language_of_the_document(real: Things) -> None:
    """A Chinese page keeps its Chinese title and publisher whoever asks."""
    chinese = sources_of_thing(real, NamedNode(SOURCE + "2015-thepaper"))
    text = written(chinese, real, "text")

    assert text.startswith("《乌镇峰会|卡巴斯基:信息安全问题未来可能扩张至基础设施》")
    assert "澎湃新闻" in text
    assert "[zh]" not in text


def test_hostile_text_is_text(things: Things) -> None:
    """What LaTeX or JSON would obey comes out as it went in, and breaks no entry."""
    source = NamedNode(SOURCE + "2018-05-03-other-news")
    quote = Quote(source, Literal(HOSTILE, language="en"), ())
    document = Document((), (), "2018-05", "https://example.org/{a}%20b#c")
    cited = (Cited(source, document, (quote,)),)
    entry = bibtex(written(cited, things, "bibtex"))["source-2018-05-03-other-news"]
    item = json.loads(written(cited, things, "csljson"))[0]

    assert HOSTILE in entry["note"].replace("ˆ", "^")  # the decoder has its own caret
    assert (entry["year"], entry["month"]) == ("2018", "may")
    assert entry["url"] == "https://example.org/%7Ba%7D%20b#c"
    assert item["custom"]["quotes"][0]["words"] == HOSTILE
    assert item["issued"] == {"date-parts": [[2018, 5]]}
    assert "accessed" not in item
    assert "date read not recorded" in item["note"]


@pytest.mark.parametrize(
    "name", [path.stem for path in ROOT.folder.glob("queries/*.rq")]
)
def test_first_row_of_every_question_can_be_cited(name: str, graph: Snapshot) -> None:
    """A row of any stored query has sources with words to cite."""
    things = Things(graph, ROOT.prefixes())
    query = catalogue.load(ROOT).query(name)
    values = parameters.bind(query, {}, things)
    answer = ask(graph, query, values)
    rows = evidence(graph, query.source, values, answer)
    cited = sources_of_row(graph, numbered(rows, 1, name))

    assert cited
    assert any(each.quotes for each in cited)


def test_hash_is_what_a_shell_says(graph: Snapshot, tmp_path: Path) -> None:
    """Anybody can compute the hash of the data from what is exported."""
    asserted = set(graph.quads(inference=False))
    dumped = tmp_path / "asserted.nq"
    dumped.write_text(
        "".join(dump(canonical(asserted), "nquads", ROOT.prefixes())), encoding="utf-8"
    )
    program = shutil.which("sha256sum")
    assert program
    done = subprocess.run([program, dumped], capture_output=True, check=True, text=True)

    assert done.stdout.split()[0] == graph_hash(asserted)


def test_hash_is_what_another_implementation_computes(graph: Snapshot) -> None:
    """PyLD finds the same canonical form, label by label.

    It is given what has blank nodes, on which alone the labels depend.
    """
    asserted = set(graph.quads(inference=False))
    ours = "".join(dump(canonical(asserted), "nquads", ROOT.prefixes()))
    labelled = [line for line in ours.splitlines(keepends=True) if "_:c14n" in line]
    theirs = jsonld.normalize(
        "".join(labelled).replace("_:c14n", "_:x"),
        {
            "algorithm": "URDNA2015",  # what became RDFC-1.0
            "inputFormat": "application/n-quads",
            "format": "application/n-quads",
        },
    )

    assert theirs == "".join(labelled)


def test_version_is_what_the_data_set_says(graph: Snapshot, snapshot: Snapshot) -> None:
    """The data set has the version that it gives itself, if it gives one."""
    assert Statement.of(graph).version == "0.1.0"
    assert not Statement.of(snapshot).version
