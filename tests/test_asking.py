import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Store

from wicgraph.asking.answer import Answer, ask, evaluate, sparql
from wicgraph.asking.dossier import about
from wicgraph.asking.language import language, preferred, shown
from wicgraph.asking.names import Match, normalized
from wicgraph.asking.parameters import arguments, bind
from wicgraph.asking.resolving import resolve
from wicgraph.asking.things import Things
from wicgraph.errors import (
    AmbiguousName,
    ParameterError,
    QueryError,
    SourceError,
    UnknownName,
    WicgraphError,
)
from wicgraph.language import Language, Text
from wicgraph.queries.catalogue import Catalogue, load
from wicgraph.queries.mistakes import mistake
from wicgraph.queries.queryfile import read_query
from wicgraph.queries.stored import StoredQuery
from wicgraph.root import Root
from wicgraph.sparql import QueryText
from wicgraph.store import Snapshot, open_snapshot
from wicgraph.terms import BlankNode, Literal, NamedNode

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parents[1]
WIC = "https://w3id.org/wicgraph/"


def files(folder: str) -> list[Path]:
    """List the query files of a folder of cases."""
    found = sorted((DATA / "asking" / folder).glob("*.rq"))
    assert found
    return found


def said(error: QueryError) -> str:
    """Write all that an error has to say, in both languages."""
    text, hint = error.text, error.hint
    parts = (text.en, text.zh, error.excerpt, hint.en, hint.zh)
    return "".join(f"{part}\n" for part in parts if part)


@pytest.fixture
def catalogue(root: Root) -> Catalogue:
    """Open the stored queries of the world."""
    return load(root)


def rows(things: Things, answer: Answer) -> list[tuple[str, ...]]:
    """Write rows with CURIEs and bare literals."""
    return [
        tuple("" if term is None else things.prefixes.show(term) for term in row)
        for row in answer.rows
    ]


# --- Stored queries ---


