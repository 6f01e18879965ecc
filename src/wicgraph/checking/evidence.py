"""Evidence: every block of a source rests on passages, and no passage is idle."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position, subject_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.turtle import Position
from wicgraph.terms import RDF_TYPE, SOURCE, WIC, BlankNode, Literal, NamedNode

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
                # The passage that was meant for it then bears nothing.
                explains = tuple(
                    pattern
                    for fact in facts
                    for passage in supporters[fact.predicate]
                    for pattern in (
                        Pattern(None, EVIDENCE, passage),
                        Pattern(passage, SUPPORTS, fact.predicate),
                    )
                )
                yield Suspicion(finding, Stage.EVIDENCE, about, explains, claims=True)


def foreign_evidence(asserted: Asserted) -> Iterator[Suspicion]:
    """Find evidence that this file does not describe, or that is of another source."""
    for file in asserted.source_files:
        blocks = _blocks(file)
        for fact in file.facts:
            if fact.predicate == EVIDENCE and fact.object not in blocks:
                yield _foreign_passage(fact, file, asserted)
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
    """Find passages that support a property which no block resting on them has."""
    premises = _premises(asserted)
    for file in asserted.source_files:
        used: dict[Subject, set[NamedNode]] = defaultdict(set)
        for fact in _citations(file, premises):
            if not isinstance(fact.object, Literal):
                block = asserted.facts_about(fact.subject)
                used[fact.object] |= {
                    each.predicate for each in block if each.path == fact.path
                }
        for fact in file.facts:
            if fact.predicate != SUPPORTS or fact.subject not in used:
                continue
            if fact.object not in used[fact.subject]:
                yield _idle_support(fact, used[fact.subject], asserted)


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
        f"{passage} is not described in this file, so it is no passage of {source}.",
        f"{passage} 不在本文件中描述，因此不是 {source} 的片段。",
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


def _idle_support(fact: Fact, used: set[NamedNode], asserted: Asserted) -> Suspicion:
    name = asserted.show(fact.object)
    others = sorted(asserted.show(other) for other in used - {EVIDENCE, RDF_TYPE})
    finding = Finding(
        Severity.ERROR,
        IDLE_SUPPORT,
        f"The passage supports {name}, which no block that rests on it uses.",
        f"该片段支持 {name}，但以其为据的各段均未用到它。",
        f"Name a property that is used: {', '.join(others)}.",
        f"请写实际用到的属性：{'、'.join(others)}。",
        object_position(fact),
        fact.subject,
    )
    about = (About(fact.subject, SUPPORTS, fact.object),)
    return Suspicion(finding, Stage.USE, about)
