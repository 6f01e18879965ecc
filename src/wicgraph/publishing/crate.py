"""The data set as an archive takes it, with a description of each file: RO-Crate 1.1.

https://www.researchobject.org/ro-crate/specification/1.1/
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wicgraph.errors import OutputError
from wicgraph.language import Text
from wicgraph.publishing.data_set import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wicgraph.language import Language
    from wicgraph.publishing.data_set import DataSet

METADATA = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.1"
_MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/csvm+json",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".rq": "application/sparql-query",
    ".ttl": "text/turtle",
}


@dataclass(frozen=True, slots=True)
class Payload:
    """A file of the crate: its name, what it is, and its content."""

    name: str
    title: Text
    chunks: Iterable[str | bytes]


def crate(
    payload: Iterable[Payload], data: DataSet, language: Language
) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    """Give the files by name, last the description of them all.

    Each file is to be read before the next is asked for. Its date of publication, which
    a crate must have, is the newest day of the data. Raises OutputError for a data set
    that says too little of itself.
    """
    root = _root(data, language)
    files: list[dict[str, object]] = []
    for each in payload:
        measured = _Measured(each.chunks)
        yield each.name, measured
        files.append(_file(each, measured, language))
    root["hasPart"] = [{"@id": file["@id"]} for file in files]
    graph = [_descriptor(), root, *_authors(data, language), *_licence(data), *files]
    content = {"@context": f"{_VERSION}/context", "@graph": graph}
    yield METADATA, [json.dumps(content, ensure_ascii=False, indent=2), "\n"]


class _Measured:
    """Passes the content of a file on, and knows its size and hash afterwards."""

    def __init__(self, chunks: Iterable[str | bytes]) -> None:
        self._chunks = chunks
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            data = chunk.encode() if isinstance(chunk, str) else chunk
            self.size += len(data)
            self.digest.update(data)
            yield data


def _descriptor() -> dict[str, object]:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _VERSION},
    }


def _root(data: DataSet, language: Language) -> dict[str, object]:
    said = data.said
    required = {
        "dcterms:title": said.title.text.spoken(language),
        "dcterms:description": said.summary.text.spoken(language),
        "dcterms:license": said.licence,
        "wic:readOn": data.newest,
    }
    missing = [name for name, value in required.items() if not value]
    if missing:
        names = ", ".join(missing)
        raise OutputError(
            Text(
                f"an RO-Crate needs {names}, which the graph does not say; the data set"
                " describes itself in facts/reference/about.ttl, and a source has the"
                " day on which it was read",
                f"RO-Crate 需要 {names}，而图谱中没有；数据集在"
                " facts/reference/about.ttl 中描述自身，来源记有阅读日期",
            )
        )
    authors = [{"@id": author.iri} for author in said.authors]
    by = authors[0] if len(authors) == 1 else authors  # a list of one is discouraged
    content = {
        "@id": "./",
        "@type": "Dataset",
        "name": required["dcterms:title"],
        "description": required["dcterms:description"],
        "datePublished": data.newest,
        "license": {"@id": said.licence},
        "identifier": ADDRESS,
        "url": ADDRESS,
        "version": said.version,
        "keywords": list(said.keywords.spoken(language)),
        "author": by,
        "publisher": by,
    }
    return {key: value for key, value in content.items() if value}


def _authors(data: DataSet, language: Language) -> list[dict[str, object]]:
    return [
        {
            "@id": author.iri,
            "@type": "Organization",
            "name": author.name.text.spoken(language),
            "url": author.iri,
        }
        for author in data.said.authors
    ]


def _licence(data: DataSet) -> list[dict[str, object]]:
    licence = data.said.licence
    return [{"@id": licence, "@type": "CreativeWork", "name": licence}]


def _file(each: Payload, measured: _Measured, language: Language) -> dict[str, object]:
    return {
        "@id": each.name,
        "@type": "File",
        "name": each.title.spoken(language),
        "encodingFormat": _MEDIA_TYPES[PurePosixPath(each.name).suffix],
        "contentSize": str(measured.size),
        "sha256": measured.digest.hexdigest(),
    }