@pytest.mark.parametrize(
    "path", [p for p in files("headers") if p.stem != "accepted"], ids=lambda p: p.stem
)
def test_fault_in_a_query_file_has_its_place(path: Path) -> None:
    """What is wrong with a stored query is said with its line, column and fix."""
    text = path.read_text(encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        read_query(path.stem, QueryText(path.name, text))

    assert path.with_suffix(".txt").read_text(encoding="utf-8") == said(caught.value)


def test_query_file_without_fault_is_read() -> None:
    """The file that the faulty ones were made of is a stored query."""
    path = DATA / "asking" / "headers" / "accepted.rq"
    source = QueryText(path.name, path.read_text(encoding="utf-8"))
    query = read_query("accepted", source)
    (edition,) = query.parameters
    columns = [(c.name, c.label, c.label_zh) for c in query.columns]

    assert (edition.name, edition.variable) == ("edition", "__edition_iri")
    assert NamedNode(WIC + "ontology#Edition") == edition.of_class
    assert columns == [
        ("edition", "edition", "届次"),
        ("agent", "who", "行动者"),
    ]


def test_what_a_header_says_is_kept(catalogue: Catalogue) -> None:
    """Summaries, description, tags, number and version come from the header."""
    query = catalogue.query("days")

    assert query.summary == "On which day does an edition start, and who says so?"
    assert query.summary_zh == "某届活动何日开始，据何来源？"
    assert query.description == "One row for each source."
    assert query.tags == ("editions",)
    assert (query.cq, query.since) == ("2", "0.1")
    assert query.path == "queries/days.rq"
    assert query.text.startswith("#+ summary: On which day")


def test_catalogue_lists_by_number_then_by_name(catalogue: Catalogue) -> None:
    """Numbered questions come first, so adding a file never renumbers one."""
    names = [(query.cq, query.name) for query in catalogue.queries()]

    assert names == [
        ("1", "hosted"),
        ("2", "days"),
        ("", "editions"),
        ("", "named"),
        ("", "organizers"),
        ("", "what-hosts-say"),
    ]


def test_query_is_found_by_name_and_by_number(catalogue: Catalogue) -> None:
    """A number is the cq of a query, not its place in the list."""
    assert catalogue.query("days").name == "days"
    assert catalogue.query("2").name == "days"
    with pytest.raises(UnknownName):
        catalogue.query("3")


def test_unknown_query_is_no_file_and_no_sparql(catalogue: Catalogue) -> None:
    """Only the names of stored queries are names of queries."""
    for name in ("queries/days.rq", "days.rq", "ASK { ?a ?b ?c }", "../days", ""):
        with pytest.raises(UnknownName, match="no query is named"):
            catalogue.query(name)


def test_similar_query_is_suggested(catalogue: Catalogue) -> None:
    """A misspelt name of a query is answered with the right one."""
    with pytest.raises(UnknownName) as caught:
        catalogue.query("organisers")

    assert (
        str(caught.value) == 'no query is named "organisers"; did you mean organizers?'
    )


def test_bad_query_leaves_the_others(root: Root, tmp_path: Path) -> None:
    """One malformed file takes away its own query only, and says why."""
    folder = Path(shutil.copytree(root.folder, tmp_path / "world"))
    (folder / "queries" / "bad.rq").write_text("ASK {}", encoding="utf-8")
    (folder / "queries" / "latin.rq").write_bytes(b"#+ summary: \xe9\n")
    again = (folder / "queries" / "days.rq").read_text(encoding="utf-8")
    (folder / "queries" / "same-number.rq").write_text(again, encoding="utf-8")
    catalogue = load(Root(folder))
    found, errors = catalogue.read_all()

    assert len(found) == 6
    assert [QueryError, SourceError, QueryError] == [type(e) for e in errors]
    assert (
        str(errors[2])
        == "queries/same-number.rq: the number 2 is taken by queries/days.rq"
    )
    assert catalogue.query("days").name == "days"
    with pytest.raises(QueryError):
        catalogue.queries()


def test_every_query_runs_without_arguments(
    catalogue: Catalogue, snapshot: Snapshot, things: Things
) -> None:
    """Defaults and optional parameters make every stored query runnable as it is."""
    queries = catalogue.queries()
    assert queries
    for query in queries:
        ask(snapshot, query, bind(query, {}, things))


# --- SPARQL ---


@pytest.mark.parametrize("path", files("sparql"), ids=lambda p: p.stem)
def test_fault_in_sparql_has_its_place(
    path: Path, snapshot: Snapshot, root: Root
) -> None:
    """What is wrong with a query is said with its line, column and fix."""
    with pytest.raises(QueryError) as caught:
        sparql(snapshot, path.read_text(encoding="utf-8"), root.prefixes())

    assert path.with_suffix(".txt").read_text(encoding="utf-8") == said(caught.value)


def valid_queries() -> list[Path]:
    """List all queries of the repository and of these cases."""
    folders = ("queries", "tests/questions", "tests/data/asking/binding")
    found = [p for f in folders for p in sorted((REPOSITORY / f).glob("*.rq"))]
    assert found
    return found


@pytest.mark.parametrize("path", valid_queries(), ids=lambda p: p.stem)
def test_no_mistake_is_seen_where_oxigraph_sees_none(path: Path) -> None:
    """Whatever Oxigraph accepts is accepted, also with a word left out or doubled."""
    prefixes = Root(REPOSITORY).prefixes().table
    text = path.read_text(encoding="utf-8")
    whole = QueryText("query", text, prefixes)
    step = max(1, len(whole.tokens) // 12)
    without = [
        text[: token.start] + text[token.start + len(token.text) :]
        for token in whole.tokens[::step]
    ]
    doubled = [
        f"{text[: token.start]}{token.text} {text[token.start :]}"
        for token in whole.tokens[1::step]
    ]
    for changed in (text, *without, *doubled):
        if is_sparql(changed, prefixes):
            found = mistake(QueryText("query", changed, prefixes))
            assert found is None, f"{found}\n{changed}"


def is_sparql(text: str, prefixes: Mapping[str, str]) -> bool:
    """Ask Oxigraph's parser."""
    try:
        Store().query(text, prefixes=dict(prefixes))
    except SyntaxError:
        return False
    return True


def test_sparql_uses_the_prefixes_of_the_graph(
    snapshot: Snapshot, things: Things
) -> None:
    """Prefixes of the table need no declaration; a query may declare its own."""
    text = "SELECT ?x { ?x a wic:Person } ORDER BY ?x LIMIT 1"
    own = "PREFIX wic: <https://example.org/> SELECT ?x { ?x a wic:Person }"

    assert rows(things, sparql(snapshot, text, things.prefixes)) == [
        ("person:alex-sample",)
    ]
    assert rows(things, sparql(snapshot, own, things.prefixes)) == []


def test_deep_brackets_are_refused_politely(snapshot: Snapshot, root: Root) -> None:
    """A query that would overflow a stack is an error, whoever reads it."""
    for opening, closing in (("(", ")"), ("{", "}"), ("!", ""), ("[ ?p ", "]")):
        text = f"SELECT * {{ FILTER({opening * 3000}1{closing * 3000}) }}"
        with pytest.raises(QueryError):
            sparql(snapshot, text, root.prefixes())
        mistake(QueryText("query", text))


def test_ask_is_one_boolean(snapshot: Snapshot, root: Root) -> None:
    """An ASK answers with one row, which is yes or no."""
    yes = sparql(snapshot, "ASK { ?x a wic:Person }", root.prefixes())
    no = sparql(snapshot, "ASK { ?x a wic:Venue }", root.prefixes())

    assert (yes.form, yes.yes, no.yes) == ("ask", True, False)
    assert list(yes.rows) == [(Literal(value=True),)]


def test_graph_has_each_triple_once_and_sorted(
    snapshot: Snapshot, things: Things
) -> None:
    """CONSTRUCT and DESCRIBE answer with triples as rows, in one order."""
    text = "CONSTRUCT { ?x a ?c } { { ?x a ?c } UNION { ?x a ?c } ?x a wic:Place }"
    answer = sparql(snapshot, text, things.prefixes, inference=False)

    assert answer.form == "graph"
    assert answer.columns == ("subject", "predicate", "object")
    assert rows(things, answer) == [
        ("place:example-hall", "rdf:type", "wic:Place"),
        ("place:example-province", "rdf:type", "wic:Place"),
        ("place:exampletown", "rdf:type", "wic:Place"),
    ]


def test_inference_can_be_left_out(
    catalogue: Catalogue, snapshot: Snapshot, things: Things
) -> None:
    """Nobody hosts an edition but by inference."""
    query = catalogue.query("hosted")
    values = bind(query, {}, things)

    assert ask(snapshot, query, values).yes
    assert not ask(snapshot, query, values, inference=False).yes


# --- Parameters ---


@pytest.mark.parametrize("path", files("binding"), ids=lambda p: p.stem)
def test_bound_rows_are_the_free_rows_with_the_value(
    path: Path, snapshot: Snapshot
) -> None:
    """A value reaches everywhere in a query: it chooses among the rows of no value."""
    query = QueryText(path.name, path.read_text(encoding="utf-8"))
    free = evaluate(snapshot, query, {})
    place = free.columns.index("_it_iri")
    every = tuple(free.rows)
    values = {row[place] for row in every}
    assert values
    for value in values:
        assert value is not None
        bound = evaluate(snapshot, query, {"_it_iri": value})
        expected = Counter(row for row in every if row[place] == value)
        assert expected == Counter(bound.rows)


ATTACKS = (
    'x" . ?s ?p ?o } #',
    "event:example-summit-2018> . ?s ?p ?o } #",
    "<https://w3id.org/wicgraph/event/example-summit-2018> } SELECT * { ?s ?p ?o",
    "x') UNION { ?s ?p ?o } FILTER('x",
    "?thing",
    "x\\u0022 . ?s ?p ?o } #",
    "\n} ; DROP ALL ; {",
    'x"@en } #',
)


@pytest.mark.parametrize("text", ATTACKS)
def test_value_never_becomes_sparql(
    text: str, catalogue: Catalogue, snapshot: Snapshot, things: Things
) -> None:
    """An attempt to inject SPARQL is an unknown thing, or a text that nothing has."""
    organizers, named = catalogue.query("organizers"), catalogue.query("named")
    with pytest.raises(UnknownName):
        bind(organizers, {"edition": text}, things)
    values = bind(named, {"letters": text}, things)

    assert {"_letters": Literal(text.strip())} == values
    assert list(ask(snapshot, named, values).rows) == []


def test_arguments_are_names_and_values(catalogue: Catalogue) -> None:
    """A word is split at its first equals sign."""
    query = catalogue.query("named")

    assert arguments(query, ["letters=a=b", "number=1"]) == {
        "letters": "a=b",
        "number": "1",
    }


@pytest.mark.parametrize(
    ("query", "word", "message"),
    [
        ("days", "2018", "days: 2018: a parameter is written name=value, such as"),
        ("days", "daay=1", 'no parameter of days is named "daay"; did you mean day?'),
        ("editions", "x=1", 'no parameter of editions is named "x"; it takes none'),
        ("days", "qqq=1", 'no parameter of days is named "qqq"; it takes day'),
        ("named", "letters=1 letters=2", "named: letters: is given twice"),
    ],
)
def test_word_that_is_no_argument_is_explained(
    query: str, word: str, message: str, catalogue: Catalogue
) -> None:
    """A wrong word names the parameter that was meant, or shows an example."""
    with pytest.raises(WicgraphError) as caught:
        arguments(catalogue.query(query), word.split())

    assert str(caught.value).startswith(message)


def test_optional_parameter_stays_free(
    catalogue: Catalogue, snapshot: Snapshot, things: Things
) -> None:
    """Without a value an optional parameter gives the rows of every value."""
    query = catalogue.query("days")
    free = [*ask(snapshot, query, bind(query, {}, things)).rows]
    bound = ask(snapshot, query, bind(query, {"day": "2018-05-03"}, things))

    assert len(free) == 2
    assert free[1:] == [*bound.rows]


def test_default_is_a_value_like_any_other(
    catalogue: Catalogue, things: Things
) -> None:
    """A required parameter takes its default, or the value that is given."""
    query = catalogue.query("hosted")
    first, second = (
        bind(query, given, things)["_edition_iri"]
        for given in ({}, {"edition": "2019"})
    )

    assert NamedNode(WIC + "event/example-summit-2018") == first
    assert NamedNode(WIC + "event/example-summit-2019") == second


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "date",
            ["2018-02-28", "2020-02-29"],
            ["2018-02-29", "2018-02-30", "20180228"],
        ),
        ("date", ["0001-01-01"], ["2018-2-1", "0000-01-01", "２０１８-02-28", "today"]),
        ("dateTime", ["2018-11-09T11:11:21"], ["2018-11-09", "2018-13-09T11:11:21"]),
        (
            "dateTime",
            ["2018-11-09T11:11:21Z"],
            ["2018-11-09T25:11:21", "2018-11-09T11"],
        ),
        ("gYear", ["2018"], ["18", "0000", "20181"]),
        ("gYearMonth", ["2018-11"], ["2018-13", "2018", "2018-00"]),
        ("integer", ["5", "-5", "+5"], ["five", "5.0", "５", ""]),
        ("decimal", ["5", "5.5", ".5"], ["5,5", "1e3", "NaN"]),
        ("boolean", ["true", "false"], ["yes", "TRUE"]),
        ("string", ["a", "五"], []),
    ],
)
def test_value_has_the_form_of_its_datatype(
    kind: str, good: list[str], bad: list[str], things: Things
) -> None:
    """A date must exist, a number be one; anything else is explained."""
    query = typed_query(f"xsd_{kind}")
    datatype = NamedNode("http://www.w3.org/2001/XMLSchema#" + kind)
    for text in good:
        bound = bind(query, {"it": f" {text} "}, things)
        assert {query.parameters[0].variable: Literal(text, datatype=datatype)} == bound
    for text in bad:
        with pytest.raises(ParameterError, match="x: it: "):
            bind(query, {"it": text}, things)


