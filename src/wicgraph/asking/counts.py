"""Whole numbers that people write as options."""

from __future__ import annotations

import re

from wicgraph.errors import UsageError
from wicgraph.language import Text

_COUNT = re.compile("[1-9][0-9]{0,8}")


def count(text: str, kind: Text) -> int:
    """Read a whole number from 1 on; raises UsageError for no such."""
    if not _COUNT.fullmatch(text):
        remedy = Text("write a number such as 3", "请写数字，例如 3")
        raise UsageError.unfit(kind, text, remedy)
    return int(text)
