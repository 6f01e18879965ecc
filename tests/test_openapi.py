"""The description of the questions as an HTTP API, held against real answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from wicgraph.asking.answer import evaluate
from wicgraph.asking.things import Things
from wicgraph.language import Language
from wicgraph.publishing.answers import answer_text
from wicgraph.publishing.openapi import openapi
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import open_snapshot

REPOSITORY = Root(Path(__file__).parents[1])
WORLD = Root(Path(__file__).parent / "data" / "asking" / "world")


def described(root: Root, language: Language = Language.EN) -> dict[str, Any]:
    """Read what is said of the questions of a folder."""
    content: dict[str, Any] = json.loads(openapi(load(root).queries(), language))
    return content


@pytest.mark.parametrize("root", [REPOSITORY, WORLD], ids=["real", "small"])
@pytest.mark.parametrize("language", Language)
def test_the_description_is_openapi(root: Root, language: Language) -> None:
    """It is valid OpenAPI 3.1 in both languages."""
    validate(described(root, language), cls=OpenAPIV31SpecValidator)


def test_every_question_has_a_path_with_its_parameters() -> None:
    """Nothing is left out, and each parameter has an example to try."""
    paths = described(REPOSITORY)["paths"]
    for query in load(REPOSITORY).queries():
        operation = paths[f"/queries/{query.name}"]["get"]
        given = {each["name"]: str(each["example"]) for each in operation["parameters"]}

        assert operation["summary"] == query.summary
        assert given == {each.name: each.example for each in query.parameters}
    assert len(paths) == len(load(REPOSITORY).queries())


def test_summaries_are_in_the_language_that_was_asked_for() -> None:
    """Chinese readers get the Chinese summary of each question."""
    paths = described(REPOSITORY, Language.ZH)["paths"]
    for query in load(REPOSITORY).queries():
        assert paths[f"/queries/{query.name}"]["get"]["summary"] == query.summary_zh


def test_answers_are_as_described(tmp_path: Path) -> None:
    """What a question of the small world answers fits the schema of its answer."""
    snapshot = open_snapshot(WORLD, tmp_path, say=lambda _: None)
    things = Things(snapshot, WORLD.prefixes())
    content = described(WORLD)
    for query in load(WORLD).queries():
        answer = evaluate(snapshot, query.source, {})
        get = content["paths"][f"/queries/{query.name}"]["get"]
        bodies = get["responses"]["200"]["content"]
        if answer.form == "graph":
            assert set(bodies) == {"text/turtle"}
            continue
        text = "".join(answer_text(answer, query.columns, things, "json"))
        schema = bodies["application/sparql-results+json"]["schema"]
        whole = schema | {"components": content["components"]}

        Draft202012Validator(whole).validate(json.loads(text))
