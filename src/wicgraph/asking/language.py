"""Which language somebody asks for, and which of several texts it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.errors import UnknownName
from wicgraph.language import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.terms import Literal


def language(name: str) -> Language:
    """Return the language of a name, "en" or "zh"; raises UnknownName."""
    for known in Language:
        if known == name:
            return known
    remedy = Text("choose en or zh", "可选 en 或 zh")
    raise UnknownName(Text("language", "语言"), name, remedy=remedy)


_CHAINS = {
    Language.EN: ("en", "en-*", "zh-hans", "zh-*"),
    Language.ZH: ("zh-hans", "zh", "zh-*", "en", "en-*"),
}


def preferred(texts: Iterable[Literal], language: Language) -> Literal | None:
    """Choose the text to show: the language asked for, else the other, else any.

    English is asked for before Chinese of any script and Simplified Chinese before
    others; of equals the first by code point is chosen, so the choice never varies.
    """
    return min(
        texts,
        key=lambda text: (_place(text, language), text.language or "", text.value),
        default=None,
    )


def shown(text: Literal, language: Language, marks: str = "{}") -> str:
    """Return a text, followed by its language in brackets if it is another one.

    `marks` are what to put around the text alone, such as "“{}”".
    """
    primary = (text.language or language).partition("-")[0]
    marked = marks.format(text.value)
    return marked if primary == language else f"{marked} [{primary}]"


def _place(text: Literal, language: Language) -> int:
    tag = text.language or ""
    for place, wanted in enumerate(_CHAINS[language]):
        if tag == wanted or (wanted[-1] == "*" and tag.startswith(wanted[:-1])):
            return place
    return len(_CHAINS[language])
