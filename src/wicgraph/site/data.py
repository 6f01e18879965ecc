"""What stands beside pages for programs: RDF, and the JSON-LD in their heads."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.things import LABELS, nodes
from wicgraph.publishing.data_set import ADDRESS, Statement
from wicgraph.publishing.dumps import Vocabulary, canonical, dump
from wicgraph.publishing.dumps.views import has_view, short_names, view
from wicgraph.publishing.selection import selected
from wicgraph.site.address import NAMESPACE
from wicgraph.site.page import Beside
from wicgraph.terms import GRAPH, WIC, BlankNode, NamedNode, Prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.asking.dossier import Dossier
    from wicgraph.graph import Graph
    from wicgraph.terms import Quad

_FORMATS = (
    ("ttl", "text/turtle", "turtle"),
    ("nt", "application/n-triples", "ntriples"),
    ("jsonld", "application/ld+json", "jsonld"),
)
_ALIGNED = NamedNode(GRAPH + "ontology")


@dataclass(frozen=True)
class Data:
    """Writes RDF for pages of one graph."""

    graph: Graph
    _labels: dict[NamedNode, tuple[Quad, ...]] = field(default_factory=dict, repr=False)

    def of_thing(self, dossier: Dossier) -> tuple[Beside, ...]:
        """Write what is said of a thing, of its facts and of their passages."""
        thing = dossier.thing
        described = {each for each in _described(dossier) if each != thing}
        quads = {q for node in described for q in self._quads(node, inference=False)}
        inference = self.graph.inference
        quads.update(self._quads(thing, inference=inference))
        quads.update(self.graph.snapshot.quads(value=thing, inference=inference))
        return self.files(quads)

    def of_graph(self, graph: NamedNode) -> tuple[Beside, ...]:
        """Write what a source says, or another named graph."""
        return self.files(self.graph.snapshot.quads(graph=graph))

    def of_term(self, term: NamedNode) -> tuple[Beside, ...]:
        """Write what files say of a term or a shape, with its lists and brackets."""
        found: set[Quad] = set()
        coming: list[NamedNode | BlankNode] = [term]
        while coming:
            for quad in self._quads(coming.pop(), inference=False):
                if isinstance(quad.object, BlankNode) and quad not in found:
                    coming.append(quad.object)
                found.add(quad)
        return self.files(found)

    def of_query(self, query: NamedNode) -> tuple[Beside, ...]:
        """Write what describes a stored query and its parameters."""
        inner = nodes(quad.object for quad in self._quads(query, inference=False))
        parts = (n for n in inner if n.value.startswith(f"{query.value}/"))
        described = (query, *parts)
        return self.files(
            quad for node in described for quad in self._quads(node, inference=False)
        )

    def files(self, quads: Iterable[Quad]) -> tuple[Beside, ...]:
        """Write quads, and the names of what they mention, in each format."""
        said = set(quads)
        said.update(q for node in _mentioned(said) for q in self._named(node))
        made = canonical(said)
        prefixes, vocabulary = self.graph.prefixes, self._vocabulary
        return tuple(
            Beside(suffix, media_type, dump(made, form, prefixes, vocabulary))
            for suffix, media_type, form in _FORMATS
        )

    def json_ld(self, node: NamedNode) -> str:
        """Say in the words of schema.org what a page is about; "" for nothing.

        It may stand in HTML as it is: no text in it can end the element.
        """
        if node not in self._schema_org:
            return ""
        quads = self._schema_org[node]
        text = "".join(dump(quads, "jsonld", Prefixes({}), self._short_names))
        return _in_html(json.loads(text))

    def data_set(self) -> str:
        """Say what the data set is, as catalogues of data sets read it; see `json_ld`.

        https://schema.org/Dataset
        """
        said = self.said
        if not said.title.texts:
            return ""
        told = {
            "@context": "https://schema.org/",
            "@id": ADDRESS,
            "@type": "Dataset",
            "name": said.title.text.en,
            "alternateName": said.title.text.zh,
            "description": said.summary.text.en,
            "keywords": [each.value for each in said.keywords.texts],
            "license": said.licence,
            "version": said.version,
            "creator": [{"@id": a.iri, "name": a.name.text.en} for a in said.authors],
        }
        return _in_html(told)

    @cached_property
    def said(self) -> Statement:
        """What the data set says of itself."""
        return Statement.of(self.graph.snapshot)

    def _quads(self, node: NamedNode | BlankNode, *, inference: bool) -> Iterator[Quad]:
        return self.graph.snapshot.quads(node, inference=inference)

    def _named(self, node: NamedNode) -> tuple[Quad, ...]:
        if node not in self._labels:
            quads = self.graph.snapshot.quads
            self._labels[node] = tuple(
                q for label in LABELS for q in quads(node, label, inference=False)
            )
        return self._labels[node]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.graph.snapshot, self.graph.prefixes)

    @cached_property
    def _schema_org(self) -> Mapping[NamedNode, set[Quad]]:
        """Ask the view once for all pages; a folder need not have it."""
        found: dict[NamedNode, set[Quad]] = defaultdict(set)
        if has_view(self.graph.root, "schemaorg"):
            every = selected(self.graph.things, inference=self.graph.inference)
            for quad in view(self.graph.root, "schemaorg", every).quads:
                if isinstance(quad.subject, NamedNode):
                    found[quad.subject].add(quad)
        return dict(found)

    @cached_property
    def _short_names(self) -> Vocabulary:
        return short_names(q for quads in self._schema_org.values() for q in quads)


def _in_html(told: object) -> str:
    """Write JSON in which no text can end the element around it."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _described(dossier: Dossier) -> Iterator[NamedNode]:
    """Name the facts of a dossier, and the passages that it quotes."""
    for section in dossier.sections:
        for statement in section.statements:
            yield from (quote.passage for quote in statement.quotes)
        for block in section.blocks:
            yield block.node
            yield from (quote.passage for quote in block.quotes)


def _mentioned(quads: Iterable[Quad]) -> tuple[NamedNode, ...]:
    """Name the things at either end of statements; terms have pages of their own."""
    found = nodes(end for quad in quads for end in (quad.subject, quad.object))
    return tuple(
        node
        for node in found
        if node.value.startswith(NAMESPACE) and not node.value.startswith(WIC)
    )
