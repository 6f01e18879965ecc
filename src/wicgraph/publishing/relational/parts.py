"""What single tables need: columns that several share, and rows that no class has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.language import Text
from wicgraph.publishing.relational.facts import wic
from wicgraph.publishing.relational.table import (
    Column,
    Kind,
    Part,
    Row,
    day_cells,
    tag,
)
from wicgraph.reading.period import Span
from wicgraph.terms import (
    RDF_TYPE,
    SKOS_ALT_LABEL,
    SKOS_HIDDEN_LABEL,
    SKOS_PREF_LABEL,
    WIC,
    Literal,
    NamedNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.publishing.relational.facts import Facts

_LABELS = {
    SKOS_PREF_LABEL: "preferred",
    SKOS_ALT_LABEL: "other",
    SKOS_HIDDEN_LABEL: "hidden",
}
NUMBER, _START, _END = wic("editionNumber"), wic("startDate"), wic("endDate")
_STATUS = wic("reportedStatus")
# What those tables are read from that have a reader of their own.
LABELS_READ = tuple(_LABELS)
REPORTS_READ = (wic("Gathering"), NUMBER, _START, _END, _STATUS)
RELATIONS_READ = (SKOS_PREF_LABEL,)


def identity(refers: str = "") -> Part:
    """Hold the CURIE, which is the key, and the IRI of a node."""
    columns = (
        Column(
            "id", Text("name (CURIE)", "标识（CURIE）"), refers=refers, required=True
        ),
        Column("iri", Text("IRI", "IRI"), Kind.IRI, required=True),
    )
    return Part(columns, lambda facts, node: (facts.curie(node), node.value))


def class_() -> Part:
    """Hold the class; of several, the first by name."""

    def read(facts: Facts, node: NamedNode) -> Row:
        return next(((facts.curie(kind),) for kind in facts.classes(node)), (None,))

    column = Column("class", Text("class", "类别"), refers="terms", required=True)
    return Part((column,), read)


def source() -> Part:
    """Hold the document that states a row."""

    def read(facts: Facts, node: NamedNode) -> Row:
        return next(((facts.curie(s),) for s in facts.sources(node, RDF_TYPE)), (None,))

    column = Column("source", Text("source", "来源"), refers="sources", required=True)
    return Part((column,), read)


def which(name: str, title: Text, property_: str) -> Part:
    """Hold which of the properties below one is used."""

    def read(facts: Facts, node: NamedNode) -> Row:
        used = facts.properties(node, wic(property_))
        return (facts.curie(used[0]) if used else None,)

    column = Column(name, title, refers="terms", required=True)
    return Part((column,), read, (wic(property_),))


def edition_facts() -> Part:
    """Hold what all documents together say of the number and the days of an edition."""
    columns = (
        Column(
            "number",
            Text("number, if sources agree", "届数（来源一致时）"),
            Kind.NUMBER,
        ),
        Column("starts_first", Text("starts, no sooner", "开始（最早）"), Kind.DAY),
        Column("starts_last", Text("starts, no later", "开始（最晚）"), Kind.DAY),
        Column("ends_first", Text("ends, no sooner", "结束（最早）"), Kind.DAY),
        Column("ends_last", Text("ends, no later", "结束（最晚）"), Kind.DAY),
    )

    def read(facts: Facts, node: NamedNode) -> Row:
        numbers = {
            int(value.value)
            for value in facts.objects(node, NUMBER)
            if isinstance(value, Literal)
        }
        number = numbers.pop() if len(numbers) == 1 else None
        return (number, *_agreed(facts, node, _START), *_agreed(facts, node, _END))

    return Part(columns, read, (NUMBER, _START, _END))


def _agreed(facts: Facts, node: NamedNode, property_: NamedNode) -> Row:
    spans = [span for v in facts.objects(node, property_) if (span := Span.of(v))]
    if not spans:
        return (None, None)
    agreed = Span.agreed(spans)
    return (agreed.first, agreed.last)


def event_reports(facts: Facts) -> Iterator[Row]:
    """List what each document says of each event."""
    for event in facts.members("Gathering"):
        for source in facts.sources(event, NUMBER, _START, _END, _STATUS):
            number, status, start, end = (
                facts.only(event, property_, source)
                for property_ in (NUMBER, _STATUS, _START, _END)
            )
            yield (
                facts.curie(event),
                facts.curie(source),
                int(number.value) if isinstance(number, Literal) else None,
                facts.curie(status) if isinstance(status, NamedNode) else None,
                *day_cells(start),
                *day_cells(end),
            )


def labels(facts: Facts) -> Iterator[Row]:
    """List every name that is given to a thing."""
    for node in facts.things():
        for property_, kind in _LABELS.items():
            for value in facts.objects(node, property_):
                if isinstance(value, Literal):
                    language = tag(value) or "und"  # BCP 47: undetermined
                    yield (facts.curie(node), value.value, language, kind)


def relations(facts: Facts) -> Iterator[Row]:
    """List what is inferred between named things; roles and the like have tables."""
    things = {n for n in facts.things() if facts.objects(n, SKOS_PREF_LABEL)}
    for fact in facts.inferred:
        ends = (fact.subject, fact.value)
        if fact.predicate.value.startswith(WIC) and things.issuperset(ends):
            subject, value = (node for node in ends if isinstance(node, NamedNode))
            yield tuple(map(facts.curie, (subject, fact.predicate, value)))


def value_list() -> Part:
    """Hold the closed list to which a value belongs, or the kind of term it is."""

    def read(facts: Facts, node: NamedNode) -> Row:
        return next(((facts.curie(kind),) for kind in facts.classes(node)), (None,))

    column = Column("list", Text("list", "所属取值表"), refers="terms")
    return Part((column,), read)


def thing(name: str, title: Text) -> Column:
    """Hold the key of a thing of any kind."""
    return Column(name, title, refers="things", required=True)
