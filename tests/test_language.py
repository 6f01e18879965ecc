"""Texts in two languages: what joins them, and how Chinese and Latin letters meet."""

import pytest

from wicgraph.language import (
    NOTHING,
    Language,
    Text,
    did_you_mean,
    listed,
    quoted,
    spaced,
)


def test_text_is_spoken_in_the_language_that_is_asked_for() -> None:
    """English for en, Chinese for zh."""
    text = Text("three", "三")
    assert [text.spoken(language) for language in Language] == ["three", "三"]


def test_texts_are_joined_language_by_language() -> None:
    """A sum has the sum of each language, and only an empty text is false."""
    assert Text("a", "甲") + Text("b", "乙") == Text("ab", "甲乙")
    assert (bool(NOTHING), bool(Text("a", "甲"))) == (False, True)


def test_what_only_english_says_is_marked_in_chinese() -> None:
    """The words of another program are followed by their language."""
    assert Text.english("bad IRI") == Text("bad IRI", "bad IRI [en]")
    assert Text.english("") == NOTHING


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [
        (("a",), "a", "a"),
        (("a", "b"), "a or b", "a 或 b"),
        (("a", "b", "c"), "a, b or c", "a、b 或 c"),
        (("乌镇", "b", "北京"), "乌镇, b or 北京", "乌镇、b 或北京"),
    ],
)
def test_names_are_listed_as_prose(
    names: tuple[str, ...], english: str, chinese: str
) -> None:
    """Names are joined by commas and a conjunction, in Chinese by 、."""
    assert listed(names, "or") == Text(english, chinese)


@pytest.mark.parametrize(
    ("names", "chinese"),
    [
        ((), ""),
        (("ask",), "是指 ask 吗？"),
        (("乌镇",), "是指乌镇吗？"),
        (("a", "b", "c"), "是指 a、b 还是 c？"),
    ],
)
def test_question_offers_what_may_be_meant(
    names: tuple[str, ...], chinese: str
) -> None:
    """One name is asked about with 吗, several with 还是."""
    assert did_you_mean(names).zh == chinese


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("第", "3", "行"), "第 3 行"),
        (("乌镇", "和", "北京"), "乌镇和北京"),
        (("“wic”", "之后"), "“wic”之后"),
        (("", "值", ""), "值"),
    ],
)
def test_space_stands_where_chinese_meets_other_letters(
    parts: tuple[str, ...], text: str
) -> None:
    """Punctuation of either language needs none."""
    assert spaced(*parts) == text


def test_each_language_has_its_quotation_marks() -> None:
    """Straight ones in English, curly ones in Chinese."""
    assert quoted("a\n") == Text(r'"a\n"', r"“a\n”")
