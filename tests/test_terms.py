import pytest

from wicgraph.errors import UnknownName
from wicgraph.terms import (
    XSD_BOOLEAN,
    XSD_DATE,
    XSD_DECIMAL,
    XSD_DOUBLE,
    XSD_INTEGER,
    BlankNode,
    Literal,
    NamedNode,
    Prefixes,
    Term,
    similar,
)

PREFIXES = Prefixes(
    {
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "event": "https://w3id.org/wicgraph/event/",
        "wic": "https://w3id.org/wicgraph/ontology#",
        "id": "https://w3id.org/wicgraph/",
    }
)

REMEDY = "write it with its prefix, such as event:wic-2018"


def test_table_is_sorted() -> None:
    """The table is sorted by prefix, however it was given."""
    assert list(PREFIXES.table) == ["event", "id", "wic", "xsd"]


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("event:wic-2018", "https://w3id.org/wicgraph/event/wic-2018"),
        ("event:", "https://w3id.org/wicgraph/event/"),
        ("wic:a:b/c", "https://w3id.org/wicgraph/ontology#a:b/c"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_expand_reads_names(name: str, iri: str) -> None:
    """A CURIE or an IRI, in angle brackets or without, becomes a node."""
    assert PREFIXES.expand(name) == NamedNode(iri)


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        (
            "evnt:wic-2018",
            "prefix",
            'no prefix is named "evnt"; did you mean event?',
        ),
        ("zzz:x", "prefix", 'no prefix is named "zzz"'),
        (
            "wic-2018",
            "CURIE",
            f'no CURIE is named "wic-2018"; {REMEDY}',
        ),
        (
            "event",
            "CURIE",
            f'no CURIE is named "event"; {REMEDY}',
        ),
        (
            "event:wic 2018",
            "IRI",
            'no IRI is named "https://w3id.org/wicgraph/event/wic 2018"',
        ),
        ("<no iri>", "IRI", 'no IRI is named "no iri"'),
    ],
)
def test_expand_refuses_what_is_no_name(name: str, kind: str, message: str) -> None:
    """What is no name is refused, with the kind of what is wrong and a suggestion."""
    with pytest.raises(UnknownName) as caught:
        PREFIXES.expand(name)
    assert (caught.value.kind.en, str(caught.value)) == (kind, message)


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/wicgraph/event/wic-2018", "event:wic-2018"),
        ("https://w3id.org/wicgraph/event/乌镇", "event:乌镇"),
        ("https://w3id.org/wicgraph/event/", "event:"),
        ("https://w3id.org/wicgraph/x", "id:x"),
        ("https://w3id.org/wicgraph/y/x", "<https://w3id.org/wicgraph/y/x>"),
        ("https://w3id.org/wicgraph/event/x.", "<https://w3id.org/wicgraph/event/x.>"),
        ("https://w3id.org/wicgraph/event/-x", "<https://w3id.org/wicgraph/event/-x>"),
        ("https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_shorten_writes_what_expand_reads(iri: str, name: str) -> None:
    """The longest namespace that leaves a plain name wins; else the IRI is written."""
    node = NamedNode(iri)
    assert PREFIXES.shorten(node) == name
    assert PREFIXES.expand(name) == node


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (NamedNode("https://w3id.org/wicgraph/event/x"), "event:x"),
        (BlankNode("facts.3.5"), "_:facts.3.5"),
        (Literal("plain"), '"plain"'),
        (Literal('a "b"\\\n\t\r'), '"a \\"b\\"\\\\\\n\\t\\r"'),
        (Literal("世界", language="zh-Hans"), '"世界"@zh-Hans'),
        (Literal("x", language="en-us"), '"x"@en-US'),
        (Literal("x", language="de-latn-1996"), '"x"@de-Latn-1996'),
        (Literal("5", datatype=XSD_INTEGER), "5"),
        (Literal("-5.50", datatype=XSD_DECIMAL), "-5.50"),
        (Literal("true", datatype=XSD_BOOLEAN), "true"),
        (Literal("five", datatype=XSD_INTEGER), '"five"^^xsd:integer'),
        (Literal("1", datatype=XSD_BOOLEAN), '"1"^^xsd:boolean'),
        (Literal("5", datatype=XSD_DECIMAL), '"5"^^xsd:decimal'),
        (Literal("1e3", datatype=XSD_DOUBLE), '"1e3"^^xsd:double'),
        (Literal("2018-11-07", datatype=XSD_DATE), '"2018-11-07"^^xsd:date'),
    ],
)
def test_show_writes_terms_as_turtle_does(term: Term, text: str) -> None:
    """Every term is shown as a line of Turtle would have it."""
    assert PREFIXES.show(term) == text


def test_headers_declare_prefixes() -> None:
    """SPARQL gets every prefix, a Turtle file those that it uses, both sorted."""
    small = Prefixes({"b": "https://example.org/b#", "a": "https://example.org/a#"})
    assert small.sparql_header() == (
        "PREFIX a: <https://example.org/a#>\nPREFIX b: <https://example.org/b#>\n"
    )
    assert small.turtle_header(["b", "a", "b"]) == (
        "@prefix a: <https://example.org/a#> .\n@prefix b: <https://example.org/b#> .\n"
    )
    assert small.turtle_header([]) == ""


@pytest.mark.parametrize(
    ("name", "candidates", "found"),
    [
        ("evnt", ["person", "event"], ("event",)),
        ("Event", ["event"], ("event",)),
        ("org", ["organization", "orb"], ("orb", "organization")),
        ("b", ["a", "c"], ()),
        ("ab", ["ac", "ad", "ae", "af"], ()),
        ("abc", ["abd", "abe", "abf", "abg"], ("abd", "abe", "abf")),
        ("乌真", ["乌镇", "杭州"], ()),
        ("世界互连网大会", ["世界互联网大会"], ("世界互联网大会",)),
        ("", ["event"], ()),
    ],
)
def test_similar_finds_what_may_be_meant(
    name: str, candidates: list[str], found: tuple[str, ...]
) -> None:
    """The closest candidates come first; ties are in order; nothing far away is."""
    assert similar(name, candidates) == found
    assert similar(name, reversed(candidates)) == found
