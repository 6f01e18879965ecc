"""What a program was answered, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from wicgraph.asking.dossier import Dossier
from wicgraph.asking.paths import Connection
from wicgraph.asking.table import Table
from wicgraph.asking.why import Explanation
from wicgraph.publishing.answers import answer_text
from wicgraph.publishing.citations import citation_text
from wicgraph.publishing.data_set import DataSet
from wicgraph.publishing.dossiers import dossier_text
from wicgraph.publishing.paths import connection_text
from wicgraph.publishing.proofs import explanation_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.citing import Cited
    from wicgraph.asking.things import Things

    Written: TypeAlias = Table | Dossier | Explanation | Connection | Sequence[Cited]


def value_text(value: Written, things: Things, form: str) -> Iterator[str]:
    """Write a value as its command does; the text of a table is laid out as one.

    Citations name the data set. Raises UnknownName for a format that the
    command does not have.
    """
    if isinstance(value, Table):
        form = "table" if form == "text" else form
        return answer_text(value.answer, value.described, things, form)
    if isinstance(value, Dossier):
        return dossier_text(value, things, form)
    if isinstance(value, Explanation):
        return explanation_text(value, things, form)
    if isinstance(value, Connection):
        return connection_text(value, things, form)
    return citation_text(value, DataSet.of(things.snapshot), things, form)
