"""What a shape asks for: whom it looks at, what must be there, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wicgraph.asking.mentions import mentions
from wicgraph.language import Text
from wicgraph.sparql import QueryText
from wicgraph.terms import RDF_TYPE, SH, BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.publishing.ontology.axioms import Axioms
    from wicgraph.terms import Prefixes, Subject, Term

_KINDS = tuple(
    NamedNode(SH + name) for name in ("NodeShape", "PropertyShape", "SPARQLConstraint")
)
TARGETS = {
    NamedNode(SH + "targetClass"): Text("everything of the class", "该类的一切事物"),
    NamedNode(SH + "targetSubjectsOf"): Text(
        "everything that has the property", "具有该属性的一切事物"
    ),
}
# What a shape can ask for, in the order in which it is shown.
CONSTRAINTS = {
    NamedNode(SH + name): text
    for name, text in {
        "minCount": Text("values, at least", "值的个数，至少"),
        "maxCount": Text("values, at most", "值的个数，至多"),
        "uniqueLang": Text("one value in each language", "每种语言至多一个值"),
        "class": Text("class of the values", "值所属的类"),
        "datatype": Text("datatype", "数据类型"),
        "nodeKind": Text("kind of node", "节点种类"),
        "languageIn": Text("languages", "语言"),
        "in": Text("one of", "取值须为其一"),
        "hasValue": Text("has the value", "须含此值"),
        "pattern": Text("pattern", "须符合模式"),
        "minInclusive": Text("not below", "不小于"),
        "maxInclusive": Text("not above", "不大于"),
        "lessThan": Text("less than the value of", "小于此属性的值"),
        "or": Text("one of these", "须满足其一"),
        "not": Text("not", "不得为"),
        "closed": Text("no property but those listed", "不得有未列出的属性"),
        "ignoredProperties": Text("allowed besides", "另外允许"),
    }.items()
}
_LISTS = frozenset(
    NamedNode(SH + name) for name in ("in", "languageIn", "ignoredProperties")
)
_MESSAGE, _PATH, _ALTERNATIVE, _SELECT, _PREFIXES = (
    NamedNode(SH + name)
    for name in ("message", "path", "alternativePath", "select", "prefixes")
)
_PARTS = (NamedNode(SH + "property"), NamedNode(SH + "sparql"))
_FIX = NamedNode("https://w3id.org/wicgraph/shape/fix")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape asks for; `options` are those of sh:or and sh:not."""

    name: NamedNode
    values: tuple[Term, ...]
    options: tuple[tuple[Constraint, ...], ...] = ()

    def terms(self) -> Iterator[Term]:
        """Go through the terms that it names."""
        yield from self.values
        for option in self.options:
            for each in option:
                yield from each.terms()


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a shape looks at: `how` is a property of SHACL, and what it has."""

    how: NamedNode
    term: NamedNode


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape, or a rule of one that is a query; `of` are the shapes it is part of.

    `paths` are the properties it is about: one, or several that it allows in turn.
    """

    shape: NamedNode
    message: Text
    fix: Text
    targets: tuple[Target, ...]
    paths: tuple[NamedNode, ...]
    constraints: tuple[Constraint, ...]
    parts: tuple[NamedNode, ...]
    of: tuple[NamedNode, ...]
    query: str
    mentions: frozenset[NamedNode]


def shapes(axioms: Axioms, prefixes: Prefixes) -> tuple[Shape, ...]:
    """Read all shapes, sorted by name."""
    named = {node for kind in _KINDS for node in axioms.subjects(RDF_TYPE, kind)}
    return tuple(_shape(axioms, prefixes, node) for node in sorted(named, key=str))


def _shape(axioms: Axioms, prefixes: Prefixes, node: NamedNode) -> Shape:
    targets = tuple(
        Target(how, term) for how in TARGETS for term in axioms.nodes(node, how)
    )
    paths = tuple(
        member
        for path in axioms.objects(node, _PATH)
        for member in _members(axioms, path)
    )
    constraints = tuple(_constraints(axioms, node))
    queries = [v.value for v in axioms.objects(node, _SELECT) if isinstance(v, Literal)]
    query = "".join(queries)
    said = mentions(QueryText(prefixes.shorten(node), query, prefixes.table))
    named = [*(each.term for each in targets), *paths]
    named += [term for _, term in said]
    for each in constraints:
        named += [term for term in each.terms() if isinstance(term, NamedNode)]
    return Shape(
        node,
        axioms.text(node, _MESSAGE),
        axioms.text(node, _FIX),
        targets,
        paths,
        constraints,
        axioms.nodes(node, *_PARTS),
        tuple(owner for part in _PARTS for owner in axioms.subjects(part, node)),
        query,
        frozenset(named),
    )


def _members(axioms: Axioms, path: Term) -> Iterator[NamedNode]:
    if isinstance(path, NamedNode):
        yield path
    elif isinstance(path, BlankNode):
        for head in axioms.objects(path, _ALTERNATIVE):
            for each in axioms.items(head):
                yield from _members(axioms, each)


def _constraints(axioms: Axioms, node: Subject) -> Iterator[Constraint]:
    """Read what a shape asks for, in an order that no blank node has a say in."""
    for name in CONSTRAINTS:
        found, plain = [], []
        for value in axioms.objects(node, name):
            if not isinstance(value, BlankNode):
                plain.append(value)
            elif name in _LISTS:
                found.append(Constraint(name, axioms.items(value)))
            else:
                choices = axioms.items(value) or (value,)
                found.append(Constraint(name, (), tuple(_options(axioms, choices))))
        if plain:
            found.append(Constraint(name, tuple(sorted(plain, key=str))))
        yield from sorted(found, key=str)


def _options(
    axioms: Axioms, choices: tuple[Term, ...]
) -> Iterator[tuple[Constraint, ...]]:
    for each in choices:
        if isinstance(each, BlankNode):
            yield tuple(_constraints(axioms, each))
