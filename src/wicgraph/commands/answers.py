"""Commands that answer queries: ask and sparql."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from wicgraph.asking.language import Language
from wicgraph.commands.options import Iris, Output, RowFormat
from wicgraph.console import (
    Desk,
    complain,
    query_text,
    room,
    say,
    stoppable,
    usual_format,
    write,
    write_list,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.asking.answer import Answer
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
    with stoppable():
        answer = ask(desk.snapshot, query, bound, inference=desk.inference)
    _deliver(desk, answer, query.columns, form, output, iris=iris)


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
    with stoppable():
        answer = sparql(
            desk.snapshot, text, desk.prefixes, where=where, inference=desk.inference
        )
    _deliver(desk, answer, (), form, output, iris=iris)


def _list_questions(desk: Desk, form: str | None, output: str | None) -> NoReturn:
    from wicgraph.publishing.lists import QUESTIONS, QUESTIONS_ZH, question_rows

    queries, errors = desk.catalogue.read_all()
    headings = QUESTIONS_ZH if desk.language is Language.ZH else QUESTIONS
    rows = question_rows(queries, desk.language)
    write_list(QUESTIONS, headings, rows, form, output)
    for error in errors:
        complain(error)
    raise typer.Exit(2 if errors else 0)


def _deliver(  # noqa: PLR0913
    desk: Desk,
    answer: "Answer",
    columns: "Sequence[Column]",
    form: str | None,
    output: str | None,
    *,
    iris: bool,
) -> None:
    """Write an answer, and end with 1 if it is no."""
    from wicgraph.publishing.answers import answer_text

    form = form or ("turtle" if answer.form == "graph" else usual_format(output))
    text = answer_text(answer, columns, desk.things, form, iris=iris, room=room(output))
    with stoppable() if output is None else nullcontext():
        write(text, output)  # a file that is begun wants to be removed on Ctrl-C
    if answer.yes:
        return
    if answer.form == "ask":
        raise typer.Exit(1)
    say(desk.language.pick("no rows", "没有结果"))
