"""Any graph that can be written is read back as it was, whatever its terms are."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from wicgraph.errors import OutputError
from wicgraph.publishing.dumps import Vocabulary, canonical, dump, graph_hash
from wicgraph.publishing.formats import GRAPH_FORMATS
from wicgraph.root import Root
from wicgraph.terms import RDF, WIC, XSD, BlankNode, Literal, NamedNode, Prefixes, Quad

READERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
PREFIXES = Prefixes(
    {
        **Root(Path(__file__).parents[1]).prefixes().table,
        "": "https://example.org/",
        "ns": "https://example.org/ns#",
        "xml1": "https://example.org/xml/",
        "event": "https://w3id.org/wicgraph/event/",
    }
)
TERMS = Vocabulary(
    {NamedNode(WIC + name): name for name in ("theme", "startDate", "Edition")},
    {
        NamedNode(WIC + "theme"): "@language",
        NamedNode(WIC + "startDate"): XSD + "date",
        NamedNode(WIC + "editionNumber"): XSD + "integer",
        NamedNode(WIC + "heldIn"): "@id",
        NamedNode(WIC + "topic"): "@id",  # its short name would be a prefix
    },
)
IRIS = st.sampled_from(
    [
        "https://example.org/",
        "https://example.org/a",
        "https://example.org/1",
        "https://example.org/a.b.",
        "https://example.org/a?b=1&c='2'#d(e)",
        "https://example.org/名称",
        "https://example.org/ns#name",
        "https://example.org/xml/name",
        "https://example.net/x,y",
        "https://example.net/x%20y",
        "https://w3id.org/wicgraph/event/wic-2018",
        *(WIC + name for name in ("theme", "startDate", "editionNumber", "topic")),
        *(WIC + name for name in ("heldIn", "Edition")),
        "https://w3id.org/wicgraph/topic/a~b",
        "event:looks-like-a-curie",
        "urn:x:1",
        "mailto:a@example.org",
        RDF + "type",
        RDF + "value",
        RDF + "li",
        RDF + "_1",
    ]
).map(NamedNode)
BLANK = st.sampled_from(["a", "b", "0", "c14n0"]).map(BlankNode)
# No surrogates, which are no text.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = st.one_of(
    WORDS.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        WORDS,
        st.sampled_from(["en", "en-GB", "zh-Hans", "zh-Hans-CN", "x-wuzhen"]),
    ),
    st.builds(
        lambda text, iri: Literal(text, datatype=iri),
        st.one_of(WORDS, st.sampled_from(["5", "05", "-0", "true", "1", "1.0", "NaN"])),
        st.sampled_from(
            [
                *(XSD + name for name in ("integer", "boolean", "decimal", "double")),
                *(XSD + "date", RDF + "JSON", RDF + "XMLLiteral"),
                "https://example.org/datatype",
            ]
        ).map(NamedNode),
    ),
)
QUADS = st.sets(
    st.builds(
        Quad,
        st.one_of(IRIS, BLANK),
        IRIS,
        st.one_of(IRIS, BLANK, LITERALS),
        st.sampled_from([*map(NamedNode, ("https://example.org/g", "urn:x:2"))]),
    ),
    max_size=8,
)

# Lists, whole and broken: few cells, so that some are shared or run in a circle.
CELLS = st.sampled_from(list("abcd")).map(BlankNode)
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
OWNER, OWNS = (NamedNode("https://example.org/" + name) for name in ("it", "has"))
GRAPH = st.sampled_from([NamedNode("https://example.org/g"), NamedNode("urn:x:2")])
LISTS = st.sets(
    st.one_of(
        st.builds(Quad, CELLS, st.just(FIRST), st.one_of(CELLS, LITERALS), GRAPH),
        st.builds(Quad, CELLS, st.just(REST), st.one_of(CELLS, st.just(NIL)), GRAPH),
        st.builds(Quad, st.just(OWNER), st.just(OWNS), CELLS, GRAPH),
        st.builds(Quad, CELLS, st.just(OWNS), CELLS, GRAPH),
    ),
    max_size=9,
)


def same(quads: set[Quad]) -> Dataset:
    """Label blank nodes by the shape of the graph, so that equal is isomorphic."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def without_graphs(quads: set[Quad]) -> set[Quad]:
    """Merge the graphs."""
    return {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}


