"""Who is joined to what: people, organizations and events as nodes, roles as edges.

Days are those on which documents show a thing, no guess beyond them: an event from the
first to the last day that it can have, a tenure or membership on the days on which it
is attested. What has no day in any document has none here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.language import Text
from wicgraph.reading.period import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wicgraph.language import Language
    from wicgraph.publishing.relational.table import Cell, Filled

Cells: TypeAlias = "Mapping[str, Cell]"
NODE_ATTRIBUTES = ("kind", "label_en", "label_zh", "iri")
EDGE_ATTRIBUTES = ("kind", "label_en", "label_zh", "standing", "post", "source", "iri")
_NODES = ("people", "organizations", "events")  # which are there even without edges


@dataclass(frozen=True, slots=True)
class Node:
    """A thing; `start` and `end` are both there or both None."""

    id: str
    label: str
    attributes: Mapping[str, str]
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A role, tenure or membership; it leads from who has it to where it is."""

    id: str
    tail: str
    head: str
    label: str
    attributes: Mapping[str, str]
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, each sorted by its id."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(tables: Sequence[Filled], language: Language) -> Network:
    """Draw the network from tables; the labels are in a language, else the other."""
    return _Drawing(tables, language).network()


class _Drawing:
    def __init__(self, tables: Sequence[Filled], language: Language) -> None:
        self._language = language
        self._tables = {
            each.table.name: [
                dict(zip((c.name for c in each.table.columns), row, strict=True))
                for row in each.rows
            ]
            for each in tables
        }
        self._things = {str(row["id"]): row for row in self._tables["things"]}
        self._terms = {str(row["id"]): row for row in self._tables["terms"]}
        self._days = {str(row["id"]): _days(row) for row in self._events()}

    def network(self) -> Network:
        edges = (*self._roles(), *self._tenures(), *self._memberships())
        wanted = {str(row["id"]) for name in _NODES for row in self._tables[name]}
        wanted |= {end for edge in edges for end in (edge.tail, edge.head)}
        nodes = (self._node(name) for name in sorted(wanted))
        return Network(tuple(nodes), tuple(sorted(edges, key=lambda edge: edge.id)))

    def _node(self, name: str) -> Node:
        row = self._things[name]
        said = {**row, "kind": row["class"]}
        label = self._label(row) or name
        attributes = _chosen(said, NODE_ATTRIBUTES)
        return Node(name, label, attributes, *self._days.get(name, (None, None)))

    def _events(self) -> Iterator[Cells]:
        """Join what sources say of the days of an event."""
        for event in self._tables["events"]:
            reports = [
                row
                for row in self._tables["event_reports"]
                if row["event"] == event["id"]
            ]
            yield {
                "id": event["id"],
                **_agreed("start", reports),
                **_agreed("end", reports),
            }

    def _roles(self) -> Iterator[Edge]:
        posts: dict[Cell, list[str]] = {}
        for row in self._tables["role_posts"]:
            posts.setdefault(row["role"], []).append(str(row["post"]))
        for row in self._tables["roles"]:
            post = " ".join(posts.get(row["id"], ()))
            days = self._days.get(str(row["event"]), (None, None))
            part = self._terms[str(row["part"])]
            said = {**row, "post": post or None}
            yield self._edge(said, part, ("agent", "event"), days)

    def _tenures(self) -> Iterator[Edge]:
        posts = {row["id"]: row for row in self._tables["posts"]}
        for row in self._tables["tenures"]:
            post = posts[row["post"]]
            said = {**row, "class": "wic:Tenure", "organization": post["organization"]}
            yield self._edge(said, post, ("person", "organization"), _days(row))

    def _memberships(self) -> Iterator[Edge]:
        for row in self._tables["memberships"]:
            kind = self._terms[str(row["class"])]
            yield self._edge(row, kind, ("member", "organization"), _days(row))

    def _edge(
        self,
        row: Cells,
        named: Cells,
        ends: tuple[str, str],
        days: tuple[date | None, date | None],
    ) -> Edge:
        said = {
            **row,
            "kind": row["class"],
            "label_en": named["label_en"],
            "label_zh": named["label_zh"],
        }
        tail, head = (str(row[end]) for end in ends)
        attributes = _chosen(said, EDGE_ATTRIBUTES)
        label = self._label(said) or str(row["class"])
        return Edge(str(row["id"]), tail, head, label, attributes, *days)

    def _label(self, row: Cells) -> str:
        label = Text(str(row["label_en"] or ""), str(row["label_zh"] or ""))
        return label.spoken(self._language) or label.en or label.zh


def _chosen(row: Cells, names: Sequence[str]) -> dict[str, str]:
    return {name: str(row[name]) for name in names if row.get(name) is not None}


def _agreed(name: str, rows: Sequence[Cells]) -> dict[str, Cell]:
    spans = []
    for row in rows:
        first, last = row[f"{name}_first"], row[f"{name}_last"]
        if isinstance(first, date) and isinstance(last, date):
            spans.append(Span(first, last))
    if not spans:
        return {}
    agreed = Span.agreed(spans)
    return {f"{name}_first": agreed.first, f"{name}_last": agreed.last}


def _days(row: Cells) -> tuple[date | None, date | None]:
    """Find the first and the last of all days that a row has."""
    days = [cell for cell in row.values() if isinstance(cell, date)]
    return (min(days), max(days)) if days else (None, None)
