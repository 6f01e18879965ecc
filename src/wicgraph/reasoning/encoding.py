"""Terms as numbers: what the rules compare, join and store instead of text.

Resources have numbers from 1 on, literals from -1 down, so that the sign tells them
apart. A literal may be the subject of a triple here, as the rules of OWL 2 RL need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from wicgraph.reasoning.datatypes import meaning
from wicgraph.reasoning.reserved import READ
from wicgraph.terms import OWL, RDF, RDFS, WIC, XSD, Literal, NamedNode, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

Row: TypeAlias = tuple[int, int, int]

_PREFIXES = {
    "dt": WIC.replace("ontology#", "datatype#"),  # the tests of rules.py; no triples
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
}
# The words that this package itself goes by have the same numbers in every graph.
_WORDS = (
    *("rdf:type", "rdf:first", "rdf:rest", "rdf:nil"),
    *("owl:sameAs", "owl:differentFrom", "owl:Thing", "owl:Nothing", "owl:inverseOf"),
    *("dt:in", "dt:notIn", "dt:same", "dt:other", "dt:refuted", "owl:oneOf"),
)
TYPE, FIRST, REST, NIL, SAME, DIFFERENT, THING, NOTHING, INVERSE = range(1, 10)
IN, NOT_IN, MEANS_SAME, MEANS_OTHER, REFUTED, ONE_OF = range(10, 16)


class Statement(NamedTuple):
    """A triple that may have a literal as its subject."""

    subject: Term
    predicate: Term
    object: Term


class Terms:
    """A dictionary of terms and numbers that grows as it is asked."""

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}
        self._resources: list[Term] = [NamedNode("urn:nothing")]  # no number is 0
        self._literals: list[Term] = [NamedNode("urn:nothing")]
        for word in _WORDS:
            self.word(word)

    def number(self, term: Term) -> int:
        """Give the number of a term, a new one if it has none."""
        number = self._numbers.get(term)
        if number is None:
            if isinstance(term, Literal):
                number = -len(self._literals)
                self._literals.append(term)
            else:
                number = len(self._resources)
                self._resources.append(term)
            self._numbers[term] = number
        return number

    def word(self, curie: str) -> int:
        """Give the number of a word of RDF, RDFS, OWL or XSD."""
        prefix, _, name = curie.partition(":")
        return self.number(NamedNode(_PREFIXES[prefix] + name))

    def term(self, number: int) -> Term:
        """Give the term of a number."""
        return self._literals[-number] if number < 0 else self._resources[number]

    def row(self, statement: Iterable[Term]) -> Row:
        """Write a statement in numbers."""
        subject, predicate, value = map(self.number, statement)
        return subject, predicate, value

    def statement(self, row: Row) -> Statement:
        """Write a row in terms."""
        return Statement(*map(self.term, row))

    @property
    def resources(self) -> list[Term]:
        """The resources by their numbers; there is nothing at 0."""
        return self._resources

    @property
    def literals(self) -> list[Term]:
        """The literals by their numbers without the sign; there is nothing at 0."""
        return self._literals

    def is_read(self, number: int) -> bool:
        """Tell whether a term is a word of RDF, RDFS or OWL that the rules read."""
        return self.term(number) in READ

    def means(self, number: int, value: str) -> bool:
        """Tell whether a term is a literal that writes a whole number such as "1"."""
        term = self.term(number)
        what = meaning(term) if isinstance(term, Literal) else None
        return what is not None and what.kind == "number" and what.value == int(value)
