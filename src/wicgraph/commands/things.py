"""Commands about one thing, two things or one triple: show, path, why and find."""

from typing import Annotated

import typer

from wicgraph.commands.options import ListFormat, Output, Words
from wicgraph.console import Desk, room, write, write_list
from wicgraph.language import Language, Text, listed, quoted


def show(
    context: typer.Context,
    words: Words,
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help="text, json, md, turtle, svg."),
    ] = "text",
    output: Output = None,
    drawn: Annotated[
        bool, typer.Option("--svg", help="Short for --format svg.")
    ] = False,
) -> None:
    """Show one thing: names, facts by source, inferred facts."""
    from wicgraph.publishing.dossiers import dossier_text

    desk: Desk = context.obj
    dossier = desk.show(" ".join(words))
    form = "svg" if drawn else form
    write(dossier_text(dossier, desk.things, form, room(output)), output)


def path(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="ONE", help="A person, a body …")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another one.")],
    every: Annotated[bool, typer.Option("--all", help="Show every path.")] = False,
    limit: Annotated[
        str, typer.Option(metavar="N", help="Show at most N paths. [default: 3]")
    ] = "",
    within: Annotated[
        str, typer.Option(metavar="N", help="Allow at most N steps. [default: 6]")
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="text, json, md, svg, mermaid."
        ),
    ] = "text",
    output: Output = None,
) -> None:
    """Show how two things are connected: by roles, posts, events."""
    from wicgraph.asking.paths import paths_wanted, steps_allowed
    from wicgraph.publishing.paths import connection_text

    desk: Desk = context.obj
    told = desk.path(
        one,
        other,
        limit=paths_wanted(limit, every=every),
        within=steps_allowed(within),
    )
    write(connection_text(told, desk.things, form, room(output)), output)
    doubtful = told.doubtful(desk.past.is_certain) if desk.past else ()
    if desk.past and doubtful:
        which, day = listed(tuple(map(str, doubtful)), "and"), desk.past.day
        paths = "path" if len(doubtful) == 1 else "paths"
        english = f"whether {paths} {which.en} held on {day} is unknown"
        desk.say(Text(english, f"路径 {which.zh} 截至 {day} 是否成立，不详"))
    raise typer.Exit(0 if len(told.paths) > len(doubtful) else 1)


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
        str, typer.Option(metavar="N", help="Show at most N proofs.")
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
    from wicgraph.asking.why import proofs_wanted
    from wicgraph.publishing.proofs import explanation_text

    desk: Desk = context.obj
    wanted = proofs_wanted(limit, every=every)
    told = desk.why(subject, relation, value, limit=wanted)
    write(explanation_text(told, desk.things, form, room(output)), output)
    if desk.past and told.verdict.holds and not desk.past.is_certain(told.statement):
        day = desk.past.day
        english = f"whether it held on {day} is unknown"
        desk.say(Text(english, f"截至 {day} 是否如此，不详"))
        raise typer.Exit(1)
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
    rows = found_rows(desk.find(text), desk.things)
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
