"""The front page: what there is, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.site.address import Address
from wicgraph.site.folders import FOLDERS
from wicgraph.site.page import Crumb, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.site.material import Material

_TITLE = Text("The World Internet Conference", "世界互联网大会")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the front page: where to begin."""

    entries: tuple[Crumb, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the front page."""
    folders = {address.folder for _, address in material.places()}
    entries = tuple(
        Crumb(text, Address(f"{folder}/index"))
        for folder, text in FOLDERS.items()
        if folder in folders
    )
    yield Page(Address("index"), _TITLE, "front.html", Front(entries))
