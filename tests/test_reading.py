import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, RdfFormat, parse
from pyoxigraph import Dataset as Quads

from wicgraph.errors import SourceError
from wicgraph.reading.dataset import Dataset, read_all
from wicgraph.reading.tokens import Lines, Token, tokens
from wicgraph.reading.turtle import Fact, Position, TurtleFile, read_turtle
from wicgraph.root import Root
from wicgraph.terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    Subject,
    Term,
)

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parents[1]
TINY = Root(DATA / "tiny")
GRAPH = NamedNode("https://example.org/graph")
BROKEN = sorted((DATA / "broken").glob("*.ttl"))
VALID = sorted(
    path
    for folder in (DATA, REPOSITORY / "ontology", REPOSITORY / "facts")
    for path in folder.rglob("*.ttl")
    if path not in BROKEN
)
PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)


def read(text: str, path: str = "facts/x.ttl") -> TurtleFile:
    """Read a text with the prefixes of the small world at hand."""
    return read_turtle(text, path, GRAPH, TINY.prefixes())


def canonical(triples: Iterable[tuple[Subject, NamedNode, Term]]) -> set[Quad]:
    """Name blank nodes by what is said of them."""
    quads = Quads(Quad(*triple) for triple in triples)
    quads.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(quads)


def by_oxigraph(text: str) -> set[Quad]:
    """Read a text as the oracle does."""
    quads = parse(text, format=RdfFormat.TURTLE)
    return canonical((q.subject, q.predicate, q.object) for q in quads)


def by_us(text: str) -> set[Quad]:
    """Read a text with the reader under test."""
    return canonical((f.subject, f.predicate, f.object) for f in read(text).facts)


# --- Valid text ---


def test_there_is_something_to_read() -> None:
    """The globs of this file match."""
    assert len(BROKEN) > 60
    assert len(VALID) > 10


# Turtle that a person might write and some that nobody would, a part at a time.
SPACE = st.sampled_from([" ", "\n", "\t", "  \r\n", ' # a "comment" <\n', "\n\n"])
NAMES = st.sampled_from(
    [
        *("ex:a", "ex:", ":b", ":", "ex:a.b", "ex:a:b", "ex:0", "ex:%41", "ex:\\,x"),
        *("ex:乌镇", "a.b:c", "<https://example.org/x>", "<>", "<#f>", "<../up>"),
        *("<tag:x>", "<https://example.org/\\u00e9>"),
    ]
)
LABELS = st.sampled_from(["_:a", "_:b.c", "_:0", "_:乌"])
NUMBERS = st.from_regex(
    r"[+-]?([0-9]+|[0-9]*\.[0-9]+|([0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+)",
    fullmatch=True,
    alphabet=st.sampled_from("0123456789+-.eE"),
)
PIECES = st.lists(
    st.sampled_from(
        [
            *("a", "é", "乌", "😀", " ", "#", "<", ".", ";", "[", "@", "^"),
            *("\\n", "\\\\", '\\"', "\\'", "\\u00e9", "\\U0001F600"),
        ]
    ),
    max_size=6,
).map("".join)
STRINGS = st.one_of(
    PIECES.map('"{}"'.format),
    PIECES.map("'{}'".format),
    PIECES.map('"""x\n"" {}"""'.format),
    PIECES.map("'''\r\n' {}'''".format),
)
LITERALS = st.one_of(
    STRINGS,
    st.builds("{}{}".format, STRINGS, st.sampled_from(["@en", "@zh-Hans", " @x-1a"])),
    st.builds("{}{}{}".format, STRINGS, st.sampled_from(["^^", " ^^ "]), NAMES),
    NUMBERS,
    st.sampled_from(["true", "false"]),
)
VERBS = st.one_of(NAMES, st.just("a"))


def _joined(separator: str) -> st.SearchStrategy[str]:
    return st.builds("{}{}{}".format, SPACE, st.just(separator), SPACE)


@st.composite
def _properties(draw: st.DrawFn, values: st.SearchStrategy[str], least: int) -> str:
    text = ""
    for _ in range(draw(st.integers(least, 3))):
        objects = draw(st.lists(values, min_size=1, max_size=3))
        text += draw(VERBS) + draw(SPACE) + draw(_joined(",")).join(objects)
        text += draw(_joined(";")) if least else draw(_joined("; ;"))
    return text


