"""The stored queries of a graph folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wicgraph.errors import QueryError, SourceError, UnknownName, WicgraphError
from wicgraph.language import Text
from wicgraph.queries.queryfile import read_query
from wicgraph.sparql import QueryText
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.queries.stored import StoredQuery
    from wicgraph.root import Root

_NUMBER = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True)
class Catalogue:
    """The stored queries of a graph folder; a file is read when it is asked for."""

    root: Root

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The file of each query by its name, sorted by name."""
        files = self.root.query_files()
        return dict(sorted((PurePosixPath(path).stem, path) for path in files))

    def query(self, name: str) -> StoredQuery:
        """Find a query by its name or its number; raises UnknownName or QueryError."""
        if _NUMBER.fullmatch(name) and name not in self.paths:
            for query in self.queries():
                if query.cq == name:
                    return query
        if name not in self.paths:
            kind = Text("query", "查询")
            remedy = Text("`wicgraph ask` lists them", "用 `wicgraph ask` 列出全部查询")
            raise UnknownName(kind, name, similar(name, self.paths), remedy=remedy)
        return self._read(name)

    def find(self, name: str) -> StoredQuery | None:
        """Read a query that a folder need not have; raises QueryError."""
        return self._read(name) if name in self.paths else None

    def queries(self) -> tuple[StoredQuery, ...]:
        """Read all queries, numbered ones first, by number; raises the first error."""
        found, errors = self.read_all()
        for error in errors:
            raise error
        return found

    def read_all(self) -> tuple[tuple[StoredQuery, ...], tuple[WicgraphError, ...]]:
        """Read all queries and go on after one that is malformed."""
        found, errors = [], []
        numbers: dict[str, str] = {}
        for name in self.paths:
            try:
                query = self._read(name)
            except (QueryError, SourceError) as error:
                errors.append(error)
                continue
            first = numbers.setdefault(query.cq, query.path)
            if query.cq and first != query.path:
                reason = Text(
                    f"the number {query.cq} is taken by {first}",
                    f"编号 {query.cq} 已由 {first} 使用",
                )
                errors.append(QueryError(query.path, None, None, reason))
                continue
            found.append(query)
        found.sort(key=lambda query: (not query.cq, int(query.cq or 0), query.name))
        return tuple(found), tuple(errors)

    def _read(self, name: str) -> StoredQuery:
        path = self.paths[name]
        return read_query(name, QueryText(path, self.root.read(path)))


def load(root: Root) -> Catalogue:
    """Open the stored queries of a graph folder; raises nothing until one is read."""
    return Catalogue(root)
