"""A stored query, the parameters that it takes and the columns that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.errors import UnknownName
from wicgraph.language import Text, listed
from wicgraph.terms import similar

if TYPE_CHECKING:
    from wicgraph.sparql import QueryText
    from wicgraph.terms import NamedNode


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query may be given; `datatype` is None where the value is a thing."""

    name: str
    variable: str
    datatype: NamedNode | None
    language: str
    of_class: NamedNode | None
    label: str
    label_zh: str
    example: str
    default: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the rows: its name, and its heading in both languages."""

    name: str
    label: str
    label_zh: str


@dataclass(frozen=True)
class StoredQuery:
    """A question that the graph folder keeps, with the text that answers it."""

    name: str
    source: QueryText
    summary: str
    summary_zh: str
    description: str
    description_zh: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cq: str
    since: str

    @property
    def path(self) -> str:
        """The file, as a posix path relative to the graph folder."""
        return self.source.where

    @property
    def text(self) -> str:
        """The file as it stands: header and SPARQL."""
        return self.source.text

    def parameter(self, name: str) -> Parameter:
        """Find a parameter; raises UnknownName."""
        names = tuple(parameter.name for parameter in self.parameters)
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        remedy = Text("it takes none", "它不带参数")
        if names:
            remedy = Text("it takes ", "可用参数：") + listed(names, "and")
        kind = Text(f"parameter of {self.name}", f"{self.name} 参数")
        raise UnknownName(kind, name, similar(name, names), remedy=remedy)
