"""Proofs as pages show them: steps in steps, down to documents and their quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.publishing.proof_words import Premise, Words

if TYPE_CHECKING:
    from wicgraph.asking.grounds import Ground
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.reasoning.proof import Proof
    from wicgraph.site.material import Material
    from wicgraph.terms import Term


@dataclass(frozen=True, slots=True)
class Step:
    """A statement in a proof: what it follows from, or where it is asserted.

    `listed` are the members of a list that is read with its axiom, and of those `focus`
    are what the step is about. `again` if the proof has it above.
    """

    proof: Proof
    listed: tuple[Term, ...]
    focus: tuple[Term, ...]
    premises: tuple[Step, ...]
    grounds: tuple[Ground, ...]
    again: bool


def proof_of(material: Material, statement: Statement) -> Step | None:
    """Find the smallest proof of a statement; None if nobody remembers any."""
    if material.explainer is None:
        return None
    proof = next(material.explainer.proofs(statement), None)
    return steps(material, proof) if proof else None


def steps(material: Material, proof: Proof) -> Step:
    """Take a proof apart as it is shown: lists as one, and what is shared once."""
    return _step(material, Words(material.graph.things), Premise(proof), set())


def _step(
    material: Material, words: Words, premise: Premise, seen: set[Statement]
) -> Step:
    proof = premise.proof
    shape = (proof, premise.list, premise.focus)
    if proof.rule is None:
        return Step(*shape, (), material.grounds.find(proof.statement), again=False)
    if proof.statement in seen:
        return Step(*shape, (), (), again=True)
    seen.add(proof.statement)
    below = (_step(material, words, each, seen) for each in words.premises(proof))
    return Step(*shape, tuple(below), (), again=False)
