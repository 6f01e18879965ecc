"""What a store elsewhere holds of ours, as it says itself in `graph:pushed`.

    graph:pushed      void:rootResource (each graph) … ; dcterms:identifier "sha256:…"
    source:2014-hku   void:triples 35 ; dcterms:identifier "sha256:…"

While a push is at work, and when it broke off, `graph:pushed` has no identifier. What
it `dcterms:replaces` are graphs of earlier pushes that are there still.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from wicgraph.remote.naming import PUSHED, lines
from wicgraph.terms import Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
_REPLACES = NamedNode("http://purl.org/dc/terms/replaces")
_ROOT = NamedNode("http://rdfs.org/ns/void#rootResource")
_TRIPLES = NamedNode("http://rdfs.org/ns/void#triples")
_SHA = "sha256:"


@dataclass(frozen=True, slots=True)
class Content:
    """What a graph says: how many triples, and the hash of its lines."""

    triples: int
    digest: str

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Digest the sorted lines of a graph."""
        count, digest = 0, sha256()
        for line in lines:
            count += 1
            digest.update(line.encode())
        return cls(count, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The graphs that were pushed, with what each says; `whole` if all of them were.

    `stale` are graphs of earlier pushes, which no question looks at.
    """

    graphs: Mapping[NamedNode, Content] = field(default_factory=dict)
    stale: tuple[NamedNode, ...] = ()
    whole: bool = False

    @classmethod
    def read(cls, triples: Iterable[Triple]) -> Self:
        """Read what a store says; what it does not say of a graph is 0 and ""."""
        counts: dict[object, int] = {}
        digests: dict[object, str] = {}
        names: set[NamedNode] = set()
        stale: set[NamedNode] = set()
        for triple in triples:
            value = triple.object
            if triple.predicate == _ROOT and isinstance(value, NamedNode):
                names.add(value)
            elif triple.predicate == _REPLACES and isinstance(value, NamedNode):
                stale.add(value)
            elif triple.predicate == _TRIPLES and isinstance(value, Literal):
                counts[triple.subject] = int(value.value)
            elif triple.predicate == _IDENTIFIER and isinstance(value, Literal):
                digests[triple.subject] = value.value.removeprefix(_SHA)
        graphs = {
            name: Content(counts.get(name, 0), digests.get(name, ""))
            for name in sorted(names, key=str)
        }
        found = cls(graphs, tuple(sorted(stale, key=str)))
        return replace(found, whole=digests.get(PUSHED) == found.digest)

    @property
    def digest(self) -> str:
        """The hash of the names and the hashes of all graphs."""
        parts = ((name.value, each.digest) for name, each in self.graphs.items())
        text = "".join(f"{name} {digest}\n" for name, digest in sorted(parts))
        return sha256(text.encode()).hexdigest()

    def lines(self) -> list[str]:
        """Say it in RDF, as N-Triples."""
        return lines(self._triples())

    def _triples(self) -> Iterator[Triple]:
        if self.whole:
            yield Triple(PUSHED, _IDENTIFIER, Literal(_SHA + self.digest))
        for name in self.stale:
            yield Triple(PUSHED, _REPLACES, name)
        for name, content in self.graphs.items():
            yield Triple(PUSHED, _ROOT, name)
            yield Triple(name, _TRIPLES, Literal(content.triples))
            yield Triple(name, _IDENTIFIER, Literal(_SHA + content.digest))
