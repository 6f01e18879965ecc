"""Hold queries, shapes and proofs against their peers, on graphs of several sizes.

    python bench/peers.py [--sizes 10k,100k] [--plot FILE.svg]

For each size a graph is made up, built into a snapshot, and asked the same questions
as bare pyoxigraph and rdflib, in turns; the rows must be equal. The smallest is held
to the shapes by the default engine and by pyshacl. Proofs are of conclusions picked at
even steps. With --plot, draws the cost of each against the size (needs matplotlib).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import copyfile
from statistics import mean, median
from typing import TYPE_CHECKING

import rdflib
from generate import REPOSITORY, SIZES, generate
from pyoxigraph import Store

from wicgraph.checking.engines import validate
from wicgraph.reading.dataset import Dataset
from wicgraph.reasoning.encoding import Statement
from wicgraph.reasoning.proof import Explainer
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.store.known import Remembered
from wicgraph.terms import WIC, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Callable

    from wicgraph.store import DiskSnapshot

REPEAT = 3
PROOFS = 40
SHAPED = 30_000  # more triples than this, and pyshacl takes minutes
PROLOGUE = f"PREFIX wic: <{WIC}>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
QUESTIONS = {
    "two hops": "SELECT ?role ?label WHERE { ?role wic:onBehalfOf|wic:speaker ?agent ."
    " ?agent skos:prefLabel ?label }",
    "path": "SELECT ?place ?country WHERE { ?place wic:within+ ?country .\n"
    "  ?country a wic:Country }",
    "optional": "SELECT ?event ?theme WHERE { ?event a wic:Edition ."
    " OPTIONAL { ?event wic:theme ?theme } }",
    "group": "SELECT ?event (COUNT(?role) AS ?roles) WHERE"
    " { ?role wic:reportedAt ?event } GROUP BY ?event",
    "not exists": "SELECT ?person WHERE { ?person a wic:Person ."
    " FILTER NOT EXISTS { ?role wic:speaker ?person } }",
}


def seconds(ask: Callable[[], object]) -> tuple[float, int]:
    """Time a question; give the median time and how many rows there are."""
    times, rows = [], 0
    for _ in range(REPEAT):
        start = time.perf_counter()
        rows = len(list(ask()))  # type: ignore[call-overload]  # of three libraries
        times.append(time.perf_counter() - start)
    return median(times), rows


def made_up(size: str, folder: Path) -> Root:
    """Make a graph folder with one file of facts, the ontology among them."""
    for place in ("ontology", "facts/sources"):
        (folder / place).mkdir(parents=True)
    prefixes = "ontology/prefixes.ttl"
    copyfile(REPOSITORY / prefixes, folder / prefixes)
    generate(SIZES[size], folder / "facts/sources/made-up.ttl")
    return Root(folder)


def ask(snapshot: DiskSnapshot, folder: Path) -> list[tuple[str, float, float, float]]:
    """Ask each question of all three; give seconds by question.

    Bare pyoxigraph reads the same store; rdflib has the same triples in memory.
    """
    bare = Store.read_only(str(snapshot.folder / "store"))
    file = folder / "all.nt"
    file.write_text("".join(f"{each} .\n" for each in snapshot.triples()), "utf-8")
    theirs = rdflib.Graph().parse(file, format="nt")
    found = []
    for name, question in QUESTIONS.items():
        text = PROLOGUE + question
        asked = (partial(each.query, text) for each in (snapshot, bare, theirs))
        (ours, rows), (oxigraph, same), (slow, also) = map(seconds, asked)
        if not rows == same == also:
            sys.exit(f"{name}: {rows}, {same} and {also} rows")
        found.append((f"{name}, {rows:,} rows", ours, oxigraph, slow))
    return found


def prove(snapshot: DiskSnapshot) -> tuple[list[float], list[float]]:
    """Explain conclusions picked at even steps; give the seconds of each.

    First each by itself, then all by one that remembers, as for the rows of an answer.
    """
    relation = NamedNode(WIC + "participatesIn")
    inferred = NamedNode("https://w3id.org/wicgraph/graph/inferred")
    found = list(snapshot.quads(None, relation, None, inferred))
    statements = [
        Statement(quad.subject, quad.predicate, quad.object)
        for quad in islice(found, 0, None, max(1, len(found) // PROOFS))
        if not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple)
    ]
    together = Explainer(Remembered.opened(snapshot.folder, snapshot))
    return (
        [
            first(lambda: Explainer(Remembered.opened(snapshot.folder, snapshot)), each)
            for each in statements
        ],
        [first(lambda: together, each) for each in statements],
    )


def first(explainer: Callable[[], Explainer], statement: Statement) -> float:
    """Time the first proof of a statement."""
    start = time.perf_counter()
    next(explainer().proofs(statement))
    return time.perf_counter() - start


def shape(root: Root) -> tuple[float, float, int, int]:
    """Hold a graph to the shapes with both engines; give seconds and findings."""
    files = Dataset.load(Root(REPOSITORY)).files
    shapes = [
        fact.triple
        for file in files
        if file.path in {"ontology/shapes.ttl", "ontology/prefixes.ttl"}
        for fact in file.facts
    ]
    data = [fact.triple for fact in Dataset.load(root).facts]
    start = time.perf_counter()
    ours = validate(data, shapes)
    middle = time.perf_counter()
    theirs = validate(data, shapes, "pyshacl")
    took = middle - start, time.perf_counter() - middle
    return *took, len(ours), len(theirs)


def draw(costs: dict[str, dict[int, float]], file: Path) -> None:
    """Draw cost against size, both on logarithmic scales."""
    import matplotlib as mpl  # noqa: PLC0415  (only a plot needs it)

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for name, points in costs.items():
        axes.plot(list(points), list(points.values()), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="triples", ylabel="seconds")
    axes.set_title("Cost against size")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(frameon=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10k,100k")
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    costs: dict[str, dict[int, float]] = {}
    for size in chosen.sizes.split(","):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            root = made_up(size, folder / "root")
            start = time.perf_counter()
            snapshot = open_snapshot(root, folder / "cache", say=lambda _: None)
            built = time.perf_counter() - start
            triples = snapshot.about.facts
            print(f"\n{size}: {triples:,} triples, built in {built:.1f} s\n")
            print("| question | wicgraph ms | bare pyoxigraph | rdflib |")
            print("|---|---|---|---|")
            rows = ask(snapshot, folder)
            for question, ours, oxigraph, slow in rows:
                print(
                    f"| {question} | {ours * 1000:.1f} |"
                    f" {oxigraph / ours:.2f} times | {slow / ours:.1f} times |"
                )
            times, together = prove(snapshot)
            print(
                f"\nfirst proof of {len(times)} conclusions: median"
                f" {median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms;"
                f" all by one, mean {mean(together) * 1000:.1f} ms"
            )
            figures = {
                "build of a snapshot": built,
                "five queries, wicgraph": sum(row[1] for row in rows),
                "five queries, bare pyoxigraph": sum(row[2] for row in rows),
                "five queries, rdflib": sum(row[3] for row in rows),
                "first proof": median(times),
            }
            if triples < SHAPED:
                ours, theirs, found, also = shape(root)
                figures |= {"shapes, default engine": ours, "shapes, pyshacl": theirs}
                print(
                    f"shapes: {ours:.2f} s, pyshacl {theirs:.1f} s,"
                    f" {theirs / ours:.0f} times; {found} and {also} results"
                )
            for what, took in figures.items():
                costs.setdefault(what, {})[triples] = took
            snapshot.close()
    if chosen.plot:
        draw(costs, chosen.plot)
        print(f"\nplot: {chosen.plot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
