import csv
import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyld import jsonld
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from wicgraph.asking.answer import Answer, ask, sparql
from wicgraph.asking.dossier import about
from wicgraph.asking.parameters import bind
from wicgraph.asking.things import Things
from wicgraph.errors import OutputError, UnknownName
from wicgraph.language import Language
from wicgraph.publishing.answers import answer_text, list_text
from wicgraph.publishing.dossiers import dossier_text
from wicgraph.publishing.dumps import Vocabulary, canonical, dump
from wicgraph.publishing.files import write_file
from wicgraph.publishing.formats import DOSSIER_FORMATS, GRAPH_FORMATS, ROW_FORMATS
from wicgraph.publishing.lists import FOUND, description, found_rows
from wicgraph.publishing.tables import pages, table, wrap
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import Snapshot
from wicgraph.terminal import width
from wicgraph.terms import BlankNode, Literal, NamedNode, Prefixes, Quad

DATA = Path(__file__).parent / "data"
EXPECTED = DATA / "publishing"
WIC = "https://w3id.org/wicgraph/"
XSD = "http://www.w3.org/2001/XMLSchema#"
EXAMPLE = "https://example.org/"
SUFFIXES = {
    "text": "txt",
    "turtle": "ttl",
    "ntriples": "nt",
    "nquads": "nq",
    "rdfxml": "rdf",
}

# A row of every kind of term, and letters that formats have to escape.
HARD_COLUMNS = ("thing", "text", "day", "none")
HARD_ROWS = (
    (
        NamedNode(EXAMPLE + "a?b=1&c='2'"),
        Literal('say "hi", <b> & \\ | tab\t line\nend'),
        Literal("2018-11-07", datatype=NamedNode(XSD + "date")),
        None,
    ),
    (BlankNode("b1"), Literal("乌镇", language="zh-Hans"), Literal(5), None),
    (None, Literal("déjà [vu] *x*", language="en"), Literal(value=True), None),
)


def hard() -> Answer:
    """Answer with the hard rows."""
    return Answer.of_rows(HARD_COLUMNS, HARD_ROWS)


def written(answer: Answer, things: Things, form: str) -> str:
    """Write an answer as one text."""
    return "".join(answer_text(answer, (), things, form))


# --- Rows ---


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_rows_are_written_as_expected(form: str, things: Things) -> None:
    """Every format escapes what it has to, and leaves the rest alone."""
    expected = (EXPECTED / f"rows.{form}").read_bytes().decode("utf-8")

    assert written(hard(), things, form) == expected


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_w3c_formats_are_read_back(form: str, things: Things) -> None:
    """What is written as a W3C format is that format, term for term."""
    formats = {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "tsv": QueryResultsFormat.TSV,
    }
    text = written(hard(), things, form)
    read = parse_query_results(text, format=formats[form])
    assert isinstance(read, QuerySolutions)

    assert tuple(v.value for v in read.variables) == HARD_COLUMNS
    assert tuple(map(tuple, read)) == HARD_ROWS


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_boolean_of_the_w3c_is_read_back(form: str, things: Things) -> None:
    """The answer to an ASK is a boolean in the formats of the W3C."""
    formats = {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "tsv": QueryResultsFormat.TSV,
    }
    for value in (True, False):
        text = written(Answer.of_ask(yes=value), things, form)
        read = parse_query_results(text, format=formats[form])
        assert isinstance(read, QueryBoolean)
        assert bool(read) is value


def test_ask_is_yes_or_no_for_people(root: Root, snapshot: Snapshot) -> None:
    """In formats for people the answer to an ASK is a word."""
    for asked, value, word in (
        (Language.EN, True, "yes\n"),
        (Language.EN, False, "no\n"),
        (Language.ZH, True, "是\n"),
        (Language.ZH, False, "否\n"),
    ):
        things = Things(snapshot, root.prefixes(), asked)
        for form in ("table", "csv", "md"):
            assert written(Answer.of_ask(yes=value), things, form) == word


def test_no_rows_are_still_a_whole_text(things: Things) -> None:
    """An empty answer has its headings, in every format."""

    def empty(form: str) -> str:
        return written(Answer.of_rows(("thing",), ()), things, form)

    assert empty("csv") == "thing\n"
    assert empty("tsv") == "?thing\n"
    assert empty("table") == "thing\n─────\n"
    assert empty("md") == "| thing |\n| --- |\n"
    assert json.loads(empty("json"))["results"] == {"bindings": []}


