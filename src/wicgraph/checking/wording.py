"""What shapes say of a result, in both languages, with the names filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.checking.engines import SHAPES_FILE
from wicgraph.checking.vocabulary import SHAPE
from wicgraph.language import Text
from wicgraph.terms import SH, Literal, NamedNode

if TYPE_CHECKING:
    from wicgraph.checking.asserted import Asserted
    from wicgraph.checking.engines import Result
    from wicgraph.terms import Subject

_FIX = NamedNode(SHAPE + "fix")
_MESSAGE = NamedNode(SH + "message")
_SPARQL = NamedNode(SH + "sparql")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


class Wording:
    """The words for a result: those of its shape, or of its SPARQL constraint.

    `path` is the property that fills in for `{?path}`.
    """

    def __init__(
        self, result: Result, path: NamedNode | None, asserted: Asserted
    ) -> None:
        self._result = result
        self._path = path
        self._asserted = asserted
        self.speaker = self._speaker()

    @property
    def check(self) -> str:
        """What speaks, as the name of a check."""
        if isinstance(self.speaker, NamedNode):
            return self._asserted.show(self.speaker)
        return f"sh:{self._result.component}"

    @property
    def message(self) -> Text:
        """What is wrong; at least which constraint failed, where a shape is silent."""
        focus = self._asserted.show(self._result.focus)
        shape = self._asserted.show(self._result.shape)
        component = self._result.component
        unsaid = Text(
            f"{focus} does not fit {shape} (sh:{component}).",
            f"{focus} 不符合 {shape}（sh:{component}）。",
        )
        return self._said(_MESSAGE, unsaid)

    @property
    def fix(self) -> Text:
        """What to do; at least where it is written what is asked."""
        home = self._asserted.home(self._result.shape)
        place = f"{home.path}:{home.line}" if home else SHAPES_FILE
        return self._said(
            _FIX, Text(f"See what {place} asks.", f"请见 {place} 的要求。")
        )

    def _speaker(self) -> Subject:
        """Choose what speaks; engines do not agree on naming the constraint.

        So it is known by its words.
        """
        shape = self._result.shape
        if self._result.component != "SPARQLConstraintComponent":
            return shape
        constraints = [
            fact.object
            for fact in self._asserted.facts_about(shape)
            if fact.predicate == _SPARQL and not isinstance(fact.object, Literal)
        ]
        for constraint in constraints:
            if len(constraints) == 1 or self._has_said(constraint):
                return constraint
        return shape

    def _has_said(self, constraint: Subject) -> bool:
        for fact in self._asserted.facts_about(constraint):
            if fact.predicate == _MESSAGE and isinstance(fact.object, Literal):
                fixed = _PLACEHOLDER.split(fact.object.value)[::2]
                pattern = ".*".join(map(re.escape, fixed))
                texts = self._result.messages
                if any(re.fullmatch(pattern, text, re.DOTALL) for text in texts):
                    return True
        return False

    def _said(self, predicate: NamedNode, unsaid: Text) -> Text:
        texts: dict[str, str] = {}
        for node in (self.speaker, self._result.shape):
            for fact in self._asserted.facts_about(node):
                if fact.predicate == predicate and isinstance(fact.object, Literal):
                    language = (fact.object.language or "en")[:2]
                    filled = _PLACEHOLDER.sub(self._filling, fact.object.value)
                    texts.setdefault(language, filled)
        return Text(texts.get("en", unsaid.en), texts.get("zh", unsaid.zh))

    def _filling(self, match: re.Match[str]) -> str:
        terms = {
            "this": self._result.focus,
            "value": self._result.value,
            "path": self._path,
            "PATH": self._path,
        }
        term = terms.get(match[1])
        if isinstance(term, Literal):
            return term.value
        return match[0] if term is None else self._asserted.show(term)