@st.composite
def _lists(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    return f"({draw(SPACE)}{draw(SPACE).join(items)}{draw(SPACE)})"


@st.composite
def _brackets(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    return f"[{draw(SPACE)}{draw(_properties(values, 0))}]"


VALUES = st.recursive(
    st.one_of(NAMES, LABELS, LITERALS),
    lambda inner: st.one_of(_lists(inner), _brackets(inner)),
    max_leaves=6,
)
SUBJECTS = st.one_of(NAMES, LABELS, _lists(VALUES), _brackets(VALUES))
DIRECTIVES = st.sampled_from(
    [
        *("@prefix ex: <https://example.net/> .", "PREFIX ex: <more#>"),
        *("@base <deeper/> .", "BASE <https://example.com/a/b>"),
        "prefix : <../other/>",
    ]
)
HEADER = (
    "@base <https://example.org/base/> .\n@prefix ex: <https://example.org/> .\n"
    "@prefix : <https://example.org/empty#> .\nPREFIX a.b: <ab#>\n"
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Write a Turtle document."""
    parts = [HEADER]
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            parts += draw(SUBJECTS), draw(SPACE), draw(_properties(VALUES, 1)), "."
        else:
            parts.append(draw(DIRECTIVES))
        parts.append(draw(SPACE))
    return "".join(parts)


# --- Places ---


def stands(term: Term, word: Token) -> bool:
    """Tell whether a word can be how a term is written."""
    if isinstance(term, BlankNode):
        in_list = term.value.count(".") == "facts.x.LINE.COLUMN.ITEM".count(".")
        return word.kind == "bnode" or word.text in ("[", "(") or in_list
    if isinstance(term, Literal):
        return word.kind in ("string", "integer", "decimal", "double", "word")
    if (term, word.text) in ((RDF_TYPE, "a"), (RDF_NIL, "("), (RDF_NIL, ")")):
        return True
    local = re.split(r"[/#:]", term.value)[-1]
    return word.kind == "iri" or word.text.replace("\\", "").endswith(local)


def law_of_places(file: TurtleFile) -> None:
    """Hold every fact of a file to its places."""
    lines = Lines(file.text)
    words = {lines.at(token.start): token for token in tokens(file.text)}
    for fact in file.facts:
        assert stands(fact.subject, words[fact.subject_at])
        assert stands(fact.object, words[fact.object_at])
        if fact.predicate not in (RDF_FIRST, RDF_REST):
            assert stands(fact.predicate, words[fact.predicate_at])


@pytest.mark.parametrize(
    "path", VALID, ids=lambda path: str(path.relative_to(path.parents[2]))
)
def test_facts_are_those_that_oxigraph_reads(path: Path) -> None:
    """Every file gives the triples of Oxigraph's own parser, each at its place."""
    text = path.read_text(encoding="utf-8")
    assert by_us(text) == by_oxigraph(text)
    law_of_places(read(text))


@PROPERTY
@given(documents())
def test_facts_of_any_text_are_those_that_oxigraph_reads(text: str) -> None:
    """Any Turtle gives the triples of Oxigraph's own parser, each at its place."""
    assert by_us(text) == by_oxigraph(text)
    law_of_places(read(text))


def places(text: str) -> list[tuple[object, ...]]:
    """Read a text into the places of its facts."""
    header = "@prefix : <https://example.org/> . "
    return [
        (f.subject_at, f.predicate_at, f.object_at)
        for f in read(header + "\n" + text).facts
    ]


def test_places_count_from_one_in_code_points() -> None:
    """Lines and columns count from 1; a character is one column, however wide."""
    assert places('\n:s :p "乌镇😀" ,\n\t:o ;\n  a :C .') == [
        ((3, 1), (3, 4), (3, 7)),
        ((3, 1), (3, 4), (4, 2)),
        ((3, 1), (5, 3), (5, 5)),
    ]


def test_places_are_the_same_with_every_line_end() -> None:
    """CR LF counts as one line end, as LF does, and CR alone counts too."""
    lines = ":s :p :o ;|  :q :r .|# end|:t a :C ."
    expected = places(lines.replace("|", "\n"))
    assert places(lines.replace("|", "\r\n")) == expected
    assert places(lines.replace("|", "\r")) == expected


def test_brackets_stand_where_they_open() -> None:
    """A blank node in brackets stands at the opening one."""
    assert places(":s :p [ :q [ ] ] .") == [
        ((2, 7), (2, 9), (2, 12)),
        ((2, 1), (2, 4), (2, 7)),
    ]


def test_lists_stand_where_their_items_do() -> None:
    """The cells of a list stand at its items, the first at the opening bracket."""
    facts = read("@prefix : <https://example.org/> .\n:s :p ( :a :b ) .").facts
    found = {
        (f.predicate, f.object if isinstance(f.object, NamedNode) else None): (
            f.subject_at,
            f.predicate_at,
            f.object_at,
        )
        for f in facts
    }
    example = "https://example.org/"
    assert found == {
        (RDF_FIRST, NamedNode(example + "a")): ((2, 7), (2, 9), (2, 9)),
        (RDF_REST, None): ((2, 7), (2, 12), (2, 12)),
        (RDF_FIRST, NamedNode(example + "b")): ((2, 12), (2, 12), (2, 12)),
        (RDF_REST, RDF_NIL): ((2, 12), (2, 15), (2, 15)),
        (NamedNode(example + "p"), None): ((2, 1), (2, 4), (2, 7)),
    }


def test_fact_knows_its_triple_and_its_position() -> None:
    """A fact is said at its predicate, in its file, in the graph of the file."""
    (fact,) = read("<urn:s>\n  <urn:p> 1 .").facts
    assert fact.position == Position("facts/x.ttl", 2, 3)
    assert fact.graph == GRAPH
    assert str(fact.triple) == (
        '<urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    )


# --- Blank nodes and prefixes ---


def test_blank_nodes_are_named_by_their_place() -> None:
    """The same text gives the same labels, and a label says file, line and column."""
    text = "<urn:s> <urn:p> [] , _:x , ( 1 2 ) .\n_:x a <urn:C> ."
    labels = [
        term.value
        for fact in read(text, "facts/reference/people.ttl").facts
        for term in (fact.subject, fact.object)
        if isinstance(term, BlankNode)
    ]
    stem = "facts.reference.people"
    assert set(labels) == {
        f"{stem}.1.17",
        f"{stem}.1.22",
        f"{stem}.1.28.1",
        f"{stem}.1.28.2",
    }
    assert labels[-1] == f"{stem}.1.22"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facts/sources/x.ttl", "facts/reference/x.ttl"),
        ("facts/a-b.ttl", "facts/a/b.ttl"),
        ("facts/a.b.ttl", "facts/a/b.ttl"),
        ("facts/乌.ttl", "facts/镇.ttl"),
    ],
)
def test_blank_nodes_of_two_files_differ(one: str, other: str) -> None:
    """No two files share a blank node, not even at one place."""
    nodes = {read("[] a <urn:C> .", path).facts[0].subject for path in (one, other)}
    assert len(nodes) == 2


def test_prefixes_know_whether_they_are_used() -> None:
    """A prefix is used if a name needs it while it means what it means."""
    file = read(
        "@prefix a: <urn:a:> .\nPREFIX b: <urn:b:>\n\n@prefix c: <urn:c:> .\n"
        "a:s a <urn:x> ; <urn:p> 'x'^^c:t .\n@prefix a: <urn:d:> .\n"
    )
    assert [(p.prefix, p.iri, p.line, p.used) for p in file.prefixes] == [
        ("a", "urn:a:", 1, True),
        ("b", "urn:b:", 2, False),
        ("c", "urn:c:", 4, True),
        ("a", "urn:d:", 6, False),
    ]


def test_empty_text_has_no_facts() -> None:
    """Nothing, or nothing but comments, is Turtle that says nothing."""
    assert read("").facts == ()
    assert read('# a word, "a string and <an IRI').facts == ()


# --- Faults ---


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_fault_is_told_as_its_author_needs_it(path: Path) -> None:
    """A broken file gets the message, the lines and the hint stored beside it.

    Message and hint are there in English and in Chinese.
    """
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.startswith("# Wrong: ")
    with pytest.raises(SourceError) as caught:
        read(text, path.name)
    error = caught.value
    told = f"{error.text.en}\n{error.text.zh}\n\n{error.excerpt}\n"
    if error.hint:
        told += f"\n{error.hint.en}\n{error.hint.zh}\n"
    assert told == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_expected_message_has_its_broken_file() -> None:
    """No expectation is left over from a file that is gone."""
    stems = {path.stem for path in (DATA / "broken").glob("*.txt")}
    assert stems == {path.stem for path in BROKEN}


DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 4),
        st.sampled_from(
            [
                *("", '"', "'", '"""', "<", ">", ".", ";", ",", "[", "]", "(", ")"),
                *("@", "^", "^^", "%", "_:", "\n", "\r", " ", "a", "1", "-", "#", "。"),
                *("；", "😀", "{", "|", "~", "?", "\0", "\ufeff", "@prefix", "true"),
                *("\\", ":"),
            ]
        ),
    ),
    min_size=1,
    max_size=3,
)


