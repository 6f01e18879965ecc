"""Where quotes stand: fills in the offsets of passages by looking into the document."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from wicgraph.checking.documents import Document, read_document
from wicgraph.errors import SourceError, WicgraphError, refusal
from wicgraph.language import Text, quoted
from wicgraph.reading.tokens import Lines, tokens
from wicgraph.reading.turtle import Fact, read_turtle
from wicgraph.root import Root
from wicgraph.terms import GRAPH, RDF_TYPE, SOURCE, WIC, Literal, NamedNode, Subject

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Trouble:
    """A passage that could not be anchored: where it is written and why not."""

    path: str
    line: int
    column: int
    passage: str
    reason: Text

    @property
    def text(self) -> Text:
        """Say `path:line:column: passage: reason`."""
        where = f"{self.path}:{self.line}:{self.column}: {self.passage}: "
        return Text(where, where) + self.reason


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

    A relative path is one from here, else from the graph folder. The file is changed
    in place and only where an offset or the hash of the text is missing or wrong;
    passages in trouble stay as they are. A quote that occurs more than once needs a
    `wic:start` near the place that is meant. Raises SourceError when a file cannot be
    read or written, or the source names the hash of another text.
    """
    here = facts_file.resolve()
    folder_path = here if here.exists() else root.folder / facts_file
    name = _shown(folder_path, root.folder)
    try:
        text = folder_path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = Text("cannot be read: ", "无法读取：") + refusal(error)
        raise SourceError(name, None, None, reason) from error
    except UnicodeDecodeError as error:
        reason = Text(
            f"is not UTF-8 (byte {error.start})", f"不是 UTF-8（第 {error.start} 字节）"
        )
        raise SourceError(name, None, None, reason) from error
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    result = anchored(text, name, read_document(document_path))
    if result.text != text:
        try:
            folder_path.write_bytes((mark + result.text).encode())
        except OSError as error:
            reason = Text("cannot be written: ", "无法写入：") + refusal(error)
            raise SourceError(name, None, None, reason) from error
    return result


def anchored(text: str, path: str, document: Document) -> Anchoring:
    """Return the text of a facts file with every quote anchored in the document.

    Raises SourceError when the text is not Turtle, or when the source in the file
    names the hash of another document.
    """
    file = _Written(text, path)
    edits: list[_Edit] = []
    troubles: list[Trouble] = []
    passages = changed = 0
    for block in file.blocks.values():
        if block[0].subject.value.startswith(SOURCE):
            edits += _hash_edits(file, block, document)
        if not _is_passage(block):
            continue
        passages += 1
        try:
            made = _offset_edits(file, block, document)
        except _Unanchored as error:
            at = _value(block, "quote") or block[0]
            name = file.name(block[0].subject_at)
            troubles.append(Trouble(path, *at.predicate_at, name, error.reason))
        else:
            changed += bool(made)
            edits += made
    if edits:
        # Once more, so that troubles are placed in the text as it now stands.
        again = anchored(_applied(text, edits), path, document)
        return replace(again, changed=changed)
    return Anchoring(text, passages, changed, tuple(troubles))


