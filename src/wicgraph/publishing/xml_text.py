"""Which characters XML can hold.

https://www.w3.org/TR/xml/#charsets
"""

import re

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Put U+FFFD in the place of what XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)
