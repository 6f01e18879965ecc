"""The data set as a whole: what it says of itself, and which state of it this is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from wicgraph.language import Language, Text
from wicgraph.publishing.dumps import graph_hash
from wicgraph.terms import GRAPH, WIC, Literal, NamedNode

if TYPE_CHECKING:
    from wicgraph.store import Snapshot
    from wicgraph.terms import Triple

ADDRESS = "https://w3id.org/wicgraph/"
DATA_SET = NamedNode(ADDRESS)
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
_ABOUT = NamedNode(GRAPH + "about")
_DATES = (NamedNode(WIC + "readOn"), NamedNode(WIC + "issued"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts in languages, such as the title of the data set."""

    texts: tuple[Literal, ...]

    def spoken(self, language: Language) -> tuple[str, ...]:
        """Return the texts in a language, else in English, else all."""
        for wanted in (language, Language.EN):
            found = [
                text.value
                for text in self.texts
                if (text.language or "").partition("-")[0] == wanted
            ]
            if found:
                return tuple(found)
        return tuple(text.value for text in self.texts)

    @property
    def text(self) -> Text:
        """One text in both languages, empty where there is none."""
        return Text(*("; ".join(self.spoken(language)) for language in Language))


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who made the data set; a name does not tell a person from a group."""

    iri: str
    name: Wording


@dataclass(frozen=True, slots=True)
class Statement:
    """What the data set says of itself: `graph:about`, a file in facts/reference.

    What it does not say is empty.
    """

    triples: tuple[Triple, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Read it in a graph."""
        return cls(tuple(quad.triple for quad in snapshot.quads(graph=_ABOUT)))

    @property
    def title(self) -> Wording:
        """What it is called."""
        return self._wording(DATA_SET, DCTERMS + "title")

    @property
    def summary(self) -> Wording:
        """What it is."""
        return self._wording(DATA_SET, DCTERMS + "description")

    @property
    def keywords(self) -> Wording:
        """What people may search for."""
        return self._wording(DATA_SET, DCAT + "keyword")

    @property
    def authors(self) -> tuple[Author, ...]:
        """Who made it."""
        found = self._values(DATA_SET, DCTERMS + "creator")
        return tuple(
            Author(node.value, self._wording(node, FOAF + "name")) for node in found
        )

    @property
    def licence(self) -> str:
        """The IRI of its licence."""
        return self._first(DCTERMS + "license")

    @property
    def version(self) -> str:
        """The version that people cite."""
        return self._first(DCAT + "version")

    def _values(self, node: object, name: str) -> tuple[NamedNode | Literal, ...]:
        found = {
            triple.object
            for triple in self.triples
            if triple.subject == node
            and triple.predicate.value == name
            and isinstance(triple.object, NamedNode | Literal)
        }
        return tuple(sorted(found, key=str))

    def _first(self, name: str) -> str:
        return next((each.value for each in self._values(DATA_SET, name)), "")

    def _wording(self, node: object, name: str) -> Wording:
        values = self._values(node, name)
        return Wording(tuple(each for each in values if isinstance(each, Literal)))


@dataclass(frozen=True, slots=True)
class DataSet:
    """A state of the data: what it says of itself, its hash and its newest day.

    The hash is that of what is asserted; the day is the last on which a document was
    read or issued, "" if no document has one.
    """

    said: Statement
    digest: str
    newest: str

    def name(self, language: Language) -> str:
        """Return the title, or the address of a data set that has none."""
        return self.said.title.text.spoken(language) or ADDRESS

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Look a graph over."""
        days = [
            found[0]
            for dated in _DATES
            for triple in snapshot.triples(predicate=dated, inference=False)
            if isinstance(triple.object, Literal)
            and (found := _DAY.match(triple.object.value))
        ]
        digest = graph_hash(snapshot.quads(inference=False))
        return cls(Statement.of(snapshot), digest, max(days, default=""))
