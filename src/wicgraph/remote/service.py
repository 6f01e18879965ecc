"""A SPARQL service: a question goes there, terms come back.

Every question names its dataset, so that what the service takes for its default graph
does not matter: https://www.w3.org/TR/sparql11-protocol/#dataset
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from urllib3.exceptions import HTTPError

from wicgraph.language import Text
from wicgraph.remote.naming import understood, understood_triple
from wicgraph.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from requests import Response

    from wicgraph.errors import StoreError
    from wicgraph.remote.client import Client
    from wicgraph.terms import NamedNode, Term

_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_NOTHING = "https://w3id.org/wicgraph/graph/none"  # a graph that nobody has
# Virtuoso cuts answers after so many rows, or after a time, and says it only here.
_MOST, _PARTIAL = "X-SPARQL-MaxRows", "X-SQL-Message"


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its dataset: the graphs whose merge is the default, and the named."""

    text: str
    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]

    def form(self) -> list[tuple[str, str]]:
        """Write it as the fields of a form."""
        default = [graph.value for graph in self.default] or [_NOTHING]
        fields = [("query", self.text)]
        fields += [("default-graph-uri", iri) for iri in default]
        if "graph" in self.text.lower():  # or no graph needs a name
            fields += [("named-graph-uri", graph.value) for graph in self.named]
        return fields


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers questions; what goes wrong is a StoreError."""

    client: Client

    def rows(
        self, question: Question, columns: Sequence[str]
    ) -> Iterator[tuple[Term | None, ...]]:
        """Ask a SELECT, and go through its rows as they come."""
        with self._answer(question, _RESULTS) as response:
            solutions = self._results(response)
            if isinstance(solutions, QueryBoolean):
                raise self.foreign()
            if not {*columns} <= {variable.value for variable in solutions.variables}:
                raise self.foreign()
            count = 0
            for count, solution in enumerate(solutions, start=1):  # noqa: B007
                terms = (solution[name] for name in columns)
                yield tuple(None if t is None else understood(t) for t in terms)
            most = response.headers.get(_MOST, "")
            if most.isdecimal() and count >= int(most):
                reason = Text(
                    f"it gives {most} rows at most; raise ResultSetMaxRows in its"
                    " virtuoso.ini",
                    f"最多返回 {most} 行；请调高 virtuoso.ini 中的 ResultSetMaxRows",
                )
                raise self.client.failure(reason)

    def truth(self, question: Question) -> QueryBoolean:
        """Ask an ASK."""
        with self._answer(question, _RESULTS) as response:
            found = self._results(response)
            if isinstance(found, QuerySolutions):
                raise self.foreign()
            return found

    def graph(self, question: Question) -> QueryTriples:
        """Ask a CONSTRUCT or DESCRIBE."""
        here = Store()
        with self._answer(question, _TRIPLES) as response:
            for quad in parse(_body(response), format=RdfFormat.TURTLE):
                here.add(Quad(*understood_triple(quad)))
        found = here.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        if not isinstance(found, QueryTriples):
            raise TypeError(found)
        return found

    def foreign(self) -> StoreError:
        """Make the error that says that an answer is none."""
        return self.client.stranger(
            Text("what it answers is no result of SPARQL", "其返回内容不是 SPARQL 结果")
        )

    @contextmanager
    def _answer(self, question: Question, accept: str) -> Iterator[Response]:
        """Send a question; its answer is read while this lasts, and is whole."""
        with self.client.post(question.form(), accept) as response:
            partial = response.headers.get(_PARTIAL)
            if partial:
                reason = Text("it gave a part of the answer: ", "只返回了部分结果：")
                raise self.client.failure(reason + Text.english(visible(partial)))
            try:
                yield response
            except SyntaxError as error:
                raise self.foreign() from error
            except (HTTPError, OSError) as error:
                reason = Text("the connection broke off", "连接中断")
                raise self.client.failure(reason) from error

    def _results(self, response: Response) -> QuerySolutions | QueryBoolean:
        kind = response.headers.get("Content-Type", "")
        form = QueryResultsFormat.from_media_type(kind)
        if form is None:
            raise self.foreign()
        return parse_query_results(_body(response), format=form)


def _body(response: Response) -> IO[bytes]:
    """Give the body as a file, to be read as it comes."""
    response.raw.decode_content = True
    return cast("IO[bytes]", response.raw)
