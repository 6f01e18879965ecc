"""The data set as catalogues list it, in DCAT 3.

https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.publishing.data_set import ADDRESS, DATA_SET, DCAT, DCTERMS
from wicgraph.publishing.descriptions.distributions import DISTRIBUTIONS, Distribution
from wicgraph.publishing.descriptions.statements import (
    MEDIA_TYPES,
    SPDX,
    both,
    day,
    say,
)
from wicgraph.terms import RDF_TYPE, XSD, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.publishing.data_set import DataSet

_ONTOLOGY = ADDRESS + "ontology"
_HEX = NamedNode(XSD + "hexBinary")
_HASHED = Distribution(
    "nquads", "wicgraph-asserted.nq", "application/n-quads", "N-Quads"
)
_IS_HASHED = Text(
    "What is asserted, without what is inferred, in canonical form (RDFC-1.0).",
    "仅含所述、不含推理所得，采用规范形式（RDFC-1.0）。",
)


def dcat(data: DataSet) -> Iterator[Quad]:
    """Describe the data set as it does itself, and what it can be had as.

    The checksum is that of the N-Quads that have nothing inferred.
    """
    for triple in data.said.triples:
        yield Quad(triple.subject, triple.predicate, triple.object)
    yield from say(DATA_SET, RDF_TYPE.value, DCAT + "Dataset")
    yield from say(DATA_SET, DCTERMS + "identifier", Literal(ADDRESS))
    yield from say(DATA_SET, DCTERMS + "modified", *day(data.newest))
    yield from say(DATA_SET, DCTERMS + "conformsTo", _ONTOLOGY)
    for each in DISTRIBUTIONS:
        yield from _distribution(each, data)
    yield from _hashed(data)


def _distribution(each: Distribution, data: DataSet) -> Iterator[Quad]:
    node = NamedNode(f"{each.address}#distribution")
    yield from say(DATA_SET, DCAT + "distribution", node)
    yield from say(node, RDF_TYPE.value, DCAT + "Distribution")
    yield from say(node, DCTERMS + "title", Literal(each.title))
    if data.said.licence:
        yield from say(node, DCTERMS + "license", data.said.licence)
    yield from say(node, DCAT + "mediaType", MEDIA_TYPES + each.media_type)
    yield from say(node, DCAT + "accessURL", each.address)
    if not each.file.endswith("/"):
        yield from say(node, DCAT + "downloadURL", each.address)
    if each.follows:
        yield from say(node, DCTERMS + "conformsTo", each.follows)


def _hashed(data: DataSet) -> Iterator[Quad]:
    node = NamedNode(f"{_HASHED.address}#distribution")
    checksum = NamedNode(f"{_HASHED.address}#checksum")
    yield from _distribution(_HASHED, data)
    yield from say(node, DCTERMS + "description", *both(_IS_HASHED))
    yield from say(node, SPDX + "checksum", checksum)
    yield from say(checksum, RDF_TYPE.value, SPDX + "Checksum")
    yield from say(checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
    yield from say(
        checksum, SPDX + "checksumValue", Literal(data.digest, datatype=_HEX)
    )
