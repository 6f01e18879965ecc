"""What a check says: one finding, with its place, its sentence and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wicgraph.reading.turtle import Position
    from wicgraph.terms import Subject


class Severity(Enum):
    """How bad a finding is; only errors make a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Sort key: errors first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong at a place, said in both languages.

    `check` names the check, or the shape as a CURIE. `message` is about the world,
    `fix` says what to do and may be empty. `focus` is the thing that the finding is
    about, None when it is about a file. `frame` shows the lines around the place.
    """

    severity: Severity
    check: str
    message: str
    message_zh: str
    fix: str
    fix_zh: str
    position: Position
    focus: Subject | None = None
    frame: str = ""

    @property
    def order(self) -> tuple[int, str, int, int, str, str]:
        """Sort key: most severe first, then by place."""
        at = self.position
        return (
            self.severity.rank,
            at.path,
            at.line,
            at.column,
            self.check,
            self.message,
        )
