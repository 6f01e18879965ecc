"""Faults between words: what is missing, left over, or in the wrong place.

Every recogniser looks at a scene and either names the fault or passes. The surest come
first; where none knows the fault, `not_ended` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.errors import did_you_mean
from wicgraph.reading.faults.diagnosis import Diagnosis, after, at, shown
from wicgraph.terms import similar

if TYPE_CHECKING:
    from wicgraph.reading.faults.scene import Scene

_CLOSING = {"[": "]", "(": ")"}
_CANNOT_BE_IN = {"[": (".", ")"), "(": (".", ";", "]")}
_NOUNS = {
    "property": "a property",
    "value": "a value",
    "datatype": "a datatype",
    "prefix": "a prefix",
    "namespace": "an IRI",
    "dot": 'a "."',
}


def _never_closed(scene: Scene) -> Diagnosis | None:
    if not scene.opened:
        return None
    opening, found = scene.opened[-1], scene.found
    wrong = found.text in _CANNOT_BE_IN[opening.text]
    if found.kind != "end" and not (wrong and scene.expected in ("end", "item")):
        return None
    reason = f'this "{opening.text}" is never closed'
    return at(opening, reason, f'close it with "{_CLOSING[opening.text]}"')


def _end_of_file(scene: Scene) -> Diagnosis | None:
    if scene.found.kind != "end":
        return None
    if scene.expected == "end":
        return after(scene, 'the last statement has no "."', 'add "."')
    last = scene.last
    if last.text in (";", ","):
        reason = f'the last statement ends in "{last.text}"'
        return at(last, reason, f'write "." instead of "{last.text}"')
    return after(scene, f"the file ends where {_NOUNS[scene.expected]} should stand")


def _directive(scene: Scene) -> Diagnosis | None:
    found, word = scene.found, shown(scene.found.text)
    match scene.expected:
        case "prefix":
            name = word.rstrip("\uff1a")  # the colon of a Chinese keyboard
            hint = f"write {name}:"
            return at(found, f'a prefix ends in ":", found {word}', hint)
        case "namespace":
            hint = f"write <{scene.address or '…'}>"
            return at(found, f"expected an IRI, found {word}", hint)
        case "dot":
            directive = scene.statement[0].text
            return after(scene, f'expected "." at the end of {directive}', 'add "."')
        case "statement" if found.kind == "at":
            hint = did_you_mean(similar(word, ("@prefix", "@base"), 1))
            return at(found, f"no directive is named {word}", hint)
    return None


def _stray(scene: Scene) -> Diagnosis | None:
    found, mark = scene.found, scene.found.text
    if mark in ("{", "}"):
        hint = "a file is one graph; leave the braces out"
        return at(found, "graphs in braces are TriG, not Turtle", hint)
    if mark in ("]", ")") and scene.expected in ("end", "statement", "property"):
        return at(found, f'this "{mark}" closes nothing', "remove it")
    if mark == "," and scene.expected == "item":
        return at(found, 'the items of a list stand without ","', "remove it")
    return None


def _nothing_before(scene: Scene) -> Diagnosis | None:
    """Recognise a sign that ends or carries on a statement where there is none."""
    mark = scene.found.text
    if scene.expected != "statement" or mark not in (".", ";", ","):
        return None
    reason = f'this "{mark}" has no statement before it'
    hint = "remove it"
    if mark != ".":
        hint += ', or the "." before it'
    elif scene.last.kind == "iri":
        hint += '; @prefix and @base end in ".", PREFIX and BASE do not'
    return at(scene.found, reason, hint)


def _ended_too_early(scene: Scene) -> Diagnosis | None:
    """Recognise a "." after which an indented line goes on about the same thing."""
    index = len(scene.before) - len(scene.statement) - 1
    words = (*scene.statement, scene.found)
    if index < 0 or len(words) > len(("property", "value", ".")):
        return None
    dot, first = scene.before[index], words[0]
    line, column = scene.lines.at(first.start)
    indented = column > 1 and line > scene.line_of(dot)
    if dot.text != "." or not indented or first.kind in ("mark", "other"):
        return None
    literal = first.kind in ("string", "integer", "decimal", "double")
    reason = (
        f"the statement ends here, but line {line} goes on with {shown(first.text)}"
    )
    return at(dot, reason, f'write "{"," if literal else ";"}" instead of "."')


def _ended_too_late(scene: Scene) -> Diagnosis | None:
    """Recognise a ";" or "," after which a line that is not indented starts anew."""
    for mark, first in zip(scene.statement[-3:], scene.statement[-2:], strict=False):
        line, column = scene.lines.at(first.start)
        fresh = column == 1 and line > scene.line_of(mark)
        if mark.text in (";", ",") and fresh and scene.expected in ("value", "end"):
            reason = f"the statement goes on here, but line {line} starts another"
            return at(mark, reason, f'write "." instead of "{mark.text}"')
    return None


def _missing(scene: Scene) -> Diagnosis | None:
    """Recognise a property or a value that was not written."""
    if scene.found.text not in (".", ";", ",", "]", ")"):
        return None
    last = shown(scene.last.text)
    if scene.expected == "property" and scene.found.text != ",":
        return after(scene, f"expected a property and a value after {last}")
    if scene.expected != "value":
        return None
    hint = 'remove the ","' if scene.last.text == "," else ""
    return after(scene, f"expected a value after {last}", hint)


def _bare_word(scene: Scene) -> Diagnosis | None:
    found, word = scene.found, shown(scene.found.text)
    if word[:1] in ("?", "$"):
        hint = "write a name, or a value in quotes"
        return at(found, "variables belong to queries", hint)
    if found.kind not in ("word", "other") or not found.text[:1].isalpha():
        return None
    if scene.text[found.end :].lstrip(" \t").startswith(":"):
        return at(found, f'no space stands between {word} and its ":"', "remove it")
    if scene.expected == "end" and scene.last.text.endswith(":"):
        reason = f"no space stands between {scene.last.text} and {word}"
        return at(found, reason, "remove it")
    if scene.expected in ("end", "datatype"):
        return None
    return at(found, f"{word} is neither a name nor a value", _meant_word(scene, word))


def _meant_word(scene: Scene, word: str) -> str:
    if word in scene.known.table:
        return f"{word} is a prefix; write {word}: and a name"
    words = ("a",) if scene.expected == "property" else ("true", "false")
    near = similar(word, words, 1) if scene.expected != "statement" else ()
    if near:
        return did_you_mean(near)
    if scene.expected in ("value", "item"):
        return f'write "{word}" if it is text, or its prefix before it'
    return "write its prefix before it"


def _wrong_kind(scene: Scene) -> Diagnosis | None:
    """Recognise a word that may stand somewhere, but not there."""
    found, word = scene.found, shown(scene.found.text)
    match scene.expected:
        case "statement":
            hint = "start it with the name of a thing"
            return at(found, f"a statement cannot start with {word}", hint)
        case "property":
            reason = f"expected a property after {shown(scene.last.text)}, found {word}"
            return at(found, reason, "a property is a name with a prefix, or an IRI")
        case "datatype":
            hint = "write one such as xsd:date"
            return at(found, f"expected a datatype after ^^, found {word}", hint)
        case "value" | "item":
            reason = f"expected a value after {shown(scene.last.text)}, found {word}"
            return at(found, reason)
    return None


def not_ended(scene: Scene) -> Diagnosis:
    """Explain what is left: something begins after a value without "." or ";"."""
    closing = _CLOSING[scene.opened[-1].text] if scene.opened else "."
    line, column = scene.lines.at(scene.found.start)
    if line == scene.lines.at(scene.last.end)[0]:
        hint = 'write ";" before another property, "," before another value'
    elif column == 1:
        hint = f'end the statement with "{closing}"'
    else:
        hint = f'write ";" to go on with {shown(scene.found.text)}'
    reason = f'expected "{closing}" or ";" after {shown(scene.value)}'
    return after(scene, reason, hint)


RECOGNISERS = (
    _never_closed,
    _end_of_file,
    _directive,
    _stray,
    _nothing_before,
    _ended_too_early,
    _ended_too_late,
    _missing,
    _bare_word,
    _wrong_kind,
)
