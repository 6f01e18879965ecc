"""The command line: the only place that prints, and a thin one.

Answers go to standard output and everything else to standard error. A command ends
with 0 for yes, 1 for no or for findings, and 2 for misuse. What a command needs is
imported inside it, so that `--help` and every command start at once.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, get_args

import typer

from wicgraph.asking.language import Language, language
from wicgraph.console import (
    Command,
    Desk,
    Group,
    Reasoner,
    complain,
    open_streams,
    query_text,
    require_here,
    room,
    say,
    stoppable,
    usual_format,
    writable_output,
    write,
)
from wicgraph.terminal import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wicgraph.asking.answer import Answer
    from wicgraph.asking.stored import Column

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes 80 ms to import, and --help has 300 in all
    context_settings={"help_option_names": ["-h", "--help"]},
)


Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to a file, whole."),
]
RowFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, csv, tsv, json, xml, md; turtle … for graphs."
        " [default: table on a terminal, csv in a pipe]",
    ),
]
ListFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, csv, json, md. [default: table on a terminal, csv in a pipe]",
    ),
]
Iris = Annotated[bool, typer.Option("--iris", help="Show names of nodes, not labels.")]
Words = Annotated[list[str], typer.Argument(metavar="TEXT", show_default=False)]


@app.callback()
def wicgraph(  # noqa: PLR0913, PLR0917  (each is an option)
    context: typer.Context,
    root: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="The graph folder; else found as git does."),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of labels: en or zh.")
    ] = "en",
    no_inference: Annotated[
        bool, typer.Option("--no-inference", help="Ask only what documents state.")
    ] = False,
    reasoner: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Who infers: rules, or the package owlrl, slowly."
        ),
    ] = "rules",
    debug: Annotated[  # noqa: ARG001  (Group.invoke looks at it)
        bool, typer.Option("--debug", help="Show where in the program an error is.")
    ] = False,
    version: Annotated[  # noqa: ARG001  (its callback does it all)
        bool,
        typer.Option(
            "--version",
            callback=lambda wanted: _show_version() if wanted else None,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Ask the graph of the World Internet Conference, and keep it true."""
    from wicgraph.publishing.formats import chosen

    require_here()
    reasoners: tuple[Reasoner, ...] = get_args(Reasoner)
    by = chosen(reasoner, reasoners, "reasoner")
    context.obj = Desk(root, language(lang), not no_inference, by)


@app.command(cls=Command)
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


@app.command(cls=Command)
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


@app.command(cls=Command)
def show(
    context: typer.Context,
    words: Words,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, md, turtle.")
    ] = "text",
    output: Output = None,
) -> None:
    """Show one thing: names, facts by source, inferred facts."""
    from wicgraph.asking.dossier import about
    from wicgraph.asking.resolving import resolve
    from wicgraph.publishing.dossiers import dossier_text

    desk: Desk = context.obj
    thing = resolve(desk.things, " ".join(words))
    dossier = about(desk.things, thing, inference=desk.inference)
    write(dossier_text(dossier, desk.things, form, room(output)), output)


@app.command(cls=Command)
def why(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="A thing.")],
    relation: Annotated[
        str, typer.Argument(metavar="PROPERTY", help="Such as participatesIn.")
    ],
    value: Annotated[
        str, typer.Argument(metavar="OBJECT", help="A thing, a class or a value.")
    ],
    every: Annotated[bool, typer.Option("--all", help="Show every proof.")] = False,
    limit: Annotated[
        str, typer.Option(metavar="N", help="Show at most so many proofs.")
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="text, json, md, mermaid, ttl."
        ),
    ] = "text",
    output: Output = None,
) -> None:
    """Explain why something holds, down to the quotes, or what is missing."""
    from wicgraph.asking.why import proofs_wanted, why
    from wicgraph.publishing.proofs import explanation_text

    desk: Desk = context.obj
    told = why(
        desk.things,
        (subject, relation, value),
        limit=proofs_wanted(limit, every=every),
        inference=desk.inference,
    )
    write(explanation_text(told, desk.things, form, room(output)), output)
    raise typer.Exit(0 if told.verdict.holds else 1)


