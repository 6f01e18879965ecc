"""XML as files hold it."""

from xml.etree import ElementTree as ET


def document(root: ET.Element) -> str:
    """Write a document with a line for each element."""
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