class _Unanchored(Exception):
    """A passage has no one place in the document, for this reason."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


class _Written:
    """A facts file as text: its blocks, and where its words begin and end."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self.blocks: dict[Subject, list[Fact]] = {}
        for fact in read_turtle(text, path, NamedNode(GRAPH + "anchoring")).facts:
            self.blocks.setdefault(fact.subject, []).append(fact)
        self._lines = Lines(text)
        words = tuple(tokens(text))
        self._after = {
            word.start: (word, *following)
            for word, *following in zip(words, words[1:], words[2:], strict=False)
        }

    def name(self, at: tuple[int, int]) -> str:
        """Return the word that is written at a place."""
        return self._after[self.start(at)][0].text

    def start(self, at: tuple[int, int]) -> int:
        """Return the offset of a place."""
        return self._lines.offset(*at)

    def end(self, at: tuple[int, int]) -> int:
        """Return the offset after the term at a place, its tag or datatype included."""
        word, first, second = self._after[self.start(at)]
        if first.text == "^^":
            return second.end
        return first.end if first.kind == "at" else word.end

    def set(self, block: list[Fact], name: str, value: str) -> list[_Edit]:
        """Return the edits that give a block this value, at its alphabetical place."""
        written = [fact for fact in block if fact.predicate.value == WIC + name]
        if written:
            start, end = (
                self.start(written[0].object_at),
                self.end(written[-1].object_at),
            )
            if len(written) == 1 and self.name(written[0].object_at) == value:
                return []
            return [_Edit(start, end, value)]
        for fact in block:
            predicate = self.name(fact.predicate_at)
            if fact.predicate != RDF_TYPE and predicate > f"wic:{name}":
                at = self.start(fact.predicate_at)
                return [_Edit(at, at, f"wic:{name} {value} ;{self._line_end}{_INDENT}")]
        at = self.end(block[-1].object_at)
        return [_Edit(at, at, f" ;{self._line_end}{_INDENT}wic:{name} {value}")]


def _is_passage(block: list[Fact]) -> bool:
    return any(
        fact.predicate == RDF_TYPE and fact.object == NamedNode(WIC + "Passage")
        for fact in block
    )


def _value(block: list[Fact], name: str) -> Fact | None:
    return next((fact for fact in block if fact.predicate.value == WIC + name), None)


def _offset_edits(file: _Written, block: list[Fact], document: Document) -> list[_Edit]:
    quote = _value(block, "quote")
    if quote is None or not isinstance(quote.object, Literal):
        raise _Unanchored(
            Text(
                "has no wic:quote; write the words as the document has them",
                "没有 wic:quote；请按文献原样写出引文",
            )
        )
    words = quote.object.value
    places = document.places(words)
    if not places:
        raise _Unanchored(_absence(words, document))
    hint = _number(_value(block, "start"))
    if len(places) > 1 and hint is None:
        said, count = quoted(words), len(places)
        raise _Unanchored(
            Text(
                f"{said.en} occurs {count} times in {document.path},"
                f" at {', '.join(map(str, places))};"
                " write wic:start with the offset of the place that is meant",
                f"{said.zh}在 {document.path} 中出现 {count} 次，"
                f"位于 {'、'.join(map(str, places))}；"
                "请用 wic:start 写明所指之处的偏移量",
            )
        )
    start = places[0] if hint is None else min(places, key=lambda at: abs(at - hint))
    return [
        *file.set(block, "end", str(start + len(words))),
        *file.set(block, "start", str(start)),
    ]


def _absence(words: str, document: Document) -> Text:
    near, said = document.lookalike(words), quoted(words)
    absent = Text(
        f"{said.en} does not occur in {document.path}",
        f"{said.zh}未见于 {document.path}",
    )
    if near is None:
        return absent
    return absent + Text("; it prints ", "；文中印作") + quoted(near)


def _hash_edits(file: _Written, block: list[Fact], document: Document) -> list[_Edit]:
    written = _value(block, "textSha256")
    if written is None:
        return file.set(block, "textSha256", f'"{document.sha256}"')
    if isinstance(written.object, Literal) and written.object.value == document.sha256:
        return []
    name = file.name(block[0].subject_at)
    reason = Text(
        f"{name} was read from a text with another hash than "
        f"{document.path} ({document.sha256}); name that document, or remove "
        "wic:textSha256 if the text was read anew",
        f"{name} 所据文本的散列值与 {document.path}（{document.sha256}）不同；"
        "请指定当时的文本，如已重读则删去 wic:textSha256",
    )
    raise SourceError(file.path, *written.predicate_at, reason)


def _number(fact: Fact | None) -> int | None:
    if fact is None or not isinstance(fact.object, Literal):
        return None
    try:
        return int(fact.object.value)
    except ValueError:
        return None


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
        sys.stderr.write(f"{trouble.text.en}\n")
    sys.stderr.write(
        f"{facts}: {result.passages} passages, {result.changed} changed, "
        f"{len(result.troubles)} in trouble\n"
    )
    return 1 if result.troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
