"""What our terms are called in a store elsewhere, and what its terms mean here.

Blank nodes get names, so that what is stored can be compared line by line and asked
for: https://www.w3.org/TR/rdf11-concepts/#section-skolemization
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from wicgraph.terms import GRAPH, XSD_STRING, BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.terms import Term

MERGED = NamedNode(GRAPH + "merged")  # all there is, each triple once
PUSHED = NamedNode(GRAPH + "pushed")  # which graphs there are, see `manifest`
_GENID = "https://w3id.org/wicgraph/.well-known/genid/"
_ANY = NamedNode("urn:any")


def named(term: Term) -> NamedNode | Literal:
    """Give a blank node its name; other terms stay as they are."""
    return NamedNode(_GENID + term.value) if isinstance(term, BlankNode) else term


def understood(term: object) -> Term:
    """Read a term of a store: a name that we gave is a blank node again.

    A literal is written as Oxigraph writes it, which says `true` where Virtuoso says 1.
    """
    if isinstance(term, NamedNode):
        is_blank = term.value.startswith(_GENID)
        return BlankNode(term.value.removeprefix(_GENID)) if is_blank else term
    if isinstance(term, Literal):
        is_text = term.language or term.datatype == XSD_STRING
        return term if is_text else _canonical(term)
    if isinstance(term, BlankNode):
        return term
    raise TypeError(term)


def understood_triple(stated: Triple | Quad) -> Triple:
    """Read the terms of a triple of a store."""
    subject, value = understood(stated.subject), understood(stated.object)
    if isinstance(subject, Literal):
        raise TypeError(subject)
    return Triple(subject, stated.predicate, value)


def lines(triples: Iterable[Triple | Quad]) -> list[str]:
    """Write triples as N-Triples, sorted, blank nodes with their names."""
    return sorted(
        {f"{named(s)} {p} {named(o)} .\n" for s, p, o in map(_parts, triples)}
    )


@lru_cache(maxsize=4096)
def _canonical(literal: Literal) -> Literal:
    """Let Oxigraph keep a literal, and see what it gives back."""
    store = Store()
    store.add(Quad(_ANY, _ANY, literal))
    (kept,) = store
    return kept.object if isinstance(kept.object, Literal) else literal


def _parts(triple: Triple | Quad) -> tuple[Term, NamedNode, Term]:
    subject, value = triple.subject, triple.object
    if isinstance(subject, Triple) or isinstance(value, Triple):
        raise TypeError(triple)
    return subject, triple.predicate, value
