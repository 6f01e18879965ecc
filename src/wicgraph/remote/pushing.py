"""Filling a store by the Graph Store Protocol, a graph at a time, each one verified.

A graph that is there as it should be is left alone, so that a push which broke off
goes on where it ended, and the next one writes what changed.
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from wicgraph.language import Text
from wicgraph.remote.manifest import Content, Manifest
from wicgraph.remote.naming import MERGED, PUSHED, lines, understood_triple
from wicgraph.store.snapshot import ASSERTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.remote.client import Client
    from wicgraph.store import Snapshot
    from wicgraph.terms import NamedNode, Triple

_TURTLE = "text/turtle"  # N-Triples are Turtle, and every store has a parser of that
_ACCEPTED = f"application/n-triples, {_TURTLE};q=0.9"


class Outcome(Enum):
    """What became of a graph."""

    EQUAL = "equal"
    WRITTEN = "written"
    ALTERED = "altered"
    STALE = "stale"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph after a push, and what became of it.

    An altered one was written and read back, and is not what it should be: `lost` and
    `gained` are lines that are not there, and lines that are there instead.
    """

    graph: NamedNode
    outcome: Outcome
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Push:
    """Brings a snapshot into a store, with what was inferred or without."""

    snapshot: Snapshot
    store: Client
    inference: bool = True

    @property
    def graphs(self) -> tuple[NamedNode, ...]:
        """What is pushed: the graphs of the snapshot, then the merged ones."""
        return (*self.snapshot.graphs(inference=self.inference), ASSERTED, MERGED)

    def run(self, *, prune: bool) -> Iterator[Pushed]:
        """Push the graphs and tell of each when it is done; raises StoreError.

        Graphs of an earlier push that the snapshot does not have any more are told
        last; they go if `prune`. Other graphs of the store are not looked at.
        """
        before = Manifest.read(self._stored(PUSHED))
        goal = Manifest({each: Content.of(self._lines(each)) for each in self.graphs})
        known = sorted({*before.graphs, *before.stale} - {*goal.graphs}, key=str)
        goal = replace(goal, stale=() if prune else tuple(known), whole=True)
        begun = before != goal
        if begun:
            self._put(PUSHED, replace(goal, stale=tuple(known), whole=False).lines())
        for name, wanted in goal.graphs.items():
            if Content.of(lines(self._stored(name))) == wanted:
                yield Pushed(name, Outcome.EQUAL)
                continue
            if not begun:
                self._put(PUSHED, replace(goal, whole=False).lines())
                begun = True
            yield self._written(name)
        for name in known:
            if prune:
                self.store.delete({"graph": name.value})
            yield Pushed(name, Outcome.REMOVED if prune else Outcome.STALE)
        if begun:
            self._put(PUSHED, goal.lines())

    def _written(self, name: NamedNode) -> Pushed:
        """Write a graph, and read it back; raises StoreError if nothing is there."""
        wanted = self._lines(name)
        self._put(name, wanted)
        there = lines(self._stored(name))
        if there == wanted:
            return Pushed(name, Outcome.WRITTEN)
        if not there:
            reason = Text(
                "this is no graph store: it takes a graph and has nothing of it",
                "这不是图存储：写入的图读不回来",
            )
            raise self.store.stranger(reason)
        lost, gained = {*wanted} - {*there}, {*there} - {*wanted}
        parts = (tuple(sorted(lost)), tuple(sorted(gained)))
        return Pushed(name, Outcome.ALTERED, *parts)

    def _lines(self, name: NamedNode) -> list[str]:
        """Write what a graph should say."""
        if name in {ASSERTED, MERGED}:
            inference = self.inference and name == MERGED
            return lines(self.snapshot.triples(inference=inference))
        return lines(self.snapshot.quads(graph=name))

    def _put(self, name: NamedNode, text: Iterable[str]) -> None:
        content = "".join(text).encode()
        self.store.put({"graph": name.value}, content, _TURTLE)

    def _stored(self, name: NamedNode) -> Iterator[Triple]:
        """Read what the store has in a graph: nothing, if it has no such graph."""
        response = self.store.get({"graph": name.value}, _ACCEPTED)
        if response is None:
            return
        try:
            for quad in parse(response.content, format=RdfFormat.TURTLE):
                yield understood_triple(quad)
        except SyntaxError as error:
            reason = Text("what it answers is no Turtle", "其返回内容不是 Turtle")
            raise self.store.stranger(reason) from error
