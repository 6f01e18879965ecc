"""Proofs as pages show them: steps in steps, down to documents and their quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.language import NOTHING, Text
from wicgraph.publishing.proof_words import Premise, Words

if TYPE_CHECKING:
    from wicgraph.asking.grounds import Ground
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof
    from wicgraph.site.material import Material
    from wicgraph.terms import Term

_DEEPEST = 30  # steps below each other; templates cannot go on for ever
_AGAIN = Text("proved above", "证明见上")
_DEEPER = Text("`wicgraph why` shows the rest", "其余部分可用 `wicgraph why` 查看")


@dataclass(frozen=True, slots=True)
class Step:
    """A statement in a proof: what it follows from, or where it is asserted.

    `listed` are the members of a list that is read with its axiom, and of those `focus`
    are what the step is about. `note` says why it has no premises, "" where it has all.
    """

    proof: Proof
    listed: tuple[Term, ...]
    focus: tuple[Term, ...]
    premises: tuple[Step, ...]
    grounds: tuple[Ground, ...]
    note: Text = NOTHING


def proof_of(material: Material, statement: Statement) -> Step | None:
    """Find the smallest proof of a statement; None if nobody remembers any."""
    if material.explainer is None:
        return None
    proof = next(material.explainer.proofs(statement), None)
    return steps(material, proof) if proof else None


def steps(material: Material, proof: Proof) -> Step:
    """Take a proof apart as it is shown: lists as one, and what is shared once."""
    taking = _Taking(material, Words(material.graph.things), set())
    return taking.apart(Premise(proof), 0)


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes one proof apart; `seen` are the statements that it has shown."""

    material: Material
    words: Words
    seen: set[Statement]

    def apart(self, premise: Premise, depth: int) -> Step:
        proof = premise.proof
        shape = (proof, premise.list, premise.focus)
        if proof.rule is None:
            return Step(*shape, (), self.material.grounds.find(proof.statement))
        if proof.statement in self.seen:
            return Step(*shape, (), (), _AGAIN)
        if depth == _DEEPEST:
            return Step(*shape, (), (), _DEEPER)
        self.seen.add(proof.statement)
        below = (self.apart(each, depth + 1) for each in self.words.premises(proof))
        return Step(*shape, tuple(below), ())
