"""Commands that answer queries: ask and sparql."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeAlias

import typer

from wicgraph.commands.options import Evidence, Iris, Output, RowFormat
from wicgraph.console import (
    Desk,
    query_text,
    room,
    stoppable,
    usual_format,
    write,
    write_list,
)
from wicgraph.language import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wicgraph.asking.answer import Answer, Form
    from wicgraph.asking.strangers import Stranger
    from wicgraph.queries.stored import Column, StoredQuery
    from wicgraph.sparql import QueryText
    from wicgraph.terms import Term

    # Whether an answer says yes, its form, and whether nobody knows.
    Told: TypeAlias = tuple[bool, Form, bool]

_PATIENCE = 5  # seconds to look for what leaves no row
_NOT_FOUND = Text(
    "what leaves no row was not found in time", "未能及时查明没有结果的原因"
)


def ask(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A stored question, or its number."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="PARAMETER=VALUE", help="Such as edition=2018."),
    ] = None,
    form: RowFormat = None,
    output: Output = None,
    iris: Iris = False,
    evidence: Evidence = None,
    describe: Annotated[
        bool, typer.Option("--describe", help="Show its parameters and its text.")
    ] = False,
) -> None:
    """Answer a stored question, or list the questions."""
    from wicgraph.asking.parameters import arguments, bind
    from wicgraph.publishing.lists import description

    desk: Desk = context.obj
    if name is None:
        _list_questions(desk, form, output)
    wanted = _wanted(form, output, evidence, iris=iris)
    query = desk.catalogue.query(name)
    given = arguments(query, values or ())
    if describe:
        write([description(query, desk.language)], output)
        raise typer.Exit
    bound = bind(query, given, desk.things)
    _Asked(desk, query.source, bound, query).deliver(wanted)


def sparql(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="SPARQL, a file, or - for input.")
    ],
    form: RowFormat = None,
    output: Output = None,
    iris: Iris = False,
    evidence: Evidence = None,
) -> None:
    """Answer SPARQL; the usual prefixes need no declaration."""
    from wicgraph.sparql import QueryText

    desk: Desk = context.obj
    wanted = _wanted(form, output, evidence, iris=iris)
    where, text = query_text(query)
    source = QueryText(where, text, desk.prefixes.table)
    _Asked(desk, source, {}).deliver(wanted)


def _list_questions(desk: Desk, form: str | None, output: str | None) -> NoReturn:
    from wicgraph.publishing.lists import QUESTIONS, QUESTIONS_ZH, question_rows

    queries, errors = desk.catalogue.read_all()
    headings = QUESTIONS_ZH if desk.language is Language.ZH else QUESTIONS
    rows = question_rows(queries, desk.language)
    write_list(QUESTIONS, headings, rows, form, output)
    for error in errors:
        desk.complain(error)
    raise typer.Exit(2 if errors else 0)


@dataclass(frozen=True)
class _Wanted:
    """How an answer is wanted; `evidence` is "full", "short" or None."""

    form: str | None
    output: str | None
    evidence: str | None
    iris: bool


def _wanted(
    form: str | None, output: str | None, evidence: str | None, *, iris: bool
) -> _Wanted:
    """Say how an answer is wanted; raises UnknownName if evidence cannot be so."""
    from wicgraph.publishing.formats import chosen, evidence_format

    if evidence is not None:
        chosen(evidence, ("full", "short"), Text("extent of evidence", "证据详略"))
        evidence_format(form or "text")
    return _Wanted(form, output, evidence, iris)


@dataclass(frozen=True)
class _Asked:
    """A query and the values that it was given, on their way to an answer."""

    desk: Desk
    source: "QueryText"
    values: "Mapping[str, Term]"
    stored: "StoredQuery | None" = None

    def deliver(self, wanted: _Wanted) -> None:
        """Write the answer, say why if there is none, and end with 1 if it is no."""
        output = wanted.output
        space = room(output)

        def text(answer: "Answer") -> "Iterator[str]":
            if wanted.evidence:
                return self._evidence_text(answer, wanted, space)
            return self._answer_text(answer, wanted, space)

        if self.desk.timeout is None:
            yes, shape, unknown = self._as_it_comes(text, output)
        else:
            yes, shape, unknown = self._in_time(text, self.desk.timeout, output)
        if yes:
            return
        if not unknown:
            self._explain(shape)
        if shape == "ask":
            raise typer.Exit(1)

    @property
    def _columns(self) -> "Sequence[Column]":
        columns = self.stored.columns if self.stored else ()
        past = self.desk.past if columns else None
        return past.columns(columns) if past else columns

    def _answer_text(
        self, answer: "Answer", wanted: _Wanted, space: int | None
    ) -> "Iterator[str]":
        from wicgraph.publishing.answers import answer_text

        usual = "turtle" if answer.form == "graph" else usual_format(wanted.output)
        return answer_text(
            answer,
            self._columns,
            self.desk.things,
            wanted.form or usual,
            iris=wanted.iris,
            room=space,
        )

    def _evidence_text(
        self, answer: "Answer", wanted: _Wanted, space: int | None
    ) -> "Iterator[str]":
        from wicgraph.asking.evidence import evidence
        from wicgraph.publishing.evidence import evidence_text

        desk = self.desk
        rows = evidence(
            desk.snapshot, self.source, self.values, answer, inference=desk.inference
        )
        return evidence_text(
            rows,
            answer,
            self._columns,
            desk.things,
            wanted.form or "text",
            short=wanted.evidence == "short",
            iris=wanted.iris,
            room=space,
        )

    def _as_it_comes(
        self, text: "Callable[[Answer], Iterator[str]]", output: str | None
    ) -> "Told":
        """Write rows as they are found."""
        with stoppable():
            answer = self.desk.answer(self.source, self.values)
        self._warn()
        with stoppable() if output is None else nullcontext():
            write(text(answer), output)  # Ctrl-C removes a file that is begun
        return answer.yes, answer.form, answer.unknown

    def _in_time(
        self,
        text: "Callable[[Answer], Iterator[str]]",
        limit: float,
        output: str | None,
    ) -> "Told":
        """Write the whole answer, or nothing and raise DeadlineError."""
        from tempfile import TemporaryFile

        from wicgraph.deadline import within

        with TemporaryFile("w+", encoding="utf-8", newline="") as whole:

            def work() -> "Told":
                answer = self.desk.answer(self.source, self.values)
                whole.writelines(text(answer))
                whole.flush()
                return answer.yes, answer.form, answer.unknown

            with stoppable():
                told = within(limit, work)
            self._warn()
            whole.seek(0)
            write(whole, output)
        return told

    def _warn(self) -> None:
        """Say which terms of a query that somebody just typed the graph lacks."""
        if not self.stored:
            for stranger in self._strangers:
                self.desk.say(Text("warning: ", "警告：") + stranger.text)

    def _explain(self, shape: "Form") -> None:
        """Say that there is no row, or that the answer is no, and why."""
        from wicgraph.asking.silence import Silence
        from wicgraph.deadline import within
        from wicgraph.errors import DeadlineError

        desk = self.desk
        said = self._strangers if not self.stored else ()
        silence = Silence(
            desk.things, self.source, self.values, self.stored, desk.inference, said
        )
        try:
            with stoppable():
                reasons = within(_PATIENCE, silence.reasons)
        except DeadlineError:
            reasons = (_NOT_FOUND,)
        if shape != "ask":
            desk.say(Text("no rows", "没有结果"))
        for reason in reasons:
            desk.say(reason)

    @cached_property
    def _strangers(self) -> "tuple[Stranger, ...]":
        from wicgraph.asking.strangers import strangers

        return strangers(self.desk.snapshot, self.source, self.desk.prefixes)