def refusal(text: str) -> SourceError | None:
    """Read a text and give the error, if there is one."""
    try:
        read(text)
    except SourceError as error:
        return error
    return None


@PROPERTY
@given(st.sampled_from([DATA / "turtle" / "grammar.ttl", *BROKEN]), DAMAGE)
def test_any_damage_is_told_with_a_place(
    path: Path, damage: list[tuple[float, int, str]]
) -> None:
    """However a text is damaged, it is read, or refused with a place inside it."""
    text = path.read_text(encoding="utf-8")
    for where, length, instead in damage:
        start = int(where * len(text))
        text = text[:start] + instead + text[start + length :]
    error = refusal(text)
    if error:
        assert error.line is not None
        assert error.column is not None
        lines = re.split(r"\r\n?|\n", text)
        assert error.column <= len(lines[error.line - 1]) + 1
        assert "\n" not in str(error)
        assert "^" in error.excerpt


# --- Data sets ---


def test_dataset_holds_every_fact_of_every_file() -> None:
    """The files of a graph folder become one data set, each its own graph."""
    dataset = Dataset.load(TINY)
    assert tuple(file.path for file in dataset.files) == TINY.turtle_files()
    assert len(dataset.facts) == sum(len(file.facts) for file in dataset.files)
    assert all(fact.graph == TINY.graph_of(fact.path) for fact in dataset.facts)
    assert dataset.prefixes == TINY.prefixes()


