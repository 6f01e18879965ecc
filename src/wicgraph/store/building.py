"""Writing a snapshot: read the files, infer, and put all of it into a store."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from itertools import chain, starmap
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
from wicgraph.terms import NamedNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wicgraph.reading.fact import Fact
    from wicgraph.reading.timeline import AsOf
    from wicgraph.reasoning.inference import Closure
    from wicgraph.root import Root
    from wicgraph.store.cache import Reasoner

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
    placed = {(fact.triple, fact.graph) for fact in facts}
    placed |= {(triple, INFERRED) for triple in closure.triples}
    merged = {(triple, ASSERTED) for triple in asserted}
    everything = [(triple, DefaultGraph()) for triple in (*asserted, *closure.triples)]
    (folder / LOCK).touch()
    positions.write(folder, facts)
    if closure.concluded:
        rounds.write(folder, closure.concluded)
    _write_store(folder / STORE, starmap(_quad, (*placed, *merged, *everything)))
    counts = {INFERRED.value: 0} | Counter(graph.value for _, graph in placed)
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


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _write_store(folder: Path, quads: Iterable[Quad]) -> None:
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    del store  # closes it
    for pattern in _LOGS:
        for log in folder.glob(pattern):
            log.unlink()
