"""The JSON-LD processor of JavaScript reads the same quads as ours.

Run by `make jsonld`: it takes the package jsonld from npm, which needs node and the
package index. `pytest` alone does not collect this folder.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

REPOSITORY = Path(__file__).parents[2]
MODULES = REPOSITORY / "build" / "node_modules"  # where `make jsonld` puts the package
READ = """
const fs = require("fs");
const jsonld = require(process.argv[1] + "/jsonld");
const said = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const loader = address => { throw new Error("asks for " + address); };
jsonld.canonize(said, {
  algorithm: "RDFC-1.0", format: "application/n-quads", safe: true,
  documentLoader: loader,
}).then(lines => process.stdout.write(lines));
"""
ASKED = (
    ("jsonld",),
    ("jsonld", "--no-inference"),
    ("jsonld", "--thing", "Liu Liehong"),
    ("jsonld", "--frame", "edition"),
    ("jsonld", "--frame", "organization"),
    ("jsonld", "--frame", "person"),
    ("schemaorg",),
    ("schemaorg", "--thing", "Liu Liehong"),
)


def canonical(quads: set[str]) -> list[str]:
    """Sort lines, with tags in one case, which has no meaning."""
    return sorted(line.lower() for line in quads if line)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_node_reads_the_same_quads(asked: tuple[str, ...], tmp_path: Path) -> None:
    """Nothing is lost or added, no name is left out, and no network is asked."""
    file = tmp_path / "said.jsonld"
    export = ["export", "--format", *asked, "-o", str(file)]
    subprocess.run(
        [sys.executable, "-m", "wicgraph", *export], cwd=REPOSITORY, check=True
    )
    dataset = Dataset(parse(path=file, format=RdfFormat.JSON_LD))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    ours = serialize(dataset, format=RdfFormat.N_QUADS)
    assert ours

    read = ["node", "-e", READ, str(MODULES), str(file)]
    theirs = subprocess.run(read, check=True, capture_output=True, text=True).stdout

    assert canonical(set(theirs.split("\n"))) == canonical(
        set(ours.decode().split("\n"))
    )
