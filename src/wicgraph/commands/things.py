"""Commands about one thing or one triple: show, why and find."""

from typing import Annotated

import typer

from wicgraph.commands.options import ListFormat, Output, Words
from wicgraph.console import Desk, room, write, write_list
from wicgraph.language import Language, Text, quoted


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
        wanted = quoted(text)
        desk.say(
            Text(
                f"nothing has a name like {wanted.en}",
                f"没有与{wanted.zh}相近的名称",
            )
        )
        raise typer.Exit(1)
    headings = FOUND_ZH if desk.language is Language.ZH else FOUND
    write_list(FOUND, headings, rows, form, output)
