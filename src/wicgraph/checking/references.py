"""References that lead nowhere: things that are used and never described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.checking.asserted import Asserted, object_position, subject_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.evidence import EVIDENCE, SUPPORTS
from wicgraph.checking.finding import Finding, Severity
from wicgraph.checking.vocabulary import SHAPE
from wicgraph.root import PREFIX_FILE
from wicgraph.terms import WIC, NamedNode, similar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.reading.turtle import Fact, Position

DANGLING = "dangling-reference"


def dangling_references(asserted: Asserted) -> Iterator[Suspicion]:
    """Find things of ours that no file gives a class, each at its first use."""
    used: dict[NamedNode, list[Fact]] = {}
    for fact in asserted.dataset.facts:
        if fact.path == PREFIX_FILE:
            continue  # it stands alone
        for term in {fact.subject, fact.object}:
            if isinstance(term, NamedNode) and _dangles(term, asserted):
                used.setdefault(term, []).append(fact)
    for thing, facts in used.items():
        yield _suspicion(thing, facts, asserted)


def _dangles(term: NamedNode, asserted: Asserted) -> bool:
    is_thing = asserted.is_ours(term) and not term.value.startswith((WIC, SHAPE))
    return is_thing and term not in asserted.types and term not in asserted.lost


def _suspicion(thing: NamedNode, facts: list[Fact], asserted: Asserted) -> Suspicion:
    fact = facts[0]
    as_subject = fact.subject == thing
    position = subject_position(fact) if as_subject else object_position(fact)
    explains = [Pattern(thing, ANY, ANY), Pattern(ANY, ANY, thing)]
    meant = _similar(thing, asserted)
    for use in facts:  # which what is meant then lacks
        if use.subject == thing:
            explains += [Pattern(near, use.predicate, None) for near in meant]
            continue
        explains.append(Pattern(use.subject, use.predicate, None))
        explains += [Pattern(None, use.predicate, near) for near in meant]
        if use.predicate == EVIDENCE:
            explains += [Pattern(near, SUPPORTS, ANY) for near in meant]
    return Suspicion(
        _finding(thing, facts, position, meant, asserted),
        Stage.REFERENCE,
        (About(fact.subject, fact.predicate, fact.object),),
        tuple(explains),
    )


def _similar(thing: NamedNode, asserted: Asserted) -> tuple[NamedNode, ...]:
    """Choose the described things of the same namespace that may be meant."""
    namespace = _namespace(thing)
    known = {
        subject.value[len(namespace) :]: subject
        for subject in asserted.types
        if isinstance(subject, NamedNode) and _namespace(subject) == namespace
    }
    near = similar(thing.value[len(namespace) :], known)
    return tuple(known[name] for name in near)


def _finding(
    thing: NamedNode,
    facts: list[Fact],
    position: Position,
    meant: tuple[NamedNode, ...],
    asserted: Asserted,
) -> Finding:
    name = asserted.show(thing)
    names = [asserted.show(near) for near in meant]
    message = f"{name} is used here and described nowhere."
    message_zh = f"此处用到 {name}，但没有任何文件描述它。"
    here = [use for use in facts if use.path == position.path]
    lines = sorted({_line(thing, use) for use in here} - {position.line})
    if lines:
        noun = "line" if len(lines) == 1 else "lines"
        message += f" It is used again on {noun} {', '.join(map(str, lines))}."
        message_zh += f"另见第 {'、'.join(map(str, lines))} 行。"
    if names:
        fix = f"Write {' or '.join(names)} if that is meant; otherwise describe it."
        fix_zh = f"如指 {'、'.join(names)}，请改正；否则请描述它。"
    else:
        fix = f"Describe {name}: give it a class and names."
        fix_zh = f"请描述 {name}：写明其类和名称。"
    return Finding(
        Severity.ERROR,
        DANGLING,
        message,
        message_zh,
        fix,
        fix_zh,
        position,
        facts[0].subject,
    )


def _namespace(thing: NamedNode) -> str:
    return thing.value[: max(map(thing.value.rfind, "/#")) + 1]


def _line(thing: NamedNode, fact: Fact) -> int:
    return (fact.subject_at if fact.subject == thing else fact.object_at)[0]