def typed_query(kind: str) -> StoredQuery:
    """Make a query with one parameter of a kind."""
    header = (
        "#+ summary: What is it?\n#+ summary_zh: 是什么？\n"
        "#+ params:\n#+   it: {label: it, label_zh: 它, example: e}\n"
    )
    text = f"{header}PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    variable = f"?__it_{kind}"
    return read_query(
        "x",
        QueryText(
            "x.rq",
            f"{text}SELECT ({variable} AS ?it) {{ ?a ?b {variable} }} ORDER BY ?it\n",
        ),
    )


def test_date_that_does_not_exist_is_said(catalogue: Catalogue, things: Things) -> None:
    """30 February is no date, and the message shows one."""
    with pytest.raises(ParameterError) as caught:
        bind(catalogue.query("days"), {"day": "2018-02-30"}, things)

    assert str(caught.value) == (
        'days: day: "2018-02-30" is not a date that exists, such as 2018-05-02'
    )


def test_languages_and_declared_datatypes_bind(things: Things) -> None:
    """A suffix of two letters is a language; a prefix and a name are a datatype."""
    english, day = typed_query("en"), typed_query("xsd_date")

    assert {"__it_en": Literal("word", language="en")} == bind(
        english, {"it": "word"}, things
    )
    assert (
        bind(day, {"it": "2018-05-02"}, things)["__it_xsd_date"].value == "2018-05-02"
    )


