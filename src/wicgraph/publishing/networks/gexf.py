"""A network as GEXF 1.3, in which nodes and edges have their time.

https://gexf.net/schema.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wicgraph.publishing.networks.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from wicgraph.publishing.networks.xml import document
from wicgraph.publishing.xml_text import printable

if TYPE_CHECKING:
    from wicgraph.publishing.networks.network import Edge, Network, Node

_TYPES = {"iri": "anyURI"}


def gexf(network: Network) -> str:
    """Write a directed network whose days are intervals."""
    root = ET.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    graph = ET.SubElement(
        root,
        "graph",
        {
            "defaultedgetype": "directed",
            "mode": "dynamic",
            "timeformat": "date",
            "timerepresentation": "interval",
        },
    )
    for kind, names in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        declared = ET.SubElement(graph, "attributes", {"class": kind})
        for name in names:
            kinds = {"id": name, "title": name, "type": _TYPES.get(name, "string")}
            ET.SubElement(declared, "attribute", kinds)
    nodes = ET.SubElement(graph, "nodes")
    for node in network.nodes:
        _told(ET.SubElement(nodes, "node", {"id": node.id}), node)
    edges = ET.SubElement(graph, "edges")
    for edge in network.edges:
        ends = {"id": edge.id, "source": edge.tail, "target": edge.head}
        _told(ET.SubElement(edges, "edge", ends), edge)
    return document(root)


def _told(element: ET.Element, told: Node | Edge) -> None:
    element.set("label", printable(told.label))
    if told.start and told.end:
        element.set("start", told.start.isoformat())
        element.set("end", told.end.isoformat())
    values = ET.SubElement(element, "attvalues")
    for name, value in told.attributes.items():
        ET.SubElement(values, "attvalue", {"for": name, "value": printable(value)})