def test_rows_of_a_stored_query_have_its_headings(
    root: Root, snapshot: Snapshot
) -> None:
    """A table has the labels of columns and things in the language asked for.

    A parameter's column stands under the parameter, not under its variable; csv has
    the names that programs look for.
    """
    query = load(root).query("organizers")
    chinese = Things(snapshot, root.prefixes(), Language.ZH)

    def text(form: str, *, iris: bool = False) -> str:
        answer = ask(snapshot, query, bind(query, {}, chinese))
        return "".join(answer_text(answer, query.columns, chinese, form, iris=iris))

    shown = {form: text(form) for form in ("table", "csv", "md")}
    plain = text("csv", iris=True)

    assert shown == {
        "table": "届次            行动者\n"
        "──────────────  ──────\n"
        "2018年示例峰会  示例局\n",
        "csv": "edition,agent\n2018年示例峰会,示例局\n",
        "md": "| 届次 | 行动者 |\n| --- | --- |\n| 2018年示例峰会 | 示例局 |\n",
    }
    assert plain == (
        "edition,agent\nevent:example-summit-2018,organization:example-bureau\n"
    )


def test_graph_has_the_formats_of_rows_too(things: Things) -> None:
    """Triples are rows of three, or a graph."""
    text = "CONSTRUCT WHERE { place:exampletown a ?class }"

    def answer() -> Answer:
        return sparql(things.snapshot, text, things.prefixes, inference=False)

    assert written(answer(), things, "csv") == (
        "subject,predicate,object\nExampletown,rdf:type,place\n"
    )
    assert written(answer(), things, "ntriples") == (
        "<https://w3id.org/wicgraph/place/exampletown>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/wicgraph/ontology#Place> .\n"
    )


def test_unknown_format_is_explained(things: Things) -> None:
    """A misspelt format gets the right one; a graph's format is none for rows."""
    with pytest.raises(UnknownName) as misspelt:
        written(hard(), things, "tabel")
    with pytest.raises(UnknownName) as other:
        written(hard(), things, "turtle")
    with pytest.raises(UnknownName):
        "".join(list_text(("a",), ("A",), (), "xml"))

    assert str(misspelt.value) == (
        'no format here is named "tabel"; did you mean table?'
    )
    assert str(other.value) == (
        'no format here is named "turtle"; choose table, csv, tsv, json, xml or md'
    )


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md", "table"])
def test_rows_are_written_as_they_come(form: str, things: Things) -> None:
    """Endless rows fill no memory: what is known of the first is written first."""
    endless = ((Literal(number), None) for number in itertools.count())
    answer = Answer.of_rows(("number", "none"), endless)
    text = answer_text(answer, (), things, form)

    shown = ""
    while "1234" not in shown:
        shown += next(text)
    assert int(next(endless)[0].value) < 50_000


# --- Tables ---


