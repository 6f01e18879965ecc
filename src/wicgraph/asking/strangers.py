"""Terms of a query that the graph does not have, and what may have been meant.

Only names count that the graph would have if they were right: those in our own
namespaces, and properties and classes of any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.answer import evaluate
from wicgraph.asking.mentions import mentions
from wicgraph.asking.parsing import parse
from wicgraph.asking.patterns import (
    Alternative,
    Inverse,
    Negated,
    Repeated,
    Sequence,
    TriplePattern,
    walk,
)
from wicgraph.asking.things import local_name, nodes
from wicgraph.language import Text, did_you_mean
from wicgraph.sparql import QueryText
from wicgraph.terms import OWL, RDF_TYPE, WIC, NamedNode, similar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Variable

    from wicgraph.asking.patterns import Path, Query
    from wicgraph.sparql import Token
    from wicgraph.store import Snapshot
    from wicgraph.terms import Prefixes

_OURS = WIC.removesuffix("ontology#")
_FEW = 2
_CHINESE = {"property": "属性", "class": "类", "thing": "事物"}
_CANDIDATES = {
    "property": "{ ?s ?x ?o } UNION { ?x a ?k FILTER (STRENDS(STR(?k), 'Property')) }",
    "class": f"{{ ?s a ?x }} UNION {{ ?x a <{OWL}Class> }}",
    "thing": f"?x ?p ?o FILTER (STRSTARTS(STR(?x), '{_OURS}'))",
}


@dataclass(frozen=True, slots=True)
class Stranger:
    """A term that the graph does not have, where it stands, and what comes close."""

    place: str
    token: Token
    name: str
    kind: str
    meant: tuple[str, ...]

    @property
    def text(self) -> Text:
        """Say so in one sentence."""
        said = Text(
            f"{self.place}: the graph has no {self.kind} {self.name}",
            f"{self.place}: 图谱中没有{_CHINESE[self.kind]} {self.name}",
        )
        meant = did_you_mean(self.meant)
        return said + Text("; ", "；") + meant if meant else said


def strangers(
    snapshot: Snapshot, source: QueryText, prefixes: Prefixes
) -> tuple[Stranger, ...]:
    """Find the terms of a query that the graph does not have, in their order.

    The query has to be one that Oxigraph accepts. Inferred facts count in any case.
    """
    unknown = [
        (token, node)
        for token, node in mentions(source)
        if not _is_known(snapshot, node)
    ]
    query = parse(source) if unknown else None
    if query is None:
        return ()
    kinds = _kinds(query)
    found = []
    asked = query.select.where.span.start if query.verb == "CONSTRUCT" else 0
    for token, node in unknown:
        kind = kinds.get(node, "thing")
        is_ours = node.value.startswith(_OURS)
        if token.start >= asked and (is_ours or kind != "thing"):
            line, column = source.place(token.start)
            meant = _meant(snapshot, node, kind, prefixes)
            place, name = f"{source.where}:{line}:{column}", prefixes.shorten(node)
            found.append(Stranger(place, token, name, kind, meant))
    return tuple(found)


def _is_known(snapshot: Snapshot, node: NamedNode) -> bool:
    places = ((node, None, None), (None, node, None), (None, None, node))
    used = any(any(True for _ in snapshot.triples(*place)) for place in places)
    return used or node in snapshot.graphs()


def _kinds(query: Query) -> dict[NamedNode, str]:
    """Say which names of a query stand as properties and which as classes."""
    kinds = {}
    for element in walk(query.select.where):
        if isinstance(element, TriplePattern):
            if element.path == RDF_TYPE and isinstance(element.object, NamedNode):
                kinds[element.object] = "class"
            kinds |= dict.fromkeys(_properties(element.path), "property")
    return kinds


def _properties(path: Variable | Path) -> Iterator[NamedNode]:
    if isinstance(path, NamedNode):
        yield path
    elif isinstance(path, Inverse | Repeated):
        yield from _properties(path.path)
    elif isinstance(path, Sequence | Alternative):
        for each in path.paths:
            yield from _properties(each)
    elif isinstance(path, Negated):
        yield from (*path.forward, *path.backward)


def _meant(
    snapshot: Snapshot, node: NamedNode, kind: str, prefixes: Prefixes
) -> tuple[str, ...]:
    """Suggest names of the same kind: of the same namespace, else of any."""
    text = f"SELECT DISTINCT ?x {{ {_CANDIDATES[kind]} }}"
    rows = evaluate(snapshot, QueryText("names", text), {}).rows
    known = nodes(term for row in rows for term in row)
    local = local_name(node)
    namespace = node.value.removesuffix(local)
    near = {local_name(n): n for n in known if n.value == namespace + local_name(n)}
    meant = [near[name] for name in similar(local, near, _FEW)]
    meant = meant or [n for n in known if local_name(n) == local][:_FEW]
    return tuple(map(prefixes.shorten, meant))
