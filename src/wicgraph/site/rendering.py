"""Pages as HTML: templates, and what they need to write terms in a language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wicgraph.language import Language
from wicgraph.publishing.drawing import svg
from wicgraph.site.address import Address
from wicgraph.site.folders import ONTOLOGY, title
from wicgraph.terms import BlankNode, Literal, NamedNode, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wicgraph.asking.dossier import Statement
    from wicgraph.asking.grounds import Quote
    from wicgraph.language import Text
    from wicgraph.publishing.proof_words import Words
    from wicgraph.site.material import Material
    from wicgraph.site.page import Drawn, Page
    from wicgraph.site.proofs import Step
    from wicgraph.terms import Term

_TAGS = {Language.EN: "en", Language.ZH: "zh-Hans"}
_NAVIGATION = ("event", "person", "organization")  # folders that every page names


class Renderer:
    """Writes pages; see `Pen` for what templates may say."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._words = {each: material.words(each) for each in Language}
        self._environment = Environment(
            loader=PackageLoader("wicgraph.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["navigation"] = [
            *((Address(f"{folder}/index"), title(folder)) for folder in _NAVIGATION),
            (ONTOLOGY.address, ONTOLOGY.title),
        ]

    def render(self, page: Page, language: Language) -> str:
        """Write a page in a language, as a whole HTML document."""
        pen = Pen(page, language, self._material, self._words[language])
        template = self._environment.get_template(page.template)
        return template.render(page=page, content=page.content, pen=pen)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes texts, terms and links as one page has them in one language."""

    page: Page
    language: Language
    _material: Material
    _words: Words

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
        target = self.target(term)
        if target is None:
            return self.name(term)
        return Markup('<a href="{}">{}</a>').format(target, self.name(term))

    def target(self, term: Term) -> str | None:
        """Say where a link to a node leads: to its page, if it is one of ours."""
        if not isinstance(term, NamedNode):
            return None
        address = self._material.addresses.find(term)
        if address is None:
            return term.value
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

    def quote(self, words: Quote) -> Markup:
        """Write the words of a passage in quotation marks, with a link to the page."""
        chinese = (words.words.language or "").startswith("zh")
        marks = "「{}」" if chinese else "“{}”"
        text = Markup("<q{}>{}</q>").format(
            self._attribute(words.words.language or ""), marks.format(words.words.value)
        )
        return Markup('<a class="quote" href="{}">{}</a>').format(
            self.target(words.passage), text
        )

    def original(self, address: str, words: Literal) -> str:
        """Write the address of a document at the words that are quoted.

        https://wicg.github.io/scroll-to-text-fragment/
        """
        text = quote(words.value, safe="").replace("-", "%2D")
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
        """Mark a text whose language is not that of the page."""
        attribute = self._attribute(tag)
        if not attribute:
            return Markup.escape(text)
        return Markup("<span{}>{}</span>").format(attribute, text)

    def _attribute(self, tag: str) -> Markup:
        if not tag or tag.partition("-")[0] == self.language:
            return Markup()
        return Markup(' lang="{}"').format(language_tag(tag))
