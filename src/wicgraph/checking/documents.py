"""The texts that sources describe, and where words stand in them."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from wicgraph.errors import SourceError, refusal
from wicgraph.language import Text

# Signs that a copyist swaps without noticing; each may stand for the others.
_LOOKALIKES = ("'‘’´`", '"“”„', "-‐‑–—―", ",,", ".。", ":：", ";；", "?？", "!！")
_CLASS_OF = {sign: f"[{re.escape(signs)}]" for signs in _LOOKALIKES for sign in signs}


@dataclass(frozen=True, slots=True)
class Document:
    """A text as sources are read: UTF-8, no byte order mark, line ends as LF.

    Offsets in it count Unicode code points from 0.
    """

    path: str
    text: str
    sha256: str

    def places(self, words: str) -> tuple[int, ...]:
        """Every offset at which the words begin, overlapping ones included."""
        found = []
        at = self.text.find(words) if words else -1
        while at >= 0:
            found.append(at)
            at = self.text.find(words, at + 1)
        return tuple(found)

    def lookalike(self, words: str) -> str | None:
        """Return what the text prints when only signs, case or spaces differ."""
        if not words.strip():
            return None
        parts = (
            "".join(_CLASS_OF.get(sign, re.escape(sign)) for sign in part)
            for part in words.split()
        )
        match = re.search(r"\s+".join(parts), self.text, re.IGNORECASE)
        return match[0] if match else None


def document_text(raw: bytes) -> str:
    """Decode the bytes of a document the one way that offsets count on.

    Raises UnicodeDecodeError when they are not UTF-8.
    """
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def read_document(path: Path) -> Document:
    """Read a text from disk; SourceError when it cannot be read or is not UTF-8."""
    try:
        text = document_text(path.read_bytes())
    except OSError as error:
        reason = Text("cannot be read: ", "无法读取：") + refusal(error)
        raise SourceError(str(path), None, None, reason) from error
    except UnicodeDecodeError as error:
        reason = Text(
            f"is not UTF-8 (byte {error.start})", f"不是 UTF-8（第 {error.start} 字节）"
        )
        raise SourceError(str(path), None, None, reason) from error
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(str(path), text, digest)


def read_documents(folder: Path) -> tuple[Document, ...]:
    """Read every UTF-8 text below a folder, sorted by path; skip what is none.

    The folder may hold pictures or notes beside the texts, so a file that is not
    UTF-8 is no fault here. SourceError when the folder itself cannot be read.
    """
    if not folder.is_dir():
        reason = Text("is not a folder of documents", "不是存放文献的文件夹")
        raise SourceError(str(folder), None, None, reason)
    documents = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        try:
            text = document_text(path.read_bytes())
        except UnicodeDecodeError:
            continue
        except OSError as error:
            reason = Text("cannot be read: ", "无法读取：") + refusal(error)
            raise SourceError(str(path), None, None, reason) from error
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = path.relative_to(folder).as_posix()
        documents.append(Document(name, text, digest))
    return tuple(documents)
