"""The two SHACL engines behind one function.

pyshacl is the reference and always there. shifty answers by default where its wheel is
installed, because it is some twenty times faster; tests hold it to pyshacl's results,
component by component. Shapes look at the facts that people wrote, never at a closure.
"""

from __future__ import annotations

import importlib.util
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import RdfFormat, parse, serialize

from wicgraph.errors import SourceError
from wicgraph.language import Text
from wicgraph.terms import SH, BlankNode, Literal, NamedNode, Subject, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import rdflib

Engine = OneOf["auto", "pyshacl", "shifty"]
SHAPES_FILE = "ontology/shapes.ttl"

_RESULT = NamedNode(SH + "result")


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result, as https://www.w3.org/TR/shacl/#results-validation-result.

    `path` is None for node shapes and for paths that are no single property; `value`
    may be None. `messages` are texts without their languages, which pyshacl loses.
    """

    focus: Term
    path: NamedNode | None
    value: Term | None
    shape: Subject
    component: str
    severity: str
    messages: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Sort key: the parts as text."""
        parts = (self.focus, self.path, self.value, self.shape, self.component)
        return tuple(map(str, parts))


def chosen(engine: Engine) -> Engine:
    """Name the engine that answers; "auto" is shifty where it is installed."""
    if engine != "auto":
        return engine
    return "shifty" if importlib.util.find_spec("shifty") else "pyshacl"


def validate(
    data: Iterable[Triple], shapes: Iterable[Triple], engine: Engine = "auto"
) -> tuple[Result, ...]:
    """Hold data to shapes; sorted, and each result once.

    Raises SourceError about the shapes file when an engine cannot use the shapes.
    """
    run = _pyshacl if chosen(engine) == "pyshacl" else _shifty
    results = set(_results(run(_ntriples(data), _ntriples(shapes))))
    return tuple(sorted(results, key=lambda result: result.order))


def _shifty(data: bytes, shapes: bytes) -> bytes:
    # The module behind `shifty`, because the public functions give the report as an
    # rdflib graph: 0.3 s more to start, and blank nodes under other names.
    from shifty._shifty import PreparedValidator  # noqa: PLC0415  (slow to start)

    try:
        validator = PreparedValidator(shapes, None, "nt", None)
        report = validator.validate_w3c(
            data,
            None,
            "nt",
            graph_mode="data",
            run_infer=False,
            sort_results=False,
            on_unsupported="error",
        )
    except ValueError as error:
        reason = Text.english(str(error))
        raise SourceError(SHAPES_FILE, None, None, reason) from error
    for diagnostic in (*validator.diagnostics, *report.diagnostics):
        raise SourceError(SHAPES_FILE, None, None, Text.english(diagnostic))
    return report.report_turtle.encode()


def _pyshacl(data: bytes, shapes: bytes) -> bytes:
    import pyshacl  # noqa: PLC0415  (slow to start, like its errors)
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415

    # It logs a traceback for each literal outside its datatype, which is a result.
    logger = logging.getLogger("rdflib.term")
    disabled, logger.disabled = logger.disabled, True
    try:
        _, report, text = pyshacl.validate(
            _graph(data), shacl_graph=_graph(shapes), inference="none"
        )
    except ReportableRuntimeError as error:
        reason = Text.english(str(error))
        raise SourceError(SHAPES_FILE, None, None, reason) from error
    finally:
        logger.disabled = disabled
    if not hasattr(report, "serialize"):
        raise SourceError(SHAPES_FILE, None, None, Text.english(text))
    return bytes(report.serialize(format="nt", encoding="utf-8"))


def _graph(triples: bytes) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415  (slow to start)

    graph = rdflib.Graph()
    for quad in parse(triples, format=RdfFormat.N_TRIPLES):
        graph.add(
            (_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object))
        )
    return graph


def _rdflib(term: Term | Triple) -> rdflib.term.Node:
    """Make an rdflib term that keeps the label of a blank node."""
    import rdflib  # noqa: PLC0415

    match term:
        case NamedNode(value=iri):
            return rdflib.URIRef(iri)
        case BlankNode(value=label):
            return rdflib.BNode(label)
        case Literal(value=text, language=str() as language):
            return rdflib.Literal(text, lang=language)
        case Literal(value=text, datatype=datatype):
            return rdflib.Literal(text, datatype=rdflib.URIRef(datatype.value))
    raise TypeError(f"{term} is no RDF 1.1 term")


def _ntriples(triples: Iterable[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _results(report: bytes) -> Iterable[Result]:
    """Read the results of a report."""
    nodes: dict[Subject, dict[str, list[Term]]] = {}
    results: list[Subject] = []
    for quad in parse(report, format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            continue
        about = nodes.setdefault(subject, {})
        about.setdefault(quad.predicate.value.removeprefix(SH), []).append(value)
        if quad.predicate == _RESULT and not isinstance(value, Literal):
            results.append(value)
    return (_result(nodes[node]) for node in results)


def _result(about: Mapping[str, list[Term]]) -> Result:
    def one(name: str) -> Term | None:
        return about.get(name, [None])[0]

    def node(name: str) -> Subject | None:
        term = one(name)
        return None if isinstance(term, Literal) else term

    path, shape, focus = one("resultPath"), node("sourceShape"), one("focusNode")
    if shape is None or focus is None:
        reason = Text("a result names no focus or shape", "有一项结果未指明对象或形状")
        raise SourceError(SHAPES_FILE, None, None, reason)
    messages = {text.value for text in about.get("resultMessage", ())}
    return Result(
        focus=focus,
        path=path if isinstance(path, NamedNode) else None,
        value=one("value"),
        shape=shape,
        component=_local(one("sourceConstraintComponent")),
        severity=_local(one("resultSeverity")),
        messages=tuple(sorted(messages)),
    )


def _local(term: Term | None) -> str:
    """Return the name of a SHACL term without its namespace, other IRIs whole."""
    return term.value.removeprefix(SH) if isinstance(term, NamedNode) else ""
