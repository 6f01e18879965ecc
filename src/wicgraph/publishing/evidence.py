"""Evidence of rows as people read it: under each row its triples."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.asking.basis import Uncovered
from wicgraph.publishing.absences import sentence
from wicgraph.publishing.evidence_json import evidence_json
from wicgraph.publishing.formats import evidence_format
from wicgraph.publishing.proof_words import Words
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.tables import wrap
from wicgraph.publishing.trees import Node, ProofTree, counted, drawn, in_markdown
from wicgraph.reasoning.rules import SECTION
from wicgraph.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.evidence import Backed, RowEvidence
    from wicgraph.asking.grounds import Document, Ground
    from wicgraph.asking.things import Things
    from wicgraph.queries.stored import Column
    from wicgraph.terms import NamedNode, Term

_UNCOVERED = {
    Uncovered.NEW_NODE: (
        "not covered: the query makes a blank node, which is in no triple of the graph",
        "未涵盖：查询生成了一个空白节点，图谱中没有任何三元组含有它",
    ),
    Uncovered.NEW_VALUE: (
        "not covered: asked again, the query has no such row, as with NOW() or RAND()",
        "未涵盖：再次查询时没有这一行，例如使用了 NOW() 或 RAND()",
    ),
    Uncovered.GRAMMAR: (
        "not covered: the query is not by the grammar of SPARQL 1.1",
        "未涵盖：查询不符合 SPARQL 1.1 语法",
    ),
}
_NOTHING = (
    "rests on no triple: the query itself gives the values",
    "不依据任何三元组：这些值由查询本身给出",
)
_SAID = {"true": ("yes", "是"), "false": ("no", "否")}
_BY_OTHERS = (
    "inferred by owlrl, which does not tell how",
    "由 owlrl 推理得出，它不说明过程",
)


def evidence_text(  # noqa: PLR0913  (what to write, and how)
    rows: Iterable[RowEvidence],
    answer: Answer,
    columns: Sequence[Column],
    things: Things,
    form: str,
    *,
    short: bool = False,
    iris: bool = False,
    room: int | None = None,
) -> Iterator[str]:
    """Write rows with their evidence in one of EVIDENCE_FORMATS, as they come.

    The answer is that of the rows, and `columns` give headings as in `answer_text`.
    `short` is a line for each triple; else an asserted triple has its places and its
    quotes, an inferred one its proof, and a row its sources. The text is `room`
    columns wide. Raises UnknownName for another format.
    """
    evidence_format(form)
    pick = things.language.pick
    headings = [pick(each.label, each.label_zh) for each in columns]
    if answer.form != "ask":
        headings = headings or list(answer.columns)
    writer = _Writer(Words(things, iris), tuple(headings), short)
    if form == "json":
        yield from evidence_json(rows, answer.columns, writer.words, short=short)
    elif form == "md":
        yield from writer.markdown(rows)
    else:
        yield from writer.text(rows, room)


@dataclass(frozen=True)
class _Writer:
    """Writes rows in the language of its words."""

    words: Words
    headings: tuple[str, ...]
    short: bool

    def text(self, rows: Iterable[RowEvidence], room: int | None) -> Iterator[str]:
        inferred = False
        for number, row in enumerate(rows, 1):
            inferred |= self._has_proof(row)
            line = f"{number}. {self.row(row.row)}"
            yield "\n" * (number > 1)
            for part in wrap(line, room) if room else [line]:
                yield f"{part}\n"
            for node in self.nodes(row):
                yield from drawn(node, room)
        yield self.closing() if inferred else ""

    def markdown(self, rows: Iterable[RowEvidence]) -> Iterator[str]:
        inferred = False
        for number, row in enumerate(rows, 1):
            inferred |= self._has_proof(row)
            yield (
                "\n" * (number > 1)
                + f"## {number}. {markdown_text(self.row(row.row))}\n\n"
            )
            for node in self.nodes(row):
                yield from in_markdown(replace(node, level=node.level[1:]))
        yield self.closing() if inferred else ""

    def row(self, row: Sequence[Term | None]) -> str:
        """Write the values of a row with the headings of their columns.

        What has no headings is the answer to an ASK.
        """
        if not self.headings:
            said = "".join(term.value for term in row if term is not None)
            return self.words.pick(*_SAID[said]) if said in _SAID else said
        colon = self.words.pick(": ", "：")
        return " · ".join(
            f"{heading}{colon}{self.value(term)}"
            for heading, term in zip(self.headings, row, strict=True)
            if term is not None
        )

    def value(self, term: Term) -> str:
        return term.value if isinstance(term, Literal) else self.words.term(term)

    def nodes(self, row: RowEvidence) -> Iterator[Node]:
        """Give the lines below a row: triples, what was not found, and sources."""
        notes = [sentence(each, self.words) for each in row.absent]
        if row.uncovered is not None:
            notes.append(self.words.pick(*_UNCOVERED[row.uncovered]))
        elif not row.backed and not notes:
            notes.append(self.words.pick(*_NOTHING))
        sources = () if self.short else tuple(self.sources(row))
        last = len(row.backed) + len(notes) + bool(sources) - 1
        for place, backed in enumerate(row.backed):
            yield from self.triple(backed, (True, place == last))
        for place, note in enumerate(notes, len(row.backed)):
            yield Node(note, (), (True, place == last))
        if sources:
            title = self.words.pick("Sources", "来源")
            yield Node(title, sources, (True, True))

    def triple(self, backed: Backed, level: tuple[bool, ...]) -> Iterator[Node]:
        proof = backed.proof
        title = self.words.statement(backed.statement)
        if proof is None:
            yield Node(title, (self.words.pick(*_BY_OTHERS),), level, kind="leaf")
        elif self.short:
            yield Node(f"{title}  {self.summary(backed)}", (), level)
        else:
            yield from ProofTree(self.words, backed.grounds).nodes(proof, level)

    def summary(self, backed: Backed) -> str:
        """Say in some words where a triple is written, or how it was inferred."""
        pick = self.words.pick
        grounds = [ground for each in backed.grounds.values() for ground in each]
        if backed.proof is not None and backed.proof.rule is not None:
            steps = backed.proof.size
            sources = len({ground.graph for ground in grounds if ground.document})
            size, origins = counted(steps, "step"), counted(sources, "source")
            return pick(
                f"inferred in {size} from {origins}",
                f"经 {steps} 步推理得出，依据 {sources} 个来源",
            )
        first, *more = grounds
        quotes = " ".join(map(self.words.quote, first.quotes))
        rest = pick(f" and {len(more)} more", f" 另有 {len(more)} 处") if more else ""
        return f"{first.place}{rest} {quotes}".rstrip()

    def sources(self, row: RowEvidence) -> Iterator[str]:
        """Describe each source once: title, publisher, date and address."""
        seen: Counter[NamedNode] = Counter()
        for backed in row.backed:
            for grounds in backed.grounds.values():
                for ground in grounds:
                    seen[ground.graph] += 1
                    if ground.document is not None and seen[ground.graph] == 1:
                        yield self.source(ground, ground.document)

    def source(self, ground: Ground, document: Document) -> str:
        parts = [self.words.term(ground.graph)]
        parts += map(self.words.term, document.publishers)
        parts += [document.issued.partition("T")[0], document.address]
        return self.words.pick(", ", "，").join(part for part in parts if part)

    def closing(self) -> str:
        return (
            "\n"
            + self.words.pick("rules: OWL 2 RL, ", "规则：OWL 2 RL，")
            + f"{SECTION}\n"
        )

    def _has_proof(self, row: RowEvidence) -> bool:
        proofs = (backed.proof for backed in row.backed)
        return not self.short and any(proof and proof.rule for proof in proofs)
