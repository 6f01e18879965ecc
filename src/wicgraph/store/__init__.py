"""Snapshots: the whole graph on disk, written once, read by many."""

from wicgraph.store.cache import cache_folder, open_snapshot
from wicgraph.store.disk import DiskSnapshot
from wicgraph.store.snapshot import INFERRED, Results, Snapshot

__all__ = [
    "INFERRED",
    "DiskSnapshot",
    "Results",
    "Snapshot",
    "cache_folder",
    "open_snapshot",
]
