"""How to cite the data set, in the Citation File Format 1.2.0.

https://github.com/citation-file-format/citation-file-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from wicgraph.publishing.data_set import ADDRESS, AUTHORS, KEYWORDS, SUMMARY, TITLE

if TYPE_CHECKING:
    from wicgraph.language import Language

_MESSAGE = "If you use this data set, please cite it as below."


def citation(version: str, language: Language) -> str:
    """Write CITATION.cff; it changes with the version of the data and not with facts.

    Nothing in it names a day, for a day of release is not in the graph.
    """
    content = {
        "cff-version": "1.2.0",
        "message": language.pick(_MESSAGE, "使用本数据集时，请按下列信息引用。"),
        "type": "dataset",
        "title": TITLE.spoken(language),
        "abstract": SUMMARY.spoken(language),
        "authors": [{"name": AUTHORS.spoken(language)}],
        "version": version,
        "url": ADDRESS,
        "license": "CC-BY-4.0",
        "keywords": [word.spoken(language) for word in KEYWORDS],
    }
    said = {key: value for key, value in content.items() if value}
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=80)
