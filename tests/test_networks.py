"""The graph as a network, read by the programs that such files are for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
import xmlschema

from wicgraph.language import Language
from wicgraph.publishing.networks.gexf import gexf
from wicgraph.publishing.networks.graphml import graphml
from wicgraph.publishing.networks.network import Edge, Network, Node, network
from wicgraph.publishing.relational.design import TABLES
from wicgraph.publishing.relational.facts import Facts
from wicgraph.publishing.relational.table import Filled, filled
from wicgraph.root import Root
from wicgraph.store import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[1]
SCHEMA = Path(__file__).parent / "data" / "schemas" / "gexf-1.3" / "gexf.xsd"


@pytest.fixture(scope="module")
def tables(graphs: Path) -> tuple[Filled, ...]:
    """Fill the tables of this repository."""
    root = Root(REPOSITORY)
    with open_snapshot(root, graphs, say=lambda _: None) as snapshot:
        return filled(TABLES, Facts(snapshot.quads(), root.prefixes()))


@pytest.fixture(scope="module")
def drawn(tables: tuple[Filled, ...]) -> Network:
    """Draw their network in English."""
    return network(tables, Language.EN)


def test_every_role_is_an_edge(tables: tuple[Filled, ...], drawn: Network) -> None:
    """So is every tenure and membership, and no edge is anything else."""
    names = {"roles", "tenures", "memberships"}
    rows = {row[0] for each in tables if each.table.name in names for row in each.rows}
    assert {edge.id for edge in drawn.edges} == rows


def test_both_ends_of_an_edge_are_nodes(drawn: Network) -> None:
    """No edge leads to what is not there."""
    names = {node.id for node in drawn.nodes}
    assert {end for edge in drawn.edges for end in (edge.tail, edge.head)} <= names


def test_an_edition_has_its_days(drawn: Network) -> None:
    """An event lasts from the first to the last day that sources allow."""
    node = next(node for node in drawn.nodes if node.id == "event:wic-2018")
    assert (node.start, node.end) == (date(2018, 11, 7), date(2018, 11, 9))


def test_an_event_without_a_day_has_none(drawn: Network) -> None:
    """No source gives a day for the edition of 2016, so nobody guesses one."""
    node = next(node for node in drawn.nodes if node.id == "event:wic-2016")
    assert (node.start, node.end) == (None, None)


def test_labels_are_in_the_language(tables: tuple[Filled, ...]) -> None:
    """In Chinese where there is Chinese; both languages are attributes."""
    node = next(
        node
        for node in network(tables, Language.ZH).nodes
        if node.id == "person:eugene-kaspersky"
    )
    assert node.label == node.attributes["label_zh"] == "尤金·卡巴斯基"
    assert node.attributes["label_en"] == "Eugene Kaspersky"


@pytest.mark.parametrize(
    ("write", "read", "name"),
    [
        (gexf, nx.read_gexf, "label"),
        (graphml, nx.read_graphml, "label"),
    ],
)
def test_networkx_reads_what_was_drawn(
    write: Callable[[Network], str],
    read: Callable[[Path], nx.MultiDiGraph[str]],
    name: str,
    drawn: Network,
    tmp_path: Path,
) -> None:
    """Another program finds the same nodes, edges, labels and days."""
    (tmp_path / "network").write_text(write(drawn), encoding="utf-8")
    found = read(tmp_path / "network")
    assert found.is_directed()
    assert set(found.nodes) == {node.id for node in drawn.nodes}
    ends = sorted((edge.tail, edge.head) for edge in drawn.edges)
    assert sorted((tail, head) for tail, head, *_ in found.edges) == ends
    for node in drawn.nodes:
        attributes = found.nodes[node.id]
        assert attributes[name] == node.label
        assert {k: attributes[k] for k in node.attributes} == node.attributes
        assert attributes.get("start") == (
            node.start.isoformat() if node.start else None
        )


@pytest.mark.parametrize("write", [gexf, graphml])
def test_what_xml_cannot_hold_is_replaced(write: Callable[[Network], str]) -> None:
    """A control character does not break the file, and marks are escaped."""
    node = Node("a:b", 'a\x01 <&"', {"kind": "c\x02"}, None, None)
    edge = Edge("a:e", "a:b", "a:b", "\ufffe", {}, None, None)
    written = write(Network((node,), (edge,)))
    assert "a\ufffd &lt;&amp;" in written
    assert not set(written) & {"\x01", "\x02", "\ufffe"}


def test_gexf_fits_its_schema(drawn: Network) -> None:
    """The schema that Gephi's makers publish finds nothing wrong."""
    schema = xmlschema.XMLSchema(str(SCHEMA))
    schema.validate(gexf(drawn))
    assert not schema.is_valid(gexf(drawn).replace('"directed"', '"any"'))
