"""The ontology as people look it up: its terms and shapes, and who uses them."""

from wicgraph.publishing.ontology.entry import Entry, Kind, Ontology
from wicgraph.publishing.ontology.examples import PATTERNS, Example, Link, Pattern
from wicgraph.publishing.ontology.properties import Chain, Property, Step
from wicgraph.publishing.ontology.shapes import CONSTRAINTS, TARGETS, Constraint, Shape
from wicgraph.publishing.ontology.uses import Uses

__all__ = [
    "CONSTRAINTS",
    "PATTERNS",
    "TARGETS",
    "Chain",
    "Constraint",
    "Entry",
    "Example",
    "Kind",
    "Link",
    "Ontology",
    "Pattern",
    "Property",
    "Shape",
    "Step",
    "Uses",
]
