"""Quotes: whether they stand where the passage says, and are short enough to copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.evidence import PASSAGE_OF, QUOTE
from wicgraph.checking.finding import Finding, Severity
from wicgraph.terms import WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.checking.documents import Document
    from wicgraph.reading.turtle import Fact
    from wicgraph.terms import Term

ABSENT_QUOTE = "absent-quote"
MISPLACED_QUOTE = "misplaced-quote"
UNREAD_DOCUMENT = "unread-document"
WHOLE_SENTENCE = "whole-sentence"

_START = NamedNode(WIC + "start")
_END = NamedNode(WIC + "end")
_SHA256 = NamedNode(WIC + "textSha256")
_ENDS = re.compile(r"[.!?。！？…][\"'”’」』)）]*$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Co|Ltd|Inc|Corp|No|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|(?:\b[A-Za-z]\.)*\b[A-Za-z])\.$"
)
_BEGINS = re.compile(r"[\"'“‘「『(（]*[^\W\d_a-z]")
_WORDS_OF_A_SENTENCE = 4  # "Huawei Technologies Co., Ltd." is a name


def misquotes(asserted: Asserted) -> Iterator[Suspicion]:
    """Hold quotes to the documents at hand; nothing when there are none.

    A document is that of the source whose wic:textSha256 it has.
    """
    if asserted.documents is None:
        return
    by_hash = {document.sha256: document for document in asserted.documents}
    found: dict[Term, Document] = {}
    for fact in asserted.dataset.facts:
        if fact.predicate != _SHA256 or not isinstance(fact.object, Literal):
            continue
        document = by_hash.get(fact.object.value.lower())
        if document is None:
            yield _unread(fact, asserted)
        else:
            found[fact.subject] = document
    for fact in asserted.dataset.facts:
        document = found.get(fact.object) if fact.predicate == PASSAGE_OF else None
        if document is not None:
            yield from _misquote(asserted.facts_about(fact.subject), document)


def whole_sentences(asserted: Asserted) -> Iterator[Suspicion]:
    """Find quotes that look like a whole sentence, which is not ours to copy."""
    for file in asserted.source_files:
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


def _misquote(passage: tuple[Fact, ...], document: Document) -> Iterator[Suspicion]:
    by_property = {fact.predicate: fact for fact in passage}
    quote = by_property.get(QUOTE)
    if quote is None or not isinstance(quote.object, Literal):
        return  # which its shape says
    words = quote.object.value
    places = document.places(words)
    if not places:
        yield _absent(quote, words, document)
        return
    start = by_property.get(_START)
    offsets = (_number(start), _number(by_property.get(_END)))
    if start is None or None in offsets:
        return  # which its shape says
    if offsets not in {(at, at + len(words)) for at in places}:
        yield _misplaced(start, offsets, (places, len(words)))


def _absent(quote: Fact, words: str, document: Document) -> Suspicion:
    near = document.lookalike(words)
    if near is None:
        fix = "Quote words that stand there, letter by letter."
        fix_zh = "请逐字引用文中的字词。"
    else:
        shown = near.replace("\n", "\\n")
        fix = f'The document prints "{shown}"; quote it so.'
        fix_zh = f"文中为“{shown}”，请照此引用。"
    finding = Finding(
        Severity.ERROR,
        ABSENT_QUOTE,
        f"The words do not occur in the document ({document.path}).",
        f"文献中没有这些字词（{document.path}）。",
        fix,
        fix_zh,
        object_position(quote),
        quote.subject,
    )
    about = (About(quote.subject, QUOTE, quote.object),)
    explains = (Pattern(quote.subject, QUOTE, ANY),)
    return Suspicion(finding, Stage.EVIDENCE, about, explains)


def _misplaced(
    start: Fact,
    offsets: tuple[int | None, int | None],
    where: tuple[tuple[int, ...], int],
) -> Suspicion:
    places, length = where
    begins, ends = offsets
    nearest = sorted(places, key=lambda at: (abs(at - (begins or 0)), at))
    shown = " or ".join(f"{at}–{at + length}" for at in nearest[:3])
    shown_zh = "或 ".join(f"{at}–{at + length} " for at in nearest[:3]).strip()
    finding = Finding(
        Severity.ERROR,
        MISPLACED_QUOTE,
        f"The words are at {shown}, not at {begins}–{ends}.",
        f"这些字词位于 {shown_zh}，而非 {begins}–{ends}。",
        f"Write wic:start {nearest[0]} and wic:end {nearest[0] + length}, "
        "or let wicgraph anchor do it.",
        f"请写 wic:start {nearest[0]} 和 wic:end {nearest[0] + length}，"
        "或用 wicgraph anchor 计算。",
        object_position(start),
        start.subject,
    )
    about = (About(start.subject, _START, start.object),)
    explains = tuple(
        Pattern(start.subject, predicate, ANY) for predicate in (QUOTE, _START, _END)
    )
    return Suspicion(finding, Stage.EVIDENCE, about, explains)


def _unread(fact: Fact, asserted: Asserted) -> Suspicion:
    name = asserted.show(fact.subject)
    finding = Finding(
        Severity.WARNING,
        UNREAD_DOCUMENT,
        f"No document at hand is the text of {name}, so its quotes are not checked.",
        f"手头没有 {name} 的文本，其引文未经核对。",
        "Put the text that was read into the folder of documents.",
        "请将所读文本放入文献文件夹。",
        object_position(fact),
        fact.subject,
    )
    return Suspicion(
        finding, Stage.EVIDENCE, (About(fact.subject, _SHA256, fact.object),)
    )


def _number(fact: Fact | None) -> int | None:
    if fact is None or not isinstance(fact.object, Literal):
        return None
    try:
        return int(fact.object.value)
    except ValueError:
        return None
