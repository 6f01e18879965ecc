"""Things as people see them: their labels, their classes and all their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.answer import evaluate
from wicgraph.asking.language import Language, preferred, shown
from wicgraph.asking.names import Found, Name, find, normalized
from wicgraph.asking.sparql import QueryText
from wicgraph.terms import RDFS, SKOS, WIC, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes, Term

_IMPLIED = {"rdfs": RDFS, "skos": SKOS, "wic": WIC}
_LABELS = """
SELECT ?thing ?kind ?name WHERE {{
  VALUES ?thing {{ {things} }}
  VALUES ?kind {{ skos:prefLabel rdfs:label wic:title }}
  ?thing ?kind ?name .
}}
"""
_CLASSES = """
SELECT DISTINCT ?thing ?class WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing a ?class .
}}
"""
# What people call things, and what documents print as their names.
_NAMES = """
SELECT DISTINCT ?thing ?kind ?name WHERE {
  {
    VALUES ?kind {
      skos:prefLabel rdfs:label wic:title skos:altLabel skos:hiddenLabel
    }
    ?thing ?kind ?name .
  }
  UNION
  { ?printed wic:nameOf ?thing ; wic:form ?name ; wic:nameKind ?kind . }
}
"""
_ORDER = ("prefLabel", "label", "title")
_PROPER = (*_ORDER, "altLabel")


@dataclass(frozen=True)
class Things:
    """The things of a snapshot, shown in a language."""

    snapshot: Snapshot
    prefixes: Prefixes
    language: Language = Language.EN

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name of every thing: labels, titles, misspellings and printed forms."""
        return tuple(
            Name(thing, name, kind, normalized(name.value))
            for thing, kind, name in self.ask(_NAMES)
            if isinstance(thing, NamedNode)
            and isinstance(kind, NamedNode)
            and isinstance(name, Literal)
        )

    def find(self, text: str) -> tuple[Found, ...]:
        """Find the things that have a name like the text, best match first."""
        return find(text, self.names)

    def labels(self, nodes: Iterable[Term | None]) -> Mapping[NamedNode, str]:
        """Find the text to show for each node that has a name of its own.

        A name in another language is followed by that language in brackets.
        """
        texts: dict[NamedNode, dict[int, list[Literal]]] = {}
        for thing, kind, name in self._about(_LABELS, nodes):
            if isinstance(thing, NamedNode) and isinstance(name, Literal):
                order = _ORDER.index(local_name(kind))
                texts.setdefault(thing, {}).setdefault(order, []).append(name)
        labels = {}
        for thing, kinds in texts.items():
            best = preferred(kinds[min(kinds)], self.language)
            if best is not None:
                labels[thing] = shown(best, self.language)
        return labels

    def classes(
        self, nodes: Iterable[Term | None], *, inference: bool = False
    ) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
        """Find the classes of nodes, sorted: those that people gave, or all."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for thing, kind in self._about(_CLASSES, nodes, inference=inference):
            if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
                found.setdefault(thing, []).append(kind)
        return {node: tuple(sorted(kinds, key=str)) for node, kinds in found.items()}

    def described(self, nodes: Iterable[NamedNode]) -> tuple[str, ...]:
        """Write nodes as CURIEs, each with its classes: `event:wic (event series)`."""
        every = sorted(nodes, key=str)
        classes = self.classes(every)
        labels = self.labels({kind for kinds in classes.values() for kind in kinds})
        texts = []
        for node in every:
            kinds = (self.label(kind, labels) for kind in classes.get(node, ()))
            what = ", ".join(kinds)
            name = self.prefixes.shorten(node)
            texts.append(f"{name} ({what})" if what else name)
        return tuple(texts)

    def label(self, node: NamedNode, labels: Mapping[NamedNode, str]) -> str:
        """Return the label of a node, or its CURIE if it has none."""
        return labels.get(node) or self.prefixes.shorten(node)

    def ask(
        self, text: str, values: Mapping[str, Term] | None = None
    ) -> tuple[tuple[Term | None, ...], ...]:
        """Answer a query of our own about names; returns its rows."""
        query = QueryText("names", text, _IMPLIED)
        return evaluate(self.snapshot, query, values or {}).rows

    def _about(
        self, text: str, nodes: Iterable[Term | None], *, inference: bool = True
    ) -> tuple[tuple[Term | None, ...], ...]:
        things = sorted({str(node) for node in nodes if isinstance(node, NamedNode)})
        if not things:
            return ()
        query = QueryText("names", text.format(things=" ".join(things)), _IMPLIED)
        return evaluate(self.snapshot, query, {}, inference=inference).rows


def is_proper(name: Name) -> bool:
    """Tell a label or title from a misspelling and from what a document prints."""
    return local_name(name.kind) in _PROPER


def local_name(node: Term | None) -> str:
    """Return the last part of an IRI, after the last slash or hash."""
    return re.split(r"[/#]", node.value)[-1] if isinstance(node, NamedNode) else ""
