"""Writing a snapshot: read the files, infer, and put all of it into a store."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Store

from wicgraph.queries.catalogue import load
from wicgraph.queries.descriptions import description
from wicgraph.reading.dataset import Dataset
from wicgraph.reasoning.inference import infer
from wicgraph.store import positions, rounds
from wicgraph.store.about import About, sizes
from wicgraph.store.disk import LOCK, STORE
from wicgraph.store.snapshot import ASSERTED, INFERRED
from wicgraph.terms import NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from wicgraph.reading.fact import Fact
    from wicgraph.reading.timeline import AsOf
    from wicgraph.reasoning import Reasoner
    from wicgraph.reasoning.inference import Closure
    from wicgraph.root import Root
    from wicgraph.terms import Triple

_LOGS = ("LOG", "LOG.old.*")  # RocksDB's diary, of no use to who reads only
_ENGINES = ("duckdb", "owlrl", "pyoxigraph")


def build(
    root: Root, digest: str, folder: Path, reasoner: Reasoner, as_of: AsOf | None
) -> None:
    """Write the snapshot of a root, or of its facts of a day, into an empty folder.

    Raises the first SourceError of the files, and OSError.
    """
    dataset = Dataset.load(root)
    chosen = as_of.facts(dataset.facts) if as_of else dataset.facts
    closure = _closure(chosen, reasoner)
    facts = (*chosen, *_questions(root))
    asserted = {fact.triple for fact in facts}
    named = {
        Quad(each.subject, each.predicate, each.object, each.graph): each.graph.value
        for each in facts
    }
    merged = _quads(asserted, (ASSERTED, DefaultGraph()))
    inferred = _quads(closure.triples, (INFERRED, DefaultGraph()))
    (folder / LOCK).touch()
    positions.write(folder, facts)
    if closure.concluded:
        rounds.write(folder, closure.concluded)
    _write_store(folder / STORE, chain(named, merged, inferred))
    counts = Counter(named.values())
    counts[INFERRED.value] = len(closure.triples)
    about = About(
        digest=digest,
        facts=len(asserted),
        inferred=len(closure.triples),
        graphs=dict(sorted(counts.items())),
        contradictions=tuple(
            f"{told.rule.name}: {told.sentence('en', dataset.prefixes.show)}"
            for told in closure.contradictions
        ),
        versions={engine: version(engine) for engine in _ENGINES},
        files=sizes(folder),
    )
    about.write(folder)


def _questions(root: Root) -> Iterator[Fact]:
    """Describe the stored queries but those that are malformed, which `ask` tells."""
    queries, _ = load(root).read_all()
    return chain.from_iterable(map(description, queries))


def _closure(facts: Iterable[Fact], reasoner: Reasoner) -> Closure:
    if reasoner == "owlrl":
        from wicgraph.reasoning import oracle  # noqa: PLC0415  (slow, seldom wanted)

        return oracle.infer(facts)
    return infer(facts)


def _quads(
    triples: Iterable[Triple], graphs: Sequence[NamedNode | DefaultGraph]
) -> Iterator[Quad]:
    """Put each triple into each graph."""
    for subject, predicate, value in triples:
        for graph in graphs:
            yield Quad(subject, predicate, value, graph)


def _write_store(folder: Path, quads: Iterable[Quad]) -> None:
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    del store  # closes it
    for pattern in _LOGS:
        for log in folder.glob(pattern):
            log.unlink()
