"""The front page: what this is, the editions, who organized them, where to begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wicgraph.asking.editions import editions, organizing
from wicgraph.language import Text
from wicgraph.publishing.pictures import matrix_picture, timeline_picture
from wicgraph.site.address import Address
from wicgraph.site.folders import FOLDERS, ONTOLOGY
from wicgraph.site.page import Crumb, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.editions import Matrix
    from wicgraph.site.material import Material
    from wicgraph.site.page import Drawn

_TITLE = Text("The World Internet Conference", "世界互联网大会")


@dataclass(frozen=True, slots=True)
class Entry:
    """A list to begin with, and how many pages it leads to."""

    page: Crumb
    count: int


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the front page; pictures are None where there are no editions."""

    summary: Text
    entries: tuple[Entry, ...]
    timeline: Drawn | None
    matrix: Matrix
    matrix_drawn: Drawn | None


def pages(material: Material) -> Iterator[Page]:
    """Make the front page."""
    paths = {
        address.path
        for _, address in material.places
        if not address.path.endswith("/index")
    }
    counts = Counter(path.partition("/")[0] for path in paths)
    entries = [
        Entry(Crumb(text, Address(f"{folder}/index")), counts[folder])
        for folder, text in FOLDERS.items()
        if counts[folder]
    ]
    entries.append(Entry(ONTOLOGY, counts[ONTOLOGY.address.path]))
    held, matrix = editions(material.graph.things), organizing(material.graph.things)
    content = Front(
        material.data.said.summary.text,
        tuple(entries),
        partial(timeline_picture, held) if held else None,
        matrix,
        partial(matrix_picture, matrix) if matrix.parts else None,
    )
    json_ld = material.data.data_set()
    yield Page(Address("index"), _TITLE, "front.html", content, json_ld=json_ld)
