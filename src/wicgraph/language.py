"""The languages that wicgraph speaks, and texts that are there in both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wicgraph.terminal import shortened

_ALSO = {"and": "和", "or": "或"}
_IDEOGRAPH = r"[\u3400-\u9fff]"
_MEETING = re.compile(rf"(?<={_IDEOGRAPH})\0(?=[!-~])|(?<=[!-~])\0(?={_IDEOGRAPH})")


class Language(StrEnum):
    """A language of labels, headings and messages."""

    EN = "en"
    ZH = "zh"

    def pick(self, english: str, chinese: str) -> str:
        """Choose between the two versions of a text."""
        return chinese if self is Language.ZH else english


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; false if it is empty.

    Chinese has full-width punctuation, and a space between Chinese and Latin letters.
    """

    en: str
    zh: str

    def __bool__(self) -> bool:
        return bool(self.en)

    def __add__(self, other: Text) -> Text:
        return Text(self.en + other.en, self.zh + other.zh)

    def spoken(self, language: Language) -> str:
        """Return the text in a language."""
        return language.pick(self.en, self.zh)

    @classmethod
    def english(cls, text: str) -> Text:
        """Take what another program says, which is there in English only."""
        return cls(text, f"{text} [en]" if text else "")


NOTHING = Text("", "")


def quoted(text: str) -> Text:
    """Repeat what somebody wrote, in the quotation marks of each language."""
    shown = shortened(text)
    has_marks = "“" in shown or "”" in shown
    return Text(f'"{shown}"', f"「{shown}」" if has_marks else f"“{shown}”")


def listed(names: tuple[str, ...], conjunction: Literal["and", "or"]) -> Text:
    """Join names as prose does: "a", "a or b", "a, b or c"; "a、b 或 c"."""
    return Text(_english(names, conjunction), _chinese(names, _ALSO[conjunction]))


def did_you_mean(names: tuple[str, ...]) -> Text:
    """Ask whether one of these names is meant; nothing where there is none."""
    if not names:
        return NOTHING
    asked = "吗？" if len(names) == 1 else "？"
    return Text(
        f"did you mean {_english(names, 'or')}?",
        spaced("是指", _chinese(names, "还是"), asked),
    )


def spaced(*parts: str) -> str:
    """Join Chinese words and names, with a space between Chinese and other letters."""
    return _MEETING.sub(" ", "\0".join(filter(None, parts))).replace("\0", "")


def _english(names: tuple[str, ...], conjunction: str) -> str:
    *most, last = names
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def _chinese(names: tuple[str, ...], conjunction: str) -> str:
    *most, last = names
    return spaced("、".join(most), conjunction, last) if most else last
