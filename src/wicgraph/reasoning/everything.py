"""That all is in owl:Thing, and owl:Nothing in all: true, and told only if asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.reasoning.encoding import NOTHING, THING, TYPE, Statement
from wicgraph.reasoning.proof import Proof
from wicgraph.reasoning.rules import RULES

if TYPE_CHECKING:
    from wicgraph.reasoning.encoding import Row
    from wicgraph.reasoning.proof import Explainer

_RULES = {rule.name: rule for rule in RULES}


def proof_of_course(explainer: Explainer, statement: Statement) -> Proof | None:
    """Prove what is no news of a thing with a class, or of a class; else None."""
    terms = explainer.known.terms
    below = terms.word("rdfs:subClassOf")
    subject, predicate, value = row = terms.row(statement)
    if predicate == below and value == THING:
        return _of_class(explainer, row, subject)
    if predicate == below and subject == NOTHING:
        return _of_class(explainer, row, value)
    if (predicate, value) != (TYPE, THING):
        return None
    for kind in sorted(row[2] for row in explainer.known.match(subject, TYPE, None)):
        within = _of_class(explainer, (kind, below, THING), kind)
        member = next(explainer.proofs(terms.statement((subject, TYPE, kind))), None)
        if within is not None and member is not None:
            values = {"?c1": kind, "?c2": THING, "?x": subject}
            return Proof(
                statement,
                _RULES["cax-sco"],
                (within, member),
                {name: terms.term(number) for name, number in values.items()},
                1 + within.size + member.size,
            )
    return None


def _of_class(explainer: Explainer, row: Row, kind: int) -> Proof | None:
    """Prove by scm-cls what holds of a class because it is one."""
    terms = explainer.known.terms
    declared = terms.statement((kind, TYPE, terms.word("owl:Class")))
    for known in explainer.proofs(declared):
        values = {"?c": terms.term(kind)}
        size = 1 + known.size
        return Proof(terms.statement(row), _RULES["scm-cls"], (known,), values, size)
    return None
