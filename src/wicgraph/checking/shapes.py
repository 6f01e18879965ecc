"""Shapes: what SHACL finds in the facts as written, as findings with places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.engines import SHAPES_FILE, validate
from wicgraph.checking.evidence import SUPPORTS, supports_of
from wicgraph.checking.finding import Finding, Says, Severity
from wicgraph.checking.vocabulary import SHAPE
from wicgraph.reading.turtle import Position
from wicgraph.root import PREFIX_FILE
from wicgraph.terms import (
    RDF_FIRST,
    RDF_REST,
    SH,
    BlankNode,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.checking.engines import Engine, Result
    from wicgraph.reading.turtle import Fact
    from wicgraph.terms import Subject, Term

_FIX = NamedNode(SHAPE + "fix")
_MESSAGE = NamedNode(SH + "message")
_PATH = NamedNode(SH + "path")
_SPARQL = NamedNode(SH + "sparql")
_ALTERNATIVE = NamedNode(SH + "alternativePath")
_SEVERITIES = {"Warning": Severity.WARNING, "Info": Severity.NOTE}
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
# What a thing is explains what is said of it; what is said of it comes in the order
# in which a person would mend it; a property that no shape lists comes last.
_KINDS = ("Class", "NodeKind", "Not", "Pattern")
_RANKS = ("Datatype", "NodeKind", "Class", "Not", "In", "Pattern", "LanguageIn")
_LAST = ("SPARQL", "QualifiedMinCount", "QualifiedMaxCount")


def shape_violations(asserted: Asserted, engine: Engine) -> Iterator[Suspicion]:
    """Find what the shapes do not allow, in the asserted facts of all files.

    Nothing while a file of the ontology cannot be read, because shapes would then
    blame the facts. Raises SourceError when the shapes themselves are unsound.
    """
    if any(error.path.startswith("ontology/") for error in asserted.broken):
        return
    if SHAPES_FILE not in asserted.files:
        return
    facts = asserted.dataset.facts
    data = (fact.triple for fact in facts if fact.path != SHAPES_FILE)
    shapes = (f.triple for f in facts if f.path in (SHAPES_FILE, PREFIX_FILE))
    for result in validate(data, shapes, engine):
        yield from _Reported(result, asserted).suspicions()


class _Reported:
    """One result of an engine, and what the shapes graph says about it."""

    def __init__(self, result: Result, asserted: Asserted) -> None:
        self._result = result
        self._asserted = asserted
        self._shape = result.shape
        self._component = result.component.removesuffix("ConstraintComponent")
        self._paths = self._first_steps()

    def suspicions(self) -> Iterator[Suspicion]:
        """Return a finding for each place where the result shows."""
        result = self._result
        about = tuple(About(result.focus, path, result.value) for path in self._paths)
        if self._component == "Closed":
            about += (About(result.focus, result.path, None),)
        is_simple = result.path is not None
        for position in self._positions():
            yield Suspicion(
                self._finding(position),
                Stage.SHAPE,
                about or (About(result.focus, None, result.value),),
                tuple(self._explained(position)),
                self._rank(),
                claims=is_simple or bool(self._paths),
                blames_object=self._component != "Closed",
            )

    def _finding(self, position: Position) -> Finding:
        speaker = self._speaker()
        message = self._said(speaker, _MESSAGE, self._unsaid())
        fix = self._said(speaker, _FIX, self._unsaid_fix())
        focus = self._result.focus
        return Finding(
            _SEVERITIES.get(self._result.severity, Severity.ERROR),
            self._check(speaker),
            message.en,
            message.zh,
            fix.en,
            fix.zh,
            position,
            None if isinstance(focus, Literal) else focus,
        )

    def _check(self, speaker: Subject) -> str:
        if isinstance(speaker, NamedNode):
            return self._asserted.show(speaker)
        return f"sh:{self._result.component}"

    def _rank(self) -> int:
        name = self._component
        if self._is_about_kind():
            return 0
        if name in _RANKS:
            return 10 + _RANKS.index(name)
        if name == "Closed":
            return 100
        rank = 40 + _LAST.index(name) if name in _LAST else 30
        return rank if self._result.path is not None else rank + 50

    def _is_about_kind(self) -> bool:
        """Tell whether the result says that the thing itself is not what it should."""
        is_of_node = not self._paths and self._result.value == self._result.focus
        return is_of_node and self._component in _KINDS

    def _explained(self, place: Position) -> Iterator[Pattern]:
        focus, path, value = self._result.focus, self._result.path, self._result.value
        if self._is_about_kind():
            yield Pattern(focus, ANY, ANY)
            yield Pattern(ANY, ANY, focus)
        elif path is not None and value is not None and self._component != "Closed":
            yield Pattern(focus, path, None)
        if value is None:
            for missing in self._paths:
                yield Pattern(ANY, SUPPORTS, missing)
        yield from supports_of(focus, place.path, self._asserted)

    def _first_steps(self) -> tuple[NamedNode, ...]:
        """Return the properties that the path of the result begins with."""
        if self._result.path is not None:
            return (self._result.path,)
        for fact in self._asserted.facts_about(self._shape):
            if fact.predicate == _PATH:
                return tuple(self._steps(fact.object))
        return ()

    def _steps(self, path: Term) -> Iterator[NamedNode]:
        if isinstance(path, NamedNode):
            yield path
            return
        for fact in self._asserted.facts_about(path):
            if fact.predicate == RDF_FIRST:
                yield from self._steps(fact.object)
            elif fact.predicate == _ALTERNATIVE:
                for item in self._items(fact.object):
                    yield from self._steps(item)

    def _items(self, head: Term) -> Iterator[Term]:
        while isinstance(head, BlankNode):
            facts = {f.predicate: f.object for f in self._asserted.facts_about(head)}
            if RDF_FIRST in facts:
                yield facts[RDF_FIRST]
            head = facts.get(RDF_REST, _FIX)

    def _positions(self) -> tuple[Position, ...]:
        """Return where to point: at the value, else the property, else the block."""
        result = self._result
        facts = self._asserted.facts_about(result.focus)
        if result.value is not None:
            exact = [fact for fact in facts if fact.object == result.value]
            if self._paths:
                exact = [f for f in exact if f.predicate in self._paths] or exact
            if exact:
                return tuple(object_position(fact) for fact in exact)
        of_path = [fact for fact in facts if fact.predicate in self._paths]
        if of_path:
            return (object_position(self._one_too_many(of_path)),)
        return (self._home(),)

    def _one_too_many(self, facts: list[Fact]) -> Fact:
        """Return the value that repeats a language, else the last one."""
        languages: set[str] = set()
        for fact in facts:
            language = (
                fact.object.language if isinstance(fact.object, Literal) else None
            )
            if self._component == "UniqueLang" and language in languages:
                return fact
            if language:
                languages.add(language)
        return facts[-1]

    def _home(self) -> Position:
        """Return the block of the focus, else its use, else the shape itself."""
        focus = self._result.focus
        home = self._asserted.home(focus)
        if home is not None:
            return home
        uses = (f for f in self._asserted.dataset.facts if f.object == focus)
        use = next(uses, None)
        if use is not None:
            return object_position(use)
        return self._asserted.home(self._shape) or Position(SHAPES_FILE, 1, 1)

    def _speaker(self) -> Subject:
        """Return what speaks for the result: the shape, or its SPARQL constraint.

        Engines do not agree on naming the constraint, so it is known by its words.
        """
        if self._component != "SPARQL":
            return self._shape
        constraints = [
            fact.object
            for fact in self._asserted.facts_about(self._shape)
            if fact.predicate == _SPARQL and not isinstance(fact.object, Literal)
        ]
        for constraint in constraints:
            if len(constraints) == 1 or self._speaks(constraint):
                return constraint
        return self._shape

    def _speaks(self, constraint: Subject) -> bool:
        for fact in self._asserted.facts_about(constraint):
            if fact.predicate == _MESSAGE and isinstance(fact.object, Literal):
                fixed = _PLACEHOLDER.split(fact.object.value)[::2]
                pattern = ".*".join(map(re.escape, fixed))
                texts = self._result.messages
                if any(re.fullmatch(pattern, text, re.DOTALL) for text in texts):
                    return True
        return False

    def _said(self, speaker: Subject, predicate: NamedNode, unsaid: Says) -> Says:
        """Return what a shape says in both languages, or what to say instead."""
        texts: dict[str, str] = {}
        for node in (speaker, self._shape):
            for fact in self._asserted.facts_about(node):
                if fact.predicate == predicate and isinstance(fact.object, Literal):
                    language = (fact.object.language or "en")[:2]
                    filled = _PLACEHOLDER.sub(self._filling, fact.object.value)
                    texts.setdefault(language, filled)
        return Says(texts.get("en", unsaid.en), texts.get("zh", unsaid.zh))

    def _filling(self, match: re.Match[str]) -> str:
        terms = {"this": self._result.focus, "value": self._result.value}
        if self._paths:
            terms |= dict.fromkeys(("path", "PATH"), self._paths[0])
        term = terms.get(match[1])
        if isinstance(term, Literal):
            return term.value
        return match[0] if term is None else self._asserted.show(term)

    def _unsaid_fix(self) -> Says:
        """Say at least where it is written what is asked."""
        home = self._asserted.home(self._shape)
        place = f"{home.path}:{home.line}" if home else SHAPES_FILE
        return Says(f"See what {place} asks.", f"请见 {place} 的要求。")

    def _unsaid(self) -> Says:
        """Say at least which constraint failed, for a shape that says nothing."""
        focus = self._asserted.show(self._result.focus)
        shape = self._asserted.show(self._shape)
        component = self._result.component
        return Says(
            f"{focus} does not fit {shape} (sh:{component}).",
            f"{focus} 不符合 {shape}（sh:{component}）。",
        )
