"""Take the time of exports of a large graph, beside those of bare pyoxigraph.

    python bench/exports.py [--size 1M] [FORMAT …]

Both sides are processes of their own, one after the other: they hold the graph in
memory and write it to a file. wicgraph sorts, gives blank nodes canonical labels and
writes what people can read; pyoxigraph writes what comes. Prints seconds of a
processor, which others cannot take, the ratio and the highest memory; what wicgraph
wrote is read back and counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import SIZES, generate
from pyoxigraph import RdfFormat, Store, parse

from wicgraph.publishing.dumps import Vocabulary, canonical, dump
from wicgraph.publishing.files import write_file
from wicgraph.publishing.formats import GRAPH_FORMATS
from wicgraph.root import Root
from wicgraph.terms import NamedNode, Quad

REPOSITORY = Path(__file__).resolve().parents[1]
GRAPH = NamedNode("https://w3id.org/wicgraph/source/made-up")
BARE = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
MEGABYTE = 1024


def ours(file: Path, form: str, output: Path) -> float:
    """Write a graph as `wicgraph export` does; gives the seconds that it took."""
    prefixes = Root(REPOSITORY).prefixes()
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, GRAPH)
        for quad in parse(path=file, format=RdfFormat.N_TRIPLES)
    ]
    start = time.process_time()
    write_file(output, dump(canonical(quads), form, prefixes, Vocabulary({}, {})))
    return time.process_time() - start


def bare(file: Path, form: str, output: Path) -> float:
    """Write it with pyoxigraph alone."""
    prefixes = dict(Root(REPOSITORY).prefixes().table)
    graph = None if form in {"nquads", "trig", "jsonld"} else GRAPH
    store = Store()
    store.bulk_load(path=file, format=RdfFormat.N_TRIPLES, to_graph=GRAPH)
    start = time.process_time()
    store.dump(output, format=BARE[form], from_graph=graph, prefixes=prefixes)
    return time.process_time() - start


def measured(side: str, form: str, file: Path, output: Path) -> dict[str, float]:
    """Run a side in a process of its own."""
    command = [sys.executable, __file__, "--side", side, str(file), form, str(output)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="1M")
    parser.add_argument("--side", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    options = parser.parse_args()
    if options.side:
        side, file, form, output = options.side
        seconds = (ours if side == "ours" else bare)(Path(file), form, Path(output))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
        print(json.dumps({"seconds": seconds, "memory": memory}))
        return
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder) / "graph.nt", Path(folder) / "export"
        triples = generate(SIZES[options.size], file)
        print(f"{triples:,} triples, wicgraph against pyoxigraph")
        for form in options.formats or GRAPH_FORMATS:
            other = measured("bare", form, file, output)["seconds"]
            mine = measured("ours", form, file, output)
            read = sum(1 for _ in parse(path=output, format=BARE[form]))
            if read != triples:
                sys.exit(f"{form}: {read:,} triples are read back")
            print(
                f"{form:8} {mine['seconds']:6.2f} s {other:6.2f} s"
                f" {mine['seconds'] / other:5.1f} × {mine['memory']:6.0f} MB"
            )


if __name__ == "__main__":
    main()
