"""Connections as people read them: on a terminal, in Markdown or as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.publishing.drawing import svg
from wicgraph.publishing.formats import PATH_FORMATS, require_format
from wicgraph.publishing.path_data import connection_json, connection_mermaid
from wicgraph.publishing.path_words import PathWords
from wicgraph.publishing.pictures import connection_picture
from wicgraph.publishing.proof_words import Words
from wicgraph.publishing.rows import markdown_text
from wicgraph.publishing.tables import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.asking.paths import Connection
    from wicgraph.asking.things import Things

_LEAST = 40  # columns for text, however narrow the terminal


def connection_text(
    connection: Connection, things: Things, form: str, room: int | None = None
) -> Iterator[str]:
    """Write a connection in one of PATH_FORMATS; text is `room` columns wide.

    Raises UnknownName for another format.
    """
    require_format(form, PATH_FORMATS)
    said = PathWords(connection, Words(things))
    if form == "json":
        yield connection_json(said)
    elif form == "mermaid":
        yield connection_mermaid(said)
    elif form == "svg":
        yield from svg(connection_picture(said))
    elif form == "md":
        yield from _markdown(said)
    else:
        yield from _text(said, room)


def _text(said: PathWords, room: int | None) -> Iterator[str]:
    yield f"{said.headline()}\n"
    told = said.connection
    for number, path in enumerate(told.paths, 1):
        if not path:
            continue
        yield f"\n{said.heading(number)}\n"
        yield from _lines(said.words.term(told.one), "", room)
        for step in path:
            for link in step.links:
                yield from _lines(said.link(step, link), "│  ", room)
                for line in said.places(link):
                    yield from _lines(line, "│     ", room)
            yield from _lines(said.words.term(step.other), "", room)
    if told.more:
        yield f"\n{said.closing()}\n"


def _lines(text: str, before: str, room: int | None) -> Iterator[str]:
    lines = wrap(text, max(_LEAST, room - len(before))) if room else [text]
    yield from (f"{before}{line}\n" for line in lines)


def _markdown(said: PathWords) -> Iterator[str]:
    yield f"# {markdown_text(said.headline())}\n"
    told = said.connection
    for number, path in enumerate(told.paths, 1):
        if not path:
            continue
        yield f"\n## {markdown_text(said.heading(number))}\n\n"
        yield f"- **{markdown_text(said.words.term(told.one))}**\n"
        for step in path:
            for link in step.links:
                yield f"  - {markdown_text(said.link(step, link))}\n"
                for line in said.places(link):
                    yield f"    - {markdown_text(line)}\n"
            yield f"- **{markdown_text(said.words.term(step.other))}**\n"
    if told.more:
        yield f"\n{markdown_text(said.closing())}\n"
