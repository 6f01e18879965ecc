"""XML as files hold it."""

import re
from xml.etree import ElementTree as ET

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(root: ET.Element) -> str:
    """Write a document with a line for each element."""
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def printable(text: str) -> str:
    """Put U+FFFD in the place of what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