def test_value_that_is_no_choice_is_explained(
    catalogue: Catalogue, things: Things
) -> None:
    """Where a header enumerates values, no other is taken."""
    with pytest.raises(ParameterError) as caught:
        bind(catalogue.query("named"), {"number": "3"}, things)

    assert str(caught.value) == 'named: number: "3" is not one of 1 and 2'


def test_choices_of_things_are_things(things: Things) -> None:
    """A thing may be written in any way, if it is one of the things to choose from."""
    header = (
        "#+ summary: What is it?\n#+ summary_zh: 是什么？\n#+ params:\n"
        "#+   it: {label: it, label_zh: 它, example: e}\n#+ enumerate:\n"
        "#+   - it: [event:example-summit-2018]\n"
    )
    text = f"{header}SELECT (?__it_iri AS ?it) {{ ?a ?b ?__it_iri }} ORDER BY ?it\n"
    query = read_query("x", QueryText("x.rq", text))
    bound = bind(query, {"it": "2018"}, things)
    with pytest.raises(ParameterError) as caught:
        bind(query, {"it": "2019"}, things)

    assert {"__it_iri": NamedNode(WIC + "event/example-summit-2018")} == bound
    assert str(caught.value) == (
        'x: it: "event:example-summit-2019" is not one of event:example-summit-2018;'
        " did you mean event:example-summit-2018?"
    )


