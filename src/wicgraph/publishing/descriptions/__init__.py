"""What the data set says of itself to programs that look for data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.data_set import DataSet
from wicgraph.publishing.descriptions.dcat import dcat
from wicgraph.publishing.descriptions.service import service
from wicgraph.publishing.descriptions.statements import PREFIXES
from wicgraph.publishing.descriptions.void import void
from wicgraph.publishing.dumps import dump
from wicgraph.publishing.formats import DESCRIPTION_FORMATS, require_format
from wicgraph.terms import Prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.things import Things


def description(things: Things, form: str, *, inference: bool) -> Iterator[str]:
    """Write one of DESCRIPTION_FORMATS as Turtle, in both languages.

    Everything in it comes from the graph, so that it changes only when the graph does.
    Raises UnknownName for another format.
    """
    require_format(form, DESCRIPTION_FORMATS)
    snapshot = things.snapshot
    if form == "dcat":
        stated = dcat(DataSet.of(snapshot))
    elif form == "sd":
        stated = service(snapshot.quads(inference=inference), inference=inference)
    else:
        quads = tuple(snapshot.quads(inference=inference))
        stated = void(quads, DataSet.of(snapshot), things.prefixes)
    prefixes = Prefixes({**things.prefixes.table, **PREFIXES})
    return dump(stated, "turtle", prefixes)
