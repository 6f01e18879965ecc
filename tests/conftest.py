"""The small world that several files of tests ask, copied and built for each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.asking.things import Things
from wicgraph.reading import dataset
from wicgraph.reading.turtle import TurtleFile, read_turtle
from wicgraph.root import Root
from wicgraph.store import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.terms import NamedNode, Prefixes

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the cache of all tests that ask the real graph, so that it is built once.

    Workers share it: the folder that pytest gives each is in one of the whole run.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return shared / "graphs"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take the small world, with the facts and questions that asking adds."""
    folder = tmp_path_factory.mktemp("small") / "world"
    shutil.copytree(DATA / "tiny", folder)
    shutil.copytree(DATA / "asking" / "world", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def root(world: Path) -> Root:
    """Open its folder."""
    return Root(world)


@pytest.fixture(scope="module")
def snapshot(
    root: Root, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    """Build its graph."""
    cache = tmp_path_factory.mktemp("cache")
    with open_snapshot(root, cache, say=lambda _: None) as opened:
        yield opened


@pytest.fixture(scope="module")
def things(root: Root, snapshot: Snapshot) -> Things:
    """Show it in English."""
    return Things(snapshot, root.prefixes())


@pytest.fixture(scope="module")
def connected(
    world: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Things]:
    """Take the small world with what tells its agents from its events."""
    folder = tmp_path_factory.mktemp("connected")
    shutil.copytree(world, folder / "world")
    shutil.copytree(DATA / "connected", folder / "world", dirs_exist_ok=True)
    root = Root(folder / "world")
    with open_snapshot(root, folder / "cache", say=lambda _: None) as opened:
        yield Things(opened, root.prefixes())


@pytest.fixture(scope="module")
def files_are_read_once() -> Iterator[None]:
    """Remember what was read: a case changes a file or a day, and there are dozens."""
    known_files: dict[tuple[str, str], TurtleFile] = {}

    def read(text: str, path: str, graph: NamedNode, known: Prefixes) -> TurtleFile:
        if (path, text) not in known_files:
            known_files[path, text] = read_turtle(text, path, graph, known)
        return known_files[path, text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "read_turtle", read)
        yield
