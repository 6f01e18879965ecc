"""Evidence: every block of a source rests on passages, and no passage is idle."""

from __future__ import annotations

import re
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
WHOLE_SENTENCE = "whole-sentence"

EVIDENCE = NamedNode(WIC + "evidence")
PREMISE = NamedNode(WIC + "premise")
PASSAGE_OF = NamedNode(WIC + "passageOf")
QUOTE = NamedNode(WIC + "quote")
SUPPORTS = NamedNode(WIC + "supports")
PASSAGE = NamedNode(WIC + "Passage")

_SOURCES = "facts/sources/"
_ENDS = re.compile(r"[.!?。！？…][\"'”’」』)）]*$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Ltd|Inc|Corp|No|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|(?:\b[A-Za-z]\.)*\b[A-Za-z])\.$"
)
_BEGINS = re.compile(r"[\"'“‘「『(（]*[^\W\d_a-z]")
_WORDS_OF_A_SENTENCE = 4  # "Huawei Technologies Co., Ltd." is a name


def missing_sources(asserted: Asserted) -> Iterator[Suspicion]:
    """Find files of a source that do not describe the source they are named after."""
    for file in _source_files(asserted):
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
    for file in _source_files(asserted):
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
    for file in _source_files(asserted):
        blocks = _blocks(file)
        for fact in file.facts:
            if fact.predicate == EVIDENCE and fact.object not in blocks:
                yield _foreign_passage(fact, file, asserted)
            elif fact.predicate == PASSAGE_OF and fact.object != file.graph:
                yield _foreign_source(fact, file, asserted)


def unused_passages(asserted: Asserted) -> Iterator[Suspicion]:
    """Find passages that no block of the file rests on."""
    premises = _premises(asserted)
    for file in _source_files(asserted):
        cited = {fact.object for fact in _citations(file, premises)}
        for subject, facts in _blocks(file).items():
            if _is_passage(subject, asserted) and subject not in cited:
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
    for file in _source_files(asserted):
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


def whole_sentences(asserted: Asserted) -> Iterator[Suspicion]:
    """Find quotes that look like a whole sentence, which is not ours to copy."""
    for file in _source_files(asserted):
        for fact in file.facts:
            if fact.predicate == QUOTE and isinstance(fact.object, Literal):
                if not is_whole_sentence(fact.object.value):
                    continue
                finding = Finding(
                    Severity.ERROR,
                    WHOLE_SENTENCE,
                    "A quote is never a whole sentence of the document.",
                    "引文不得是原文的整句。",
                    "Quote only the words that the facts rest on.",
                    "请只引用事实所依据的字词。",
                    object_position(fact),
                    fact.subject,
                )
                about = (About(fact.subject, QUOTE, fact.object),)
                yield Suspicion(finding, Stage.EVIDENCE, about)


def is_whole_sentence(quote: str) -> bool:
    """Guess whether a quote runs from the start of a sentence to its full stop.

    A guess without the document: it begins like a sentence, ends with a mark that is
    not the dot of an abbreviation, and is longer than a name.
    """
    text = quote.strip()
    if not _ENDS.search(text) or _ABBREVIATED.search(text) or not _BEGINS.match(text):
        return False
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in text)
    return is_chinese or len(text.split()) >= _WORDS_OF_A_SENTENCE


def _source_files(asserted: Asserted) -> Iterator[TurtleFile]:
    for file in asserted.dataset.files:
        if file.path.startswith(_SOURCES):
            yield file


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


def _is_passage(subject: Subject, asserted: Asserted) -> bool:
    types = asserted.types.get(subject, ())
    return any(fact.object == PASSAGE for fact in types)


def _needs_evidence(subject: Subject, file: TurtleFile, asserted: Asserted) -> bool:
    if isinstance(subject, BlankNode) or subject == file.graph:
        return False
    return not _is_passage(subject, asserted)


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
