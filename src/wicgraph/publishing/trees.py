"""Trees on a terminal or in Markdown: proofs, and where their leaves are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.publishing.proof_words import Premise, Words
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.tables import wrap
from wicgraph.terms import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.grounds import Ground
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof

_PLACES = 4  # of one statement that are shown
_LEAST = 40  # columns for text, however narrow the terminal


@dataclass(frozen=True, slots=True)
class Node:
    """A line of a tree with lines that belong to it; `kind` is "step", "leaf" or ""."""

    title: str
    notes: tuple[str, ...]
    level: tuple[bool, ...]  # for each node above and itself: whether it is the last
    has_more: bool = False
    kind: str = ""


@dataclass(frozen=True)
class ProofTree:
    """Writes proofs, whose leaves are written at some grounds or are supposed."""

    words: Words
    grounds: Mapping[Statement, tuple[Ground, ...]]
    supposed: Statement | None = None

    def nodes(self, proof: Proof, level: tuple[bool, ...]) -> Iterator[Node]:
        """Go through a proof in reading order; what was shown is not shown again."""
        waiting: list[tuple[Premise, tuple[bool, ...]]] = [(Premise(proof), level)]
        seen: set[object] = set()
        while waiting:
            premise, at = waiting.pop()
            step = premise.proof
            title = self.words.statement(step.statement, premise.list, premise.focus)
            if step.rule is None:
                yield Node(title, self.leaf(step.statement), at, kind="leaf")
                continue
            if step.statement in seen:
                note = self.words.pick("proved above", "证明见上")
                yield Node(title, (note,), at, kind="step")
                continue
            seen.add(step.statement)
            below = self.words.premises(step)
            rule = self.words.rule(step)
            yield Node(title, (rule,), at, has_more=bool(below), kind="step")
            last = len(below) - 1
            waiting += [
                (below[place], (*at, place == last)) for place in range(last, -1, -1)
            ]

    def leaf(self, statement: Statement) -> tuple[str, ...]:
        """Write where a statement is asserted, with the quotes that bear it out."""
        if statement == self.supposed:
            return (self.words.pick("supposed", "假设"),)
        grounds = self.grounds.get(statement, ())
        lines = [line for each in grounds[:_PLACES] for line in self._ground(each)]
        if len(grounds) > _PLACES:
            rest = len(grounds) - _PLACES
            lines.append(self.words.pick(f"and {rest} more", f"另有 {rest} 处"))
        return tuple(lines)

    def _ground(self, ground: Ground) -> Iterator[str]:
        """Write where a statement stands, in which source, and its quotes."""
        if ground.graph.value.startswith(SOURCE):
            day = ground.document.issued.partition("T")[0] if ground.document else ""
            title = self.words.term(ground.graph)
            between = self.words.pick(", ", "，")
            yield f"{ground.place}  {between.join(filter(None, (title, day)))}"
            yield from map(self.words.quote, ground.quotes)
        else:
            yield ground.place


def drawn(node: Node, room: int | None) -> Iterator[str]:
    """Draw a node and its lines, with the branches of the tree beside them."""
    trunk = "".join("   " if last else "│  " for last in node.level[1:-1])
    branch, beside = "", ""
    if node.level[1:]:
        branch = trunk + ("└─ " if node.level[-1] else "├─ ")
        beside = trunk + ("   " if node.level[-1] else "│  ")
    elif not node.level:
        branch = beside = "  "
    below = beside + ("│  " if node.has_more else "   ")
    space = None if room is None else max(_LEAST, room - len(below))
    first = True
    for line in wrap(node.title, space) if space else [node.title]:
        yield f"{branch if first else beside}{line}\n".rstrip(" ")
        first = False
    for note in node.notes:
        for line in wrap(note, space) if space else [note]:
            yield f"{below}{line}\n"


def in_markdown(node: Node) -> Iterator[str]:
    """Write a node as an item of a list, and its lines as items below it."""
    indent = "  " * (len(node.level) - 1)
    mark = "**" if node.kind == "step" else ""
    yield f"{indent}- {mark}{markdown_text(node.title)}{mark}\n"
    for note in node.notes:
        yield f"{indent}  - {markdown_text(note)}\n"


def counted(number: int, noun: str) -> str:
    """Write a number of things in English."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
