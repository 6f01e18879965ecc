"""The data set as a whole: what it is called, where it is, and which state of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wicgraph.asking.citing import version_of
from wicgraph.language import Text
from wicgraph.publishing.dumps import graph_hash
from wicgraph.terms import WIC, Literal, NamedNode

if TYPE_CHECKING:
    from wicgraph.store import Snapshot

ADDRESS = "https://w3id.org/wicgraph/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # as LICENSE-DATA says
TITLE = Text(
    "wicgraph: the World Internet Conference as a checked knowledge graph",
    "wicgraph：世界互联网大会知识图谱",
)
SUMMARY = Text(
    "Who organized, attended and said what at the World Internet Conference,"
    " document by document, each statement with the words it rests on.",
    "世界互联网大会由谁举办、谁出席、谁说了什么：逐份文献记录，每条陈述均附所据原文。",
)
AUTHORS = Text("the wicgraph authors", "wicgraph 作者")
KEYWORDS = (
    Text("World Internet Conference", "世界互联网大会"),
    Text("knowledge graph", "知识图谱"),
    Text("linked data", "关联数据"),
)
_DATES = (NamedNode(WIC + "readOn"), NamedNode(WIC + "issued"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class DataSet:
    """A state of the data: its version, its hash and its newest day.

    The hash is that of what is asserted; the day is the last on which a document was
    read or issued, "" if no document has one.
    """

    version: str
    digest: str
    newest: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Look a graph over."""
        days = [
            found[0]
            for dated in _DATES
            for triple in snapshot.triples(predicate=dated, inference=False)
            if isinstance(triple.object, Literal)
            and (found := _DAY.match(triple.object.value))
        ]
        digest = graph_hash(snapshot.quads(inference=False))
        return cls(version_of(snapshot), digest, max(days, default=""))
