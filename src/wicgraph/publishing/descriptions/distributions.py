"""The forms in which the data set can be had."""

from __future__ import annotations

from dataclasses import dataclass

from wicgraph.publishing.data_set import ADDRESS

_DUMPS = ADDRESS + "dumps/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file in one of the formats of export, or a folder, whose name ends with /.

    The media type is one that IANA has registered; `follows` is the standard beyond it.
    """

    form: str
    file: str
    media_type: str
    title: str
    follows: str = ""

    @property
    def address(self) -> str:
        """Say where it is once it is published."""
        return _DUMPS + self.file


DISTRIBUTIONS = (
    Distribution("turtle", "wicgraph.ttl", "text/turtle", "Turtle"),
    Distribution("ntriples", "wicgraph.nt", "application/n-triples", "N-Triples"),
    Distribution("nquads", "wicgraph.nq", "application/n-quads", "N-Quads"),
    Distribution("trig", "wicgraph.trig", "application/trig", "TriG"),
    Distribution("jsonld", "wicgraph.jsonld", "application/ld+json", "JSON-LD"),
    Distribution("rdfxml", "wicgraph.rdf", "application/rdf+xml", "RDF/XML"),
    Distribution(
        "schemaorg",
        "wicgraph-schemaorg.jsonld",
        "application/ld+json",
        "schema.org",
        "https://schema.org/",
    ),
    Distribution(
        "prov",
        "wicgraph-prov.ttl",
        "text/turtle",
        "PROV",
        "http://www.w3.org/ns/prov#",
    ),
    Distribution(
        "sem",
        "wicgraph-sem.ttl",
        "text/turtle",
        "Simple Event Model",
        "http://semanticweb.cs.vu.nl/2009/11/sem/",
    ),
    Distribution(
        "wikidata",
        "wicgraph-wikidata.ttl",
        "text/turtle",
        "Wikidata",
        "http://www.wikidata.org/prop/direct/",
    ),
    Distribution(
        "csvw",
        "csvw/",
        "text/csv",
        "CSV on the Web",
        "http://www.w3.org/TR/tabular-metadata/",
    ),
    Distribution(
        "parquet", "parquet/", "application/vnd.apache.parquet", "Apache Parquet"
    ),
    Distribution("sqlite", "wicgraph.db", "application/vnd.sqlite3", "SQLite"),
    Distribution(
        "gexf", "wicgraph.gexf", "application/xml", "GEXF", "http://gexf.net/1.3"
    ),
    Distribution(
        "graphml",
        "wicgraph.graphml",
        "application/xml",
        "GraphML",
        "http://graphml.graphdrawing.org/xmlns",
    ),
    Distribution(
        "rocrate",
        "rocrate/",
        "application/ld+json",
        "RO-Crate",
        "https://w3id.org/ro/crate/1.1",
    ),
)
