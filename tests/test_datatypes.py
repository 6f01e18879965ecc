"""What literals mean: which are the same, and of which datatypes they are."""

import pytest

from wicgraph.reasoning.datatypes import contains, meaning
from wicgraph.terms import RDF, RDFS, XSD, Literal, NamedNode


def literal(text: str) -> Literal:
    """Read `1^^integer` or `word@en`."""
    if "@" in text and "^^" not in text:
        value, _, language = text.partition("@")
        return Literal(value, language=language)
    value, _, name = text.partition("^^")
    return Literal(value, datatype=NamedNode(XSD + name))


def datatype(name: str) -> NamedNode:
    """Name a datatype."""
    return NamedNode(name if "://" in name else XSD + name)


SAME = [
    ("1^^integer", "01^^integer"),
    ("1^^integer", "+1.0^^decimal"),
    ("5^^byte", "5^^nonNegativeInteger"),
    ("true^^boolean", "1^^boolean"),
    ("0a^^hexBinary", "0A^^hexBinary"),
    ("YWI=^^base64Binary", "Y W I =^^base64Binary"),
    ("1e0^^double", "1.0^^double"),
    ("2019-12-31T24:00:00Z^^dateTime", "2020-01-01T00:00:00Z^^dateTimeStamp"),
    ("2018-11-07Z^^date", "2018-11-07+00:00^^date"),
    ("word^^string", "word^^token"),
]
DIFFERENT = [
    ("1^^integer", "2^^integer"),
    ("1^^integer", "1^^string"),
    ("1^^double", "1^^float"),
    ("1^^double", "1^^decimal"),
    ("word@en", "word@de"),
    ("word@en", "word^^string"),
    ("2018-11-07^^date", "2018-11-07Z^^date"),
    ("2018^^gYear", "2018^^integer"),
]
MEANINGLESS = [
    *("one^^integer", "1.5^^integer", "1e3^^decimal", "-1^^nonNegativeInteger"),
    *("300^^byte", "yes^^boolean", "abc^^hexBinary", "a^^base64Binary"),
    *("2018-02-30^^date", "2019-02-29^^date", "2018-13-01^^date", "18-01-01^^date"),
    *("2018-1^^gYearMonth", "20^^gYear", "noon^^dateTime"),
    *("2018-11-07T25:00:00Z^^dateTime", "2018-11-07T12:00:00^^dateTimeStamp"),
    *("a:b^^NCName", "1a^^Name", "a b^^NMTOKEN", "english!^^language"),
    *(" a^^token", "a\tb^^normalizedString", "INFINITY^^double"),
]
WITHIN = [
    ("5^^integer", ["decimal", "integer", "positiveInteger", "byte", "unsignedInt"]),
    ("5.0^^decimal", ["decimal", "integer", "nonNegativeInteger"]),
    ("0^^integer", ["nonNegativeInteger", "nonPositiveInteger"]),
    ("word^^string", ["string", "token", "NCName", "language", RDF + "PlainLiteral"]),
    ("word@en", [RDF + "langString", RDF + "PlainLiteral", RDFS + "Literal"]),
    ("2020-02-29^^date", ["date", RDFS + "Literal"]),
    ("2020-01-01T00:00:00Z^^dateTime", ["dateTime", "dateTimeStamp"]),
]
OUTSIDE = [
    ("5^^integer", ["negativeInteger", "string", "double"]),
    ("5.5^^decimal", ["integer"]),
    ("300^^integer", ["byte", "unsignedByte"]),
    ("two words^^string", ["NCName", "integer", RDF + "langString"]),
    ("word@en", ["string", "token"]),
    ("2020-01-01T00:00:00^^dateTime", ["dateTimeStamp", "date"]),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_literals_that_write_one_value_mean_the_same(one: str, other: str) -> None:
    """Two ways of writing a value have one meaning."""
    assert meaning(literal(one)) == meaning(literal(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_literals_that_write_different_values_differ(one: str, other: str) -> None:
    """Values of different kinds, languages or time zones are different."""
    assert meaning(literal(one)) != meaning(literal(other))


@pytest.mark.parametrize("text", MEANINGLESS)
def test_text_that_is_not_of_its_datatype_means_nothing(text: str) -> None:
    """What is no integer, no day or no name is of no datatype at all."""
    what = meaning(literal(text))
    assert what is not None
    assert what.kind == ""
    assert not contains(datatype(RDFS + "Literal"), what)


@pytest.mark.parametrize(("text", "names"), WITHIN)
def test_value_is_of_every_datatype_that_contains_it(
    text: str, names: list[str]
) -> None:
    """A value is of its datatype, and of those above and below that it fits."""
    what = meaning(literal(text))
    assert what is not None
    assert [name for name in names if not contains(datatype(name), what)] == []


@pytest.mark.parametrize(("text", "names"), OUTSIDE)
def test_value_is_of_no_other_datatype(text: str, names: list[str]) -> None:
    """A value is not of a datatype that it does not fit."""
    what = meaning(literal(text))
    assert what is not None
    assert [name for name in names if contains(datatype(name), what)] == []


def test_unknown_datatype_has_no_known_values() -> None:
    """Of a datatype that is not known, nothing is said."""
    own = NamedNode("https://example.org/number")
    assert meaning(Literal("1", datatype=own)) is None