def test_dataset_finds_facts_by_subject() -> None:
    """What several files say of one thing is found under it, in the order of files."""
    dataset = Dataset.load(TINY)
    summit = dataset.prefixes.expand("event:example-summit-2018")
    found = dataset.by_subject[summit]
    assert [(fact.path, fact.position.line) for fact in found] == [
        ("facts/reference/events.ttl", 7),
        ("facts/reference/events.ttl", 8),
        ("facts/reference/events.ttl", 9),
        ("facts/sources/2018-05-01-example-news.ttl", 13),
        ("facts/sources/2018-05-01-example-news.ttl", 14),
        ("facts/sources/2018-05-01-example-news.ttl", 15),
    ]
    assert sum(map(len, dataset.by_subject.values())) == len(dataset.facts)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Copy the small world, so that a test may change it."""
    return Path(shutil.copytree(DATA / "tiny", tmp_path / "world"))


def test_reading_goes_on_after_a_broken_file(world: Path) -> None:
    """Every file that can be read is, and every other has one error, in order."""
    (world / "facts" / "reference" / "people.ttl").write_bytes(b"\xff")
    (world / "facts" / "my notes.ttl").write_text("", encoding="utf-8")
    (world / "facts" / "x.ttl").write_text("nonsense", encoding="utf-8")
    files, errors = read_all(Root(world))
    assert [str(error) for error in errors] == [
        'facts/my notes.ttl: "my notes" cannot be part of an IRI; rename the file',
        "facts/reference/people.ttl:1:1: byte 0xff is not UTF-8",
        "facts/x.ttl:1:1: nonsense is neither a name nor a value",
    ]
    assert len(files) == len(TINY.turtle_files()) - 1
    with pytest.raises(SourceError) as caught:
        Dataset.load(Root(world))
    assert str(caught.value) == str(errors[0])


def test_broken_prefix_table_is_told_once(world: Path) -> None:
    """A table that is not Turtle has one error, and what needs no table is read."""
    table = world / "ontology" / "prefixes.ttl"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.removesuffix(".\n"), encoding="utf-8")
    reading = read_all(Root(world))
    assert [str(error) for error in reading.errors] == [
        'ontology/prefixes.ttl:21:98: the last statement has no "."'
    ]
    assert len(reading.files) == len(TINY.turtle_files()) - 1


def test_contradicting_prefix_table_is_told(world: Path) -> None:
    """A table that is Turtle and yet no table is an error too."""
    table = world / "ontology" / "prefixes.ttl"
    with table.open("a", encoding="utf-8") as file:
        file.write('\n[] sh:prefix "wic" ; sh:namespace "urn:x" .\n')
    (error,) = read_all(Root(world)).errors
    assert error.path == "ontology/prefixes.ttl"
    assert "the prefix wic is " in error.reason.en


def test_prefixes_of_the_table_are_suggested(world: Path) -> None:
    """A prefix that a file forgot is suggested from the table of its folder."""
    path = world / "facts" / "x.ttl"
    path.write_text("person:x a <urn:C> .", encoding="utf-8")
    (error,) = read_all(Root(world)).errors
    assert (
        error.hint.en == "add `@prefix person: <https://w3id.org/wicgraph/person/> .`"
    )


def test_facts_are_values() -> None:
    """Two readings of one text are equal, so facts can be compared and counted."""
    text = "<urn:s> <urn:p> [] ."
    assert read(text).facts == read(text).facts
    assert len({*read(text).facts, *read(text).facts}) == 1
    assert isinstance(read(text).facts[0], Fact)
