"""What literals mean: the datatypes of OWL 2 RL, their values, and which contain which.

https://www.w3.org/TR/owl2-profiles/#Entities_3
`xsd:date`, `xsd:gYear` and `xsd:gYearMonth`, which OWL 2 RL leaves out, are known
here as well, because facts have many of them and a day that does not exist is wrong.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wicgraph.terms import RDF, RDFS, XSD, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    _Reader: TypeAlias = "Callable[[str], Meaning]"
    _Test: TypeAlias = "Callable[[Meaning], bool]"

_SPACE = re.compile(r"[ \t\n\r]+")
_NAME_START = (
    r"[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF"
    r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF"
    r"\uFDF0-\uFFFD\U00010000-\U000EFFFF]"
)
_NAME_REST = _NAME_START[:-1] + r"\-.0-9\u00B7\u0300-\u036F\u203F\u2040]"
_NMTOKEN = re.compile(f"{_NAME_REST}+")
_NAME = re.compile(f"{_NAME_START}{_NAME_REST}*")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_YEAR = r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))"
_DAY = re.compile(_YEAR + r"-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + _ZONE + "?")
_MONTH = re.compile(_YEAR + r"-(0[1-9]|1[0-2])" + _ZONE + "?")
_GYEAR = re.compile(_YEAR + _ZONE + "?")
_TIME = re.compile(
    r"(?:([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9](?:\.[0-9]+)?)|24:00:00(?:\.0+)?)"
    + _ZONE
    + "?"
)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*")
_NOT_IN_TOKENS = re.compile(r"[\t\n\r]")
_MARCH = 3
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# Between which bounds the values of each kind of integer lie.
_INTEGERS: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_STRINGS = (
    *("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"),
)
TEXTS = frozenset(XSD + name for name in _STRINGS)
_OTHERS = (
    *("decimal", "float", "double", "boolean", "hexBinary", "base64Binary", "anyURI"),
    *("dateTime", "dateTimeStamp", "date", "gYear", "gYearMonth"),
)
DATATYPES: tuple[str, ...] = (
    *("rdf:PlainLiteral", "rdf:XMLLiteral", "rdf:langString", "rdfs:Literal"),
    *(f"xsd:{name}" for name in (*_INTEGERS, *_STRINGS, *_OTHERS)),
)


class Meaning(NamedTuple):
    """What a literal means: two literals mean the same if these are equal.

    `kind` is "" where the text is not of the datatype, so that it means nothing.
    """

    kind: str
    value: Hashable


def meaning(literal: Literal) -> Meaning | None:
    """Read a literal; None if its datatype is not known here."""
    if literal.language:
        return Meaning("text", (literal.value, literal.language))
    reader = _READERS.get(literal.datatype.value)
    return reader(literal.value) if reader else None


def is_datatype(node: object) -> bool:
    """Tell whether it is known which values a datatype has."""
    return isinstance(node, NamedNode) and node.value in _TESTS


def contains(datatype: NamedNode, what: Meaning) -> bool:
    """Tell whether a value is in a datatype that is known."""
    return bool(what.kind) and _TESTS[datatype.value](what)


_NOTHING = Meaning("", None)


def _text(value: str) -> Meaning:
    return Meaning("text", (value, None))


def _plain(value: str) -> Meaning:
    """Read an rdf:PlainLiteral, which has its language behind the last @."""
    text, at, language = value.rpartition("@")
    return Meaning("text", (text, language.lower() or None)) if at else _NOTHING


def _number(value: str) -> Meaning:
    return Meaning("number", Decimal(value)) if _DECIMAL.fullmatch(value) else _NOTHING


def _integer(kind: str) -> _Reader:
    lower, upper = _INTEGERS[kind]

    def read(value: str) -> Meaning:
        if not _INTEGER.fullmatch(value):
            return _NOTHING
        number = Decimal(value)
        within = (lower is None or lower <= number) and (
            upper is None or number <= upper
        )
        return Meaning("number", number) if within else _NOTHING

    return read


def _floating(kind: str, shape: str) -> _Reader:
    def read(value: str) -> Meaning:
        if not _FLOAT.fullmatch(value):
            return _NOTHING
        number = float(value.replace("INF", "inf"))
        try:
            return Meaning(kind, struct.pack(shape, number))
        except OverflowError:
            return Meaning(
                kind, struct.pack(shape, float("inf") * (-1) ** (number < 0))
            )

    return read


def _boolean(value: str) -> Meaning:
    truths = {"true": True, "1": True, "false": False, "0": False}
    return Meaning("boolean", truths[value]) if value in truths else _NOTHING


def _hex(value: str) -> Meaning:
    if not _HEX.fullmatch(value):
        return _NOTHING
    return Meaning("hexBinary", bytes.fromhex(value))


def _base64(value: str) -> Meaning:
    plain = _SPACE.sub("", value)
    if not _BASE64.fullmatch(plain):
        return _NOTHING
    return Meaning("base64Binary", b64decode(plain))


def _date(value: str) -> Meaning:
    found = _DAY.fullmatch(value)
    if not found or not _exists(*map(int, found.group(1, 2, 3))):
        return _NOTHING
    return Meaning("date", (*map(int, found.group(1, 2, 3)), _offset(found[4])))


def _year(value: str) -> Meaning:
    found = _GYEAR.fullmatch(value)
    return Meaning("gYear", (int(found[1]), _offset(found[2]))) if found else _NOTHING


def _month(value: str) -> Meaning:
    found = _MONTH.fullmatch(value)
    if not found:
        return _NOTHING
    return Meaning("gYearMonth", (int(found[1]), int(found[2]), _offset(found[3])))


def _moment(value: str) -> Meaning:
    """Read a moment; 24:00 of a day is 00:00 of the next."""
    day, _, clock = value.partition("T")
    date, time = _DAY.fullmatch(day), _TIME.fullmatch(clock)
    if not date or date[4] or not time or not _exists(*map(int, date.group(1, 2, 3))):
        return _NOTHING
    days = _days(*map(int, date.group(1, 2, 3))) + (time[1] is None)
    minutes = (int(time[1] or 0) * 60) + int(time[2] or 0)
    return Meaning("dateTime", (days, minutes, Decimal(time[3] or 0), _offset(time[4])))


def _exists(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= _DAYS[month - 1] and (leap or (month, day) != (2, 29))


def _days(year: int, month: int, day: int) -> int:
    """Count days from some day on."""
    year -= month < _MARCH
    return (
        365 * year
        + year // 4
        - year // 100
        + year // 400
        + (153 * ((month - 3) % 12) + 2) // 5
        + day
    )


def _offset(zone: str | None) -> int | None:
    """Give the minutes that a time zone is ahead."""
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def _opaque(kind: str) -> _Reader:
    return lambda value: Meaning(kind, value)


def _as_text(name: str) -> _Reader:
    """Read a kind of string: the text, if it is one of that kind."""

    def read(value: str) -> Meaning:
        what = _text(value)
        return what if _STRING_TESTS[name](value) else _NOTHING

    return read


def _is_token(value: str) -> bool:
    return not _NOT_IN_TOKENS.search(value) and value.split(" ") == value.split()


_STRING_TESTS: Mapping[str, Callable[[str], object]] = {
    "string": lambda _: True,
    "normalizedString": lambda value: not _NOT_IN_TOKENS.search(value),
    "token": lambda value: not value or _is_token(value),
    "language": _LANGUAGE.fullmatch,
    "Name": _NAME.fullmatch,
    "NCName": lambda value: ":" not in value and _NAME.fullmatch(value),
    "NMTOKEN": _NMTOKEN.fullmatch,
}
_READERS: Mapping[str, _Reader] = {
    RDF + "PlainLiteral": _plain,
    RDF + "XMLLiteral": _opaque("XMLLiteral"),
    XSD + "decimal": _number,
    XSD + "float": _floating("float", "<f"),
    XSD + "double": _floating("double", "<d"),
    XSD + "boolean": _boolean,
    XSD + "hexBinary": _hex,
    XSD + "base64Binary": _base64,
    XSD + "anyURI": _opaque("anyURI"),
    XSD + "dateTime": _moment,
    XSD + "dateTimeStamp": lambda value: (
        what if _zoned(what := _moment(value)) else _NOTHING
    ),
    XSD + "date": _date,
    XSD + "gYear": _year,
    XSD + "gYearMonth": _month,
    **{XSD + name: _integer(name) for name in _INTEGERS},
    **{XSD + name: _as_text(name) for name in _STRINGS},
}


def _zoned(what: Meaning) -> bool:
    return isinstance(what.value, tuple) and what.value[-1] is not None


def _of_kind(kind: str) -> _Test:
    return lambda what: what.kind == kind


def _between(lower: int | None, upper: int | None) -> _Test:
    def test(what: Meaning) -> bool:
        number = what.value
        return (
            isinstance(number, Decimal)
            and number == number.to_integral_value()
            and (lower is None or lower <= number)
            and (upper is None or number <= upper)
        )

    return test


def _text_of(test: Callable[[str], object]) -> _Test:
    def holds(what: Meaning) -> bool:
        if what.kind != "text" or not isinstance(what.value, tuple):
            return False
        text, language = what.value
        return language is None and bool(test(text))

    return holds


_TESTS: Mapping[str, _Test] = {
    RDFS + "Literal": lambda _: True,
    RDF + "PlainLiteral": _of_kind("text"),
    RDF + "langString": lambda what: what.kind == "text" and _zoned(what),
    RDF + "XMLLiteral": _of_kind("XMLLiteral"),
    XSD + "decimal": _of_kind("number"),
    XSD + "dateTimeStamp": lambda what: what.kind == "dateTime" and _zoned(what),
    **{
        XSD + name: _of_kind(name)
        for name in _OTHERS
        if name not in {"decimal", "dateTimeStamp"}
    },
    **{XSD + name: _between(*bounds) for name, bounds in _INTEGERS.items()},
    **{XSD + name: _text_of(test) for name, test in _STRING_TESTS.items()},
}
