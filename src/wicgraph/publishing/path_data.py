"""Connections as programs read them: JSON, and Mermaid for pictures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wicgraph.publishing.proof_data import mermaid_text
from wicgraph.publishing.proof_json import ground_data, term_data

if TYPE_CHECKING:
    from wicgraph.asking.paths import Link, Step
    from wicgraph.publishing.path_words import PathWords
    from wicgraph.reasoning.encoding import Statement
    from wicgraph.terms import NamedNode


def connection_json(said: PathWords) -> str:
    """Write a connection as JSON; keys are added in later versions, never changed.

    {"version": 1, "from": term, "to": term, "within", "more", "paths": [{"length",
    "steps": [{"from", "to", "links": [{"fact": term or null, "classes": [term],
    "statements": [{"statement": [term, term, term], "verdict", "rule"}], "places":
    [place]}]}]}]}; terms and places are those of `wicgraph why --format json`.
    """
    told = said.connection
    content = {
        "version": 1,
        "from": term_data(told.one, said.words),
        "to": term_data(told.other, said.words),
        "within": told.within,
        "more": told.more,
        "paths": [
            {"length": len(path), "steps": [_step(said, step) for step in path]}
            for path in told.paths
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _step(said: PathWords, step: Step) -> dict[str, object]:
    return {
        "from": term_data(step.one, said.words),
        "to": term_data(step.other, said.words),
        "links": [_link(said, link) for link in step.links],
    }


def _link(said: PathWords, link: Link) -> dict[str, object]:
    words = said.words
    return {
        "fact": None if link.fact is None else term_data(link.fact, words),
        "classes": [term_data(kind, words) for kind in link.classes],
        "statements": [_statement(said, each) for each in link.statements],
        "places": [ground_data(each, words) for each in said.connection.places(link)],
    }


def _statement(said: PathWords, statement: Statement) -> dict[str, object]:
    backed = said.connection.backed[statement]
    rule = backed.proof.rule if backed.proof else None
    return {
        "statement": [term_data(part, said.words) for part in statement],
        "verdict": "asserted" if backed.asserted else "inferred",
        "rule": rule.name if rule else None,
    }


def connection_mermaid(said: PathWords) -> str:
    """Draw the paths as one Mermaid graph, what was inferred with dotted lines.

    https://mermaid.js.org/syntax/flowchart.html · A stop or step of several paths is
    drawn once.
    """
    told = said.connection
    names: dict[NamedNode, str] = {}
    lines: dict[str, None] = {}  # keeps their order, each once
    for stop in (told.one, *(step.other for path in told.paths for step in path)):
        if stop not in names:
            names[stop] = f"s{len(names) + 1}"
            lines[f"    {names[stop]}[{mermaid_text(said.words.term(stop))}]"] = None
    for path in told.paths:
        for step in path:
            text = mermaid_text(*(said.link(step, link) for link in step.links))
            line = "---" if told.is_stated(step) else "-.-"
            one, other = names[step.one], names[step.other]
            lines[f"    {one} {line}|{text}| {other}"] = None
    if not told.paths:
        lines[f"    s2[{mermaid_text(said.words.term(told.other))}]"] = None
    return "\n".join(["graph TD", *lines]) + "\n"
