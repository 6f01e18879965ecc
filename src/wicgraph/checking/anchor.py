"""Where quotes stand: fills in the offsets of passages by looking into the document."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from wicgraph.checking.blocks import Block, Phrase, blocks, place, string_value
from wicgraph.checking.documents import Document, read_document
from wicgraph.errors import SourceError, WicgraphError
from wicgraph.root import Root

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Trouble:
    """A passage that could not be anchored: where it is written and why not."""

    path: str
    line: int
    column: int
    passage: str
    reason: str

    def __str__(self) -> str:
        """Return `path:line:column: passage: reason`."""
        return f"{self.path}:{self.line}:{self.column}: {self.passage}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Anchoring:
    """What anchoring makes of a facts file: its new text and what it could not do."""

    text: str
    passages: int
    changed: int
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def anchor(root: Root, facts_file: Path, document_path: Path) -> Anchoring:
    """Rewrite a file of facts so that every quote has the offsets it has in a document.

    The file is changed in place and only where an offset or the hash of the text is
    missing or wrong; passages in trouble stay as they are. A quote that occurs more
    than once needs a `wic:start` near the place that is meant. Raises SourceError
    when a file cannot be read or written, or the source names the hash of another text.
    """
    folder_path = facts_file if facts_file.is_absolute() else root.folder / facts_file
    name = _shown(folder_path, root.folder)
    try:
        text = folder_path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise SourceError(name, None, None, reason) from error
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start})"
        raise SourceError(name, None, None, reason) from error
    result = anchored(text, name, read_document(document_path))
    if result.text != text:
        try:
            folder_path.write_bytes(result.text.encode())
        except OSError as error:
            reason = f"cannot be written: {error.strerror}"
            raise SourceError(name, None, None, reason) from error
    return result


def anchored(text: str, path: str, document: Document) -> Anchoring:
    """Return the text of a facts file with every quote anchored in the document.

    Names are read as written, so the file must use the prefixes of the project.
    Raises SourceError when the source in the file names the hash of another text.
    """
    edits: list[_Edit] = []
    troubles: list[Trouble] = []
    passages = changed = 0
    for block in blocks(text):
        if block.is_a("wic:Source"):
            edits += _hash_edits(block, text, path, document)
        if not block.is_a("wic:Passage"):
            continue
        passages += 1
        made = _offset_edits(block, document)
        if isinstance(made, str):
            written = block.phrase("wic:quote")
            span = written.predicate if written else block.subject
            troubles.append(
                Trouble(path, *place(text, span.start), block.subject.text, made)
            )
        else:
            changed += bool(made)
            edits += made
    if edits:
        # Once more, so that troubles are placed in the text as it now stands.
        again = anchored(_applied(text, edits), path, document)
        return replace(again, changed=changed)
    return Anchoring(text, passages, changed, tuple(troubles))


def _offset_edits(block: Block, document: Document) -> list[_Edit] | str:
    """Return the edits that a passage needs, or why it cannot be anchored."""
    quote = block.phrase("wic:quote")
    if quote is None or not quote.objects or quote.objects[0].text[0] not in "\"'":
        return "has no wic:quote; write the words as they stand in the document"
    words = string_value(quote.objects[0].text)
    places = document.places(words)
    if not places:
        return _absence(words, document)
    hint = _number(block.phrase("wic:start"))
    if len(places) > 1 and hint is None:
        listed = ", ".join(map(str, places))
        return (
            f'"{words}" occurs {len(places)} times in {document.path}, at {listed}; '
            "write wic:start with the offset of the place that is meant"
        )
    start = (
        min(places, key=lambda at: abs(at - hint)) if hint is not None else places[0]
    )
    return [
        *_set(block, "wic:end", str(start + len(words))),
        *_set(block, "wic:start", str(start)),
    ]


def _absence(words: str, document: Document) -> str:
    near = document.lookalike(words)
    if near is None:
        return f'"{words}" does not occur in {document.path}'
    shown = near.replace("\n", "\\n")
    return f'"{words}" does not occur in {document.path}; it prints "{shown}"'


def _hash_edits(block: Block, text: str, path: str, document: Document) -> list[_Edit]:
    written = block.phrase("wic:textSha256")
    if written is None:
        return _set(block, "wic:textSha256", f'"{document.sha256}"')
    if document.sha256 in written.objects[0].text:
        return []
    line, column = place(text, written.predicate.start)
    reason = (
        f"{block.subject.text} was read from a text with another hash than "
        f"{document.path} ({document.sha256}); name that document, or remove "
        "wic:textSha256 if the text was read anew"
    )
    raise SourceError(path, line, column, reason)


def _number(phrase: Phrase | None) -> int | None:
    if phrase is None or not phrase.objects:
        return None
    try:
        return int(phrase.objects[0].text)
    except ValueError:
        return None


def _set(block: Block, predicate: str, value: str) -> list[_Edit]:
    """Return the edit that gives a block this value, at its alphabetical place."""
    written = block.phrase(predicate)
    if written is not None:
        objects = written.objects
        if [span.text for span in objects] == [value]:
            return []
        return [_Edit(objects[0].start, objects[-1].end, value)]
    for phrase in block.phrases:
        name = phrase.predicate.text
        if name not in {"a", "rdf:type"} and name > predicate:
            at = phrase.predicate.start
            return [_Edit(at, at, f"{predicate} {value} ;\n{_INDENT}")]
    last = block.phrases[-1].objects[-1].end
    return [_Edit(last, last, f" ;\n{_INDENT}{predicate} {value}")]


def _applied(text: str, edits: list[_Edit]) -> str:
    """Make the edits; those at one place keep their order."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _shown(path: Path, folder: Path) -> str:
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return str(path)


def main(arguments: list[str]) -> int:
    """Anchor the passages of FACTS in DOCUMENT; exit 1 when some could not be."""
    match arguments:
        case [facts, document]:
            pass
        case _:
            sys.stderr.write(
                "usage: python -m wicgraph.checking.anchor FACTS DOCUMENT\n"
            )
            return 2
    facts_file = Path(facts).resolve()
    try:
        result = anchor(Root(facts_file.parent), facts_file, Path(document))
    except WicgraphError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for trouble in result.troubles:
        sys.stderr.write(f"{trouble}\n")
    sys.stderr.write(
        f"{facts}: {result.passages} passages, {result.changed} changed, "
        f"{len(result.troubles)} in trouble\n"
    )
    return 1 if result.troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
