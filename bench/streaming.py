"""Measure how answers stream: against bare pyoxigraph, and in memory.

A cross join of terms of the graph gives as many rows as are wanted. Both sides are
whole processes that write the same format to a file, in turns; seconds are those of a
processor, which others cannot take, and a ratio is that of the medians. Numbers of rows
can be given: first those to measure speed with, then those to measure memory with.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from wicgraph.root import Root
from wicgraph.store import open_snapshot

REPOSITORY = Path(__file__).resolve().parents[1]
FORMATS = ("csv", "tsv", "json", "xml")
ROUNDS = 3
JOIN = """
SELECT ?a ?b {{
  {{ SELECT DISTINCT ?a {{ ?a ?p ?x }} LIMIT 1000 }}
  {{ SELECT DISTINCT ?b {{ ?y ?q ?b }} LIMIT {other} }}
}}
"""
BARE = """
import sys
from pyoxigraph import QueryResultsFormat, Store
store, query, format = sys.argv[1:]
format = getattr(QueryResultsFormat, format.upper())
Store.read_only(store).query(query).serialize(sys.stdout.buffer, format=format)
"""


def join(rows: int) -> str:
    """Write a query with so many rows; raises ValueError if it is no thousands."""
    if rows % 1000:
        raise ValueError(rows)
    return JOIN.format(other=rows // 1000)


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds of a processor, and megabytes at most."""

    seconds: float
    megabytes: float


def main(arguments: list[str]) -> None:
    """Print the table of times, and how memory grows with rows."""
    speed, *sizes = map(int, arguments or ("1000000", "1000000", "10000000"))
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        root = Root.find(REPOSITORY, REPOSITORY)
        with open_snapshot(root, cache, say=lambda text: print(text.en)) as snapshot:
            store = snapshot.folder / "store"
        query = join(speed)
        print(f"{speed:,} rows, medians of {ROUNDS}, wicgraph against pyoxigraph")
        for form in FORMATS:
            ours, bare = [], []
            for _ in range(ROUNDS):
                ours.append(run(wicgraph(query, form), cache).seconds)
                command = [sys.executable, "-c", BARE, str(store), query, form]
                bare.append(run(command, cache).seconds)
            mine, other = statistics.median(ours), statistics.median(bare)
            print(f"{form:5} {mine:6.2f} s {other:6.2f} s {mine / other:5.2f} ×")
        print("highest resident memory of a process that streams csv")
        for rows in sizes:
            spent = run(wicgraph(join(rows), "csv"), cache)
            print(f"{rows:>12,} rows {spent.megabytes:4.0f} MB {spent.seconds:6.1f} s")


def wicgraph(query: str, form: str) -> list[str]:
    """Give the command that streams the rows."""
    program = [sys.executable, "-m", "wicgraph", "--root", str(REPOSITORY)]
    return [*program, "sparql", query, "--format", form]


def run(command: list[str], cache: Path) -> Spent:
    """Run a process; raises CalledProcessError if it fails."""
    environment = {**os.environ, "WICGRAPH_CACHE": str(cache)}
    with (cache / "rows").open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main(sys.argv[1:])
