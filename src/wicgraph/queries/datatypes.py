"""The datatypes that a value of a parameter may have, and how one is written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from wicgraph.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_YEAR = r"(?!0000)[0-9]{4}"
_DATE = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")


class Form(NamedTuple):
    """How the texts of a datatype are recognized, and what a message calls one."""

    fits: Callable[[str], bool]
    noun: Text


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
    "boolean": Form(_matches("true|false"), Text("true or false", "true 或 false")),
    "date": Form(_is_date, Text("a date that exists", "有效的日期")),
    "dateTime": Form(_is_moment, Text("a moment that exists", "有效的时刻")),
    "decimal": Form(
        _matches(r"[+-]?(?:\d+\.?\d*|\.\d+)"), Text("a decimal number", "小数")
    ),
    "gYear": Form(_matches(_YEAR), Text("a year", "年份")),
    "gYearMonth": Form(
        _matches(rf"{_YEAR}-(?:0[1-9]|1[0-2])"), Text("a month of a year", "年月")
    ),
    "integer": Form(
        _matches(r"[+-]?0*\d{1,18}"),  # Oxigraph takes no greater ones for numbers
        Text("a whole number of at most 18 digits", "不超过18位的整数"),
    ),
    "string": Form(bool, Text("a text", "文本")),
}