@pytest.mark.parametrize("form", GRAPH_FORMATS)
@given(quads=QUADS)
@settings(deadline=None, max_examples=300)
def test_any_graph_is_read_back(form: str, quads: set[Quad]) -> None:
    """Odd IRIs, control characters, languages and datatypes survive, or are refused.

    Only RDF/XML refuses: it has no way to say some of them.
    """
    expected = quads if form in {"nquads", "trig", "jsonld"} else without_graphs(quads)
    try:
        text = "".join(dump(quads, form, PREFIXES))
    except OutputError:
        assert form == "rdfxml"
        return
    read = set(parse(text, format=READERS[form]))

    assert same(read) == same(expected)


@pytest.mark.parametrize("form", ["turtle", "trig"])
@given(quads=LISTS)
@settings(deadline=None, max_examples=300)
def test_any_list_is_read_back(form: str, quads: set[Quad]) -> None:
    """A list that is shared, in two graphs or without an end loses nothing."""
    read = set(parse("".join(dump(quads, form, PREFIXES)), format=READERS[form]))

    assert same(read) == same(quads if form == "trig" else without_graphs(quads))


def test_list_is_written_as_one() -> None:
    """It stands where it is used, and no cell of it is seen."""
    turtle = """@prefix : <https://example.org/> .

:it :has ( :a _:b "c" ) .

_:b :has ( :d ) .
"""
    quads = set(parse(turtle, format=RdfFormat.TURTLE, rename_blank_nodes=False))

    assert "".join(dump(quads, "turtle", PREFIXES)) == turtle


@given(quads=QUADS)
@settings(deadline=None, max_examples=300)
def test_any_graph_is_read_back_by_our_context(quads: set[Quad]) -> None:
    """Short names and unsaid types lose nothing, whatever a property really has."""
    text = "".join(dump(quads, "jsonld", PREFIXES, TERMS))

    assert same(set(parse(text, format=RdfFormat.JSON_LD))) == same(quads)


@given(quads=QUADS, seed=st.integers())
@settings(deadline=None)
def test_hash_is_that_of_the_graph(quads: set[Quad], seed: int) -> None:
    """Neither the order of the quads nor the labels of blank nodes change it."""
    again = [renamed(quad) for quad in quads]
    random.Random(seed).shuffle(again)  # noqa: S311

    assert graph_hash(again) == graph_hash(quads)
    assert canonical(again) == canonical(quads)


def renamed(quad: Quad) -> Quad:
    """Give blank nodes other labels."""
    subject, value = quad.subject, quad.object
    if isinstance(subject, BlankNode):
        subject = BlankNode(f"other{subject.value}")
    if isinstance(value, BlankNode):
        value = BlankNode(f"other{value.value}")
    return Quad(subject, quad.predicate, value, quad.graph_name)


@given(quads=QUADS.filter(bool))
@settings(deadline=None)
def test_hash_changes_with_the_graph(quads: set[Quad]) -> None:
    """One quad less is another graph."""
    assert graph_hash(set(list(quads)[1:])) != graph_hash(quads)


@pytest.mark.parametrize(
    ("quad", "english", "chinese"),
    [
        (
            Quad(
                NamedNode("https://example.org/a"),
                NamedNode("https://example.org/1"),
                Literal("text"),
            ),
            (
                "RDF/XML cannot name the property <https://example.org/1>:"
                " its end is no name in XML"
            ),
            "RDF/XML 无法表示属性 <https://example.org/1>：其结尾不是合法的 XML 名称",
        ),
        (
            Quad(
                NamedNode("https://example.org/a"),
                NamedNode("https://example.org/b"),
                Literal("bell\x07"),
            ),
            "RDF/XML cannot hold the character U+0007 in a text of <https://example.org/a>",
            "RDF/XML 无法容纳 <https://example.org/a> 文本中的字符 U+0007",
        ),
    ],
)
def test_what_xml_cannot_say_is_refused(quad: Quad, english: str, chinese: str) -> None:
    """The message names the property or the character, and a way out."""
    with pytest.raises(OutputError) as refused:
        dump([quad], "rdfxml", PREFIXES)

    assert refused.value.text.en == f"{english}; another format can, such as turtle"
    assert refused.value.text.zh == f"{chinese}；请改用其他格式，例如 turtle"
