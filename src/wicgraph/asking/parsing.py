"""From the text of a query to its parts: see `patterns`.

`grammar` reads the text, and Oxigraph's Turtle parser reads its names and literals,
which are the same in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Variable
from pyoxigraph import parse as parse_rdf

from wicgraph.asking.patterns import (
    Bind,
    Column,
    Element,
    Exists,
    Expression,
    Filter,
    GraphBlock,
    Group,
    Minus,
    Optional,
    Query,
    Select,
    Service,
    Span,
    TriplePattern,
    Union,
    Values,
)
from wicgraph.asking.triple_parser import TripleParser, span_of, text_of
from wicgraph.queries.grammar import Branch, tree
from wicgraph.sparql import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wicgraph.sparql import QueryText
    from wicgraph.terms import (
        Literal,
        NamedNode,
    )

_FORMS = ("Select", "Construct", "Describe", "Ask")
_MODIFIERS = ("GroupBy", "Having", "OrderBy")


def parse(source: QueryText) -> Query | None:
    """Read a query; None if it is not by the grammar of SPARQL 1.1.

    What it means is left to Oxigraph, which has to have accepted it: this is no check.
    """
    whole = tree(source)
    if whole is None:
        return None
    prologue = whole.find("Prologue")
    opening = tuple(prologue.tokens()) if prologue else ()
    terms = _read_terms(whole, opening, source)
    return None if terms is None else _Parser(terms, _free_stem(source)).query(whole)


def _free_stem(source: QueryText) -> str:
    """Find how blank nodes can begin that are not in the text."""
    stem = "b"
    while any(token.text.startswith(f"_:{stem}") for token in source.tokens):
        stem += "b"
    return stem


def _read_terms(
    whole: Branch, opening: tuple[Token, ...], source: QueryText
) -> Mapping[str, NamedNode | Literal] | None:
    """Read all names and literals at once; None if a prefix is declared nowhere."""
    texts = dict.fromkeys(_term_texts(whole))
    lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in source.implied.items()]
    for place, token in enumerate(opening):
        if token.kind == "iri":
            keyword = "@base" if opening[place - 1].is_word("BASE") else "@prefix"
            name = opening[place - 1].text if keyword == "@prefix" else ""
            lines.append(f"{keyword} {name} {token.text} .\n")
    lines += [f"<urn:s> <urn:p:{n}> {text} .\n" for n, text in enumerate(texts)]
    try:
        quads = parse_rdf("".join(lines).encode(), format=RdfFormat.TURTLE)
        return dict(zip(texts, (quad.object for quad in quads), strict=True))
    except (SyntaxError, ValueError):
        return None


def _term_texts(branch: Branch) -> Iterator[str]:
    for part in branch.parts:
        if isinstance(part, Branch) and part.name in {"Iri", "Literal"}:
            yield text_of(part)
        elif isinstance(part, Branch) and part.name != "Prologue":
            yield from _term_texts(part)


def _written(branch: Branch) -> str:
    return " ".join(token.text for token in branch.tokens())


@dataclass(frozen=True)
class _Parser(TripleParser):
    """Turns branches of the grammar into the parts of a query."""

    def query(self, whole: Branch) -> Query:
        form = whole.all(*_FORMS)[0]
        prologue = whole.find("Prologue")
        template = form.find("Template")
        described = tuple(self.place(each) for each in form.all("VarOrIri"))
        select = self.select(form, whole.find("Values"))
        triples: tuple[TriplePattern, ...] = ()
        if template is not None:
            triples = tuple(self.triples(template))
        if form.name == "Construct" and form.find("Where") is None:
            select = replace(select, where=Group(triples, span_of(form)))
        return Query(
            _written(prologue) if prologue else "",
            form.name.upper(),
            triples,
            described,
            " ".join(_written(each) for each in form.all("Dataset")),
            select,
        )

    def select(self, form: Branch, values: Branch | None) -> Select:
        clause, where = form.find("SelectClause"), form.find("Where")
        modifiers = form.find("Modifiers")
        by: dict[str, Branch] = {}
        if modifiers is not None:
            by = {part.name: part for part in modifiers.all(*_MODIFIERS, "Limits")}
        parts = {name: by[name].parts if name in by else () for name in _MODIFIERS}
        group = where.find("Group") if where else None
        block = values.find("DataBlock") if values else None
        return Select(
            next((w for w in ("DISTINCT", "REDUCED") if clause and clause.has(w)), ""),
            tuple(map(self.column, clause.all("Column"))) if clause else (),
            self.group(group) if group else Group((), span_of(form)),
            tuple(self.column(p) for p in parts["GroupBy"] if isinstance(p, Branch)),
            tuple(self.expression(p) for p in parts["Having"] if isinstance(p, Branch)),
            tuple(
                self.expression(p) for p in parts["OrderBy"] if isinstance(p, Branch)
            ),
            _written(by["Limits"]) if "Limits" in by else "",
            self.values(block) if block else None,
            span_of(form),
        )

    def column(self, branch: Branch) -> Column:
        """Read what is selected, or what is grouped by."""
        named = [
            Variable(part.text[1:])
            for part in branch.parts
            if isinstance(part, Token) and part.kind == "variable"
        ]
        inner = branch.all("Expression", "Call", "FunctionCall")
        return Column(
            named[0] if named else None,
            self.expression(inner[0]) if inner else None,
            span_of(branch),
        )

    def group(self, branch: Branch) -> Group:
        span = span_of(branch)
        if inner := branch.find("SubSelect"):
            return Group((self.select(inner, inner.find("Values")),), span)
        body = branch.find("GroupBody")
        elements: list[Element] = []
        for part in body.parts if body else ():
            if isinstance(part, Branch) and part.name == "TriplesBlock":
                elements += self.triples(part)
            elif isinstance(part, Branch):
                elements += [self.element(each) for each in part.all(*_ELEMENTS)]
        return Group(tuple(elements), span)

    def element(self, branch: Branch) -> Element:
        return _ELEMENTS[branch.name](self, branch, span_of(branch))

    def inner(self, branch: Branch) -> Group:
        return self.group(branch.all("Group")[0])

    def union(self, branch: Branch, span: Span) -> Element:
        groups = tuple(map(self.group, branch.all("Group")))
        return Union(groups, span) if len(groups) > 1 else groups[0]

    def filter(self, branch: Branch, span: Span) -> Filter:
        return Filter(self.expression(branch.all("Constraint")[0]), span)

    def bind(self, branch: Branch, span: Span) -> Bind:
        expression = self.expression(branch.all("Expression")[0])
        name = next(
            t.text
            for t in branch.parts
            if isinstance(t, Token) and t.kind == "variable"
        )
        return Bind(expression, Variable(name[1:]), span)

    def values(self, branch: Branch) -> Values:
        """Read a block of data."""
        tokens = [part for part in branch.parts if isinstance(part, Token)]
        variables = tuple(
            Variable(token.text[1:]) for token in tokens if token.kind == "variable"
        )
        rows = tuple(
            tuple(map(self.datum, row.all("DataValue")))
            for row in branch.all("DataRow")
        )
        single = tuple((self.datum(each),) for each in branch.all("DataValue"))
        return Values(variables, rows or single, span_of(branch))

    def datum(self, branch: Branch) -> NamedNode | Literal | None:
        inner = branch.all("Iri", "Literal")
        return self.terms[text_of(inner[0])] if inner else None

    def expression(self, branch: Branch) -> Expression:
        parts = tuple(self.flat(branch, wanted=True))
        words = (part for part in parts if isinstance(part, Token))
        return Expression(
            parts, any(w.kind == "aggregate" for w in words), span_of(branch)
        )

    def flat(self, branch: Branch, *, wanted: bool) -> Iterator[Token | Exists]:
        """Give the tokens of an expression, and each EXISTS as one."""
        group = branch.find("Group")
        if branch.name == "Call" and group is not None:
            negated = branch.has("NOT")
            span = span_of(branch)
            yield Exists(negated, wanted != negated, self.group(group), span)
            return
        if branch.name in {"Iri", "Literal"}:
            yield Token(branch.name.lower(), text_of(branch), span_of(branch).start)
            return
        denied = branch.name == "Unary" and branch.has("!")
        for part in branch.parts:
            if isinstance(part, Branch):
                yield from self.flat(part, wanted=wanted != denied)
            elif branch.name == "AggregateName":
                yield Token("aggregate", part.text, part.start)
            else:
                yield part


_ELEMENTS: dict[str, Callable[[_Parser, Branch, Span], Element]] = {
    "Union": _Parser.union,
    "Optional": lambda parser, branch, span: Optional(parser.inner(branch), span),
    "Minus": lambda parser, branch, span: Minus(parser.inner(branch), span),
    "Graph": lambda parser, branch, span: GraphBlock(
        parser.place(branch.all("VarOrIri")[0]), parser.inner(branch), span
    ),
    "Service": lambda parser, branch, span: Service(
        branch.has("SILENT"),
        parser.place(branch.all("VarOrIri")[0]),
        parser.inner(branch),
        span,
    ),
    "Filter": _Parser.filter,
    "Bind": _Parser.bind,
    "InlineData": lambda parser, branch, _: parser.values(branch.all("DataBlock")[0]),
}
