"""The SPARQL service that answers from the data set, as it describes itself.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from wicgraph.publishing.data_set import ADDRESS
from wicgraph.publishing.descriptions.statements import (
    ENTAILMENT,
    FORMATS,
    RDF_FORMATS,
    SD,
    VOID,
    number,
    say,
)
from wicgraph.publishing.dumps.facts import in_order
from wicgraph.terms import RDF_TYPE, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.terms import Quad

_SERVICE = NamedNode(ADDRESS + "sparql")
_DATASET = NamedNode(_SERVICE.value + "#dataset")
_UNION = NamedNode(_SERVICE.value + "#union")
_ROWS = tuple(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV"))
_PROFILE = "http://www.w3.org/ns/owl-profile/RL"


def service(quads: Iterable[Quad], *, inference: bool) -> Iterator[Quad]:
    """Describe a service that reads: formats, entailment, graphs and their sizes.

    Its default graph is the union of the named graphs.
    """
    facts = in_order(quads, merged=False)
    merged = {(fact.subject, fact.predicate, fact.object) for fact in facts}
    regime = "OWL-RDF-Based" if inference else "Simple"
    yield from say(_SERVICE, RDF_TYPE.value, SD + "Service")
    yield from say(_SERVICE, SD + "endpoint", _SERVICE)
    yield from say(_SERVICE, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield from say(_SERVICE, SD + "feature", SD + "UnionDefaultGraph")
    for form in (*_ROWS, *RDF_FORMATS.values()):
        yield from say(_SERVICE, SD + "resultFormat", FORMATS + form)
    yield from say(_SERVICE, SD + "defaultEntailmentRegime", ENTAILMENT + regime)
    if inference:
        profile = SD + "defaultSupportedEntailmentProfile"
        yield from say(_SERVICE, profile, _PROFILE)
    yield from say(_SERVICE, SD + "defaultDataset", _DATASET)
    yield from say(_DATASET, RDF_TYPE.value, SD + "Dataset")
    yield from say(_DATASET, SD + "defaultGraph", _UNION)
    yield from _graph(_UNION, len(merged))
    for name, size in Counter(fact.graph for fact in facts if fact.graph).items():
        local = quote(name.value.removeprefix(ADDRESS), safe="/")
        named = NamedNode(f"{_SERVICE.value}#named/{local}")
        graph = NamedNode(f"{_SERVICE.value}#graph/{local}")
        yield from say(_DATASET, SD + "namedGraph", named)
        yield from say(named, RDF_TYPE.value, SD + "NamedGraph")
        yield from say(named, SD + "name", name)
        yield from say(named, SD + "graph", graph)
        yield from _graph(graph, size)


def _graph(node: NamedNode, size: int) -> Iterator[Quad]:
    yield from say(node, RDF_TYPE.value, SD + "Graph")
    yield from say(node, VOID + "triples", number(size))
