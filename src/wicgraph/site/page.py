"""A page: what stands on it, before anything is written in a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wicgraph.asking.things import Things
    from wicgraph.language import Text
    from wicgraph.publishing.drawing import Picture
    from wicgraph.site.address import Address

    Drawn: TypeAlias = Callable[[Things], Picture]  # in the language of the things


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above another one, as the trail to that one names it."""

    title: Text
    address: Address


@dataclass(frozen=True, slots=True)
class Beside:
    """A file about the same thing as a page: its suffix, media type and content."""

    suffix: str
    media_type: str
    chunks: Iterable[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page, built once and written in both languages.

    `template` is a file of the room's templates, in which `content` is a frozen value
    of terms and texts. `json_ld` is what search engines read of it, "" for nothing;
    `files` stand beside the page, and are the same for both languages.
    """

    address: Address
    title: Text
    template: str
    content: object
    trail: tuple[Crumb, ...] = ()
    json_ld: str = ""
    files: tuple[Beside, ...] = ()
