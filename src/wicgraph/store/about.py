"""What a snapshot says of itself: its digest, what is in it, and its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME = "about.json"


@dataclass(frozen=True, slots=True)
class About:
    """The contents of about.json, equal for equal inputs but for sizes of files.

    `graphs` has the number of triples of each named graph, `files` the size of each
    file in bytes by its posix path. `facts` counts distinct asserted triples.
    """

    digest: str
    facts: int
    inferred: int
    graphs: Mapping[str, int]
    contradictions: tuple[str, ...]
    versions: Mapping[str, str]
    files: Mapping[str, int]

    def write(self, folder: Path) -> None:
        """Write about.json, the last file of a snapshot; raises OSError."""
        content = asdict(self) | {"seal": self._seal()}
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / _NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> About | None:
        """Read about.json; None if the folder is not a whole snapshot."""
        try:
            content = json.loads((folder / _NAME).read_text(encoding="utf-8"))
            seal = content.pop("seal")
            about = cls(
                **content | {"contradictions": tuple(content["contradictions"])}
            )
            sizes = {name: (folder / name).stat().st_size for name in about.files}
        except (AttributeError, KeyError, OSError, TypeError, ValueError):
            return None
        return about if sizes == about.files and seal == about._seal() else None

    def _seal(self) -> str:
        """Digest all of it, so that a damaged about.json is known to be one."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()


def sizes(folder: Path) -> dict[str, int]:
    """List the files of a folder, as deep as they are, with their sizes in bytes."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
