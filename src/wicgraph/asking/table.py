"""Tables: whole answers, as rows of terms or as typed columns for data frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from wicgraph.asking.answer import Answer
from wicgraph.errors import PackageError
from wicgraph.queries.datatypes import FORMS
from wicgraph.terms import XSD, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd
    import polars as pl

    from wicgraph.asking.answer import Form, Row
    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import Column
    from wicgraph.sparql import QueryText
    from wicgraph.terms import Term

Value: TypeAlias = str | int | float | bool | Decimal | date | None

# What every package for data frames can hold; longer numbers stay texts.
_LARGEST = 2**63 - 1
_DIGITS = 40  # of an integer that is looked at, zeros in front of it included
_DECIMAL = re.compile(r"[+-]?(?=\.?[0-9])[0-9]{0,20}(?:\.[0-9]{0,18})?")
_DOUBLE = re.compile(
    r"[+-]?(?:(?=\.?[0-9])[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?|INF)|NaN"
)
_INTEGERS = (
    *("integer", "int", "long", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger"),
    *("nonPositiveInteger", "negativeInteger"),
    *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)
_NUMBERS: tuple[type, ...] = (int, Decimal, float)  # the widest last
_AWARE = "moment with an offset"
_DTYPES: Mapping[object, str] = {
    bool: "boolean",
    int: "Int64",
    float: "Float64",
    str: "string",
    date: "datetime64[s]",
    datetime: "datetime64[us]",
    _AWARE: "datetime64[us, UTC]",
}


@dataclass(frozen=True)
class Table:
    """The whole answer of a query; true if it has a row, or if an ASK says yes.

    `rows` have the terms, None where a variable is unbound; going through the table
    gives them as dictionaries of values. An ASK has one row with one boolean, and a
    CONSTRUCT or DESCRIBE has its triples. `unknown` says that nobody knows what an ASK
    asked of a day. Labels are looked up when they are wanted, in the open graph.
    """

    form: Form
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    yes: bool
    unknown: bool
    described: tuple[Column, ...] = field(repr=False)
    query: QueryText = field(repr=False)
    given: Mapping[str, Term] = field(repr=False)
    things: Things = field(repr=False, compare=False)

    @classmethod
    def of(
        cls,
        answer: Answer,
        described: Sequence[Column],
        query: QueryText,
        given: Mapping[str, Term],
        things: Things,
    ) -> Self:
        """Go through an answer of a query that was given values for its variables.

        Raises StoreError.
        """
        return cls(
            answer.form,
            answer.columns,
            tuple(answer.rows),
            answer.yes,
            answer.unknown,
            tuple(described),
            query,
            given,
            things,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self.yes

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.records())

    @property
    def answer(self) -> Answer:
        """The answer anew, to go through once."""
        rows = iter(self.rows)
        return Answer(self.form, self.columns, rows, self.yes, self.unknown)

    def records(self, *, iris: bool = False) -> list[dict[str, Value]]:
        """Give each row as a dictionary of Python values; see `values`."""
        columns = self.values(iris=iris)
        rows = zip(*columns.values(), strict=True) if columns else ((),) * len(self)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def values(self, *, iris: bool = False) -> dict[str, list[Value]]:
        """Give each column as Python values of one type.

        Things are labels, or CURIEs with `iris`; integers, decimals, doubles, booleans,
        dates and moments are what Python has for them, moments with an offset in UTC.
        All else is text: years and months, what is no value of its datatype, and
        columns of several types, though numbers of several types are of the widest.
        """
        every = {term for row in self.rows for term in row}
        labels = {} if iris else self.things.labels(every)

        def text(term: Term | None) -> str | None:
            if isinstance(term, NamedNode):
                return self.things.label(term, labels)
            return term.value if isinstance(term, Literal) else term and str(term)

        columns = ([row[at] for row in self.rows] for at in range(len(self.columns)))
        return {
            name: _typed(terms) or list(map(text, terms))
            for name, terms in zip(self.columns, columns, strict=True)
        }

    def to_pandas(self, *, iris: bool = False) -> pd.DataFrame:
        """Make a data frame whose columns have types that know missing values.

        Dates become moments at midnight, decimals stay Python's. Columns are those of
        `values`. Raises PackageError if pandas is not installed.
        """
        found = _package("pandas")
        columns = self.values(iris=iris)
        frame: pd.DataFrame = found.DataFrame(
            {
                name: found.Series(values, dtype=_dtype(values))
                for name, values in columns.items()
            },
            index=found.RangeIndex(len(self)),
        )
        return frame

    def to_polars(self, *, iris: bool = False) -> pl.DataFrame:
        """Make a data frame; columns are those of `values`.

        Raises PackageError if polars is not installed.
        """
        found = _package("polars")
        columns = self.values(iris=iris)
        frame: pl.DataFrame = found.DataFrame(columns, infer_schema_length=None)
        return frame


def _typed(terms: Sequence[Term | None]) -> list[Value]:
    """Read a column whose terms all have values of one type; nothing if it is text."""
    values = [None if term is None else _value(term) for term in terms]
    if [value is None for value in values] != [term is None for term in terms]:
        return []
    kinds = {_kind(value) for value in values if value is not None}
    if len(kinds) > 1 and kinds <= set(_NUMBERS):
        widest = next(kind for kind in reversed(_NUMBERS) if kind in kinds)
        return [None if value is None else widest(value) for value in values]
    return values if len(kinds) == 1 else []


def _value(term: Term) -> Value:
    """Read a literal of a datatype that Python has; None for all that is text."""
    if not isinstance(term, Literal) or not term.datatype.value.startswith(XSD):
        return None
    read = _READERS.get(term.datatype.value.removeprefix(XSD))
    return read(term.value) if read else None


def _integer(text: str) -> int | None:
    short = len(text) <= _DIGITS and FORMS["integer"].fits(text)
    return int(text) if short and abs(int(text)) <= _LARGEST else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _double(text: str) -> float | None:
    return float(text) if _DOUBLE.fullmatch(text) else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if FORMS["date"].fits(text) else None


def _moment(text: str) -> datetime | None:
    if not FORMS["dateTime"].fits(text):
        return None
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:  # on the first day that Python has, or on the last
        return None


_READERS: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    "decimal": _decimal,
    "double": _double,
    "float": _double,
    "boolean": {"true": True, "1": True, "false": False, "0": False}.get,
    "date": _day,
    "dateTime": _moment,
}


def _kind(value: Value) -> object:
    """Tell values apart that no column has together: moments with an offset too."""
    is_aware = isinstance(value, datetime) and value.tzinfo is not None
    return _AWARE if is_aware else type(value)


def _dtype(values: Sequence[Value]) -> str:
    """Name the type that pandas has for a column."""
    kinds = (_kind(value) for value in values if value is not None)
    return _DTYPES.get(next(kinds, object), "object")


def _package(name: str) -> Any:  # noqa: ANN401  (a module has no type of its own)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise PackageError(name) from error
