"""Where the page of each node stands, and how pages find each other from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from wicgraph.terms import OWL, QUERY, RDF_TYPE, WIC, NamedNode

if TYPE_CHECKING:
    from wicgraph.language import Language
    from wicgraph.store import Snapshot

NAMESPACE = "https://w3id.org/wicgraph/"
_CLASS = NamedNode(OWL + "Class")
_PROPERTIES = tuple(
    NamedNode(OWL + kind)
    for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_PARAMETER = "parameter/"  # the paths of pre-bound variables in the RDF of queries


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """The path of a page in the site without a suffix, and a place on the page."""

    path: str
    anchor: str = ""

    @property
    def folder(self) -> str:
        """The first part of the path, such as "event"."""
        return self.path.partition("/")[0]

    def file(self, language: Language) -> str:
        """Name the file of the page; the English one has the plain name."""
        return f"{self.path}{language.pick('', '.zh')}.html"

    def beside(self, suffix: str) -> str:
        """Name a file about the same thing in another format, such as "ttl"."""
        return f"{self.path}.{suffix}"

    @property
    def up(self) -> str:
        """The way from the page to the folder of the site, such as "../"."""
        return "../" * self.path.count("/")

    def to_file(self, file: str, anchor: str = "") -> str:
        """Write the link from this page to a file of the site, relative to the page."""
        link = self.up + quote(file)
        return f"{link}#{quote(anchor)}" if anchor else link

    def to(self, other: Address, language: Language) -> str:
        """Write the link from this page to another one, in the same language."""
        return self.to_file(other.file(language), other.anchor)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Finds the page of a node: its IRI after our namespace, with few exceptions.

    A term of the ontology has a page in the folder of its kind, because file systems
    that fold case cannot tell the class Topic from the property topic.
    """

    classes: frozenset[NamedNode]
    properties: frozenset[NamedNode]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Look up which terms are classes and which are properties."""

        def typed(kind: NamedNode) -> set[NamedNode]:
            found = snapshot.triples(None, RDF_TYPE, kind, inference=False)
            return {t.subject for t in found if isinstance(t.subject, NamedNode)}

        properties = set[NamedNode]().union(*map(typed, _PROPERTIES))
        return cls(frozenset(typed(_CLASS)), frozenset(properties))

    def find(self, node: NamedNode) -> Address | None:
        """Find where the page of a node is; None for nodes of other namespaces.

        There is none either for an IRI that is no path of a file in a folder.
        """
        if not node.value.startswith(NAMESPACE):
            return None
        found = self._place(node)
        return found if all(part.strip(".") for part in found.path.split("/")) else None

    def _place(self, node: NamedNode) -> Address:
        iri = node.value
        if iri.startswith(WIC):
            return Address(f"ontology/{self._kind(node)}/{iri.removeprefix(WIC)}")
        if iri.startswith(QUERY):
            return _of_query(iri.removeprefix(QUERY))
        return Address(iri.removeprefix(NAMESPACE) or "index")

    def _kind(self, term: NamedNode) -> str:
        if term in self.classes:
            return "class"
        return "property" if term in self.properties else "value"


def _of_query(name: str) -> Address:
    """Find a stored query, or its parameter on the page of the query."""
    if name.startswith(_PARAMETER):
        return Address("queries/index")
    query, _, parameter = name.partition("/")
    return Address(f"queries/{query}", parameter)
