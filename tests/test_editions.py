"""Editions: what documents say of when they were, and who organized them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wicgraph.asking.editions import Span, editions, organizing

if TYPE_CHECKING:
    from wicgraph.asking.things import Things


def test_editions_are_there_by_year(things: Things) -> None:
    """Documents that differ are both heard, and what none says is left empty."""
    first, second = editions(things)

    assert [first.year, second.year] == ["2018", "2019"]
    assert first.spans == (Span("2018-05-02", ""), Span("2018-05-03", ""))
    assert first.numbers == (1,)
    assert second.spans == ()
    assert second.statuses == ()


def test_matrix_says_who_states_a_part(things: Things) -> None:
    """A cell leads to the role and to its document; other cells are empty."""
    matrix = organizing(things)
    (agent,), (event,) = matrix.agents, matrix.events
    (part,) = matrix.cell(agent, event)
    show = things.prefixes.shorten

    assert show(agent) == "organization:example-bureau"
    assert show(part.role) == "role:2018-05-01-example-news-host"
    assert show(part.source) == "source:2018-05-01-example-news"
    assert [show(each) for each in part.classes] == ["wic:Hosting"]
    assert matrix.cell(event, agent) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Span("2014", ""), Span("2014-11-19", ""), True),
        (Span("2022-11-09", ""), Span("2022-11-09", "2022-11-11"), True),
        (Span("2018-05-02", ""), Span("2018-05-03", ""), False),
        (Span("2014", "2014-11-21"), Span("2014-11-19", ""), False),
        (Span("2014", ""), Span("2014", ""), False),
    ],
)
def test_coarser_dates_say_less(one: Span, other: Span, *, expected: bool) -> None:
    """A year says less than its day; another day, or another end, says no less."""
    assert one.says_less(other) is expected
