"""The World Internet Conference as a knowledge graph with sources.

`wicgraph.open()` gives the graph to a program; see docs/python.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wicgraph.asking.table import Table
    from wicgraph.errors import WicgraphError
    from wicgraph.graph import Graph
    from wicgraph.graph import open_graph as open  # noqa: A004  (wicgraph.open)

__all__ = ["Graph", "Table", "WicgraphError", "open"]

_HOMES = {
    "Graph": ("wicgraph.graph", "Graph"),
    "Table": ("wicgraph.asking.table", "Table"),
    "WicgraphError": ("wicgraph.errors", "WicgraphError"),
    "open": ("wicgraph.graph", "open_graph"),
}


if not TYPE_CHECKING:  # else mypy would take any name for one of ours

    def __getattr__(name: str) -> object:
        """Import what the package offers when it is first wanted (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _HOMES[name]
        return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
