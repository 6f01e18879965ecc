"""Options and arguments that several commands have."""

from typing import Annotated

import typer


def _somewhere(output: str | None) -> str | None:
    """Take a hyphen for standard output, as programs do."""
    return None if output == "-" else output


Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Write to a file, all or nothing; - is standard output.",
        callback=_somewhere,
    ),
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
Evidence = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        metavar="[=short]",
        help="Under each row its triples, with proofs and quotes;"
        " =short: a line for each. Formats: text, json, md.",
    ),
]
Iris = Annotated[bool, typer.Option("--iris", help="Show names of nodes, not labels.")]
Words = Annotated[list[str], typer.Argument(metavar="TEXT", show_default=False)]
