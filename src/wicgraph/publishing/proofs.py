"""Explanations as people read them: a tree on a terminal, or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.why import Explanation, Unknown, Verdict
from wicgraph.language import Text, did_you_mean
from wicgraph.publishing.formats import PROOF_FORMATS, require_format
from wicgraph.publishing.proof_data import (
    explanation_json,
    explanation_mermaid,
    explanation_turtle,
)
from wicgraph.publishing.proof_words import Words
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.trees import Node, ProofTree, counted, drawn, in_markdown
from wicgraph.reasoning.rules import SECTION
from wicgraph.terms import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.things import Things
    from wicgraph.reasoning.absence import Gap
    from wicgraph.reasoning.proof import Proof

_GAPS = 6  # that are shown at one place


def explanation_text(
    explanation: Explanation, things: Things, form: str, room: int | None = None
) -> Iterator[str]:
    """Write an explanation in one of PROOF_FORMATS; text is `room` columns wide.

    Raises UnknownName for another format.
    """
    require_format(form, PROOF_FORMATS)
    words = Words(things)
    if form == "json":
        yield explanation_json(explanation, words)
    elif form == "ttl":
        yield from explanation_turtle(explanation, words)
    elif form == "mermaid":
        yield explanation_mermaid(explanation, words)
    elif form == "md":
        yield from _Writer(explanation, words).markdown()
    else:
        yield from _Writer(explanation, words).text(room)


@dataclass(frozen=True)
class _Writer:
    """Writes one explanation."""

    explanation: Explanation
    words: Words

    def text(self, room: int | None) -> Iterator[str]:
        for number, (heading, nodes) in enumerate(self._parts()):
            yield f"\n{heading}\n" if number else f"{heading}\n"
            for node in nodes:
                yield from drawn(node, room)
        yield self._closing()

    def markdown(self) -> Iterator[str]:
        for number, (heading, nodes) in enumerate(self._parts()):
            yield (
                f"\n## {markdown_text(heading)}\n\n"
                if number
                else (f"# {markdown_text(heading)}\n\n")
            )
            for node in nodes:
                yield from in_markdown(node)
        yield self._closing()

    def _parts(self) -> Iterator[tuple[str, Iterator[Node]]]:
        """Give headings with what stands under them."""
        told = self.explanation
        yield self.words.verdict(told), self._verdict()
        for number, proof in enumerate(told.proofs, 1):
            yield self._heading(number, proof), self._tree(proof)
        if told.refutation is not None:
            heading = self.words.pick("What speaks against it", "与之相矛盾者")
            yield heading, self._tree(told.refutation)
        if told.gaps:
            heading = self.words.pick(
                "What could have led to it, and what is missing",
                "本可得出它的规则，以及所缺的前提",
            )
            yield heading, self._gaps(told.gaps)

    def _verdict(self) -> Iterator[Node]:
        told, pick = self.explanation, self.words.pick
        if told.verdict is Verdict.NOT_STATED:
            text = pick(
                "no source says so, and no rule leads to it; it may still be true",
                "没有来源如此陈述，也没有规则可得出；但这并不表示它不成立",
            )
            if not told.inference:
                text = pick(
                    "no source says so; whether it follows was not asked",
                    "没有来源如此陈述；未查询能否推理得出",
                )
            yield Node(text, (), ())
        elif told.verdict is Verdict.CONTRADICTED:
            text = pick(
                "it cannot hold together with what the sources say",
                "它不能与各来源所述同时成立",
            )
            yield Node(text, (), ())
        for unknown in told.unknown:
            yield Node(self._unknown(unknown), (), ())

    def _unknown(self, unknown: Unknown) -> str:
        name = self.words.things.prefixes.shorten(unknown.term)
        text = Text(
            f"the graph says nothing of {name}", f"图谱中没有关于 {name} 的任何内容"
        )
        if meant := did_you_mean(unknown.similar):
            text += Text("; ", "；") + meant
        return text.spoken(self.words.things.language)

    def _heading(self, number: int, proof: Proof) -> str:
        """Say what kind of proof follows, and how large it is."""
        told, pick = self.explanation, self.words.pick
        only = len(told.proofs) == 1 and not told.more
        title = (
            pick("Proof", "证明") if only else pick(f"Proof {number}", f"证明 {number}")
        )
        steps = pick(counted(proof.size, "step"), f"{proof.size} 步")
        if not proof.size:
            return pick("Where it is stated", "陈述之处")
        sources = {
            ground.graph
            for leaf in proof.leaves()
            for ground in told.grounds.get(leaf, ())
            if ground.graph.value.startswith(SOURCE)
        }
        count = len(sources)
        rests = pick(counted(count, "source"), f"{count} 个来源")
        return pick(
            f"{title}: {steps}, from {rests}", f"{title}：{steps}，依据 {rests}"
        )

    def _tree(self, proof: Proof) -> Iterator[Node]:
        told = self.explanation
        supposed = told.statement if told.refutation is not None else None
        return ProofTree(self.words, told.grounds, supposed).nodes(proof, (True,))

    def _gaps(self, gaps: Sequence[Gap]) -> Iterator[Node]:
        waiting = [(each, level) for each, level in reversed(_leveled(gaps, ()))]
        while waiting:
            gap, level = waiting.pop()
            if isinstance(gap, int):
                text = self.words.pick(f"{gap} other rules", f"另有 {gap} 条规则")
                yield Node(text, (), level)
                continue
            found = tuple(f"✓ {self.words.found(gap, each)}" for each in gap.found)
            axiom = self._axiom(gap)
            missing = f"✗ {self.words.missing(gap)}"
            below = _leveled(gap.deeper, level)
            yield Node(
                self.words.headed(gap.rule.name, axiom),
                (*found, missing),
                level,
                has_more=bool(below),
                kind="step",
            )
            waiting += reversed(below)

    def _axiom(self, gap: Gap) -> str:
        """Write the axiom that a rule goes by, its list as one."""
        if not gap.axioms:
            return self.words.statement(gap.statement)
        first, *cells = gap.axioms
        members = tuple(
            cell.object for cell in cells if str(cell.predicate).endswith("#first>")
        )
        return self.words.statement(first, members)

    def _closing(self) -> str:
        told, pick = self.explanation, self.words.pick
        lines: list[str] = []
        if told.more:
            lines.append(
                pick(
                    "there are other proofs; --all shows them",
                    "还有其他证明，可用 --all 查看",
                )
            )
        if any(step.rule for proof in told.proofs for step in proof.steps()) or (
            told.refutation or told.gaps
        ):
            lines.append(pick("rules: OWL 2 RL, ", "规则：OWL 2 RL，") + SECTION)
        return "".join(f"\n{line}" for line in lines) + "\n" if lines else ""


def _leveled(
    gaps: Sequence[Gap], above: tuple[bool, ...]
) -> list[tuple[Gap | int, tuple[bool, ...]]]:
    shown: list[Gap | int] = [*gaps[:_GAPS]]
    if len(gaps) > _GAPS:
        shown.append(len(gaps) - _GAPS)
    last = len(shown) - 1
    return [(each, (*above, place == last)) for place, each in enumerate(shown)]
