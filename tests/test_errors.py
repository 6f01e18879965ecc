import errno
import os

import pytest

from wicgraph.errors import (
    AmbiguousName,
    ParameterError,
    QueryError,
    SourceError,
    UnknownName,
    WicgraphError,
    excerpt,
    refusal,
)
from wicgraph.language import NOTHING, Text

REMEDY = Text("list them", "请列出")
THING = Text("thing", "事物")


def test_source_error_starts_with_its_place() -> None:
    """The message of a located failure is its place and its reason, on one line."""
    reason, hint = Text("expected a value", "此处应有值"), Text("add one", "请加上")
    error = SourceError("facts/x.ttl", 9, 12, reason, "9 | …", hint)
    assert str(error) == error.text.en == "facts/x.ttl:9:12: expected a value"
    assert error.text.zh == "facts/x.ttl:9:12: 此处应有值"
    assert (error.path, error.line, error.column) == ("facts/x.ttl", 9, 12)
    assert (error.reason, error.excerpt, error.hint) == (reason, "9 | …", hint)


def test_source_error_without_a_line_starts_with_its_file() -> None:
    """A failure of a whole file has no line and no column in its message."""
    error = SourceError("facts/x.ttl", None, None, Text("cannot be read", "无法读取"))
    assert str(error) == "facts/x.ttl: cannot be read"


def test_query_error_starts_with_its_query() -> None:
    """A malformed query is located as a file is."""
    error = QueryError("organizers", 3, None, Text("expected SELECT", "应为 SELECT"))
    assert (str(error), error.where) == (
        "organizers:3: expected SELECT",
        "organizers",
    )


@pytest.mark.parametrize(
    ("similar", "remedy", "message"),
    [
        ((), NOTHING, Text("", "")),
        (("event",), NOTHING, Text("; did you mean event?", "；是指 event 吗？")),
        (("a", "b"), NOTHING, Text("; did you mean a or b?", "；是指 a 还是 b？")),
        ((), REMEDY, Text("; list them", "；请列出")),
        (("event",), REMEDY, Text("; did you mean event?", "；是指 event 吗？")),
    ],
)
def test_unknown_name_suggests_what_is_similar(
    similar: tuple[str, ...], remedy: Text, message: Text
) -> None:
    """An unknown name comes with the names it may mean, else with a remedy."""
    error = UnknownName(Text("prefix", "前缀"), "evnt", similar, remedy=remedy)
    unknown = Text('no prefix is named "evnt"', "没有名为“evnt”的前缀")
    assert error.text == unknown + message


def test_ambiguous_name_lists_its_candidates() -> None:
    """A name of two things says which two."""
    error = AmbiguousName("Exampletown", ("organization:exampletown", "place:x"))
    assert str(error) == (
        '"Exampletown" names 2 things: organization:exampletown and place:x;'
        " write the one that is meant"
    )
    assert error.text.zh == (
        "“Exampletown”可指 2 个事物：organization:exampletown 和 place:x；"
        "请写明所指的一个"
    )


def test_parameter_error_names_query_and_parameter() -> None:
    """A parameter is named with its query."""
    reason = Text('"20x8" is not a year', "“20x8”不是年份")
    error = ParameterError("organizers", "edition", reason)
    assert str(error) == 'organizers: edition: "20x8" is not a year'
    assert error.text.zh == "organizers: edition: “20x8”不是年份"


def test_every_error_ends_a_command_with_2() -> None:
    """Every failure is misuse for the shell."""
    assert all(kind.exit_code == 2 for kind in WicgraphError.__subclasses__())


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (errno.EACCES, Text("permission denied", "没有权限")),
        (
            errno.EXDEV,
            Text("invalid cross-device link", "invalid cross-device link [en]"),
        ),
    ],
)
def test_refusal_of_the_system_is_translated_where_it_is_usual(
    code: int, text: Text
) -> None:
    """What is not translated is marked as English."""
    assert refusal(OSError(code, os.strerror(code))) == text


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        (
            "one\ntwo words\nthree\nfour",
            (2, 5, 5),
            "1 | one\n2 | two words\n  |     ^^^^^\n3 | three",
        ),
        ("only", (1, 5, 1), "1 | only\n  |     ^"),
        ("a\n\n\nb\n\nc", (4, 1, 9), "1 | a\n4 | b\n  | ^\n6 | c"),
        ("示例 x", (1, 2, 3), "1 | 示例 x\n  |   ^^^^"),
        ("e\u0301 x", (1, 4, 1), "1 | e\u0301 x\n  |   ^"),
        ("a\tb\x1b", (1, 3, 1), "1 | a b\n  |   ^"),
        ("a\r\nb\rc", (2, 1, 1), "1 | a\n2 | b\n  | ^\n3 | c"),
        ("", (1, 1, 1), "1 |\n  | ^"),
    ],
)
def test_excerpt_points_at_its_place(
    text: str, place: tuple[int, int, int], shown: str
) -> None:
    """An excerpt shows a line between its neighbours, with carets under the place."""
    assert excerpt(text, *place) == shown


def test_excerpt_cuts_a_long_line_around_its_place() -> None:
    """A long line is cut on both sides, and the carets stay under the place."""
    line, carets = excerpt("a" * 200 + "here" + "b" * 200, 1, 201, 4).split("\n")
    assert len(line) == len("1 | ") + 100
    assert line[4] == line[-1] == "…"
    assert line[carets.index("^") :].startswith("here")
    assert carets.count("^") == 4


def test_what_was_written_is_repeated_in_a_form_that_can_be_shown() -> None:
    """A message stays one line of what is printed, and is never a page long."""
    assert str(UnknownName(THING, "a\n\x1b[31m\u202eb")) == (
        r'no thing is named "a\n\x1b[31m\u202eb"'
    )
    assert str(UnknownName(THING, "x" * 9999)) == f'no thing is named "{"x" * 99}…"'
    assert str(UnknownName(THING, "乌镇 😀")) == 'no thing is named "乌镇 😀"'
