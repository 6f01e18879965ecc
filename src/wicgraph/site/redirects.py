"""Where the IRIs of the graph lead: rules for the web server of w3id.org.

A client gets the page of an IRI, in Chinese if that is the language it asks for first,
or the data beside the page if it asks for a format of RDF and not for HTML first.
https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from wicgraph.errors import UsageError
from wicgraph.language import Text

FILE = "w3id.htaccess"
_FORMATS = (  # the last that a client asks for is taken
    ("nt", "application/n-triples"),
    ("jsonld", r"application/ld\+json"),
    ("ttl", "text/turtle"),
)
_HEAD = r"""# Where the IRIs of https://w3id.org/wicgraph/ lead.
Options +FollowSymLinks
RewriteEngine on

# A file by its name
RewriteRule ^(.*\.[^/]+)$ BASE$1 [R=303,L]

# The language of a page, and the format of data for who does not ask for a page first
RewriteRule ^ - [E=PAGE:html]
RewriteCond %{HTTP:Accept-Language} ^zh
RewriteRule ^ - [E=PAGE:zh.html]
RewriteRule ^ - [E=DATA:%{ENV:PAGE}]
"""
_PLACE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class _Rule:
    """Where the paths that a pattern fits lead; `data` if RDF stands beside the page.

    A browser keeps what stands after the hash of an IRI, the place on a page.
    """

    pattern: str
    page: str
    anchor: str = ""
    data: bool = True


# What `Addresses` says of nodes, and lists; the first that fits counts. No node has a
# dot in its path: see `require_names`.
_RULES = (
    _Rule("^$", "index", data=False),
    _Rule("^sparql$", "sparql", data=False),
    _Rule("^query/parameter/", "queries/index", data=False),
    _Rule("^query/([^/.]+)$", "queries/$1"),
    _Rule("^query/([^/.]+)/([^/.]+)$", "queries/$1", "#$2"),
    _Rule("^([^/.]+)/$", "$1/index", data=False),
    _Rule("^(.*[^/.]+)$", "$1"),
)


def redirects(place: str) -> str:
    """Write the rules for a site that stands at an address.

    Raises UsageError for what is no address of a site.
    """
    base = _base(place)
    formats = (_format(*each) for each in _FORMATS)
    rules = (_redirect(rule, base) for rule in _RULES)
    return "".join((_HEAD.replace("BASE", base), *formats, *rules))


def _format(suffix: str, media_type: str) -> str:
    return (
        r"RewriteCond %{HTTP_ACCEPT} !^\s*(text/html|application/xhtml\+xml)"
        f"\nRewriteCond %{{HTTP_ACCEPT}} {media_type}\n"
        f"RewriteRule ^ - [E=DATA:{suffix}]\n"
    )


def _redirect(rule: _Rule, base: str) -> str:
    suffix = "%{ENV:DATA}" if rule.data else "%{ENV:PAGE}"
    flags = "R=303,L,NE" if rule.anchor else "R=303,L"  # NE keeps the hash as it is
    return (
        f"RewriteRule {rule.pattern} {base}{rule.page}.{suffix}{rule.anchor}"
        f" [{flags}]\n"
    )


def _base(place: str) -> str:
    """Check an address, in which nothing may mean anything else to the web server."""
    parts = urlsplit(place)
    is_plain = _PLACE.fullmatch(place) and not any(char in place for char in '$%"\\?#')
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        remedy = Text(
            "write one such as https://example.org/wicgraph/",
            "请写完整网址，例如 https://example.org/wicgraph/",
        )
        raise UsageError.unfit(Text("address", "网址"), place, remedy)
    return place if place.endswith("/") else f"{place}/"
