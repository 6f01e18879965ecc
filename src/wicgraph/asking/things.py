"""Things as people see them: their labels, their classes and all their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.language import preferred, shown
from wicgraph.asking.names import Found, Name, find, normalized
from wicgraph.language import Language
from wicgraph.terms import (
    RDF_TYPE,
    RDFS_LABEL,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SKOS_PREF_LABEL,
    WIC,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes, Subject, Term

# The properties that name a thing, best first; a misspelling and what a document prints
# are names to search for only. What has no name is shown by what it says.
LABELS = (SKOS_PREF_LABEL, RDFS_LABEL, NamedNode(WIC + "title"))
CALLED = (SKOS_PREF_LABEL, RDFS_LABEL, SKOS_ALT_LABEL)
_SAID = tuple(NamedNode(WIC + name) for name in ("content", "form", "text", "quote"))
_COMPARES = NamedNode(WIC + "compares")
_BASIS = NamedNode(WIC + "basis")
_EVERY = (*LABELS, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL)
_NAME_OF = NamedNode(WIC + "nameOf")
_FORM = NamedNode(WIC + "form")
_NAME_KIND = NamedNode(WIC + "nameKind")


@dataclass(frozen=True)
class Things:
    """The things of a snapshot, shown in a language."""

    snapshot: Snapshot
    prefixes: Prefixes
    language: Language = Language.EN

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name of every thing: labels, titles, misspellings and printed forms."""
        return tuple(self._names())

    def find(self, text: str) -> tuple[Found, ...]:
        """Find the things that have a name like the text, best match first."""
        return find(text, self.names)

    def labels(self, nodes: Iterable[Term | None]) -> dict[NamedNode, str]:
        """Find the text to show for each node: its name, else what it says.

        A text in another language is followed by that language in brackets.
        """
        found = {}
        for node in {node for node in nodes if isinstance(node, NamedNode)}:
            text = self.text(node)
            if text is not None:
                found[node] = shown(text, self.language)
        return found

    def text(self, node: NamedNode) -> Literal | None:
        """Choose the text to show for a node: its name, else what it says."""
        return preferred(self._texts(node), self.language)

    def label(self, node: NamedNode, labels: Mapping[NamedNode, str]) -> str:
        """Return the label of a node, or its CURIE if it has none."""
        return labels.get(node) or self.prefixes.shorten(node)

    def classes(self, node: Subject, *, inference: bool) -> tuple[NamedNode, ...]:
        """Find the classes of a node, sorted: with the inferred ones or without."""
        types = self.snapshot.triples(node, RDF_TYPE, inference=inference)
        return nodes(triple.object for triple in types)

    def described(self, things: Iterable[NamedNode]) -> tuple[str, ...]:
        """Write nodes as CURIEs, each with its classes: `event:wic (event series)`."""
        texts = []
        for node in nodes(things):
            classes = self.classes(node, inference=False)
            labels = self.labels(classes)
            between = self.language.pick(", ", "、")
            what = between.join(self.label(kind, labels) for kind in classes)
            name = self.prefixes.shorten(node)
            told = self.language.pick(f"{name} ({what})", f"{name}（{what}）")
            texts.append(told if what else name)
        return tuple(texts)

    def is_named(self, node: NamedNode) -> bool:
        """Tell a thing that has a name from a fact that is a node, such as a role."""
        return any(any(self.snapshot.triples(node, kind)) for kind in LABELS)

    def _texts(self, node: NamedNode) -> list[Literal]:
        """Collect the texts of the first property that has any.

        A hypothesis says why; the basis of a date would be that of several dates.
        """
        supposes = any(self.snapshot.triples(node, _COMPARES))
        for kind in (*LABELS, *_SAID, *((_BASIS,) if supposes else ())):
            objects = (t.object for t in self.snapshot.triples(node, kind))
            texts = [text for text in objects if isinstance(text, Literal)]
            if texts:
                return texts
        return []

    def _names(self) -> Iterator[Name]:
        for kind in _EVERY:
            for triple in self.snapshot.triples(predicate=kind):
                thing, text = triple.subject, triple.object
                if isinstance(thing, NamedNode) and isinstance(text, Literal):
                    yield Name(thing, text, kind, normalized(text.value))
        for naming in self.snapshot.triples(predicate=_NAME_OF):
            printed, named = naming.subject, naming.object
            if isinstance(named, NamedNode) and isinstance(printed, NamedNode):
                kinds = self.snapshot.triples(printed, _NAME_KIND)
                kind = next(iter(nodes(t.object for t in kinds)), _NAME_OF)
                for form in self.snapshot.triples(printed, _FORM):
                    if isinstance(form.object, Literal):
                        folded = normalized(form.object.value)
                        yield Name(named, form.object, kind, folded)


def nodes(terms: Iterable[object]) -> tuple[NamedNode, ...]:
    """Pick the named nodes out of terms, each once, sorted."""
    return tuple(sorted({t for t in terms if isinstance(t, NamedNode)}, key=str))


def local_name(node: NamedNode) -> str:
    """Return the last part of an IRI, after the last slash or hash."""
    return re.split(r"[/#]", node.value)[-1]
