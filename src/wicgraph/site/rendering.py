"""Pages as HTML, by templates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from wicgraph.language import Language
from wicgraph.publishing.xml_text import displayable
from wicgraph.reasoning.rules import SECTION
from wicgraph.site.address import Address
from wicgraph.site.folders import ONTOLOGY, title
from wicgraph.site.pen import Pen, Written

if TYPE_CHECKING:
    from wicgraph.site.material import Material
    from wicgraph.site.page import Page

# The folders that every page names.
_NAVIGATION = ("event", "person", "organization", "source", "queries")


class Renderer:
    """Writes pages; see `Pen` for what templates may say."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._written: defaultdict[tuple[Language, str], Written] = defaultdict(Written)
        self._words = {each: material.words(each) for each in Language}
        self._environment = Environment(
            loader=PackageLoader("wicgraph.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["rules"] = SECTION
        self._environment.globals["said"] = material.data.said
        self._environment.globals["navigation"] = [
            *((Address(f"{folder}/index"), title(folder)) for folder in _NAVIGATION),
            (ONTOLOGY.address, ONTOLOGY.title),
        ]

    def render(self, page: Page, language: Language) -> str:
        """Write a page in a language, as a whole HTML document."""
        written = self._written[language, page.address.up]
        pen = Pen(page, language, self._material, self._words[language], written)
        template = self._environment.get_template(page.template)
        return displayable(template.render(page=page, content=page.content, pen=pen))
