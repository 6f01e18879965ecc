"""The laws of paths, on the small world and on the graph in this repository."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.asking.paths import PARTS, RELATIONS, STOPS, connect
from wicgraph.asking.things import Things, nodes
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import OWL, RDF_TYPE, RDFS, WIC, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.paths import Connection, Step

ROOT = Root(Path(__file__).parents[1])
_DOMAIN = NamedNode(RDFS + "domain")
_RANGE = NamedNode(RDFS + "range")
_WIDER = NamedNode(RDFS + "subClassOf")
_WIDER_PROPERTY = NamedNode(RDFS + "subPropertyOf")
_OBJECT_PROPERTY = NamedNode(OWL + "ObjectProperty")
_FACTS = {NamedNode(WIC + "Involvement"), NamedNode(WIC + "TimedRelation")}
# These only gather others under them, so no document says them.
_ABSTRACT = {NamedNode(WIC + name) for name in ("agent", "inEvent", "plannedFor")}
_SOME = (
    *("person:eugene-kaspersky", "person:elon-musk", "person:liu-liehong"),
    *("person:xi-jinping", "organization:world-internet-conference"),
)


@pytest.fixture(scope="module")
def real(graphs: Path) -> Iterator[Things]:
    """Show the graph of this repository."""
    with open_snapshot(ROOT, graphs, say=lambda _: None) as snapshot:
        yield Things(snapshot, ROOT.prefixes())


def stops(connection: Connection, path: tuple[Step, ...]) -> list[NamedNode]:
    """List what a path goes through."""
    return [connection.one, *(step.other for step in path)]


def test_paths_of_the_small_world(connected: Things) -> None:
    """A tenure and a role are one step each, and evidence is that of the document."""
    post = connect(connected, ("Béa Étude", "post:chair-of-example-bureau"))
    host = connect(connected, ("Example Bureau", "Example Summit 2018"))
    [step] = host.paths[0]
    [link] = step.links

    assert [len(path) for path in post.paths] == [1]
    assert [place.place.partition(":")[0] for place in host.places(link)] == [
        "facts/sources/2018-05-01-example-news.ttl"
    ]
    assert [q.words.value for p in host.places(link) for q in p.quotes] == [
        "hosted by the Example Bureau"
    ]


def test_unconnected_things_have_no_path(connected: Things) -> None:
    """What no role or relation joins is not connected, in however many steps."""
    told = connect(connected, ("Alex Sample", "Example Bureau"), limit=None, within=12)

    assert (told.paths, told.more) == ((), False)


@pytest.mark.parametrize("inference", [True, False])
@pytest.mark.parametrize("ends", list(combinations(_SOME, 2)))
def test_paths_keep_the_laws(
    ends: tuple[str, str],
    inference: bool,  # noqa: FBT001  (a case of each)
    real: Things,
) -> None:
    """Paths get longer, repeat no stop, take no detour, and rest on what is written."""
    told = connect(real, ends, limit=None, within=5, inference=inference)
    back = connect(real, ends[::-1], limit=None, within=5, inference=inference)
    lengths = [len(path) for path in told.paths]

    assert lengths == sorted(lengths)
    assert {tuple(stops(told, path)) for path in told.paths} == {
        tuple(reversed(stops(back, path))) for path in back.paths
    }
    for path in told.paths:
        through = stops(told, path)
        assert through[-1] == told.other
        assert len(set(through)) == len(through)
        for step in path:
            for link in step.links:
                assert told.places(link)
                assert inference or all(
                    told.backed[each].asserted for each in link.statements
                )


def test_limit_cuts_the_same_list(real: Things) -> None:
    """So many paths are the first of all paths, and whether there are more is known."""
    ends = ("Xi Jinping", "organization:cyberspace-administration-of-china")
    every = connect(real, ends, limit=None)

    assert every.more is False
    for limit in range(1, len(every.paths) + 1):
        some = connect(real, ends, limit=limit)
        assert some.paths == every.paths[:limit]
        assert some.more == (limit < len(every.paths))


def test_parts_are_all_that_the_ontology_has(real: Things) -> None:
    """A property of roles, tenures or memberships that leads to a stop connects."""
    snapshot = real.snapshot

    def under(relation: NamedNode, end: NamedNode, tops: set[NamedNode]) -> bool:
        """Tell whether a property, or a wider one, has its domain or range there."""
        wider = [t.object for t in snapshot.triples(relation, _WIDER_PROPERTY)]
        ends = nodes(
            t.object
            for each in nodes([relation, *wider])
            for t in snapshot.triples(each, end)
        )
        kinds = nodes(t.object for e in ends for t in snapshot.triples(e, _WIDER))
        return not tops.isdisjoint({*ends, *kinds})

    known = nodes(t.subject for t in snapshot.triples(None, RDF_TYPE, _OBJECT_PROPERTY))
    wanted = {
        each
        for each in known
        if under(each, _DOMAIN, _FACTS) and under(each, _RANGE, set(STOPS))
    }

    assert wanted - _ABSTRACT == set(PARTS)
    assert set(RELATIONS) < set(known)
