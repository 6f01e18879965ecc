"""The pages of things: names, what each source says, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wicgraph.asking.neighbours import neighbours
from wicgraph.publishing.pictures.kinds import kind_of
from wicgraph.publishing.pictures.thing import thing_picture
from wicgraph.reasoning.encoding import Statement
from wicgraph.site.folders import trail
from wicgraph.site.page import Page
from wicgraph.site.proofs import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.dossier import Dossier
    from wicgraph.asking.dossier import Statement as Told
    from wicgraph.site.address import Address
    from wicgraph.site.material import Material
    from wicgraph.site.page import Drawn
    from wicgraph.site.proofs import Step
    from wicgraph.terms import NamedNode

# The folders whose pages are of other kinds.
_OTHERS = frozenset(
    {"graph", "index", "ontology", "passage", "queries", "shape", "source"}
)


@dataclass(frozen=True, slots=True)
class Inferred:
    """A fact that no document states, and why it holds."""

    statement: Told
    proof: Step | None


@dataclass(frozen=True, slots=True)
class Thing:
    """All that stands on the page of a thing."""

    node: NamedNode
    dossier: Dossier
    inferred: tuple[Inferred, ...]
    picture: Drawn | None


def pages(material: Material) -> Iterator[Page]:
    """Make the pages of all things, by their IRIs."""
    for node, address in material.places:
        if address.folder not in _OTHERS:
            yield page(material, node, address)


def page(material: Material, node: NamedNode, address: Address) -> Page:
    """Make the page of a thing."""
    dossier = material.dossier(node)
    inferred = tuple(
        Inferred(each, proof_of(material, _whole(node, each)))
        for each in dossier.inferred
    )
    things = material.graph.things
    pictured = kind_of(things, node) and neighbours(dossier, things)
    picture = partial(thing_picture, dossier) if pictured else None
    content = Thing(node, dossier, inferred, picture)
    title = material.labels.text(node)
    return Page(
        address,
        title,
        "thing.html",
        content,
        trail(address.folder),
        material.data.json_ld(node),
        material.data.of_thing(dossier),
    )


def _whole(node: NamedNode, told: Told) -> Statement:
    """Write a fact of a thing with the thing at its end."""
    if told.incoming:
        return Statement(told.other, told.predicate, node)
    return Statement(node, told.predicate, told.other)
