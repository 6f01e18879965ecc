"""Snapshots: the whole graph on disk, written once, read by many."""

from wicgraph.store.cache import cache_folder, open_snapshot
from wicgraph.store.snapshot import INFERRED, Results, Snapshot

__all__ = ["INFERRED", "Results", "Snapshot", "cache_folder", "open_snapshot"]