def test_many_rows_are_pages_with_headings() -> None:
    """A table too long to measure goes on in another, with widths of its own."""
    rows = [("1",)] * 5_000 + [("long",)]
    first, second = pages(["n"], rows)

    assert first.startswith("n\n─\n1\n1\n")
    assert second == "\nn\n────\nlong\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("乌镇", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("ＷＩＣ", 6),
        ("“a”", 3),
    ],
)
def test_width_is_in_columns_of_a_terminal(text: str, columns: int) -> None:
    """A Chinese letter takes two columns and a combining mark none."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 4, ["a", "abcd", "efgh"]),
        ("世界互联网大会", 6, ["世界互", "联网大", "会"]),
        ("世界互联网大会", 7, ["世界互", "联网大", "会"]),
        ("第5届世界", 5, ["第5届", "世界"]),
        ("乌镇 Wuzhen", 8, ["乌镇", "Wuzhen"]),
        ("界", 1, ["界"]),
    ],
)
def test_text_wraps_at_spaces_and_between_chinese_letters(
    text: str, room: int, lines: list[str]
) -> None:
    """A line is never wider than its room, unless one letter is."""
    assert wrap(text, room) == lines


def test_wide_columns_give_way() -> None:
    """Where there is little room the widest column wraps, and no other."""
    laid_out = table(("n", "question"), [("1", "Who organizes an edition?")], room=15)

    assert laid_out == (
        "n  question\n─  ────────────\n1  Who\n   organizes an\n   edition?\n"
    )


def test_every_line_fits_its_room() -> None:
    """Whatever is in a table, its lines are as wide as the terminal at most."""
    chance = random.Random(20181107)  # noqa: S311  (nothing secret)
    letters = "ab 乌镇é"
    for _ in range(50):
        count = chance.randint(1, 4)
        rows = [
            [
                "".join(chance.choices(letters, k=chance.randint(0, 40)))
                for _ in "x" * count
            ]
            for _ in range(3)
        ]
        room = chance.randint(10 * count, 60)
        lines = table(["h"] * count, rows, room).splitlines()
        assert max(map(width, lines)) <= room


def test_cell_cannot_command_the_terminal() -> None:
    """Control characters become spaces."""
    assert table(["a"], [["\x1b[31mred\nnext"]]).splitlines()[2] == " [31mred next"


# --- Dumps ---


RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def test_json_means_the_same_to_another_processor(
    snapshot: Snapshot, things: Things
) -> None:
    """PyLD reads the same quads, with the context in the dump and the published one."""
    quads = canonical(snapshot.quads())
    terms = Vocabulary.of(snapshot, things.prefixes)
    ours = "".join(dump(quads, "nquads", things.prefixes))
    ours = ours.replace("@zh-Hans", "@zh-hans")  # PyLD lowers tags, as it may
    document = json.loads("".join(dump(quads, "jsonld", things.prefixes, terms)))
    published = json.loads(terms.document(things.prefixes))
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}

    assert jsonld.normalize(document, options) == ours
    assert jsonld.normalize({**document, **published}, options) == ours
    assert document["@context"].items() <= published["@context"].items()


def test_context_names_what_the_ontology_defines(
    snapshot: Snapshot, things: Things
) -> None:
    """Links are links, texts stand under their languages, and days go unsaid."""
    terms = json.loads(
        Vocabulary.of(snapshot, things.prefixes).document(things.prefixes)
    )
    context = terms["@context"]

    assert context["id"] == "@id"
    assert context["Edition"] == f"{WIC}ontology#Edition"
    assert context["heldIn"] == {"@id": f"{WIC}ontology#heldIn", "@type": "@id"}
    assert context["prefLabel"]["@container"] == "@language"
    assert context["startDate"]["@type"] == XSD + "date"


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_dump_is_the_same_in_any_order(
    form: str, snapshot: Snapshot, things: Things
) -> None:
    """The same graph is the same bytes, however it was stored."""
    quads = list(snapshot.quads())
    first = "".join(dump(quads, form, things.prefixes))
    random.Random(4).shuffle(quads)  # noqa: S311

    assert "".join(dump([*quads, *quads], form, things.prefixes)) == first


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_dump_is_written_as_expected(form: str) -> None:
    """Dumps look like files that people write: sorted blocks with CURIEs."""
    ours = Prefixes({"e": EXAMPLE, "unused": "https://example.com/", "xsd": XSD})
    name, other = NamedNode(EXAMPLE + "name"), NamedNode("https://example.net/x,y")
    graph = NamedNode(EXAMPLE + "graph")
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    thing = NamedNode(EXAMPLE + "thing")
    quads = [
        Quad(thing, name, Literal("乌镇", language="zh-Hans"), graph),
        Quad(thing, name, Literal('a "b"\n@zh-hans'), graph),
        Quad(thing, a, NamedNode(EXAMPLE + "Class"), graph),
        Quad(thing, name, Literal(5), graph),
        Quad(thing, name, Literal(value=True), graph),
        Quad(thing, name, Literal("2018", datatype=NamedNode(XSD + "gYear"))),
        Quad(thing, other, BlankNode("b")),
        Quad(BlankNode("b"), name, thing),
    ]
    expected = (EXPECTED / f"dump.{SUFFIXES.get(form, form)}").read_text(
        encoding="utf-8"
    )

    assert "".join(dump(quads, form, ours)) == expected


def test_dump_of_nothing_is_a_whole_file(things: Things) -> None:
    """An empty graph is written as an empty graph."""
    for form in GRAPH_FORMATS:
        text = "".join(dump([], form, things.prefixes))
        assert list(parse(text, format=RDF_FORMATS[form])) == []


# --- Dossiers and lists ---


@pytest.mark.parametrize("form", DOSSIER_FORMATS)
@pytest.mark.parametrize("asked", list(Language))
def test_dossier_is_written_as_expected(
    form: str, asked: Language, root: Root, snapshot: Snapshot
) -> None:
    """A dossier reads well in both languages; its turtle is the same in both."""
    things = Things(snapshot, root.prefixes(), asked)
    dossier = about(things, NamedNode(WIC + "event/example-summit-2018"))
    path = EXPECTED / f"dossier.{asked}.{SUFFIXES.get(form, form)}"

    assert "".join(dossier_text(dossier, things, form)) == path.read_text(
        encoding="utf-8"
    )


def test_dossier_wraps_in_its_room(things: Things) -> None:
    """On a terminal values wrap beside the names of their properties."""
    dossier = about(things, NamedNode(WIC + "person/bea-etude"))
    lines = "".join(dossier_text(dossier, things, "text", 50)).splitlines()
    section = lines.index("Cyd Sample")

    assert lines[section + 2 : section + 9] == [
        "  name · name of  :23",
        "    form       Bea Etud",
        "    name kind  garbled form",
        "               “Bea Etud, chair of the Example",
        "               Bureau”  form",
        "  name correction · corrects  :29",
        "    corrected form  Béa Étude",
    ]


def test_dossier_of_a_term_is_written(things: Things) -> None:
    """A term is shown with what it means; nodes without names are for programs."""
    dossier = about(things, NamedNode(WIC + "ontology#hosts"))
    text, data = (
        "".join(dossier_text(dossier, things, form)) for form in ("text", "json")
    )

    assert "\ndefinition  A body hosts an event." in text
    assert "_:" not in text
    assert '"type": "blank"' in data


def test_found_things_say_which_name_matched(root: Root, snapshot: Snapshot) -> None:
    """A search lists the thing, its class, the name, its kind and the match."""
    things = Things(snapshot, root.prefixes())
    rows = {
        text: found_rows(things.find(text), things)[0]
        for text in ("Bea Etood", "Bea Etud")
    }

    assert FOUND == ("thing", "class", "name", "kind", "match")
    assert rows == {
        "Bea Etood": ("person:bea-etude", "person", "Bea Etood", "misspelt", "exact"),
        "Bea Etud": (
            "person:bea-etude",
            "person",
            "Bea Etud",
            "printed: garbled form",
            "exact",
        ),
    }


def test_description_shows_a_command_for_each_parameter(root: Root) -> None:
    """A query describes itself: what it takes, how to ask it, and its text."""
    text = description(load(root).query("named"), Language.EN)

    assert text.startswith(
        "Which things have a name with these letters?\n\n"
        "letters: letters (string, default Sample)\n"
        "  wicgraph ask named letters=Sample\n\n"
        "number: number (integer, optional)\n"
        "  wicgraph ask named number=1\n\n"
        "queries/named.rq\n\n#+ summary: "
    )
    assert "wicgraph ask editions\n" in description(
        load(root).query("editions"), Language.ZH
    )


def test_list_is_json_of_its_names() -> None:
    """Programs read a list by the names of its columns."""
    rows = [("1", "x, y")]

    assert json.loads("".join(list_text(("n", "q"), ("N", "Q"), rows, "json"))) == [
        {"n": "1", "q": "x, y"}
    ]
    read = csv.reader(list_text(("n", "q"), ("N", "Q"), rows, "csv"))
    assert list(read) == [["n", "q"], ["1", "x, y"]]


# --- Files ---


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    """A file has its old text until it has all of the new one."""
    path = tmp_path / "dump.nt"
    path.write_text("old")

    def half() -> Iterator[str]:
        yield "new"
        assert path.read_text() == "old"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(path, half())
    assert path.read_text() == "old"
    assert [path] == list(tmp_path.iterdir())

    write_file(path, iter(["n", "ew"]))
    assert path.read_text() == "new"
    assert [path] == list(tmp_path.iterdir())


def test_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is replaced, not the link."""
    target, link = tmp_path / "a", tmp_path / "b"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, ["new"])

    assert link.is_symlink()
    assert target.read_text() == "new"


def test_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    """What was private stays private when it is written anew."""
    path = tmp_path / "private"
    path.touch(0o600)
    write_file(path, ["new"])

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="who is root may write anywhere")
def test_file_that_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    """A file that is there to stay stays, though its folder may be written."""
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="cannot be written: permission denied"):
        write_file(path, ["new"])

    assert path.read_text() == "old"


def test_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A missing folder, a folder itself and a file for a folder are refused."""
    (tmp_path / "file").write_text("")
    for path, reason in (
        (
            tmp_path / "none" / "x",
            "no such file or directory; make the folder for it first",
        ),
        (tmp_path, "is a directory; name a file in it"),
        (f"{tmp_path}/x.cff/", "is a directory; name a file in it"),
        (tmp_path / "file" / "x", "not a directory; choose another path"),
    ):
        with pytest.raises(OutputError) as caught:
            write_file(path, ["x"])
        assert str(caught.value) == f"{path} cannot be written: {reason}"
    assert [tmp_path / "file"] == list(tmp_path.iterdir())


def test_device_is_written_to(tmp_path: Path) -> None:
    """What is no regular file is written to and stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file(pipe, ["through"])

    assert os.read(reader, 100) == b"through"
    assert pipe.is_fifo()
    os.close(reader)
