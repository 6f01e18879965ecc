"""What templates write with: texts, terms and links, as a page has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar
from unicodedata import bidirectional
from urllib.parse import quote

from markupsafe import Markup

from wicgraph.asking.things import local_name
from wicgraph.language import Language
from wicgraph.publishing.drawing import svg
from wicgraph.site.address import Address
from wicgraph.terms import XSD, BlankNode, Literal, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from wicgraph.asking.dossier import Block, Naming, Statement
    from wicgraph.asking.grounds import Quote
    from wicgraph.language import Text
    from wicgraph.publishing.proof_words import Words
    from wicgraph.site.material import Material
    from wicgraph.site.page import Drawn, Page
    from wicgraph.site.proofs import Step
    from wicgraph.site.things import Inferred
    from wicgraph.terms import Term

_TAGS = {Language.EN: "en", Language.ZH: "zh-Hans"}
_WEB = ("http://", "https://")  # what a link may lead to; no script, for one
_ADDRESS = NamedNode(XSD + "anyURI")
# Characters that are written from right to left, or that turn what follows them.
_TURNING = frozenset(
    ("R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Written:
    """What pages that are as deep in the site have in common, in one language."""

    links: dict[Term, Markup] = field(default_factory=dict)
    quotes: dict[NamedNode, tuple[Markup, Markup]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes texts, terms and links as one page has them in one language."""

    page: Page
    language: Language
    _material: Material
    _words: Words
    _known: Written

    @property
    def tag(self) -> str:
        """The language of the page, as HTML says it."""
        return _TAGS[self.language]

    @property
    def other(self) -> Language:
        """The other language, in which the same page is there too."""
        return Language.EN if self.language is Language.ZH else Language.ZH

    @property
    def other_tag(self) -> str:
        """The other language, as HTML says it."""
        return _TAGS[self.other]

    def t(self, english: str, chinese: str) -> str:
        """Choose between the two versions of a text."""
        return self.language.pick(english, chinese)

    def say(self, text: Text) -> str:
        """Write a text that is there in both languages."""
        return text.spoken(self.language)

    def href(self, path: str, anchor: str = "") -> str:
        """Link to a page of the site by its path, such as "event/index"."""
        return self.page.address.to(Address(path, anchor), self.language)

    def file(self, name: str) -> str:
        """Link to a file of the site that is no page, such as "site.css"."""
        return self.page.address.to_file(name)

    def translation(self) -> str:
        """Link to the same page in the other language."""
        return self.page.address.to(self.page.address, self.other)

    def name(self, term: Term) -> Markup:
        """Write a term: the label of a node, or a text with its language."""
        if isinstance(term, NamedNode):
            return self._tagged(*self._material.labels.of(term, self.language))
        if isinstance(term, BlankNode):
            return self._tagged(self._words.term(term))
        return self._tagged(term.value, language_tag(term.language or ""))

    def link(self, term: Term) -> Markup:
        """Write a term with a link to its page; another address leads to itself."""
        if term not in self._known.links:
            name, target = self.name(term), self.target(term)
            link = Markup('<a href="{}">{}</a>').format(target, name)
            self._known.links[term] = name if target is None else link
        return self._known.links[term]

    def target(self, term: Term) -> str | None:
        """Say where a link to a node leads: to its page, if it is one of ours."""
        if not isinstance(term, NamedNode):
            is_address = isinstance(term, Literal) and term.datatype == _ADDRESS
            return term.value if is_address and term.value.startswith(_WEB) else None
        address = self._material.addresses.find(term)
        if address is None:
            return term.value if term.value.startswith(_WEB) else None
        return self.page.address.to(address, self.language)

    def curie(self, node: NamedNode) -> str:
        """Write a node with its prefix."""
        return self._material.graph.prefixes.shorten(node)

    def sorted(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        """Sort nodes by what they are called."""
        labels = self._material.labels
        return sorted(
            nodes, key=lambda node: (labels.of(node, self.language).text, node.value)
        )

    def alike(self, nodes: Iterable[NamedNode]) -> frozenset[NamedNode]:
        """Pick the nodes that have the same name as another one of them."""
        texts = {
            node: self._material.labels.of(node, self.language).text for node in nodes
        }
        counts = Counter(texts.values())
        return frozenset(node for node, text in texts.items() if counts[text] > 1)

    def spoken(self, statements: Iterable[Statement]) -> list[Statement]:
        """Leave out a text of ours in the other language, if it is there in both."""
        every = [each for each in statements if not isinstance(each.other, BlankNode)]
        ours = {each.predicate for each in every if self._speaks(each.other)}
        return [
            each
            for each in every
            if each.predicate not in ours
            or self._speaks(each.other)
            or not (isinstance(each.other, Literal) and each.other.language)
        ]

    def grouped(self, statements: Sequence[Statement]) -> list[list[Statement]]:
        """Put statements of one property together, in the order in which they come."""
        return _together(statements, lambda each: (each.predicate, each.incoming))

    def is_shared(self, statements: Sequence[Statement]) -> bool:
        """Tell whether the same words bear several statements out."""
        return len(statements) > 1 and len({each.quotes for each in statements}) == 1

    def inferences(self, facts: Sequence[Inferred]) -> list[list[Inferred]]:
        """Put inferred facts of one property together."""
        return _together(
            facts, lambda each: (each.statement.predicate, each.statement.incoming)
        )

    def names(self, names: Sequence[Naming]) -> list[list[Naming]]:
        """Put names of one kind together, those in the language of the page first."""
        own_first = sorted(names, key=lambda each: not self._speaks(each.text))
        kinds = [each.kind for each in names]
        own_first.sort(key=lambda each: kinds.index(each.kind))
        return _together(own_first, lambda each: each.kind)

    def parts(self, block: Block) -> list[Statement]:
        """Choose the parts of a fact but the link to the thing of the page."""
        return [each for each in block.statements if each.predicate not in block.links]

    def quote(self, words: Quote) -> Markup:
        """Write the words of a passage, with links to it and to the document."""
        return self._quoted(words)[1]

    def passage(self, words: Quote) -> Markup:
        """Write the words of a passage, with a link to it alone."""
        return self._quoted(words)[0]

    def _quoted(self, words: Quote) -> tuple[Markup, Markup]:
        if words.passage not in self._known.quotes:
            chinese = (words.words.language or "").startswith("zh")
            marks = "「{}」" if chinese else "“{}”"
            here = Markup('<a class="quote" href="{}"><q{}>{}</q></a>').format(
                self.target(words.passage),
                self.lang(words.words),
                Markup(marks).format(self.isolated(words.words.value)),  # noqa: S704
            )
            there = self.original(words)
            arrow = Markup(' <a class="original" href="{}" aria-label="{}">↗</a>')
            label = self.t("in the document", "在原文中")
            whole = here + arrow.format(there, label) if there else here
            self._known.quotes[words.passage] = (here, whole)
        return self._known.quotes[words.passage]

    def original(self, words: Quote) -> str:
        """Write the address of a document at the words that are quoted, if it has one.

        https://wicg.github.io/scroll-to-text-fragment/
        """
        address = self._material.passages.get(words.passage, "")
        if not address.startswith(_WEB):
            return ""
        text = quote(words.words.value, safe="").replace("-", "%2D")
        return f"{address.partition('#')[0]}#:~:text={text}"

    def picture(self, drawn: Drawn) -> Markup:
        """Draw a picture whose boxes lead to pages of the site."""
        picture = drawn(self._words.things)
        boxes = (
            replace(box, href=self.target(NamedNode(box.href)) or "")
            if box.href
            else box
            for box in picture.shapes.boxes
        )
        shapes = replace(picture.shapes, boxes=tuple(boxes))
        return Markup("".join(svg(replace(picture, shapes=shapes))))  # noqa: S704

    def slug(self, node: NamedNode) -> str:
        """Return the last part of an IRI, to be named in links."""
        return local_name(node)

    def lang(self, text: Literal) -> Markup:
        """Mark a text whose language is not that of the page."""
        return self._attribute(text.language or "")

    def prose(self, text: Text) -> Markup:
        """Write a description; names in backquotes are code, those of queries links."""
        first, *rest = self.say(text).split("`")
        written = Markup.escape(first)
        for name, between in zip(rest[::2], rest[1::2], strict=False):
            code = Markup("<code>{}</code>").format(name)
            if name in self._material.graph.catalogue.paths:
                href = self.href(f"queries/{name}")
                code = Markup('<a href="{}">{}</a>').format(href, code)
            written += code + between
        return written

    def isolated(self, text: str) -> Markup:
        """Write a text that does not turn what stands around it, such as Hebrew."""
        return self._tagged(text)

    def triples(self, count: int) -> str:
        """Count triples."""
        english = "1 triple" if count == 1 else f"{count} triples"
        return self.t(english, f"{count} 条三元组")

    def rows(self, count: int) -> str:
        """Count rows."""
        return self.t("1 row" if count == 1 else f"{count} rows", f"{count} 行")

    def statement(self, step: Step) -> Markup:
        """Write the statement of a step; a list is written by its members."""
        said = step.proof.statement
        if step.listed:
            return Markup.escape(self._words.statement(said, step.listed, step.focus))
        parts = (self.link(said.subject), self.name(said.predicate))
        return Markup("{} — {} — {}").format(*parts, self.link(said.object))

    def rule(self, step: Step) -> str:
        """Say by which rule a statement follows, of what it is about."""
        return self._words.rule(step.proof)

    def _speaks(self, term: Term) -> bool:
        """Tell a text in the language of the page."""
        tag = term.language if isinstance(term, Literal) else None
        return (tag or "").partition("-")[0] == self.language

    def _tagged(self, text: str, tag: str = "") -> Markup:
        """Mark a text whose language is not that of the page, or its direction."""
        attribute = self._attribute(tag)
        if not text.isascii() and any(bidirectional(c) in _TURNING for c in text):
            return Markup("<bdi{}>{}</bdi>").format(attribute, text)
        if attribute:
            return Markup("<span{}>{}</span>").format(attribute, text)
        return Markup.escape(text)

    def _attribute(self, tag: str) -> Markup:
        if not tag or tag.partition("-")[0] == self.language:
            return Markup()
        return Markup(' lang="{}"').format(language_tag(tag))


def _together(
    items: Iterable[Item], key: Callable[[Item], Hashable]
) -> list[list[Item]]:
    """Put items of one key together, in the order in which the keys come."""
    found: dict[Hashable, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())
