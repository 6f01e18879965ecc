"""Citations for papers: BibTeX, CSL-JSON and plain text."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wicgraph.language import Language
from wicgraph.publishing.data_set import ADDRESS
from wicgraph.publishing.formats import CITATION_FORMATS, require_format
from wicgraph.terminal import printable
from wicgraph.terms import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wicgraph.asking.citing import Cited
    from wicgraph.asking.grounds import Quote
    from wicgraph.asking.things import Things
    from wicgraph.publishing.data_set import DataSet
    from wicgraph.terms import NamedNode

_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NAMES = {"en": "english", "zh": "chinese"}  # of languages, in BibTeX
_NOTED = 3  # quotes in a note, which is printed with every citation
_ESCAPES = str.maketrans(
    {char: f"\\{char}" for char in "#$%&_"}
    | {
        "\\": "\\textbackslash{}",
        "{": "\\lbrace{}",
        "}": "\\rbrace{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


def citation_text(
    cited: Sequence[Cited], data: DataSet, things: Things, form: str
) -> Iterator[str]:
    """Write sources and the data set in one of CITATION_FORMATS.

    Raises UnknownName for another format.
    """
    require_format(form, CITATION_FORMATS)
    references = [_Reference(each, things) for each in cited]
    if form == "bibtex":
        yield "\n".join([*map(_bibtex, references), _data_bibtex(data, things)])
    elif form == "csljson":
        items = [*map(_csl, references), _data_csl(data, things)]
        yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    else:
        yield from map(_text, references)
        yield _data_text(data, things)


@dataclass(frozen=True, slots=True)
class _Reference:
    """A source as people cite it; names are in the language of the document."""

    cited: Cited
    things: Things

    @property
    def curie(self) -> str:
        return self.things.prefixes.shorten(self.cited.source)

    @property
    def title(self) -> str:
        return self._name(self.cited.source)

    @property
    def authors(self) -> list[str]:
        return [self._name(author) for author in self.cited.document.authors]

    @property
    def publisher(self) -> str:
        return ", ".join(map(self._name, self.cited.document.publishers))

    @property
    def issued(self) -> tuple[int, ...]:
        """Return year, month and day, as far as the document prints them."""
        day = self.cited.document.issued.partition("T")[0]
        return tuple(int(part) for part in day.split("-")) if day else ()

    @property
    def language(self) -> str:
        return self.cited.document.language.partition("-")[0]

    @property
    def note(self) -> str:
        """Quote a few of the words that are cited."""
        quotes = self.cited.quotes
        words = [quoted(each) for each in quotes[:_NOTED]]
        if len(quotes) > _NOTED:
            rest = len(quotes) - _NOTED
            words.append(self.pick(f"and {rest} more", f"另有 {rest} 处"))
        if not self.cited.document.read_on:
            words.append(self.pick("date read not recorded", "未记录阅读日期"))
        return self.pick("; ", "；").join(words)

    def pick(self, english: str, chinese: str) -> str:
        return self.things.language.pick(english, chinese)

    def _name(self, node: NamedNode) -> str:
        own = Language.ZH if self.language == "zh" else Language.EN
        text = replace(self.things, language=own).text(node)
        return printable(text.value) if text else self.things.prefixes.shorten(node)


def quoted(quote: Quote) -> str:
    """Write the words of a passage in the quotation marks of their language."""
    chinese = (quote.words.language or "").startswith("zh")
    words = printable(quote.words.value)
    return f"「{words}」" if chinese else f"“{words}”"


# --- Plain text ---


def _text(reference: _Reference) -> str:
    """Write one line for the source, then a line for each quote."""
    document, pick = reference.cited.document, reference.pick
    is_chinese = reference.language == "zh"
    title = f"《{reference.title}》" if is_chinese else f"“{reference.title}”"
    read = document.read_on
    parts = [
        *reference.authors,
        title,
        reference.publisher,
        document.issued.partition("T")[0] or pick("undated", "日期不详"),
        document.address or pick("no address", "无网址"),
        pick(f"read on {read}", f"{read} 阅读")
        if read
        else pick("date read not recorded", "未记录阅读日期"),
    ]
    line = pick(", ", "，").join(filter(None, parts))
    quotes = "".join(f"    {quoted(each)}\n" for each in reference.cited.quotes)
    return f"{line} [{reference.curie}]\n{quotes}"


def _data_text(data: DataSet, things: Things) -> str:
    pick = things.language.pick
    number = data.said.version
    version = number and pick(f"version {number}", f"{number} 版")
    parts = [data.name(things.language), version, ADDRESS]
    line = pick(", ", "，").join(filter(None, parts))
    return f"{line}\n    sha256:{data.digest}\n"


# --- BibTeX ---


def _bibtex(reference: _Reference) -> str:
    document = reference.cited.document
    year, month, day = (*map(str, reference.issued), "", "", "")[:3]
    fields = {
        "author": " and ".join(f"{{{_escaped(each)}}}" for each in reference.authors),
        "title": f"{{{_escaped(reference.title)}}}",
        "organization": _escaped(reference.publisher),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "day": day,
        "url": _address(document.address),
        "urldate": document.read_on,
        "langid": _NAMES.get(reference.language, ""),
        "note": _escaped(reference.note),
    }
    return _entry(reference.curie, fields)


def _data_bibtex(data: DataSet, things: Things) -> str:
    fields = {
        "title": f"{{{_escaped(data.name(things.language))}}}",
        "version": _escaped(data.said.version),
        "url": ADDRESS,
        "note": f"sha256:{data.digest}",
    }
    return _entry("wicgraph", fields)


def _entry(key: str, fields: dict[str, str]) -> str:
    """Write an entry; a month is a macro, which stands without braces."""
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{key.replace(':', '-')},\n{''.join(lines)}}}\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _address(text: str) -> str:
    """Keep an address as it is but for braces, which an entry is made of."""
    return text.replace("{", "%7B").replace("}", "%7D")


# --- CSL-JSON ---


def _csl(reference: _Reference) -> dict[str, object]:
    """Describe a source as an item, all quotes under `custom`.

    https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
    """
    document = reference.cited.document
    item: dict[str, object] = {
        "id": reference.curie,
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": each} for each in reference.authors],
        "container-title": reference.publisher,
        "issued": _date(reference.issued),
        "accessed": _date(tuple(map(int, document.read_on.split("-"))))
        if document.read_on
        else None,
        "URL": document.address,
        "language": language_tag(document.language),
        "note": reference.note,
    }
    quotes = [
        {
            "passage": reference.things.prefixes.shorten(quote.passage),
            "words": quote.words.value,
            "language": language_tag(quote.words.language or ""),
        }
        for quote in reference.cited.quotes
    ]
    item["custom"] = {"quotes": quotes} if quotes else None
    return {name: value for name, value in item.items() if value}


def _data_csl(data: DataSet, things: Things) -> dict[str, object]:
    item: dict[str, object] = {
        "id": "wicgraph",
        "type": "dataset",
        "title": data.name(things.language),
        "version": data.said.version,
        "URL": ADDRESS,
        "note": f"sha256:{data.digest}",
    }
    return {name: value for name, value in item.items() if value}


def _date(parts: tuple[int, ...]) -> dict[str, object] | None:
    return {"date-parts": [list(parts)]} if parts else None
