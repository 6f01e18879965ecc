"""Take the time of the closure, on graphs of three sizes and on the real one.

    python bench/closure.py [--sizes 10k,100k,1M] [--repeat 3] [--no-owlrl]

For each graph, in processes of their own and one after the other: bare pyoxigraph
loads the file into memory; the file is parsed and its terms are numbered; what follows
is concluded. owlrl does the same with the smallest graph, and the conclusions are
compared. Prints medians and the ratios that matter; exits with 1 if conclusions differ.
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
from statistics import median
from typing import TYPE_CHECKING

from generate import SIZES, generate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.reading.fact import Fact
    from wicgraph.terms import Triple

REPOSITORY = Path(__file__).resolve().parents[1]
MEGABYTE = 1024


def load(file: Path) -> dict[str, float]:
    """Load a file with bare pyoxigraph."""
    from pyoxigraph import RdfFormat, Store  # noqa: PLC0415

    start = time.perf_counter()
    store = Store()
    store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
    return {"load": time.perf_counter() - start, "memory": memory()}


def close(file: Path) -> dict[str, float]:
    """Parse and number a file, and conclude what follows."""
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    from wicgraph.reasoning import closure  # noqa: PLC0415
    from wicgraph.reasoning.columns import Columns  # noqa: PLC0415
    from wicgraph.reasoning.encoding import Terms  # noqa: PLC0415

    start = time.perf_counter()
    terms = Terms()
    number = terms.number
    rows = [
        (number(quad.subject), number(quad.predicate), number(quad.object))
        for quad in parse(path=str(file), format=RdfFormat.N_TRIPLES)
    ]
    given = Columns.of(rows)
    count = len(rows)
    del rows
    read = time.perf_counter()
    closed = closure.close(terms, given)
    end = time.perf_counter()
    return {
        "triples": count,
        "read": read - start,
        "close": end - read,
        "concluded": len(closed.subjects),
        "rounds": int(closed.rounds.max()),
        "contradictions": len(closed.clashes),
        "memory": memory(),
    }


def owlrl(file: Path) -> dict[str, float]:
    """Conclude with owlrl, and compare with ours what is said about the world."""
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    from wicgraph.reasoning import inference, oracle  # noqa: PLC0415

    given = {quad.triple for quad in parse(path=str(file), format=RdfFormat.N_TRIPLES)}
    start = time.perf_counter()
    ours = set(inference.infer(facts_with(given)).triples)
    middle = time.perf_counter()
    theirs = oracle.closed(oracle.mended(given))[0] - given
    end = time.perf_counter()
    for triple in sorted(map(str, ours ^ theirs))[:5]:
        print(f"different: {triple}", file=sys.stderr)
    return {
        "ours": middle - start,
        "owlrl": end - middle,
        "different": len(ours ^ theirs),
        "memory": memory(),
    }


def facts_with(triples: Iterable[Triple]) -> list[Fact]:
    """Make facts of triples, as if they were written somewhere."""
    from wicgraph.reading.fact import Fact  # noqa: PLC0415
    from wicgraph.terms import NamedNode  # noqa: PLC0415

    graph, at = NamedNode("https://example.org/"), (1, 1)
    return [
        Fact(each.subject, each.predicate, each.object, graph, "", at, at, at)  # type: ignore[arg-type]  # no quoted triples
        for each in triples
    ]


def memory() -> float:
    """Give the most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def apart(what: str, file: Path) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, "--one", what, str(file)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    sys.stderr.write(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def medians(what: str, file: Path, repeat: int) -> dict[str, float]:
    """Measure some times and take the middle of each figure."""
    runs = [apart(what, file) for _ in range(repeat)]
    return {name: median(run[name] for run in runs) for name in runs[0]}


def write(size: str, file: Path) -> dict[str, float]:
    """Write the graph of a size as N-Triples, or the real one."""
    if size in SIZES:
        return {"triples": generate(SIZES[size], file)}
    from wicgraph.reading.dataset import Dataset  # noqa: PLC0415
    from wicgraph.root import Root  # noqa: PLC0415

    facts = Dataset.load(Root(REPOSITORY)).facts
    lines = sorted({f"{fact.triple} .\n" for fact in facts})
    file.write_text("".join(lines), encoding="utf-8")
    return {"triples": len(lines)}


MEASURES = {"load": load, "close": close, "owlrl": owlrl}


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-owlrl", action="store_true")
    parser.add_argument("--one", nargs=2)
    chosen = parser.parse_args()
    if chosen.one:
        what, _, size = chosen.one[0].partition(" ")
        file = Path(chosen.one[1])
        measured = write(size, file) if size else MEASURES[what](file)
        print(json.dumps(measured))
        return 0
    different = 0
    times: dict[str, float] = {}
    print(
        f"{'graph':>6} {'triples':>9} {'concluded':>9} {'rounds':>6}"
        f" {'load s':>7} {'read s':>7} {'close s':>7} {'MB':>5}  close/load"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {}
        for size in ("real", *chosen.sizes.split(",")):
            files[size] = folder / f"{size}.nt"
            apart(f"write {size}", files[size])
        for size, file in files.items():
            loaded = medians("load", file, chosen.repeat)
            closed = medians("close", file, chosen.repeat)
            times[size] = closed["close"]
            print(
                f"{size:>6} {closed['triples']:>9,.0f} {closed['concluded']:>9,.0f}"
                f" {closed['rounds']:>6.0f} {loaded['load']:>7.2f}"
                f" {closed['read']:>7.2f} {closed['close']:>7.2f}"
                f" {closed['memory']:>5.0f}  {closed['close'] / loaded['load']:.2f}",
                flush=True,
            )
        if {"100k", "1M"} <= times.keys():
            print(f"growth from 100k to 1M: {times['1M'] / times['100k']:.1f} times")
        if not chosen.no_owlrl and "10k" in files:
            held = apart("owlrl", files["10k"])
            different = int(held["different"])
            print(
                f"owlrl at 10k: {held['owlrl']:.1f} s,"
                f" {held['owlrl'] / times['10k']:.0f} times the closure;"
                f" {different} conclusions different"
            )
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
