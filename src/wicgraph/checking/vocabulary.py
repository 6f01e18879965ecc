"""Terms that nothing declares: typos in properties, classes, values and datatypes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.evidence import EVIDENCE, SUPPORTS
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.turtle import Fact, Position
from wicgraph.terms import (
    RDF_TYPE,
    SH,
    WIC,
    Literal,
    NamedNode,
    similar,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.checking.asserted import Asserted

UNKNOWN_TERM = "unknown-term"
SHAPE = "https://w3id.org/wicgraph/shape/"

_ALIGNMENTS = "ontology/alignments.ttl"
_KNOWN = Path(__file__).with_name("known.txt")
_SELECT = NamedNode(SH + "select")
_SPLIT = re.compile(r"(.*[#/])([^#/]*)", re.DOTALL)
_CURIE = re.compile(r"(?<![\w:<?$/#.-])([a-z][\w-]*):([A-Za-z_][\w-]*)")
_QUOTED = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*")
_NOUNS = {
    "property": ("property", "属性"),
    "class": ("class", "类"),
    "datatype": ("datatype", "数据类型"),
    "term": ("term", "词项"),
}
_EXPLAINING = 8  # a typo explains what is missing of any of its near names


@dataclass(frozen=True, slots=True)
class _Use:
    """A name as a fact uses it, and where; `role` is what it would have to be."""

    term: NamedNode
    role: str
    fact: Fact
    position: Position


def unknown_terms(asserted: Asserted) -> Iterator[Suspicion]:
    """Find names in a vocabulary that nothing declares, once a file and name."""
    vocabulary = _Vocabulary(asserted)
    found: dict[tuple[str, str, NamedNode], list[_Use]] = {}
    for fact in asserted.dataset.facts:
        for term, role, at in _names(fact):
            if not vocabulary.knows(term, role):
                use = _Use(term, role, fact, Position(fact.path, *at))
                found.setdefault((fact.path, role, term), []).append(use)
        if fact.predicate == _SELECT and isinstance(fact.object, Literal):
            for use in _uses_in_query(fact, fact.object.value, asserted):
                if not vocabulary.knows(use.term, use.role):
                    key = (fact.path, use.role, use.term)
                    found.setdefault(key, []).append(use)
    for uses in found.values():
        yield vocabulary.suspicion(uses)


def _names(fact: Fact) -> Iterator[tuple[NamedNode, str, tuple[int, int]]]:
    """Return the names in a fact, what they have to be there, and where they are."""
    predicate, value = fact.predicate, fact.object
    yield predicate, "property", fact.predicate_at
    if isinstance(value, NamedNode):
        yield value, "class" if predicate == RDF_TYPE else "term", fact.object_at
    elif isinstance(value, Literal):
        yield value.datatype, "datatype", fact.object_at
    if isinstance(fact.subject, NamedNode):
        yield fact.subject, "term", fact.subject_at


def _uses_in_query(fact: Fact, query: str, asserted: Asserted) -> Iterator[_Use]:
    """Return the names in a query of a shape; a typo there would match nothing."""
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), query)
    for match in _CURIE.finditer(plain):
        namespace = asserted.prefixes.table.get(match[1])
        if namespace in (WIC, SHAPE):
            line = fact.object_at[0] + plain.count("\n", 0, match.start())
            column = match.start() - plain.rfind("\n", 0, match.start())
            position = Position(fact.path, line, column)
            yield _Use(NamedNode(namespace + match[2]), "term", fact, position)


class _Vocabulary:
    """What is declared: ours in the ontology, others' in alignments and a list."""

    def __init__(self, asserted: Asserted) -> None:
        self._asserted = asserted
        self._core = _core_terms()
        self._outside = _outside_terms(asserted)
        self._shapes = frozenset(
            subject
            for subject in asserted.dataset.by_subject
            if isinstance(subject, NamedNode) and subject.value.startswith(SHAPE)
        )
        self._roles = {
            term: _role(types)
            for term, types in asserted.types.items()
            if isinstance(term, NamedNode)
        }
        self._answers: dict[tuple[NamedNode, str], bool] = {}

    def knows(self, term: NamedNode, role: str) -> bool:
        """Tell whether a name may stand where it does."""
        key = (term, role)
        if key not in self._answers:
            self._answers[key] = self._knows(term, role)
        return self._answers[key]

    def suspicion(self, uses: list[_Use]) -> Suspicion:
        """Say that a name is unknown, at its first use in a file."""
        first = min(uses, key=lambda use: (use.position.line, use.position.column))
        term, role, fact = first.term, first.role, first.fact
        meant = self._similar(term, role)
        return Suspicion(
            self._finding(first, uses, meant[:3]),
            Stage.TERM,
            (About(fact.subject, fact.predicate, fact.object),),
            tuple(pattern for use in uses for pattern in _explained(use, meant)),
        )

    def _knows(self, term: NamedNode, role: str) -> bool:
        namespace, local = _parts(term)
        if namespace in self._core:
            is_member = namespace.endswith("rdf-syntax-ns#") and local[:1] == "_"
            return local in self._core[namespace] or is_member
        if term in self._asserted.lost:
            return True
        if namespace == SHAPE:
            return term in self._shapes
        if namespace == WIC:
            declared = self._roles.get(term)
            return declared is not None and (role in ("term", declared))
        if self._asserted.is_ours(term):
            return role == "term"
        return role == "term" or self._outside is None or term in self._outside

    def _similar(self, term: NamedNode, role: str) -> tuple[NamedNode, ...]:
        """Choose what may have been meant: the role first, then the namespace."""
        namespace, local = _parts(term)
        candidates = [
            NamedNode(known + name)
            for known, names in self._core.items()
            for name in names
        ]
        candidates += [known for known in self._roles if _parts(known)[0] == WIC]
        candidates += [*self._shapes, *(self._outside or ())]
        here: dict[str, NamedNode] = {}
        elsewhere: dict[str, NamedNode] = {}
        for known in sorted(candidates, key=str):
            if role in ("term", self._roles.get(known, role)) and known != term:
                its_namespace, its_local = _parts(known)
                (here if its_namespace == namespace else elsewhere)[its_local] = known
        near = similar(local, here, _EXPLAINING)
        if near:
            return tuple(here[name] for name in near)
        return tuple(elsewhere[name] for name in similar(local, elsewhere, 1))

    def _finding(
        self, first: _Use, uses: list[_Use], meant: tuple[NamedNode, ...]
    ) -> Finding:
        show = self._asserted.show
        name = show(first.term)
        declared = self._roles.get(first.term)
        noun, noun_zh = _NOUNS[first.role]
        if declared is not None:
            is_noun, is_noun_zh = _NOUNS[declared]
            message = f"{name} is a {is_noun}, not a {noun}."
            message_zh = f"{name} 是{is_noun_zh}，不是{noun_zh}。"
        else:
            message = f"Nothing declares the {noun} {name}."
            message_zh = f"没有任何文件声明{noun_zh} {name}。"
        lines = sorted({use.position.line for use in uses} - {first.position.line})
        if lines:
            message += f" It is used again {_lines(lines)}."
            message_zh += f"另见第 {'、'.join(map(str, lines))} 行。"
        home, home_zh = self._home(first.term)
        if meant:
            names = " or ".join(map(show, meant))
            fix = f"Write {names} if that is meant; otherwise {home}."
            fix_zh = f"如指 {'、'.join(map(show, meant))}，请改正；否则{home_zh}。"
        else:
            fix, fix_zh = f"{home[0].upper()}{home[1:]}.", f"请{home_zh}。"
        focus = first.fact.subject
        return Finding(
            Severity.ERROR,
            UNKNOWN_TERM,
            message,
            message_zh,
            fix,
            fix_zh,
            first.position,
            focus,
        )

    def _home(self, term: NamedNode) -> tuple[str, str]:
        """Say where a name like this would have to be declared."""
        namespace, _ = _parts(term)
        if namespace == SHAPE:
            return "declare it in ontology/shapes.ttl", "在 ontology/shapes.ttl 中声明"
        if namespace == WIC:
            return "declare it in ontology/wic.ttl", "在 ontology/wic.ttl 中声明"
        if namespace in self._core:
            return "choose a term that the vocabulary has", "选用该词表已有的词项"
        if self._asserted.is_ours(term):
            return "use a term of wic: here", "此处使用 wic: 的词项"
        return (
            f"say in {_ALIGNMENTS} how it stands to ours",
            f"在 {_ALIGNMENTS} 中说明它与我们词项的关系",
        )


