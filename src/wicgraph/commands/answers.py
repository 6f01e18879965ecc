"""Commands that answer queries: ask and sparql."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from wicgraph.commands.options import Iris, Output, RowFormat
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
    from collections.abc import Callable, Iterator, Sequence

    from wicgraph.asking.answer import Answer, Form
    from wicgraph.queries.stored import Column


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
    describe: Annotated[
        bool, typer.Option("--describe", help="Show its parameters and its text.")
    ] = False,
) -> None:
    """Answer a stored question, or list the questions."""
    from wicgraph.asking.answer import ask
    from wicgraph.asking.parameters import arguments, bind
    from wicgraph.publishing.lists import description

    desk: Desk = context.obj
    if name is None:
        _list_questions(desk, form, output)
    query = desk.catalogue.query(name)
    given = arguments(query, values or ())
    if describe:
        write([description(query, desk.language)], output)
        raise typer.Exit
    bound = bind(query, given, desk.things)
    _answer(
        desk,
        lambda: ask(desk.snapshot, query, bound, inference=desk.inference),
        query.columns,
        form,
        output,
        iris=iris,
    )


def sparql(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="SPARQL, a file, or - for input.")
    ],
    form: RowFormat = None,
    output: Output = None,
    iris: Iris = False,
) -> None:
    """Answer SPARQL; the usual prefixes need no declaration."""
    from wicgraph.asking.answer import sparql

    desk: Desk = context.obj
    where, text = query_text(query)

    def asked() -> "Answer":
        return sparql(
            desk.snapshot, text, desk.prefixes, where=where, inference=desk.inference
        )

    _answer(desk, asked, (), form, output, iris=iris)


def _list_questions(desk: Desk, form: str | None, output: str | None) -> NoReturn:
    from wicgraph.publishing.lists import QUESTIONS, QUESTIONS_ZH, question_rows

    queries, errors = desk.catalogue.read_all()
    headings = QUESTIONS_ZH if desk.language is Language.ZH else QUESTIONS
    rows = question_rows(queries, desk.language)
    write_list(QUESTIONS, headings, rows, form, output)
    for error in errors:
        desk.complain(error)
    raise typer.Exit(2 if errors else 0)


def _answer(  # noqa: PLR0913
    desk: Desk,
    asked: "Callable[[], Answer]",
    columns: "Sequence[Column]",
    form: str | None,
    output: str | None,
    *,
    iris: bool,
) -> None:
    """Ask and write the answer, and end with 1 if it is no."""
    from wicgraph.publishing.answers import answer_text

    usual, space, things = usual_format(output), room(output), desk.things

    def text(answer: "Answer") -> "Iterator[str]":
        wanted = form or ("turtle" if answer.form == "graph" else usual)
        return answer_text(answer, columns, things, wanted, iris=iris, room=space)

    if desk.timeout is None:
        with stoppable():
            answer = asked()
        with stoppable() if output is None else nullcontext():
            write(text(answer), output)  # Ctrl-C removes a file that is begun
        told = answer.yes, answer.form
    else:
        told = _answer_in_time(asked, text, desk.timeout, output)
    yes, shape = told
    if yes:
        return
    if shape == "ask":
        raise typer.Exit(1)
    desk.say(Text("no rows", "没有结果"))


def _answer_in_time(
    asked: "Callable[[], Answer]",
    text: "Callable[[Answer], Iterator[str]]",
    limit: float,
    output: str | None,
) -> tuple[bool, "Form"]:
    """Ask and write as a whole, or not at all; raises DeadlineError.

    Returns what the answer says, and its form.
    """
    from tempfile import TemporaryFile

    from wicgraph.deadline import within

    with TemporaryFile("w+", encoding="utf-8", newline="") as whole:

        def work() -> tuple[bool, "Form"]:
            answer = asked()
            whole.writelines(text(answer))
            whole.flush()
            return answer.yes, answer.form

        with stoppable():
            told = within(limit, work)
        whole.seek(0)
        write(whole, output)
    return told
