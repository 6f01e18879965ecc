"""What pages are made of: the graph, its names in both languages, and its proofs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from wicgraph.asking.dossier import about
from wicgraph.asking.evidence import Backing
from wicgraph.asking.ledger import ledgers
from wicgraph.asking.things import nodes
from wicgraph.publishing.proof_words import Words
from wicgraph.site.address import Addresses
from wicgraph.site.data import Data
from wicgraph.site.labels import Labels
from wicgraph.terms import WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.grounds import Grounds
    from wicgraph.asking.ledger import Matter
    from wicgraph.asking.things import Things
    from wicgraph.graph import Graph
    from wicgraph.language import Language
    from wicgraph.reasoning.proof import Explainer
    from wicgraph.site.address import Address
    from wicgraph.store import Snapshot
    from wicgraph.terms import Term


PASSAGE_OF = NamedNode(WIC + "passageOf")


@dataclass(frozen=True)
class Material:
    """What is the same for all pages, each part made when it is first needed."""

    graph: Graph

    @property
    def snapshot(self) -> Snapshot:
        """The graph on disk."""
        return self.graph.snapshot

    @cached_property
    def addresses(self) -> Addresses:
        """Where the pages of nodes are."""
        return Addresses.of(self.snapshot)

    @cached_property
    def labels(self) -> Labels:
        """What nodes are called."""
        return Labels(self.graph.things)

    @cached_property
    def backing(self) -> Backing:
        """What bears statements out: where they are written, or their proofs."""
        return Backing(self.snapshot)

    @property
    def grounds(self) -> Grounds:
        """Where statements are written, with the quotes that bear them out."""
        return self.backing.grounds

    @property
    def explainer(self) -> Explainer | None:
        """Who finds proofs; None where nobody wants any, or nobody can."""
        return self.backing.explainer if self.graph.inference else None

    @cached_property
    def data(self) -> Data:
        """What stands beside pages."""
        return Data(self.graph)

    @cached_property
    def passages(self) -> Mapping[NamedNode, str]:
        """The address of the document that each passage is of, if it has one."""
        found = {}
        for triple in self.snapshot.triples(predicate=PASSAGE_OF, inference=False):
            passage, source = triple.subject, triple.object
            if isinstance(passage, NamedNode) and isinstance(source, NamedNode):
                document = self.grounds.document(source)
                found[passage] = document.address if document else ""
        return found

    @cached_property
    def ledgers(self) -> Mapping[Term, tuple[Matter, ...]]:
        """What sources say differently, by the thing of which they say it."""
        conflicts = self.graph.catalogue.find("conflicts")
        return {} if conflicts is None else ledgers(self.snapshot, conflicts)

    def dossier(self, node: NamedNode) -> Dossier:
        """Collect all that the graph says of a node."""
        inference = self.graph.inference
        found = about(
            self.graph.things, node, inference=inference, grounds=self.grounds
        )
        return replace(found, ledger=self.ledgers.get(node, ()))

    @cached_property
    def places(self) -> tuple[tuple[NamedNode, Address], ...]:
        """Every node of our namespace with its address, by IRI."""
        found: set[object] = set()
        for quad in self.snapshot.quads(inference=self.graph.inference):
            found |= {quad.subject, quad.predicate, quad.object, quad.graph_name}
        places = ((node, self.addresses.find(node)) for node in nodes(found))
        return tuple((node, address) for node, address in places if address)

    def within(self, folder: str) -> Iterator[tuple[NamedNode, Address]]:
        """Go through the nodes whose pages are in a folder, by IRI."""
        return (place for place in self.places if place[1].folder == folder)

    def things(self, language: Language) -> Things:
        """Give the things as they are called in a language."""
        return replace(self.graph.things, language=language)

    def words(self, language: Language) -> Words:
        """Give the words of proofs in a language."""
        return Words(self.things(language))