def _explained(use: _Use, meant: tuple[NamedNode, ...]) -> Iterator[Pattern]:
    """Return what an unknown name explains: whatever its right form would have met."""
    fact = use.fact
    match use.role:
        case "property":
            yield Pattern(fact.subject, fact.predicate, ANY)
            for right in meant:
                yield Pattern(fact.subject, right, None)
                yield Pattern(None, right, fact.object)
                yield Pattern(ANY, SUPPORTS, right)
                if right == EVIDENCE:
                    yield Pattern(fact.object, SUPPORTS, ANY)
        case "class":
            yield Pattern(fact.subject, ANY, ANY)
            yield Pattern(ANY, ANY, fact.subject)
        case _:
            yield Pattern(fact.subject, fact.predicate, fact.object)
            yield Pattern(fact.subject, fact.predicate, None)


def _role(types: tuple[Fact, ...]) -> str:
    """Name what a declared term is: a class, a property, a datatype or another term."""
    for fact in types:
        if isinstance(fact.object, NamedNode):
            name = _parts(fact.object)[1]
            if name.endswith("Property"):
                return "property"
            if name == "Class":
                return "class"
            if name == "Datatype":
                return "datatype"
    return "term"


def _outside_terms(asserted: Asserted) -> frozenset[NamedNode] | None:
    """Return the outside names that the alignments mention; None without that file."""
    if any(error.path == _ALIGNMENTS for error in asserted.broken):
        return None
    file = asserted.files.get(_ALIGNMENTS)
    if file is None:
        return None
    return frozenset(
        term
        for fact in file.facts
        for term in (fact.subject, fact.predicate, fact.object)
        if isinstance(term, NamedNode) and not asserted.is_ours(term)
    )


def _core_terms() -> Mapping[str, frozenset[str]]:
    """Read the terms of the vocabularies that graphs are written in."""
    terms: dict[str, frozenset[str]] = {}
    namespace = ""
    for line in _KNOWN.read_text("utf-8").splitlines():
        if line.startswith(" "):
            terms[namespace] = terms.get(namespace, frozenset()) | set(line.split())
        elif not line.startswith("#"):
            namespace = line
    return terms


def _parts(term: NamedNode) -> tuple[str, str]:
    match = _SPLIT.fullmatch(term.value)
    return (match[1], match[2]) if match else ("", term.value)


def _lines(lines: list[int]) -> str:
    noun = "on line" if len(lines) == 1 else "on lines"
    return f"{noun} {', '.join(map(str, lines))}"
