"""Shapes: what SHACL finds in the facts as written, as findings with places."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import object_position
from wicgraph.checking.causes import ANY, About, Pattern, Stage, Suspicion
from wicgraph.checking.engines import SHAPES_FILE, validate
from wicgraph.checking.evidence import SUPPORTS, supports_of
from wicgraph.checking.finding import Finding, Severity
from wicgraph.checking.wording import Wording
from wicgraph.reading.turtle import Position
from wicgraph.root import PREFIX_FILE
from wicgraph.terms import (
    RDF_FIRST,
    SH,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.checking.asserted import Asserted
    from wicgraph.checking.engines import Engine, Result
    from wicgraph.reading.turtle import Fact
    from wicgraph.terms import Term

_PATH = NamedNode(SH + "path")
_SELECT = NamedNode(SH + "select")
_ALTERNATIVE = NamedNode(SH + "alternativePath")
_SEVERITIES = {"Warning": Severity.WARNING, "Info": Severity.NOTE}
# What a thing is explains what is said of it; what is said of it comes in the order in
# which a person would mend it: each value, then how values go together, then a property
# that no shape lists, and last what is missing, which may be written as something else.
_KINDS = ("Class", "NodeKind", "Not", "Pattern")
_VALUES = ("Datatype", "NodeKind", "Class", "Not", "In", "Pattern", "LanguageIn")
_PAIRS = {
    name: NamedNode(SH + name[:1].lower() + name[1:])
    for name in ("LessThan", "LessThanOrEquals", "Equals", "Disjoint")
}
_TOGETHER = (*_PAIRS, "SPARQL", "QualifiedMaxCount")
_UNLISTED = "Closed"
_MISSING = ("MinCount", "QualifiedMinCount")


def shape_results(asserted: Asserted, engine: Engine) -> tuple[Result, ...]:
    """Hold the asserted facts of all files to the shapes.

    Nothing while a file of the ontology cannot be read, because shapes would then
    blame the facts. Raises SourceError when the shapes themselves are unsound.
    """
    if any(error.path.startswith("ontology/") for error in asserted.broken):
        return ()
    if SHAPES_FILE not in asserted.files:
        return ()
    facts = asserted.dataset.facts
    data = (fact.triple for fact in facts if fact.path != SHAPES_FILE)
    shapes = (f.triple for f in facts if f.path in (SHAPES_FILE, PREFIX_FILE))
    return validate(data, shapes, engine)


def shape_violations(
    asserted: Asserted, results: Iterable[Result]
) -> Iterator[Suspicion]:
    """Say of each result where the files have what it complains of."""
    reported = [_Reported(result, asserted) for result in results]
    missing: dict[Term, set[NamedNode]] = defaultdict(set)
    for each in reported:
        missing[each.focus].update(each.missing)
    for each in reported:
        yield from each.suspicions(missing[each.focus])


class _Reported:
    """One result of an engine, and what the shapes graph says about it."""

    def __init__(self, result: Result, asserted: Asserted) -> None:
        self.focus = result.focus
        self._result = result
        self._asserted = asserted
        self._component = result.component.removesuffix("ConstraintComponent")
        self._paths = self._first_steps()
        self._wording = Wording(result, next(iter(self._paths), None), asserted)

    @property
    def missing(self) -> tuple[NamedNode, ...]:
        """The properties of which the focus has too few values."""
        return self._paths if self._component in _MISSING else ()

    def suspicions(self, missing: Iterable[NamedNode]) -> Iterator[Suspicion]:
        """Return a finding for each place where the result shows.

        `missing` are the properties of which the focus has too few values.
        """
        for position in self._positions():
            yield Suspicion(
                self._finding(position),
                Stage.SHAPE,
                self._about(),
                tuple(self._explained(position, missing)),
                self._rank(),
                claims=bool(self._paths),
                blames_object=self._component != _UNLISTED,
            )

    def _finding(self, position: Position) -> Finding:
        message, fix = self._wording.message, self._wording.fix
        return Finding(
            _SEVERITIES.get(self._result.severity, Severity.ERROR),
            self._wording.check,
            message.en,
            message.zh,
            fix.en,
            fix.zh,
            position,
            None if isinstance(self.focus, Literal) else self.focus,
        )

    def _about(self) -> tuple[About, ...]:
        about = [About(self.focus, path, self._result.value) for path in self._paths]
        about = about or [About(self.focus, None, self._result.value)]
        return (*about, *self._related())

    def _related(self) -> Iterator[About]:
        """Return the properties that the result is about whatever their values."""
        if self._component == _UNLISTED:
            yield from (About(self.focus, path, None) for path in self._paths)
        elif self._component in _PAIRS:
            for fact in self._asserted.facts_about(self._result.shape):
                if fact.predicate == _PAIRS[self._component]:
                    yield About(self.focus, fact.object, None)
        elif self._component == "SPARQL":
            for fact in self._asserted.facts_about(self._wording.speaker):
                if fact.predicate == _SELECT and isinstance(fact.object, Literal):
                    yield from self._named_in(fact.object.value)

    def _named_in(self, query: str) -> Iterator[About]:
        for fact in self._asserted.facts_about(self.focus):
            name = re.escape(self._asserted.show(fact.predicate))
            if re.search(rf"(?<![\w:-]){name}(?![\w-])", query):
                yield About(self.focus, fact.predicate, None)

    def _rank(self) -> int:
        name = self._component
        is_of_node = self._result.path is None
        if self._is_about_kind():
            return 0
        if name in _VALUES:
            return 10 + _VALUES.index(name)
        if name == _UNLISTED:
            return 100
        if name in _MISSING:
            return 110 + 50 * is_of_node
        rank = 40 + _TOGETHER.index(name) if name in _TOGETHER else 30
        return rank + 50 * is_of_node

    def _is_about_kind(self) -> bool:
        """Tell whether the result says that the thing itself is not what it should."""
        is_of_node = not self._paths and self._result.value == self.focus
        return is_of_node and self._component in _KINDS

    def _explained(
        self, place: Position, missing: Iterable[NamedNode]
    ) -> Iterator[Pattern]:
        focus, path, value = self.focus, self._result.path, self._result.value
        if self._is_about_kind():
            yield Pattern(focus, ANY, ANY)
            yield Pattern(ANY, ANY, focus)
        elif value is None:
            for step in self._paths:
                yield Pattern(ANY, SUPPORTS, step)
        elif path is not None and self._component != _UNLISTED:
            yield Pattern(focus, path, None)
        if self._component == "MaxCount":
            for step in self._paths:
                yield Pattern(focus, step, ANY)
        # A value may be right, and is then missing where it should stand.
        for value in self._blamed():
            yield Pattern(None, ANY, value)
            yield Pattern(value, SUPPORTS, ANY)
            for other in missing:
                if self._suits(value, other):
                    yield Pattern(focus, other, None)
        yield Pattern(focus, None, None)
        yield from supports_of(focus, place.path, self._asserted)

    def _blamed(self) -> Iterator[Term]:
        """Return the values of the property that the result may blame."""
        if self._component == "MaxCount":
            for fact in self._asserted.facts_about(self.focus):
                if fact.predicate in self._paths:
                    yield fact.object
        elif self._paths and self._result.value is not None:
            yield self._result.value

    def _suits(self, value: Term, name: NamedNode) -> bool:
        """Tell whether a property may have a value, by its range."""
        needed = self._asserted.ranges.get(name)
        if isinstance(value, Literal):
            return needed in (None, value.datatype)
        return needed is None or needed in self._asserted.classes(value)

    def _first_steps(self) -> tuple[NamedNode, ...]:
        """Return the properties that the path of the result begins with."""
        if self._result.path is not None:
            return (self._result.path,)
        for fact in self._asserted.facts_about(self._result.shape):
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
                for item in self._asserted.items(fact.object):
                    yield from self._steps(item)

    def _positions(self) -> tuple[Position, ...]:
        """Return where to point: at the value, else the property, else the block."""
        value = self._result.value
        facts = self._asserted.facts_about(self.focus)
        if value is not None:
            exact = [fact for fact in facts if fact.object == value]
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
        home = self._asserted.home(self.focus)
        if home is not None:
            return home
        uses = (f for f in self._asserted.dataset.facts if f.object == self.focus)
        use = next(uses, None)
        if use is not None:
            return object_position(use)
        return self._asserted.home(self._result.shape) or Position(SHAPES_FILE, 1, 1)
