"""A network as GraphML, in which days are attributes: it has no time of its own.

http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wicgraph.publishing.networks.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from wicgraph.publishing.networks.xml import document
from wicgraph.publishing.xml_text import printable

if TYPE_CHECKING:
    from wicgraph.publishing.networks.network import Edge, Network, Node

_XMLNS = "http://graphml.graphdrawing.org/xmlns"
_BESIDE = ("label", "start", "end")


def graphml(network: Network) -> str:
    """Write a directed network; days are texts as ISO 8601 writes them."""
    root = ET.Element("graphml", {"xmlns": _XMLNS})
    for kind, names in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        for name in (*_BESIDE, *names):
            declared = {"for": kind, "attr.name": name, "attr.type": "string"}
            ET.SubElement(root, "key", {"id": f"{kind}-{name}", **declared})
    graph = ET.SubElement(root, "graph", {"edgedefault": "directed"})
    for node in network.nodes:
        _told(ET.SubElement(graph, "node", {"id": node.id}), node)
    for edge in network.edges:
        ends = {"id": edge.id, "source": edge.tail, "target": edge.head}
        _told(ET.SubElement(graph, "edge", ends), edge)
    return document(root)


def _told(element: ET.Element, told: Node | Edge) -> None:
    days = {"start": told.start, "end": told.end}
    values = {name: str(day) for name, day in days.items() if day}
    for name, value in ({"label": told.label} | values | dict(told.attributes)).items():
        key = f"{element.tag}-{name}"
        ET.SubElement(element, "data", {"key": key}).text = printable(value)
