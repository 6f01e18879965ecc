"""Things as natural JSON: each a tree, in the shape that a frame gives it.

https://www.w3.org/TR/json-ld11-framing/
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from wicgraph.errors import SourceError
from wicgraph.language import Text
from wicgraph.publishing.dumps.context import BY_LANGUAGE
from wicgraph.publishing.dumps.facts import in_order
from wicgraph.publishing.dumps.jsonld import jsonld
from wicgraph.terms import GRAPH, RDF_TYPE, NamedNode, Prefixes, Quad, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wicgraph.publishing.dumps.context import Vocabulary
    from wicgraph.root import Root

FRAMES = ("edition", "organization", "person")
_INFERRED = NamedNode(GRAPH + "inferred")


@dataclass(frozen=True)
class Frame:
    """What a tree has, as a file of the folder says it in names of the vocabulary."""

    path: str
    kind: NamedNode
    content: Mapping[str, Any]

    @classmethod
    def read(cls, root: Root, name: str, vocabulary: Vocabulary) -> Frame:
        """Read one of FRAMES; raises SourceError for a file that is none."""
        path = f"ontology/frames/{name}.jsonld"
        try:
            content = json.loads(root.read(path))
        except json.JSONDecodeError as error:
            reason = Text.english(error.msg.lower())
            raise SourceError(path, error.lineno, error.colno, reason) from error
        named = content.get("type") if _is_frame(content) else None
        for node, short in vocabulary.names.items():
            if short == named:
                return cls(path, node, content)
        reason = Text(
            "a frame is an object whose type is a class of the ontology, and what it"
            " asks for are objects or lists with one",
            "框架应为对象，其 type 为本体中的类，所取各项为对象或仅含一个对象的列表",
        )
        raise SourceError(path, None, None, reason)


def framed(
    quads: Iterable[Quad],
    frame: Frame,
    prefixes: Prefixes,
    vocabulary: Vocabulary,
    thing: NamedNode | None = None,
) -> str:
    """Write what a frame matches, or one thing of it, with what it asks and no more.

    A thing shows the classes that were stated, and the class of the frame. Raises
    SourceError for a frame that is not JSON-LD.
    """
    from pyld import jsonld as processor  # noqa: PLC0415  (it takes 0.1 s)

    keys = set(_keys(frame.content))
    wanted = {node for node, name in vocabulary.names.items() if name in keys}
    kept = [
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.predicate in wanted
        or (
            quad.predicate == RDF_TYPE
            and (quad.object == frame.kind or quad.graph_name != _INFERRED)
        )
    ]
    facts = in_order(kept, merged=True)
    document = json.loads("".join(jsonld(facts, prefixes, vocabulary)))
    shape = {**frame.content, "@context": document["@context"]}
    options = {
        "explicit": True,
        "embed": "@always",
        "omitDefault": True,
        "omitGraph": thing is not None,
        "documentLoader": _refuse,
    }
    try:
        found = processor.frame(
            document, shape | ({"id": thing.value} if thing else {}), options
        )
    except processor.JsonLdError as error:
        raise SourceError(
            frame.path, None, None, Text.english(str(error.args[0]).lower())
        ) from error
    texts = {
        name
        for node, name in vocabulary.names.items()
        if vocabulary.readings.get(node) == BY_LANGUAGE
    }
    return json.dumps(_tagged(found, texts), ensure_ascii=False, indent=2) + "\n"


def _is_frame(content: object) -> bool:
    """Tell a frame, and the frames in it, from what PyLD would stumble over."""
    return isinstance(content, dict) and all(
        key.startswith("@")
        or key == "type"
        or _is_frame(value)
        or (isinstance(value, list) and len(value) == 1 and _is_frame(value[0]))
        for key, value in content.items()
    )


def _keys(frame: object) -> Iterator[str]:
    """Go through the names of the properties that a frame asks for."""
    if isinstance(frame, dict):
        for key, value in frame.items():
            yield key
            yield from _keys(value)


def _tagged(found: object, texts: set[str]) -> object:
    """Restore the usual case of language tags, which PyLD lowers."""
    if isinstance(found, list):
        return [_tagged(each, texts) for each in found]
    if not isinstance(found, dict):
        return found
    tagged: dict[str, object] = {}
    for key, value in found.items():
        if key in texts and isinstance(value, dict):
            tagged[key] = {language_tag(tag): text for tag, text in value.items()}
        else:
            tagged[key] = value if key == "@context" else _tagged(value, texts)
    return tagged


def _refuse(url: str, _: object) -> NoReturn:
    """Load nothing: all that a frame needs is in the folder."""
    raise LookupError(url)
