"""The pages of stored questions: their rows, each with its evidence, and their text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from wicgraph.asking.evidence import evidence
from wicgraph.language import Text
from wicgraph.publishing.answers import answer_text
from wicgraph.site.address import Address
from wicgraph.site.folders import HOME, title, trail
from wicgraph.site.page import Beside, Page
from wicgraph.site.proofs import steps
from wicgraph.terms import QUERY, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.evidence import RowEvidence
    from wicgraph.asking.table import Table
    from wicgraph.queries.stored import StoredQuery
    from wicgraph.site.material import Material
    from wicgraph.site.proofs import Step
    from wicgraph.terms import Term

_MOST = 100  # rows on a page; the table beside it has all


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and why it is there."""

    cells: tuple[Term | None, ...]
    evidence: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """All that stands on the page of a stored query; `count` is of all its rows."""

    query: StoredQuery
    description: Text
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Questions:
    """The list of stored queries, numbered ones first."""

    queries: tuple[StoredQuery, ...]


def pages(material: Material) -> Iterator[Page]:
    """Make the list of questions, and the page of each."""
    queries = material.graph.catalogue.queries()
    if queries:
        address = Address("queries/index")
        content = Questions(queries)
        yield Page(address, title("queries"), "questions.html", content, (HOME,))
    for query in queries:
        yield page(material, query)


def page(material: Material, query: StoredQuery) -> Page:
    """Make the page of a stored query, with its answer without parameters."""
    graph = material.graph
    table = graph.ask(query.name)
    labels = {each.name: Text(each.label, each.label_zh) for each in table.described}
    columns = tuple(labels.get(name, Text(name, name)) for name in table.columns)
    described = Text(query.description, query.description_zh)
    borne = evidence(
        graph.snapshot,
        table.query,
        table.given,
        table.answer,
        inference=graph.inference,
        backing=material.backing,
    )
    rows = tuple(_row(material, each) for each in islice(borne, _MOST))
    node = NamedNode(QUERY + query.name)
    return Page(
        Address(f"queries/{query.name}"),
        Text(query.summary, query.summary_zh),
        "question.html",
        Question(query, described, columns, rows, len(table)),
        trail("queries"),
        files=(*_tables(table, query), *material.data.of_query(node)),
    )


def _row(material: Material, row: RowEvidence) -> Row:
    """Put together what a row rests on; owlrl does not tell how it infers."""
    proofs = (backed.proof for backed in row.backed)
    return Row(row.row, tuple(steps(material, proof) for proof in proofs if proof))


def _tables(table: Table, query: StoredQuery) -> Iterator[Beside]:
    """Write the answer in no language, and the query as it is kept."""
    types = {"csv": "text/csv", "json": "application/sparql-results+json"}
    for suffix, media_type in types.items():
        text = answer_text(table.answer, (), table.things, suffix, iris=True)
        yield Beside(suffix, media_type, text)
    yield Beside("rq", "application/sparql-query", [query.text])
