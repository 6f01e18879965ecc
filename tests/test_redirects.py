"""Redirects: what the rules for w3id.org make of each IRI, read as Apache does."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.errors import UsageError
from wicgraph.graph import Graph
from wicgraph.language import Language
from wicgraph.site.address import NAMESPACE, Addresses
from wicgraph.site.material import Material
from wicgraph.site.redirects import redirects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.terms import NamedNode

SITE = "https://example.org/w/"
DATA = Path(__file__).parent / "data" / "site"
CASES = [*csv.reader((DATA / "redirects.csv").read_text("utf-8").splitlines())][1:]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass
class Server:
    """As much of mod_rewrite as the rules need; anything else is refused."""

    rules: str
    _env: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, accept: str = BROWSER, language: str = "en") -> str:
        """Say where a request for a path is sent to, "" if nowhere."""
        self._env = {"HTTP_ACCEPT": accept, "HTTP:Accept-Language": language}
        holds = True
        for line in self.rules.splitlines():
            word, *given = line.split(maxsplit=3)
            if word == "RewriteCond":
                holds = holds and self._is_true(*given)
            elif word == "RewriteRule":
                pattern, target, flags = given
                match = re.search(pattern, path)
                if holds and match and (sent := self._apply(match, target, flags)):
                    return sent
                holds = True
            else:
                assert word in {"Options", "RewriteEngine"}
        return ""

    def _is_true(self, value: str, pattern: str) -> bool:
        wanted = pattern.removeprefix("!")
        return (re.search(wanted, self._expanded(value)) is None) == (wanted != pattern)

    def _apply(self, match: re.Match[str], target: str, flags: str) -> str:
        setting = re.fullmatch(r"\[E=(\w+):(.+)\]", flags)
        if setting:
            assert target == "-"
            self._env[f"ENV:{setting[1]}"] = self._expanded(setting[2])
            return ""
        assert flags in {"[R=303,L]", "[R=303,L,NE]"}
        found = re.sub(r"\$(\d)", lambda number: match[int(number[1])], target)
        return self._expanded(found)

    def _expanded(self, text: str) -> str:
        return re.sub(r"%\{([^}]+)\}", lambda name: self._env.get(name[1], ""), text)


def lines(rules: str) -> str:
    """Leave out comments and empty lines."""
    kept = (line for line in rules.splitlines() if line and not line.startswith("#"))
    return "\n".join(kept)


@pytest.fixture(scope="module")
def server() -> Server:
    """Read the rules."""
    return Server(lines(redirects(SITE)))


@pytest.fixture(scope="module")
def real(graphs: Path) -> Iterator[Material]:
    """Open the graph of this repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WICGRAPH_CACHE", str(graphs))
        with Graph(Path(__file__).parents[1]) as graph:
            yield Material(graph)


def page(addresses: Addresses, node: NamedNode, language: Language) -> str:
    """Say where the page of a node is; a term's IRI leads to the ontology's page."""
    address = addresses.find(node)
    assert address is not None
    if "#" in node.value:
        return f"{SITE}ontology{language.pick('', '.zh')}.html"
    anchor = f"#{address.anchor}" if address.anchor else ""
    return f"{SITE}{address.file(language)}{anchor}"


@pytest.mark.parametrize("language", Language)
def test_every_iri_leads_to_its_page(
    language: Language, server: Server, real: Material
) -> None:
    """A browser gets the page of each IRI in the language that it asks for first."""
    wanted = {Language.EN: "en-GB,zh;q=0.5", Language.ZH: "zh-CN,en;q=0.5"}[language]
    for node, _ in real.places:
        path = node.value.partition("#")[0].removeprefix(NAMESPACE)
        expected = page(real.addresses, node, language)
        assert server.answer(path, language=wanted) == expected


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_who_asks_for_data_gets_it(case: list[str], server: Server) -> None:
    """A client that asks for a format of RDF gets it; a browser never does."""
    path, accept, language, expected = case

    assert server.answer(path, accept, language) == SITE + expected


def test_slash_at_the_end_may_be_left_out() -> None:
    """The site is the same folder with and without it."""
    assert redirects(SITE) == redirects(SITE.removesuffix("/"))


@pytest.mark.parametrize(
    "place",
    ["", "site", "ftp://example.org/", "https:///", "https://a b/", "http://a/$1"],
)
def test_no_address_is_refused(place: str) -> None:
    """What is no address of a site, or would mean something to Apache, is refused."""
    with pytest.raises(UsageError, match="is no address; write one such as https"):
        redirects(place)
