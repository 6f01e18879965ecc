"""What is in the data set, counted, in VoID.

https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from wicgraph.publishing.data_set import ADDRESS, DATA_SET, DCTERMS, FOAF
from wicgraph.publishing.descriptions.distributions import DISTRIBUTIONS
from wicgraph.publishing.descriptions.statements import (
    FORMATS,
    RDF_FORMATS,
    VOID,
    day,
    number,
    say,
)
from wicgraph.publishing.dumps.facts import in_order
from wicgraph.terms import GRAPH, RDF_TYPE, SKOS, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.publishing.data_set import DataSet
    from wicgraph.publishing.dumps.facts import Fact
    from wicgraph.terms import Prefixes, Quad

_DOCUMENT = NamedNode(ADDRESS + ".well-known/void")
_SAME = NamedNode(SKOS + "exactMatch")
_INFERRED = NamedNode(GRAPH + "inferred")
_NO_THINGS = ("graph", "ontology", "query", "shape")  # what else we have names for


def void(quads: Sequence[Quad], data: DataSet, prefixes: Prefixes) -> Iterator[Quad]:
    """Describe quads: counts, partitions by class and property, links, examples.

    A triple counts once, whoever says it, as in the dumps that have one graph.
    """
    facts = in_order(quads, merged=True)
    asserted = in_order((q for q in quads if q.graph_name != _INFERRED), merged=True)
    yield from say(_DOCUMENT, RDF_TYPE.value, VOID + "DatasetDescription")
    yield from say(_DOCUMENT, FOAF + "primaryTopic", DATA_SET)
    yield from _dataset(DATA_SET)
    yield from say(DATA_SET, DCTERMS + "title", *data.said.title.texts)
    yield from say(DATA_SET, DCTERMS + "description", *data.said.summary.texts)
    if data.said.licence:
        yield from say(DATA_SET, DCTERMS + "license", data.said.licence)
    yield from say(DATA_SET, DCTERMS + "modified", *day(data.newest))
    yield from say(DATA_SET, VOID + "uriSpace", Literal(ADDRESS))
    for name in RDF_FORMATS.values():
        yield from say(DATA_SET, VOID + "feature", FORMATS + name)
    for each in DISTRIBUTIONS:
        if each.form in RDF_FORMATS:
            yield from say(DATA_SET, VOID + "dataDump", each.address)
    yield from _totals(facts)
    yield from _subset(_part("asserted"), len(asserted))
    digest = Literal(f"sha256:{data.digest}")
    yield from say(_part("asserted"), DCTERMS + "identifier", digest)
    yield from _vocabularies(facts, prefixes)
    yield from _examples(facts, prefixes)
    yield from _classes(facts, prefixes)
    yield from _properties(facts, prefixes)
    yield from _links(facts)


def _part(name: str) -> NamedNode:
    return NamedNode(f"{_DOCUMENT.value}#{quote(name, safe=':')}")


def _dataset(node: NamedNode) -> Iterator[Quad]:
    return say(node, RDF_TYPE.value, VOID + "Dataset")


def _subset(node: NamedNode, size: int) -> Iterator[Quad]:
    yield from say(DATA_SET, VOID + "subset", node)
    yield from _dataset(node)
    yield from say(node, VOID + "triples", number(size))


def _totals(facts: Sequence[Fact]) -> Iterator[Quad]:
    subjects = {fact.subject for fact in facts}
    totals = {
        "triples": len(facts),
        "entities": sum(map(_is_ours, subjects)),
        "classes": len(_instances(facts)),
        "properties": len({fact.predicate for fact in facts}),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({fact.object for fact in facts}),
    }
    for name, total in totals.items():
        yield from say(DATA_SET, VOID + name, number(total))


def _is_ours(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(ADDRESS)


def _instances(facts: Sequence[Fact]) -> Counter[NamedNode]:
    """Count the things of each class that has a name."""
    return Counter(
        fact.object
        for fact in facts
        if fact.predicate == RDF_TYPE and isinstance(fact.object, NamedNode)
    )


def _vocabularies(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[Quad]:
    """Name the namespaces of the properties and classes that are used."""
    used = {*(fact.predicate for fact in facts), *_instances(facts)}
    for namespace in prefixes.table.values():
        if any(node.value.startswith(namespace) for node in used):
            yield from say(DATA_SET, VOID + "vocabulary", namespace)


def _examples(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[Quad]:
    """Choose the thing of each kind of name of which most is said."""
    sizes = Counter(fact.subject for fact in facts)
    for prefix, namespace in prefixes.table.items():
        ours = [
            node
            for node in sizes
            if isinstance(node, NamedNode) and node.value.startswith(namespace)
        ]
        if namespace == f"{ADDRESS}{prefix}/" and prefix not in _NO_THINGS and ours:
            best = min(ours, key=lambda node: (-sizes[node], node.value))
            yield from say(DATA_SET, VOID + "exampleResource", best)


def _classes(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[Quad]:
    for kind, count in _instances(facts).items():
        node = _part(f"class-{prefixes.shorten(kind).strip('<>')}")
        yield from say(DATA_SET, VOID + "classPartition", node)
        yield from _dataset(node)
        yield from say(node, VOID + "class", kind)
        yield from say(node, VOID + "entities", number(count))


def _properties(facts: Sequence[Fact], prefixes: Prefixes) -> Iterator[Quad]:
    found: dict[NamedNode, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.predicate].append(fact)
    for predicate, uses in found.items():
        node = _part(f"property-{prefixes.shorten(predicate).strip('<>')}")
        counts = {
            "triples": len(uses),
            "distinctSubjects": len({fact.subject for fact in uses}),
            "distinctObjects": len({fact.object for fact in uses}),
        }
        yield from say(DATA_SET, VOID + "propertyPartition", node)
        yield from _dataset(node)
        yield from say(node, VOID + "property", predicate)
        for name, count in counts.items():
            yield from say(node, VOID + name, number(count))


def _links(facts: Sequence[Fact]) -> Iterator[Quad]:
    """Count what is said to be the same as things of others, by whose they are."""
    targets = sorted(
        _origin(fact.object)
        for fact in facts
        if fact.predicate == _SAME
        and _is_ours(fact.subject)
        and isinstance(fact.object, NamedNode)
        and not _is_ours(fact.object)
    )
    for origin, links in groupby(targets):
        node = _part(f"links-{origin}")
        yield from _subset(node, len(list(links)))
        yield from say(node, RDF_TYPE.value, VOID + "Linkset")
        yield from say(node, VOID + "linkPredicate", _SAME)
        yield from say(node, VOID + "subjectsTarget", DATA_SET)
        yield from say(node, VOID + "objectsTarget", origin)
        yield from _dataset(NamedNode(origin))


def _origin(node: NamedNode) -> str:
    parts = urlsplit(node.value)
    return f"{parts.scheme}://{parts.netloc}/"
