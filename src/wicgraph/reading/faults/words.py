"""Faults inside a word: strings, IRIs, prefixes, language tags, dates, look-alikes.

Every recogniser looks at a scene and either names the fault or passes. The surest come
first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from wicgraph.reading.faults.diagnosis import Diagnosis, at, at_sign, shown
from wicgraph.reading.tokens import Token
from wicgraph.terms import declaration, similar

if TYPE_CHECKING:
    from wicgraph.reading.faults.scene import Scene

_DECLARED = re.compile(r"^[ \t]*@?prefix[ \t]+([^\s:]*):", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(r"[0-9:T+Z-]*")
_SHORT_ESCAPE = re.compile(r"\\(?:u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))[0-9A-Fa-f]*")
_TAG = re.compile(r"@[A-Za-z0-9_-]*")
_DATATYPES = {1: "gYearMonth", 2: "date"}  # by the hyphens in a date
_LOOKALIKES = {
    **dict.fromkeys("“”„«»「」『』", '"'),
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    "。": ".",
    "、": ",",
}


def _merge_conflict(scene: Scene) -> Diagnosis | None:
    line, _ = scene.lines.at(scene.found.start)
    start = scene.lines.offset(line, 1)
    if not scene.text.startswith(("<<<<<<<", "=======", ">>>>>>>"), start):
        return None
    hint = "keep one of the two sides and remove the lines with the signs"
    return Diagnosis(start, start + 7, "a merge left both sides here", hint)


def _escape(scene: Scene) -> Diagnosis | None:
    blamed, message = scene.blamed, scene.message
    if message.startswith("Unexpected escape character"):
        hint = r"write \\ for a backslash, \n for a line end, \" for a quotation mark"
        return at(blamed, f"{shown(blamed.text)} is not an escape", hint)
    short = _SHORT_ESCAPE.search(blamed.text)
    if short and message == "Unexpected end of file":
        blamed = Token("other", short[0], blamed.start + short.start())
    if blamed.text[:2] in (r"\u", r"\U"):
        hint = r"write \u and four hexadecimal digits, or \U and eight"
        return at(blamed, f"{shown(blamed.text)} stands for no character", hint)
    if " in IRIs " in message:  # of a name; Oxigraph places it too far to the left
        sign, hint = "\\", "remove it"
        if message.startswith("escapes"):
            sign, hint = "%", "write %25 for % itself"
        start = max(scene.text.find(sign, blamed.start), blamed.start)
        reason = f"{sign} cannot stand before this in a name"
        return Diagnosis(start, start + 1, reason, hint)
    return None


def _never_closed(scene: Scene) -> Diagnosis | None:
    """Recognise a string or an IRI that runs into the end of its line or the file."""
    token, message = scene.found, scene.message
    sign = token.text[:1]
    runs_on = "Invalid IRI code point" in message and "\n" in scene.blamed.text
    if token.kind != "other" or sign not in ("'", '"', "<"):
        return None
    if not (runs_on or message == "Unexpected end of file" or "Line jumps" in message):
        return None
    if sign == "<":
        return at_sign(token, 'this "<" is never closed', 'close the IRI with ">"')
    if scene.text.startswith(sign * 3, token.start):
        reason, hint = "this string is never closed", f"close it with {sign * 3}"
        return Diagnosis(token.start, token.start + 3, reason, hint)
    hint = f"close it with {sign}; a text of several lines stands in {sign * 3}"
    return at_sign(token, "this string is not closed on its line", hint)


def _after_string(scene: Scene) -> Diagnosis | None:
    """Recognise what a string cannot be followed by without a space."""
    found, last = scene.found, scene.last
    if "anguage" in scene.message or "subtag" in scene.message:
        return at(found, "this is not a language tag", "write one such as @zh-Hans")
    if not (scene.glued and scene.expected in ("end", "item")):
        return None
    if last.kind == "at":
        tag = _TAG.match(scene.text, last.start)
        meant = tag[0].replace("_", "-").rstrip("-") if tag else last.text
        reason = "the parts of a language tag are joined by single hyphens"
        return at(found, reason, f"write {meant}")
    if last.kind != "string":
        return None
    if found.text == "^" or found.kind in ("name", "iri"):
        return at(found, "a datatype stands after ^^", "write ^^ before it")
    quote = last.text[0]
    line = scene.line_of(last)
    hint = rf"write \{quote} for {quote} inside it"
    if line != scene.line_of(found):
        hint = f"close it where it should end, with {quote * 3}"
    reason = f"the string from line {line} ends before {shown(found.text)}"
    return at(found, reason, hint)


def _unknown_prefix(scene: Scene) -> Diagnosis | None:
    if not scene.message.startswith("The prefix "):
        return None
    prefix = scene.found.text.partition(":")[0]
    start = scene.found.start
    reason = f"the prefix {prefix}: is not declared"
    hint = _meant_prefix(scene, prefix)
    return Diagnosis(start, start + len(prefix) + 1, reason, hint)


def _meant_prefix(scene: Scene, prefix: str) -> str:
    declared = {match[1]: match.start(1) for match in _DECLARED.finditer(scene.text)}
    table = scene.known.table
    if prefix in declared:
        line, _ = scene.lines.at(declared[prefix])
        return f"line {line} declares it, and has to stand before its first use"
    if prefix in table:
        return f"add `{declaration(prefix, table[prefix])}`"
    if scene.address:
        return f"write <{scene.address}>"
    near = similar(prefix, {*table, *declared}, 1)
    if not near:
        return f"add `{declaration(prefix, '…')}`" if prefix else 'write one before ":"'
    if near[0] in declared:
        return f"did you mean {near[0]}:?"
    return f"did you mean {near[0]}:? add `{declaration(near[0], table[near[0]])}`"


def _iri(scene: Scene) -> Diagnosis | None:
    found, message = scene.blamed, scene.message
    if " builds IRI " in message:
        why = message.partition("invalid: ")[2]
        reason = f"{shown(found.text)} makes no IRI: {why[:1].lower()}{why[1:]}"
        return at(found, reason, "write the whole IRI as <…>")
    if not found.text.startswith("<"):
        return None
    if "No scheme" in message:
        hint = "write the whole IRI, or a name with its prefix"
        return at(found, f"{shown(found.text)} is not a whole IRI", hint)
    if "Invalid IRI code point" in message:
        char = message[-2]
        percent = "".join(f"%{byte:02X}" for byte in char.encode())
        reason = f"an IRI cannot contain {'a space' if char == ' ' else shown(char)}"
        return at(found, reason, f"write {percent} for it")
    if message.startswith("Invalid"):
        hint = "write %25 for %" if "percent" in message else ""
        return at(found, f"this is not an IRI: {message[0].lower()}{message[1:]}", hint)
    return None


def _lookalike(scene: Scene) -> Diagnosis | None:
    """Recognise Chinese punctuation, much of which is even allowed inside a name."""
    place, char = scene.found.start, scene.found.text[:1]
    if scene.last.kind == "name" and _ascii(scene.last.text[-1]):
        place, char = scene.last.end - 1, scene.last.text[-1]
    meant = _ascii(char)
    if not meant:
        return None
    reason = f"{char} is not punctuation of Turtle"
    return Diagnosis(place, place + 1, reason, f"write {meant} instead of {char}")


def _ascii(char: str) -> str:
    """Find the ASCII punctuation that a character looks like, "" if none."""
    meant = _LOOKALIKES.get(char) or unicodedata.normalize("NFKC", char)
    return meant if meant != char and meant in ".,;:'\"()[]<>@^" else ""


def _glued(scene: Scene) -> Diagnosis | None:
    """Recognise dates without quotes, numbers with units, names with slashes."""
    found, last = scene.found, scene.last
    ended = scene.expected in ("end", "item", "statement")
    if not (scene.glued and ended) or found.kind == "end":
        return None
    if last.kind == found.kind == "integer":
        match = _DATE.match(scene.text, last.start)
        date = match[0] if match else last.text
        kind = "dateTime" if "T" in date else _DATATYPES.get(date.count("-"), "date")
        reason = "a date stands in quotes and with its datatype"
        end = last.start + len(date)
        return Diagnosis(last.start, end, reason, f'write "{date}"^^xsd:{kind}')
    if last.kind in ("integer", "decimal", "double") and found.kind != "mark":
        reason = f"the number {last.text} ends before {shown(found.text)}"
        return at(found, reason, "put a value that is not a number in quotes")
    if last.kind == "name" and found.text[0] in "~!$&'()*+=/?#@%":
        reason = f"the name {shown(last.text)} ends before {shown(found.text[0])}"
        hint = rf"write \{found.text[0]} inside a name, or the whole IRI as <…>"
        return at_sign(found, reason, hint)
    return None


RECOGNISERS = (
    _merge_conflict,
    _escape,
    _never_closed,
    _after_string,
    _unknown_prefix,
    _iri,
    _lookalike,
    _glued,
)