@app.command(cls=Command)
def find(
    context: typer.Context,
    words: Words,
    form: ListFormat = None,
    output: Output = None,
) -> None:
    """Search names in any language, misspellings included."""
    from wicgraph.publishing.lists import FOUND, FOUND_ZH, found_rows

    desk: Desk = context.obj
    text = " ".join(words)
    rows = found_rows(desk.things.find(text), desk.things)
    if not rows:
        say(f"nothing has a name like {quoted(text)}")
        raise typer.Exit(1)
    headings = FOUND_ZH if desk.language is Language.ZH else FOUND
    _write_list(FOUND, headings, rows, form, output)


@app.command(cls=Command)
def export(
    context: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="turtle, ntriples, nquads, trig, jsonld."
        ),
    ] = "turtle",
    output: Output = None,
) -> None:
    """Write the whole graph, always in the same order."""
    from wicgraph.publishing.dumps import dump
    from wicgraph.publishing.formats import GRAPH_FORMATS, require_format

    desk: Desk = context.obj
    require_format(form, GRAPH_FORMATS)
    quads = desk.snapshot.quads(inference=desk.inference)
    write(dump(quads, form, desk.prefixes), output)


@app.command(cls=Command)
def check(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Report only on these files."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json, sarif.")
    ] = "text",
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="auto, pyshacl, shifty.")
    ] = "auto",
    documents: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Texts to hold the quotes against."),
    ] = None,
    output: Output = None,
) -> None:
    """Check the graph: what is wrong, where, what to do."""
    from wicgraph.checking.check import check
    from wicgraph.checking.engines import Engine
    from wicgraph.publishing.formats import chosen, require_format

    desk: Desk = context.obj
    require_format(form, ("text", "json", "sarif"))
    engines: tuple[Engine, ...] = get_args(Engine)
    report = check(
        desk.root,
        tuple(map(Path, paths or ())),
        engine=chosen(engine, engines, "engine"),
        documents=Path(documents) if documents else None,
    )
    texts = {"json": report.json, "sarif": report.sarif}
    text = texts[form]() if form in texts else report.text(desk.language.value)
    write([text], output)
    raise typer.Exit(1 if report.errors else 0)


@app.command(cls=Command)
def anchor(
    context: typer.Context,
    facts: Annotated[str, typer.Argument(metavar="FACTS", help="A source file.")],
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The text that it is about.")
    ],
) -> None:
    """Write the offsets of quotes into a source file."""
    from wicgraph.checking.anchor import anchor

    desk: Desk = context.obj
    result = anchor(desk.root, Path(facts), Path(document))
    for trouble in result.troubles:
        sys.stderr.write(f"{trouble}\n")
    say(f"{facts}: {result.passages} passages, {result.changed} changed")
    raise typer.Exit(1 if result.troubles else 0)


def main() -> None:
    """Run the command line; what the program ends with is its exit code."""
    open_streams()
    with writable_output():
        app(prog_name="wicgraph")


def _list_questions(desk: Desk, form: str | None, output: str | None) -> NoReturn:
    from wicgraph.publishing.lists import QUESTIONS, QUESTIONS_ZH, question_rows

    queries, errors = desk.catalogue.read_all()
    headings = QUESTIONS_ZH if desk.language is Language.ZH else QUESTIONS
    rows = question_rows(queries, desk.language)
    _write_list(QUESTIONS, headings, rows, form, output)
    for error in errors:
        complain(error)
    raise typer.Exit(2 if errors else 0)


def _write_list(
    names: "Sequence[str]",
    headings: "Sequence[str]",
    rows: "Sequence[Sequence[str]]",
    form: str | None,
    output: str | None,
) -> None:
    from wicgraph.publishing.answers import list_text

    form = form or usual_format(output)
    write([list_text(names, headings, rows, form, room(output))], output)


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
    write(text, output)
    if answer.form == "ask" and not answer.yes:
        raise typer.Exit(1)
    if not answer.rows:
        say(desk.language.pick("no rows", "没有结果"))


def _show_version() -> NoReturn:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("wicgraph")
    except PackageNotFoundError:
        number = "(not installed)"
    sys.stdout.write(f"wicgraph {number}\n")
    raise typer.Exit
