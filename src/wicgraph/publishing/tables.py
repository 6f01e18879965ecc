"""Tables of text for terminals, where a Chinese character is two columns wide."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from wicgraph.terminal import printable, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PAGE = 5_000  # rows, whose widths are known before the first is shown
_GAP = "  "
_LONGEST = 20  # columns up to which a word stays whole while others can give way
_NARROWEST = 8  # columns below which a cell is not squeezed
# In Chinese text no line begins with the one and none ends with the other.
# https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
_CLOSING = frozenset("，。、；：？！）」』》】”’…·,.;:?!)]}%")
_OPENING = frozenset("（「『《【“‘([{")


def pages(
    headings: Sequence[str], rows: Iterable[Sequence[str]], room: int | None = None
) -> Iterator[str]:
    """Lay out any number of rows, of which many make several tables.

    Each page has the headings, and columns that are as wide as its own rows need.
    """
    coming = iter(rows)
    yield table(headings, tuple(islice(coming, _PAGE)), room)
    while page := tuple(islice(coming, _PAGE)):
        yield "\n" + table(headings, page, room)


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], room: int | None = None
) -> str:
    """Lay out rows under headings; `room` is how wide the table may be.

    Where the room is too small, the widest columns wrap their cells.
    """
    lines = [[printable(cell) for cell in row] for row in (headings, *rows)]
    wide = [max(map(width, column)) for column in zip(*lines, strict=True)]
    if room is not None:
        least = [
            min(_LONGEST, max(map(_longest, column)))
            for column in zip(*lines, strict=True)
        ]
        inside = room - len(_GAP) * (len(wide) - 1)
        wide = _squeezed(
            _squeezed(wide, least, inside), [_NARROWEST] * len(wide), inside
        )
    head, *body = ("\n".join(_lines(line, wide)) for line in lines)
    rule = _GAP.join("─" * columns for columns in wide)
    return "".join(f"{line}\n" for line in (head, rule, *body))


def wrap(text: str, room: float, measure: Callable[[str], float] = width) -> list[str]:
    """Break a text into lines of a width, at spaces or between Chinese characters.

    Widths are columns of a terminal, or what `measure` says.
    """
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        size = measure(piece)
        if used + size > room and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0.0
            piece, size = piece.lstrip(), measure(piece.lstrip())  # noqa: PLW2901
        while size > room:
            cut = _cut(piece, room, measure)
            lines.append(piece[:cut])
            piece = piece[cut:]  # noqa: PLW2901  (what is left of it)
            size = measure(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _lines(cells: list[str], wide: list[int]) -> Iterator[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, wide, strict=True)]
    for index in range(max(map(len, wrapped))):
        parts = [cell[index] if index < len(cell) else "" for cell in wrapped]
        padded = (
            part + " " * (size - width(part))
            for part, size in zip(parts, wide, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _squeezed(wide: list[int], least: list[int], room: int) -> list[int]:
    """Take columns from the widest until the whole fits, or none can give more."""
    squeezed = list(wide)
    while sum(squeezed) > room:
        spare = [
            size if size > floor else 0
            for size, floor in zip(squeezed, least, strict=True)
        ]
        if not any(spare):
            break
        squeezed[spare.index(max(spare))] -= 1
    return squeezed


def _longest(text: str) -> int:
    """Measure the longest part of a text that a line should not break."""
    return max((width(piece.strip()) for piece in _pieces(text)), default=0)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text where a line may end; a piece keeps the spaces before it."""
    piece = ""
    for char in text:
        if piece.strip() and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after == " ":
        return True
    is_chinese = width(after) > 1 or width(before) > 1
    return is_chinese and after not in _CLOSING and before not in _OPENING


def _cut(text: str, room: float, measure: Callable[[str], float]) -> int:
    """Choose where to break a word that is too long: at a hyphen, if one is near."""
    used = 0.0
    for index, char in enumerate(text):
        used += measure(char)
        if used > room:
            near = max(text.rfind(mark, index // 2, index) for mark in "-/")
            return max(1, near + 1 or index)
    return len(text)