# --- Names ---


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("https://w3id.org/wicgraph/place/exampletown", "place:exampletown"),
        ("<https://w3id.org/wicgraph/place/exampletown>", "place:exampletown"),
        ("place:exampletown", "place:exampletown"),
        ("wic:hosts", "wic:hosts"),
        ("exampletown", "place:exampletown"),
        ("example-summit-2018", "event:example-summit-2018"),
        ("2018", "event:example-summit-2018"),
        ("1", "event:example-summit-2018"),
        ("1st", "event:example-summit-2018"),
        ("First", "event:example-summit-2018"),
        ("首届", "event:example-summit-2018"),
        ("第2届", "event:example-summit-2019"),
        ("第二届", "event:example-summit-2019"),
        ("example summit 2018", "event:example-summit-2018"),
        ("2018年示例峰会", "event:example-summit-2018"),
        ("２０１８年示例峰会", "event:example-summit-2018"),
        ("示例局", "organization:example-bureau"),
        ("Exmaple Bureau", "organization:example-bureau"),
        ("  EXAMPLE   BUREAU ", "organization:example-bureau"),
        ("Bea Etude", "person:bea-etude"),
        ("b etude", "person:bea-etude"),
        ("Bea Etud", "person:bea-etude"),
        ("贝娅·艾蒂德", "person:bea-etude"),
        ("贝娅艾蒂德", "person:bea-etude"),
        ("Cyd Sample", "person:cyd-sample"),  # a title of a source counts less
        ("edition", "wic:Edition"),
        ("Example Summit opens", "source:2018-05-01-example-news"),
    ],
)
def test_text_means_one_thing(text: str, curie: str, things: Things) -> None:
    """IRIs, CURIEs, slugs, years, numbers and names in any language are understood."""
    assert curie == things.prefixes.shorten(resolve(things, text))


