"""Measure wicgraph against its targets and its peers, in one run, on this machine.

Whole processes are timed from start to exit, in-process work in pairs that take
turns, so that noise falls on both. The table gives medians; a ratio is that of the
medians. `make bench` runs it.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Store

from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[1]
ROUNDS = 9
PAIRS = 40
PARAMETER = "__edition_iri"
EDITION = "https://w3id.org/wicgraph/event/wic-2018"


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(*arguments: str, cache: Path) -> float:
    """Give the median time of a whole `wicgraph` process, in seconds."""
    command = [sys.executable, "-m", "wicgraph", "--root", str(REPOSITORY), *arguments]
    environment = {**os.environ, "WICGRAPH_CACHE": str(cache)}

    def run() -> None:
        subprocess.run(command, env=environment, check=True, capture_output=True)

    run()
    return statistics.median(seconds(run) for _ in range(ROUNDS))


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object]
) -> tuple[float, float]:
    """Time two pieces of work in turns; give both medians, in seconds."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(PAIRS)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
    )


def asking(cache: Path) -> tuple[float, float]:
    """Ask a stored query through wicgraph and through bare pyoxigraph."""
    from wicgraph.asking.answer import ask  # noqa: PLC0415  (not before it is needed)

    root = Root.find(REPOSITORY, REPOSITORY)
    snapshot = open_snapshot(root, cache, say=lambda text: print(text, file=sys.stderr))
    query = load(root).query("participants")
    bare = Store.read_only(str(snapshot.folder / "store"))
    graphs: list[NamedNode | BlankNode] = list(snapshot.graphs())
    text = query.source.given({PARAMETER: NamedNode(EDITION)})

    def ours() -> None:
        ask(snapshot, query, {PARAMETER: NamedNode(EDITION)})

    def theirs() -> None:
        rows = bare.query(text, named_graphs=graphs)
        list(rows)  # type: ignore[arg-type]  # a SELECT gives solutions

    return in_turns(ours, theirs)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        built = seconds(lambda: process("ask", "editions", cache=cache))
        rows = [
            ("wicgraph --help", process("--help", cache=cache), "< 0.3 s"),
            ("wicgraph check", process("check", cache=cache), "< 2 s"),
            (
                "wicgraph ask organizers edition=2018",
                process("ask", "organizers", "edition=2018", cache=cache),
                "< 0.4 s",
            ),
        ]
        pyshacl = process("check", "--engine", "pyshacl", cache=cache)
        ours, theirs = asking(cache)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python", end=" ")
    print(f"{platform.python_version()}; medians of {ROUNDS} processes\n")
    print("| what | time | target |\n|---|---|---|")
    for what, took, target in rows:
        print(f"| `{what}` | {took:.2f} s | {target} |")
    check = rows[1][1]
    print(f"| the same with pyshacl | {pyshacl:.2f} s | {pyshacl / check:.1f} times |")
    print(f"| first build and {ROUNDS + 1} answers | {built:.1f} s | |")
    print(
        f"| `participants`, in process | {ours * 1000:.2f} ms |"
        f" {ours / theirs:.2f} times bare pyoxigraph ({theirs * 1000:.2f} ms);"
        " ≤ 1.2 |"
    )


if __name__ == "__main__":
    main()
