"""The real grlc serves the folder of queries unchanged, and gives our rows.

Run by `make grlc`: it installs grlc and a SPARQL server in an environment of their
own, which needs the package index. `pytest` alone does not collect this folder.
"""

import csv
import io
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("grlc==1.3.11", "oxigraph==0.5.13")
PATIENCE = 30  # seconds until a server that does not answer is given up
CONFIG = """
[auth]
[defaults]
sparql_endpoint = {endpoint}
server_name = {name}
[local]
local_sparql_dir = {queries}/
[api_gitlab]
[user_agent]
"""
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("organizers", {}),
    ("organizers", {"edition": "https://w3id.org/wicgraph/event/wic-2018"}),
    ("participants", {"edition": "https://w3id.org/wicgraph/event/wic-2018"}),
    ("posts-on-day", {"day": "2018-11-07"}),
    ("editions", {}),
)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """Run a server until it is not needed any more; wait until it answers."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + PATIENCE
            while True:
                try:
                    urllib.request.urlopen(address).close()  # noqa: S310  (http)
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    assert server.poll() is None, f"{command} ended"
                    assert time.monotonic() < deadline, f"{command} does not answer"
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install grlc and a SPARQL server away from our own packages."""
    folder = tmp_path_factory.mktemp("grlc")
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, *PACKAGES], check=True)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Keep the graph that the program builds."""
    return str(tmp_path_factory.mktemp("cache"))


def ours(cache: str, *arguments: str) -> str:
    """Run our program on the repository; what it prints."""
    command = [sys.executable, "-m", "wicgraph", "--root", str(REPOSITORY), *arguments]
    environment = os.environ | {"WICGRAPH_CACHE": cache}
    found = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    )
    return found.stdout


@pytest.fixture(scope="module")
def grlc(environment: Path, cache: str) -> Iterator[str]:
    """Serve the graph, and the folder of queries by grlc; the address of its API."""
    graph = environment / "graph.nt"
    store = environment / "store"
    ours(cache, "export", "--format", "nquads", "-o", str(graph.with_suffix(".nq")))
    oxigraph = str(environment / "bin" / "oxigraph")
    load = [oxigraph, "load", "--location", str(store), "--file"]
    subprocess.run([*load, str(graph.with_suffix(".nq"))], check=True)
    ours(cache, "export", "--format", "ntriples", "-o", str(graph))
    subprocess.run([*load, str(graph)], check=True)  # the default graph: all, merged
    sparql, http = free_port(), free_port()
    endpoint = f"http://127.0.0.1:{sparql}/query"
    config = CONFIG.format(
        endpoint=endpoint, name=f"127.0.0.1:{http}", queries=REPOSITORY / "queries"
    )
    (environment / "config.ini").write_text(config, encoding="utf-8")
    bind = ["--location", str(store), "--bind", f"127.0.0.1:{sparql}"]
    flask = [str(environment / "bin" / "flask"), "--app", "grlc.server", "run"]
    api = f"http://127.0.0.1:{http}/api-local"
    with (
        served([oxigraph, "serve-read-only", *bind], environment, endpoint),
        served([*flask, "--port", str(http)], environment, f"{api}/swagger"),
    ):
        yield api


@pytest.mark.parametrize(("name", "values"), ASKED)
def test_grlc_gives_our_rows(
    grlc: str, cache: str, name: str, values: dict[str, str]
) -> None:
    """A query that grlc serves has the columns and the rows that we answer with."""
    address = f"{grlc}/{name}.csv?{urlencode(values)}"
    wanted = urllib.request.Request(address, headers={"Accept": "text/csv"})  # noqa: S310
    with urllib.request.urlopen(wanted) as response:  # noqa: S310  (http)
        theirs = list(csv.reader(io.StringIO(response.read().decode())))
    said = [f"{key}={value}" for key, value in values.items()]
    tsv = ours(cache, "ask", name, *said, "--format", "tsv").splitlines()

    assert theirs[0] == [each.removeprefix("?") for each in tsv[0].split("\t")]
    assert len(theirs) == len(tsv) > 1
    for one, other in zip(theirs[1:], tsv[1:], strict=True):
        assert len(one) == len(other.split("\t"))
        for value, term in zip(one, other.split("\t"), strict=True):
            assert value in term


def test_grlc_lists_every_question(grlc: str) -> None:
    """No header of ours is one that grlc cannot read."""
    with urllib.request.urlopen(f"{grlc}/swagger") as response:  # noqa: S310  (http)
        described = response.read().decode()
    for path in (REPOSITORY / "queries").glob("*.rq"):
        assert f'"/{path.stem}"' in described