def test_edition_is_meant_by_its_ordinal(root: Root, tmp_path: Path) -> None:
    """The first ten editions may be called by their number in words."""
    folder = Path(shutil.copytree(root.folder, tmp_path / "world"))
    editions = "".join(
        f"event:e{number} a wic:Edition ; wic:editionNumber {number} .\n"
        for number in range(3, 11)
    )
    header = root.prefixes().turtle_header(("event", "wic"))
    file = folder / "facts" / "reference" / "editions.ttl"
    file.write_text(header + editions, encoding="utf-8")
    changed = Root(folder)
    words = ["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    chinese = [f"第{digit}届" for digit in "三四五六七八九十"]
    with open_snapshot(changed, tmp_path / "cache", say=lambda _: None) as snapshot:
        things = Things(snapshot, changed.prefixes())
        for said in (words, chinese):
            meant = [things.prefixes.shorten(resolve(things, word)) for word in said]
            assert meant == [f"event:e{number}" for number in range(3, 11)]


def test_two_things_of_one_name_are_listed(things: Things) -> None:
    """Nothing is chosen by a name that two things share, unless the class differs."""
    place = NamedNode(WIC + "ontology#Place")
    with pytest.raises(AmbiguousName) as caught:
        resolve(things, "Exampletown")

    assert str(caught.value) == (
        '"Exampletown" names 2 things: organization:exampletown-council (organization)'
        " and place:exampletown (place); write the one that is meant"
    )
    assert NamedNode(WIC + "place/exampletown") == resolve(things, "Exampletown", place)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Exampel Bureau", 'no thing is named "Exampel Bureau"; did you mean'),
        ("place:exampletwn", 'no thing is named "place:exampletwn"; did you mean'),
        ("exampltwn", 'no thing is named "exampltwn"; did you mean Exampletown?'),
        ("alex-smaple", 'no thing is named "alex-smaple"; did you mean Alex Sample'),
        ("qqq:x", 'no thing is named "qqq:x"; `wicgraph find` searches all names'),
        ("http://a b", 'no thing is named "http://a b"; `wicgraph find` searches'),
        ("", 'no thing is named ""; `wicgraph find` searches all names'),
        ("!!!", 'no thing is named "!!!"; `wicgraph find` searches all names'),
    ],
)
def test_unknown_thing_is_explained(text: str, message: str, things: Things) -> None:
    """What means nothing gets names that are close, or how to search."""
    with pytest.raises(UnknownName) as caught:
        resolve(things, text)

    assert str(caught.value).startswith(message)


