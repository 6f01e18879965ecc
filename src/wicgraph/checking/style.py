"""How files should look beyond what the formatter does; CI asks, `check` does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wicgraph.checking.asserted import subject_position
from wicgraph.checking.finding import Finding, Severity
from wicgraph.reading.tokens import Lines, tokens
from wicgraph.reading.turtle import Position
from wicgraph.terms import RDF_TYPE, BlankNode, declaration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wicgraph.reading.turtle import Fact, TurtleFile
    from wicgraph.terms import Prefixes

_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
_PREFIX = re.compile(r"^PREFIX ([\w-]*): <([^>]*)>$", re.MULTILINE)
_PREFIX_LIKE = re.compile(r"^\s*prefix\s.*$", re.IGNORECASE | re.MULTILINE)
_STAR = re.compile(r"\bSELECT\s+(?:DISTINCT\s+)?\*", re.IGNORECASE)
_SELECT = re.compile(r"^\s*SELECT\b", re.IGNORECASE | re.MULTILINE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_EMPTY_NAME = re.compile(r"\?[spo]\b")
_KEYWORD = re.compile(
    r"(?<![\w?$:#<-])(select|where|filter|optional|union|order\s+by|group\s+by|bind"
    r"|values|prefix|ask|construct|distinct|having|limit|not\s+exists|minus)(?![\w:-])"
)
_IGNORED = re.compile(r"#[^\n]*|<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'")


def turtle_style(file: TurtleFile, prefixes: Prefixes) -> Iterator[Finding]:
    """Find what is not as other files are: order of prefixes, blocks and properties.

    In facts also blank nodes, which cannot be cited, and lists of objects: with one
    object a line, a difference shows one fact.
    """
    yield from _prefix_lines(file, prefixes)
    if file.path.startswith("facts/"):
        yield from _order_of_blocks(file)
        yield from _order_of_properties(file)
        yield from _crowded_lines(file)
        yield from _blank_nodes(file)


def query_style(text: str, path: str, prefixes: Prefixes) -> Iterator[Finding]:
    """Find what is not as other stored queries are, in the text of one.

    Prefixes are of the table, sorted and used; keywords are in capitals; a SELECT
    names its columns and has an order; variables are nouns.
    """
    lines = Lines(text)
    plain = _IGNORED.sub(lambda match: " " * len(match[0]), text)
    faults = [*_query_prefixes(text, plain, prefixes), *_query_body(plain)]
    for offset, message, message_zh in sorted(faults):
        yield _style(Position(path, *lines.at(offset)), message, message_zh)


def _query_prefixes(
    text: str, plain: str, prefixes: Prefixes
) -> Iterator[tuple[int, str, str]]:
    declared = list(_PREFIX.finditer(text))
    for like in _PREFIX_LIKE.finditer(text):
        if not any(match.start() == like.start() for match in declared):
            message = "A prefix is written PREFIX name: <iri>, alone on its line"
            message_zh = "前缀应独占一行，写作 PREFIX name: <iri>"
            yield like.start(), message, message_zh
    for match in declared:
        name, iri = match.groups()
        if prefixes.table.get(name) != iri:
            message = f"The prefix {name}: is not as in the table"
            yield match.start(), message, f"前缀 {name}: 与前缀表不符"
        # The datatype of a parameter is part of its name, as in ?__day_xsd_date.
        used = rf"(?<![\w-]){re.escape(name)}:|\?__?[A-Za-z0-9]+_{re.escape(name)}_"
        if not re.search(used, plain[match.end() :]):
            message = f"No name needs the prefix {name}:"
            yield match.start(), message, f"没有名称用到前缀 {name}:"
    names = [match[1] for match in declared]
    if names != sorted(names):
        yield declared[0].start(), "Prefixes are sorted", "前缀应排序"


def _query_body(plain: str) -> Iterator[tuple[int, str, str]]:
    for pattern, message, message_zh in (
        (_STAR, "A query names its columns instead of *", "查询应写明各列，不用 *"),
        (_EMPTY_NAME, "A variable is a noun, not ?s, ?p or ?o", "变量应为名词"),
        (_KEYWORD, "Keywords are in capitals", "关键字用大写"),
    ):
        for match in pattern.finditer(plain):
            yield match.start(), message, message_zh
    select = _SELECT.search(plain)
    if select is not None and not _ORDER.search(plain, select.start()):
        yield select.start(), "A SELECT has an ORDER BY", "SELECT 应有 ORDER BY"


def _prefix_lines(file: TurtleFile, prefixes: Prefixes) -> Iterator[Finding]:
    names = [use.prefix for use in file.prefixes]
    for use, name, wanted in zip(file.prefixes, names, sorted(names), strict=True):
        if name != wanted:
            message = f"Prefixes are sorted; {wanted}: belongs here"
            message_zh = f"前缀应排序；此处应为 {wanted}:"
            yield _style(Position(file.path, use.line, 1), message, message_zh)
            break
    for use in file.prefixes:
        is_known = prefixes.table.get(use.prefix) == use.iri
        line = file.text.split("\n")[use.line - 1].rstrip("\r")
        wanted = declaration(use.prefix, use.iri)
        if is_known and line != wanted:
            message, message_zh = f'Write "{wanted}"', f"请写“{wanted}”"
            yield _style(Position(file.path, use.line, 1), message, message_zh)


def _order_of_blocks(file: TurtleFile) -> Iterator[Finding]:
    before, word = "", _words(file)
    for fact in _firsts(file):
        name = word(fact.subject_at)
        if name < before:
            message = f"Blocks are in alphabetical order; {name} comes before {before}"
            message_zh = f"各段应按字母顺序排列；{name} 在 {before} 之前"
            yield _style(subject_position(fact), message, message_zh)
        before = max(before, name)


def _order_of_properties(file: TurtleFile) -> Iterator[Finding]:
    before: tuple[object, ...] = ()
    block: tuple[int, int] | None = None
    word = _words(file)
    for fact in file.facts:
        if fact.subject_at != block:
            before, block = (), fact.subject_at
        name = word(fact.predicate_at)
        rank = _NAMES.index(name) if name in _NAMES else len(_NAMES)
        key = (fact.predicate != RDF_TYPE, rank, name)
        if key < before:
            message = f"{name} is out of order: a, names, then the alphabet"
            message_zh = f"{name} 顺序不对：先 a，再名称，其余按字母"
            yield _style(fact.position, message, message_zh)
        before = max(before, key)


def _crowded_lines(file: TurtleFile) -> Iterator[Finding]:
    seen: dict[int, Fact] = {}
    for fact in file.facts:
        if isinstance(fact.subject, BlankNode):
            continue
        line = fact.object_at[0]
        other = seen.setdefault(line, fact)
        both_types = other.predicate == fact.predicate == RDF_TYPE
        if other is not fact and not both_types and other.predicate != RDF_TYPE:
            message, message_zh = "One object a line", "每行一个宾语"
            yield _style(Position(file.path, *fact.object_at), message, message_zh)


def _blank_nodes(file: TurtleFile) -> Iterator[Finding]:
    seen: set[BlankNode] = set()
    for fact in file.facts:
        places = {fact.subject: fact.subject_at, fact.object: fact.object_at}
        for term, at in places.items():
            if isinstance(term, BlankNode) and term not in seen:
                seen.add(term)
                message = "What has no name cannot be cited; facts have no blank nodes"
                message_zh = "无名之物无法引用；事实中不用空白节点"
                yield _style(Position(file.path, *at), message, message_zh)


def _firsts(file: TurtleFile) -> Iterator[Fact]:
    """Return the first fact of each block."""
    block: tuple[int, int] | None = None
    for fact in file.facts:
        if fact.subject_at != block and not isinstance(fact.subject, BlankNode):
            block = fact.subject_at
            yield fact


def _words(file: TurtleFile) -> Callable[[tuple[int, int]], str]:
    """Return a function that gives the word written at a place of the file."""
    lines = Lines(file.text)
    written = {token.start: token.text for token in tokens(file.text)}
    return lambda at: written[lines.offset(*at)]


def _style(position: Position, message: str, message_zh: str) -> Finding:
    return Finding(
        Severity.WARNING, "style", f"{message}.", f"{message_zh}。", "", "", position
    )
