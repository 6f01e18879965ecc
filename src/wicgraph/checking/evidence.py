"""Evidence: every block of a source rests on passages, and no passage is idle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position, subject_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.turtle import Position
from wicgraph.terms import RDF_TYPE, SOURCE, WIC, BlankNode, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.asserted import Asserted
    from wicgraph.reading.turtle import Fact, TurtleFile
    from wicgraph.terms import Subject, Term

MISSING_SOURCE = "missing-source"
NO_EVIDENCE = "no-evidence"
FOREIGN_EVIDENCE = "foreign-evidence"
UNUSED_PASSAGE = "unused-passage"
IDLE_SUPPORT = "idle-support"

EVIDENCE = NamedNode(WIC + "evidence")
PREMISE = NamedNode(WIC + "premise")
PASSAGE_OF = NamedNode(WIC + "passageOf")
QUOTE = NamedNode(WIC + "quote")
SUPPORTS = NamedNode(WIC + "supports")
PASSAGE = NamedNode(WIC + "Passage")


def missing_sources(asserted: Asserted) -> Iterator[Suspicion]:
    """Find files of a source that do not describe the source they are named after."""
    for file in asserted.source_files:
        sources = [fact for fact in file.facts if _describes_source(fact)]
        if any(fact.subject == file.graph for fact in sources):
            continue
        name = asserted.show(file.graph)
        at = subject_position(sources[0]) if sources else Position(file.path, 1, 1)
        finding = Finding(
            Severity.ERROR,
            MISSING_SOURCE,
            f"This file holds what {name} says and does not describe {name}.",
            f"本文件记录 {name} 的陈述，却没有描述 {name}。",
            f"Describe {name} in it, or name the file after the source.",
            f"请在其中描述 {name}，或以该来源命名文件。",
            at,
            file.graph,
        )
        explains = [Pattern(file.graph, ANY, ANY), Pattern(ANY, ANY, file.graph)]
        for fact in sources:
            explains += [
                Pattern(fact.subject, EVIDENCE, None),
                Pattern(ANY, PASSAGE_OF, fact.subject),
            ]
        yield Suspicion(finding, Stage.REFERENCE, explains=tuple(explains), rank=-1)


def _describes_source(fact: Fact) -> bool:
    """Tell whether a fact gives a source its class, be it a repost or another kind."""
    return fact.predicate == RDF_TYPE and fact.subject.value.startswith(SOURCE)


def no_evidence(asserted: Asserted) -> Iterator[Suspicion]:
    """Find blocks of a source that name no passage."""
    for file in asserted.source_files:
        supporters = _supporters(file)
        for subject, facts in _blocks(file).items():
            if _needs_evidence(subject, file, asserted) and not _of(facts, EVIDENCE):
                finding = Finding(
                    Severity.ERROR,
                    NO_EVIDENCE,
                    f"What {asserted.show(file.graph)} says of "
                    f"{asserted.show(subject)} rests on no passage.",
                    f"{asserted.show(file.graph)} 关于 {asserted.show(subject)} "
                    "的陈述没有原文片段为据。",
                    "Add wic:evidence with a passage that this file describes.",
                    "请加上 wic:evidence，指向本文件描述的片段。",
                    subject_position(facts[0]),
                    subject,
                )
                about = (About(subject, EVIDENCE, None),)
                explains = [*_left_idle(facts, supporters)]
                explains += [
                    Pattern(subject, fact.predicate, fact.object)  # which it should be
                    for fact in facts
                    if PASSAGE in asserted.classes(fact.object)
                ]
                yield Suspicion(
                    finding, Stage.EVIDENCE, about, tuple(explains), claims=True
                )


def foreign_evidence(asserted: Asserted) -> Iterator[Suspicion]:
    """Find evidence that is no passage of this file, and passages of another source."""
    for file in asserted.source_files:
        blocks, supporters = _blocks(file), _supporters(file)
        for fact in file.facts:
            is_here = fact.object in blocks and PASSAGE in asserted.classes(fact.object)
            if fact.predicate == EVIDENCE and not is_here:
                explains = (
                    *_left_idle(blocks[fact.subject], supporters),
                    *supports_of(fact.subject, file.path, asserted),
                )
                yield replace(_foreign_passage(fact, file, asserted), explains=explains)
            elif fact.predicate == PASSAGE_OF and fact.object != file.graph:
                yield _foreign_source(fact, file, asserted)


def unused_passages(asserted: Asserted) -> Iterator[Suspicion]:
    """Find passages that no block of the file rests on."""
    premises = _premises(asserted)
    for file in asserted.source_files:
        cited = {fact.object for fact in _citations(file, premises)}
        for subject, facts in _blocks(file).items():
            if PASSAGE in asserted.classes(subject) and subject not in cited:
                name = asserted.show(subject)
                finding = Finding(
                    Severity.ERROR,
                    UNUSED_PASSAGE,
                    f"Nothing in this file rests on {name}.",
                    f"本文件中没有任何内容以 {name} 为据。",
                    "Name it as wic:evidence of what it bears out, or remove it.",
                    "请用 wic:evidence 将其列为所支持内容的证据，否则请删除。",
                    subject_position(facts[0]),
                    subject,
                )
                yield Suspicion(finding, Stage.USE, (About(None, EVIDENCE, subject),))


def idle_supports(asserted: Asserted) -> Iterator[Suspicion]:
    """Find passages that support properties which no block resting on them has."""
    premises = _premises(asserted)
    for file in asserted.source_files:
        resting: dict[Term, list[Fact]] = defaultdict(list)
        for citation in _citations(file, premises):
            block = asserted.facts_about(citation.subject)
            resting[citation.object] += [x for x in block if x.path == citation.path]
        for passage, facts in _blocks(file).items():
            used = {fact.predicate for fact in resting[passage]}
            idle = [fact for fact in _of(facts, SUPPORTS) if fact.object not in used]
            if idle and used:
                yield _idle_support(idle, resting[passage], asserted)


def supports_of(block: Term, path: str, asserted: Asserted) -> Iterator[Pattern]:
    """Return what a fault of a block in a file explains of the passages it rests on.

    The block may have to say something else, which they support.
    """
    for fact in asserted.facts_about(block):
        if fact.predicate == EVIDENCE and fact.path == path:
            yield Pattern(fact.object, SUPPORTS, ANY)


def _blocks(file: TurtleFile) -> dict[Subject, list[Fact]]:
    blocks: dict[Subject, list[Fact]] = {}
    for fact in file.facts:
        blocks.setdefault(fact.subject, []).append(fact)
    return blocks


def _premises(asserted: Asserted) -> tuple[Fact, ...]:
    """Return what rests on a passage as a premise, in whatever file."""
    facts = asserted.dataset.facts
    return tuple(fact for fact in facts if fact.predicate == PREMISE)


def _citations(file: TurtleFile, premises: tuple[Fact, ...]) -> Iterator[Fact]:
    """Return what rests on a passage of a file: evidence there, premises anywhere."""
    yield from (fact for fact in file.facts if fact.predicate == EVIDENCE)
    yield from premises


def _of(facts: list[Fact], predicate: NamedNode) -> list[Fact]:
    return [fact for fact in facts if fact.predicate == predicate]


def _left_idle(
    block: list[Fact], supporters: Mapping[Term, set[Subject]]
) -> Iterator[Pattern]:
    """Return what a passage lacks that was meant for a block and is not named there."""
    for fact in block:
        for passage in supporters[fact.predicate]:
            yield Pattern(None, EVIDENCE, passage)
            yield Pattern(passage, SUPPORTS, fact.predicate)


def _supporters(file: TurtleFile) -> Mapping[Term, set[Subject]]:
    """Return the passages of a file that support each property."""
    supporters: dict[Term, set[Subject]] = defaultdict(set)
    for fact in file.facts:
        if fact.predicate == SUPPORTS:
            supporters[fact.object].add(fact.subject)
    return supporters


def _needs_evidence(subject: Subject, file: TurtleFile, asserted: Asserted) -> bool:
    if isinstance(subject, BlankNode) or subject == file.graph:
        return False
    return PASSAGE not in asserted.classes(subject)


def _foreign_passage(fact: Fact, file: TurtleFile, asserted: Asserted) -> Suspicion:
    passage, source = asserted.show(fact.object), asserted.show(file.graph)
    finding = Finding(
        Severity.ERROR,
        FOREIGN_EVIDENCE,
        f"{passage} is not described in this file as a passage of {source}.",
        f"{passage} 在本文件中未作为 {source} 的片段描述。",
        "Name a passage of this file.",
        "请指向本文件中的片段。",
        object_position(fact),
        fact.subject,
    )
    about = (About(fact.subject, EVIDENCE, fact.object),)
    return Suspicion(finding, Stage.EVIDENCE, about, claims=True)


def _foreign_source(fact: Fact, file: TurtleFile, asserted: Asserted) -> Suspicion:
    found, source = asserted.show(fact.object), asserted.show(file.graph)
    finding = Finding(
        Severity.ERROR,
        FOREIGN_EVIDENCE,
        f"This file is what {source} says, and {found} is another source.",
        f"本文件记录 {source} 的陈述，而 {found} 是另一来源。",
        f"Write wic:passageOf {source}, or move the passage to the other file.",
        f"请写 wic:passageOf {source}，或将该片段移到另一文件。",
        object_position(fact),
        fact.subject,
    )
    about = (About(fact.subject, PASSAGE_OF, fact.object),)
    explains = (Pattern(fact.subject, PASSAGE_OF, ANY),)
    return Suspicion(finding, Stage.EVIDENCE, about, explains, claims=True)


def _idle_support(
    idle: list[Fact], resting: list[Fact], asserted: Asserted
) -> Suspicion:
    names = [asserted.show(fact.object) for fact in idle]
    used = {fact.predicate for fact in resting} - {EVIDENCE, RDF_TYPE}
    others = sorted(map(asserted.show, used))
    finding = Finding(
        Severity.ERROR,
        IDLE_SUPPORT,
        f"The passage supports {', '.join(names)}, "
        "which no block that rests on it uses.",
        f"该片段支持 {'、'.join(names)}，但以其为据的各段均未用到。",
        f"Name what is used ({', '.join(others)}), or add the passage as wic:evidence "
        "where it is meant.",
        f"请写实际用到的属性（{'、'.join(others)}），"
        "或在所指之处用 wic:evidence 列出该片段。",
        object_position(idle[0]),
        idle[0].subject,
    )
    about = tuple(About(fact.subject, SUPPORTS, fact.object) for fact in idle)
    # Other passages of the block may support the property that it lost.
    explains = tuple(
        Pattern(other.object, SUPPORTS, fact.object)
        for other in _of(resting, EVIDENCE)
        for fact in idle
    )
    return Suspicion(finding, Stage.USE, about, explains)