def test_thing_of_another_class_is_not_meant(things: Things) -> None:
    """A name of something else says what it names; a class of few lists them."""
    edition = NamedNode(WIC + "ontology#Edition")
    kind = Text("edition", "届次")
    with pytest.raises(UnknownName) as other:
        resolve(things, "Alex Sample", edition, kind)
    with pytest.raises(UnknownName) as nobody:
        resolve(things, "2017", edition, kind)

    assert str(other.value) == (
        'no edition is named "Alex Sample";'
        " person:alex-sample (person) is something else"
    )
    assert str(nobody.value) == (
        'no edition is named "2017"; choose event:example-summit-2018'
        " or event:example-summit-2019"
    )


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Fadi CHEHADÉ", "fadi chehade"),
        ("ＷＩＣ　２０１８", "wic 2018"),
        ("People's Government", "peoples government"),
        ('Heung-Yeung "Harry" Shum', "heung yeung harry shum"),
        ("尤金 · 卡巴斯基", "尤金卡巴斯基"),
        ("世界 Internet 大会", "世界internet大会"),
        ("…!?", ""),
    ],
)
def test_case_width_and_marks_do_not_make_a_name(text: str, same: str) -> None:
    """Two spellings that people take for one are one."""
    assert same == normalized(text)
    assert same == normalized(same)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("example bureau", [("organization:example-bureau", Match.EXACT)]),
        ("alex", [("person:alex-sample", Match.PREFIX)]),
        ("艾蒂德", [("person:bea-etude", Match.SUBSTRING)]),
        ("Alxe Sampel", [("person:alex-sample", Match.SIMILAR)]),
        ("Smaple", [("person:cyd-sample", Match.SIMILAR)]),  # the shorter name
        ("贝雅艾蒂德", [("person:bea-etude", Match.SIMILAR)]),
        ("qq", []),
        ("", []),
    ],
)
def test_find_puts_the_best_match_first(
    text: str, expected: list[tuple[str, Match]], things: Things
) -> None:
    """Same names come before beginnings, parts and likenesses."""
    found = [
        (things.prefixes.shorten(hit.name.thing), hit.match)
        for hit in things.find(text)
    ]

    assert expected == found[: len(expected)]
    assert bool(expected) == bool(found)


def test_label_falls_back_to_the_other_language(root: Root, snapshot: Snapshot) -> None:
    """A label in another language is marked; what has none is shown by what it says."""
    names = ("person/alex-sample", "event/example-summit-2019", "place/exampletown")
    said = ("name/2018-05-03-other-news-bea", "role/2018-05-01-example-news-host")
    nodes = [NamedNode(WIC + name) for name in (*names, *said)]
    for asked, expected in (
        (
            Language.EN,
            ["Alex Sample", "2019年示例峰会 [zh]", "Exampletown", "Bea Etud"],
        ),
        (
            Language.ZH,
            ["Alex Sample [en]", "2019年示例峰会", "示例镇", "Bea Etud [en]"],
        ),
    ):
        things = Things(snapshot, root.prefixes(), Language(asked))
        labels = things.labels(nodes)
        assert [*expected, None] == [labels.get(node) for node in nodes]
        assert things.label(nodes[-1], labels) == "role:2018-05-01-example-news-host"


def test_text_in_the_language_asked_for_is_preferred() -> None:
    """English, then Chinese, simplified before any other, or the other way round."""
    texts = [
        Literal("d", language="fr"),
        Literal("c", language="zh-Hant"),
        Literal("b", language="zh-Hans"),
        Literal("a", language="en-GB"),
        Literal("e"),
    ]
    order: dict[Language, str] = {}
    for asked in Language:
        left = list(texts)
        while left:
            best = preferred(left, asked)
            assert best is not None
            order[asked] = order.get(asked, "") + best.value
            left.remove(best)

    assert order == {Language.EN: "abced", Language.ZH: "bcaed"}
    assert preferred([], Language.EN) is None
    assert tuple(shown(texts[i], Language.EN) for i in (3, 2, 4)) == (
        "a",
        "b [zh]",
        "e",
    )


def test_language_has_a_name() -> None:
    """There are two languages, and a third is refused."""
    assert Language.ZH is language("zh")
    with pytest.raises(UnknownName) as caught:
        language("de")
    assert str(caught.value) == 'no language is named "de"; choose en or zh'


# --- Dossiers ---


