"""The datatypes that a value of a parameter may have, and how one is written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_YEAR = r"(?!0000)[0-9]{4}"
_DATE = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")


class Form(NamedTuple):
    """How the texts of a datatype are recognized, and what a message calls one."""

    fits: Callable[[str], bool]
    noun: str


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(rf"{_DATE.pattern}T[0-9:.]{{8,}}(?:Z|[+-].{{5}})?", text))


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: bool(re.fullmatch(pattern, text, re.ASCII))


FORMS: Mapping[str, Form] = {
    "boolean": Form(_matches("true|false"), "true or false"),
    "date": Form(_is_date, "a date that exists"),
    "dateTime": Form(_is_moment, "a moment that exists"),
    "decimal": Form(_matches(r"[+-]?(?:\d+\.?\d*|\.\d+)"), "a decimal number"),
    "gYear": Form(_matches(_YEAR), "a year"),
    "gYearMonth": Form(_matches(rf"{_YEAR}-(?:0[1-9]|1[0-2])"), "a month of a year"),
    "integer": Form(_matches(r"[+-]?\d+"), "a whole number"),
    "string": Form(bool, "a text"),
}
