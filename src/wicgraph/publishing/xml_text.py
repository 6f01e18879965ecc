"""Which characters XML and HTML can hold.

https://www.w3.org/TR/xml/#charsets
https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
"""

import re

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_HTML = re.compile(rf"{NOT_XML.pattern}|[\x7f-\x9f]")


def printable(text: str) -> str:
    """Put U+FFFD in the place of what XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def displayable(text: str) -> str:
    """Put U+FFFD in the place of what HTML cannot hold: XML has more controls."""
    return _NOT_HTML.sub("\ufffd", text)