def test_dossier_gathers_what_sources_say(things: Things) -> None:
    """Facts stand under their source with file and line; roles are whole."""
    edition = NamedNode(WIC + "event/example-summit-2018")
    dossier = about(things, edition)
    first, second = dossier.sections
    (host,) = first.blocks
    shorten = things.prefixes.shorten

    assert [shorten(section.graph) for section in dossier.sections] == [
        "source:2018-05-01-example-news",
        "source:2018-05-03-other-news",
    ]
    assert [shorten(s.predicate) for s in first.statements] == [
        "wic:heldIn",
        "wic:startDate",
    ]
    assert list(map(shorten, host.links)) == ["wic:reportedAt"]
    assert host.position is not None
    assert (
        host.position.path,
        host.position.line,
    ) == ("facts/sources/2018-05-01-example-news.ttl", 25)
    day = second.statements[1]
    assert day.position is not None
    assert (
        day.position.line,
        [quote.words.value for quote in day.quotes],
    ) == (17, ["the first summit opens on 3 May"])
    assert [shorten(s.predicate) for s in dossier.inferred] == [
        "wic:hosts",
        "wic:organizes",
    ]
    assert about(things, edition, inference=False).inferred == ()


def test_dossier_has_what_is_said_of_a_printed_name(things: Things) -> None:
    """The correction of a name belongs to the thing that the name is of."""
    dossier = about(things, NamedNode(WIC + "person/bea-etude"))
    (section,) = dossier.sections

    assert [things.prefixes.shorten(block.links[0]) for block in section.blocks] == [
        "wic:nameOf",
        "wic:corrects",
        "wic:holder",
    ]
    assert [
        (name.kind.value.partition("#")[2], name.text.value)
        for name in dossier.names[:2]
    ] == [("prefLabel", "Béa Étude"), ("prefLabel", "贝娅 · 艾蒂德")]


def test_dossier_has_what_other_things_say(things: Things) -> None:
    """A fact about another thing that names this one comes in, with its quotes."""
    hall = about(things, NamedNode(WIC + "place/example-hall"))
    town = about(things, NamedNode(WIC + "place/exampletown"))
    news, places = hall.sections[1], town.sections[0]
    (held,) = news.statements
    shorten = things.prefixes.shorten

    assert (shorten(held.predicate), held.incoming) == ("wic:heldIn", True)
    assert held.other == NamedNode(WIC + "event/example-summit-2018")
    assert [q.words.value for q in held.quotes] == [
        "opens tomorrow in the Example Hall"
    ]
    assert [(s.incoming, shorten(s.predicate)) for s in places.statements] == [
        (False, "wic:locatedIn"),
        (True, "wic:locatedIn"),
    ]
    assert [(s.incoming, s.other) for s in hall.inferred] == [
        (False, NamedNode(WIC + "place/example-province"))
    ]


def test_dossier_of_a_term_shows_blank_nodes(things: Things) -> None:
    """A term of the ontology is a thing like others, its axioms included."""
    dossier = about(things, NamedNode(WIC + "ontology#hosts"))
    (section,) = dossier.sections

    assert any(isinstance(s.other, BlankNode) for s in section.statements)


# --- Expected rows ---


def answers() -> list[Path]:
    """List the expected rows of the stored queries of this world."""
    found = sorted((DATA / "asking" / "answers").glob("*.csv"))
    assert found
    return found


@pytest.mark.parametrize("path", answers(), ids=lambda p: p.stem)
def test_stored_query_gives_its_rows(
    path: Path, catalogue: Catalogue, snapshot: Snapshot, things: Things
) -> None:
    """A query with the arguments of its file name gives the rows of the file."""
    name, *words = re.split(r"\s+", path.stem)
    query = catalogue.query(name)
    values = bind(query, arguments(query, words), things)
    text = path.read_text(encoding="utf-8")
    heading, *expected = csv.reader(io.StringIO(text))
    answer = ask(snapshot, query, values)

    assert heading == [column.name for column in query.columns]
    assert [tuple(row) for row in expected] == rows(things, answer)
