"""One home for everything: one block in a file, one file that gives the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.checking.asserted import subject_position
from wicgraph.checking.causes import About, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.terms import RDF_TYPE, WIC, BlankNode, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact
    from wicgraph.terms import Subject

SECOND_BLOCK = "second-block"
SECOND_HOME = "second-home"
EVIDENCE_IN_REFERENCE = "evidence-in-reference"

_EVIDENCE = NamedNode(WIC + "evidence")


def second_blocks(asserted: Asserted) -> Iterator[Suspicion]:
    """Find subjects that begin a second block in one file."""
    for file in asserted.dataset.files:
        first: dict[Subject, Fact] = {}
        said: set[tuple[int, int]] = set()
        for fact in file.facts:
            before = first.setdefault(fact.subject, fact)
            at = fact.subject_at
            if isinstance(fact.subject, BlankNode) or before.subject_at == at:
                continue
            if at not in said:
                said.add(at)
                yield _second_block(fact, before, asserted)


def second_homes(asserted: Asserted) -> Iterator[Suspicion]:
    """Find things that more than one file gives a class."""
    for thing, types in asserted.types.items():
        if not asserted.is_ours(thing):
            continue
        first = types[0]
        for path in sorted({fact.path for fact in types} - {first.path}):
            fact = next(fact for fact in types if fact.path == path)
            yield _second_home(fact, first, asserted)


def evidence_in_reference(asserted: Asserted) -> Iterator[Suspicion]:
    """Find reference files that cite passages, which only sources do."""
    for file in asserted.dataset.files:
        if not file.path.startswith("facts/reference/"):
            continue
        for fact in file.facts:
            if fact.predicate == _EVIDENCE:
                finding = Finding(
                    Severity.ERROR,
                    EVIDENCE_IN_REFERENCE,
                    "A reference file says who is meant and cites no passage.",
                    "参考文件只说明所指为谁，不引用原文片段。",
                    "Move what the passage says to the file of its source.",
                    "请将该片段所说的内容移到其来源文件中。",
                    fact.position,
                    fact.subject,
                )
                about = (About(fact.subject, fact.predicate, fact.object),)
                yield Suspicion(finding, Stage.HOME, about)


def _second_block(fact: Fact, before: Fact, asserted: Asserted) -> Suspicion:
    name, line = asserted.show(fact.subject), before.subject_at[0]
    finding = Finding(
        Severity.ERROR,
        SECOND_BLOCK,
        f"{name} already has a block in this file, on line {line}.",
        f"{name} 在本文件第 {line} 行已有一段。",
        "Say everything about it in one block.",
        "请将关于它的内容合为一段。",
        subject_position(fact),
        fact.subject,
    )
    about = (About(fact.subject, fact.predicate, fact.object),)
    return Suspicion(finding, Stage.HOME, about)


def _second_home(fact: Fact, first: Fact, asserted: Asserted) -> Suspicion:
    name = asserted.show(fact.subject)
    place = f"{first.path}:{first.subject_at[0]}"
    finding = Finding(
        Severity.ERROR,
        SECOND_HOME,
        f"{name} is given a class here and already in {place}.",
        f"{name} 在此给出了类，而 {place} 已给出。",
        "Keep the class in one file; if two things are meant, give them two names.",
        "类只在一个文件中给出；如指两个事物，请用两个名称。",
        fact.position,
        fact.subject,
    )
    return Suspicion(finding, Stage.HOME, (About(fact.subject, RDF_TYPE, fact.object),))
