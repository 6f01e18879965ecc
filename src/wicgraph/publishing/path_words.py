"""Paths in words: what joins two stops, where it is written, and how many there are.

An arrow points from what is said of something to that thing: down to the next stop, or
up to the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.language import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.paths import Connection, Link, Step
    from wicgraph.publishing.proof_words import Words
    from wicgraph.reasoning.encoding import Statement


@dataclass(frozen=True, slots=True)
class PathWords:
    """Says what one connection is, in the language of its things."""

    connection: Connection
    words: Words

    def headline(self) -> str:
        """Say how far the two are from each other, or that they are not connected."""
        told, pick = self.connection, self.words.pick
        one, other = self.words.term(told.one), self.words.term(told.other)
        if told.one == told.other:
            return pick(f"both are {one}", spaced("二者都是", one))
        if not told.paths:
            return pick(
                f"not connected: {one} and {other},"
                f" by no path of at most {counted(told.within, 'step')}",
                spaced("未发现关联：", one, "与", other)
                + f"，{told.within} 步以内没有路径",
            )
        steps = len(told.paths[0])
        return pick(
            f"{one} and {other} are {counted(steps, 'step')} apart",
            spaced(one, "与", other, f"相距 {steps} 步"),
        )

    def heading(self, number: int) -> str:
        """Name a path by its place among those that are shown, and its length."""
        steps = len(self.connection.paths[number - 1])
        return self.words.pick(
            f"Path {number}: {counted(steps, 'step')}", f"路径 {number}：{steps} 步"
        )

    def closing(self) -> str:
        """Say that there are other paths; nothing if there are none."""
        told = self.connection
        if not told.more:
            return ""
        return self.words.pick(
            f"there are other paths of at most {counted(told.within, 'step')};"
            " --all shows them",
            f"{told.within} 步以内还有其他路径，可用 --all 查看",
        )

    def link(self, step: Step, link: Link) -> str:
        """Say what joins the stops: "keynote speech: speaker ↑, reported at ↓"."""
        parts = [self._part(step, statement) for statement in link.statements]
        said = self.words.pick(", ", "，").join(parts)
        if link.fact is None:
            return said
        kinds = self.words.pick(", ", "、").join(map(self.words.term, link.classes))
        return self.words.headed(kinds, said)

    def places(self, link: Link) -> Iterator[str]:
        """Write what a link follows from, where that is written, and its quotes."""
        for statement in link.statements:
            proof = self.connection.backed[statement].proof
            if proof is not None and proof.rule is not None:
                yield self.words.rule(proof)
        for ground in self.connection.places(link):
            if ground.document is None:
                yield ground.place
                continue
            day = ground.document.issued.partition("T")[0]
            title = self.words.term(ground.graph)
            between = self.words.pick(", ", "，")
            yield f"{ground.place}  {between.join(filter(None, (title, day)))}"
            yield from map(self.words.quote, ground.quotes)

    def _part(self, step: Step, statement: Statement) -> str:
        name = self.words.term(statement.predicate)
        arrow = "↓" if statement.object == step.other else "↑"
        if self.connection.backed[statement].asserted:
            return f"{name} {arrow}"
        return self.words.pick(
            f"{name} {arrow} (inferred)", f"{name} {arrow}（推理得出）"
        )


def counted(number: int, noun: str) -> str:
    """Write a number with its English noun: "1 step", "2 steps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
