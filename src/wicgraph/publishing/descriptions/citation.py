"""How to cite the data set, in the Citation File Format 1.2.0.

https://github.com/citation-file-format/citation-file-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from wicgraph.publishing.data_set import ADDRESS

if TYPE_CHECKING:
    from wicgraph.language import Language
    from wicgraph.publishing.data_set import Statement

_MESSAGE = "If you use this data set, please cite it as below."
_LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}  # SPDX


def citation(said: Statement, language: Language) -> str:
    """Write CITATION.cff; it changes with the version of the data and not with facts.

    Nothing in it names a day, for a day of release is not in the graph.
    """
    licence = _LICENCES.get(said.licence, "")
    content = {
        "cff-version": "1.2.0",
        "message": language.pick(_MESSAGE, "使用本数据集时，请按下列信息引用。"),
        "type": "dataset",
        "title": said.title.text.spoken(language) or ADDRESS,
        "abstract": said.summary.text.spoken(language),
        "authors": [
            {"name": name}
            for author in said.authors
            for name in author.name.spoken(language)
        ]
        or [{"name": ADDRESS}],
        "version": said.version,
        "url": ADDRESS,
        "license": licence,
        "license-url": said.licence if not licence else "",
        "keywords": list(said.keywords.spoken(language)),
    }
    present = {key: value for key, value in content.items() if value}
    return yaml.safe_dump(present, allow_unicode=True, sort_keys=False, width=80)
