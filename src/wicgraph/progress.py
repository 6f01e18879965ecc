"""A bar for people who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from rich.progress import Progress as Bar

Item = TypeVar("Item")


class Progress:
    """A bar on standard error while something lasts, if somebody looks; then it goes.

    Standard output is not touched. Without anybody to look nothing is imported.
    """

    def __init__(self, what: str, *, shown: bool) -> None:
        self._bar = _bar() if shown else None
        if self._bar:
            self._bar.add_task(what, total=None, count="")

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def through(
        self, items: Iterable[Item], total: int | None = None
    ) -> Iterator[Item]:
        """Pass things on, and show how many of how many there were."""
        for number, item in enumerate(items, start=1):
            yield item
            if self._bar:
                count = f"{number}/{total}" if total else str(number)
                self._bar.update(
                    self._bar.task_ids[0], completed=number, total=total, count=count
                )


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # rich would move answers to standard error
    )
