"""A query without rows says why, and what it says has been asked.

A case is a query of data/silence, with what is said in English, an empty line, and
what is said in Chinese beside it. Its comments say what it shows, whether inference is
left out, and which stored question is asked if it is one.
"""

import re
import shlex
from pathlib import Path

import pytest

from wicgraph.asking.answer import evaluate
from wicgraph.asking.parameters import arguments, bind
from wicgraph.asking.silence import Silence
from wicgraph.asking.strangers import strangers
from wicgraph.asking.things import Things
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.sparql import QueryText

CASES = sorted((Path(__file__).parent / "data" / "silence").glob("*.rq"))


def silence(path: Path, things: Things, root: Root) -> Silence:
    """Ask what a case asks."""
    text = path.read_text(encoding="utf-8")
    inference = "# --no-inference" not in text
    if found := re.search(r"^# ask: (.*)$", text, re.MULTILINE):
        name, *words = shlex.split(found[1])
        query = load(root).query(name)
        values = bind(query, arguments(query, words), things)
        return Silence(things, query.source, values, query, inference)
    source = QueryText("query", text, things.prefixes.table)
    unknown = strangers(things.snapshot, source, things.prefixes)
    return Silence(things, source, {}, None, inference, unknown)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_query_without_rows_says_why(path: Path, things: Things, root: Root) -> None:
    """What is said is the term that is unknown, else the part that leaves no row."""
    asked = silence(path, things, root)
    snapshot, inference = things.snapshot, asked.inference
    answer = evaluate(snapshot, asked.source, asked.values, inference=inference)
    said = (*(stranger.text for stranger in asked.unknown), *asked.reasons())
    english = "".join(f"{text.en}\n" for text in said)
    chinese = "".join(f"{text.zh}\n" for text in said)

    assert not answer.yes
    assert f"{english}\n{chinese}" == path.with_suffix(".txt").read_text("utf-8")
