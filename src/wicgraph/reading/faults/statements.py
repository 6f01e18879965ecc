"""Faults between words: what is missing, left over, or in the wrong place.

Every recogniser looks at a scene and either names the fault or passes. The surest come
first; where none knows the fault, `not_ended` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wicgraph.language import NOTHING, Text, did_you_mean, spaced
from wicgraph.reading.faults.diagnosis import Diagnosis, after, at, shown
from wicgraph.terms import similar

if TYPE_CHECKING:
    from wicgraph.reading.faults.scene import Scene

_CLOSING = {"[": "]", "(": ")"}
_CANNOT_BE_IN = {"[": (".", ")"), "(": (".", ";", "]")}
_NOUNS = {
    "property": Text("a property", "属性"),
    "value": Text("a value", "值"),
    "datatype": Text("a datatype", "数据类型"),
    "prefix": Text("a prefix", "前缀"),
    "namespace": Text("an IRI", "IRI"),
    "dot": Text('a "."', "“.”"),
}
_REMOVE = Text("remove it", "请删去")


def _never_closed(scene: Scene) -> Diagnosis | None:
    if not scene.opened:
        return None
    opening, found = scene.opened[-1], scene.found
    wrong = found.text in _CANNOT_BE_IN[opening.text]
    if found.kind != "end" and not (wrong and scene.expected in ("end", "item")):
        return None
    closing = _CLOSING[opening.text]
    return at(
        opening,
        Text(
            f'this "{opening.text}" is never closed', f"此处的“{opening.text}”没有闭合"
        ),
        Text(f'close it with "{closing}"', f"请用“{closing}”闭合"),
    )


def _end_of_file(scene: Scene) -> Diagnosis | None:
    if scene.found.kind != "end":
        return None
    if scene.expected == "end":
        return after(
            scene,
            Text('the last statement has no "."', "最后一条陈述没有“.”"),
            Text('add "."', "请加上“.”"),
        )
    last = scene.last
    if last.text in (";", ","):
        reason = Text(
            f'the last statement ends in "{last.text}"',
            f"最后一条陈述以“{last.text}”结尾",
        )
        return at(last, reason, _instead(".", last.text))
    noun = _NOUNS[scene.expected]
    reason = Text(
        f"the file ends where {noun.en} should stand",
        spaced("文件到此结束，而此处应有", noun.zh),
    )
    return after(scene, reason)


def _directive(scene: Scene) -> Diagnosis | None:
    found, word = scene.found, shown(scene.found.text)
    match scene.expected:
        case "prefix":
            name = word.rstrip("\uff1a")  # the colon of a Chinese keyboard
            reason = Text(
                f'a prefix ends in ":", found {word}',
                spaced("前缀应以“:”结尾，这里却是", word),
            )
            return at(found, reason, Text(f"write {name}:", f"请写 {name}:"))
        case "namespace":
            iri = f"<{scene.address or '…'}>"
            reason = Text(
                f"expected an IRI, found {word}", spaced("此处应为 IRI，却是", word)
            )
            return at(found, reason, Text(f"write {iri}", f"请写 {iri}"))
        case "dot":
            directive = scene.statement[0].text
            reason = Text(
                f'expected "." at the end of {directive}', f"{directive} 末尾应有“.”"
            )
            return after(scene, reason, Text('add "."', "请加上“.”"))
        case "statement" if found.kind == "at":
            hint = did_you_mean(similar(word, ("@prefix", "@base"), 1))
            reason = Text(
                f"no directive is named {word}", spaced("没有名为", word, "的指令")
            )
            return at(found, reason, hint)
    return None


def _stray(scene: Scene) -> Diagnosis | None:
    found, mark = scene.found, scene.found.text
    if mark in ("{", "}"):
        return at(
            found,
            Text(
                "graphs in braces are TriG, not Turtle",
                "花括号中的图是 TriG，不是 Turtle",
            ),
            Text(
                "a file is one graph; leave the braces out",
                "一个文件就是一个图；请去掉花括号",
            ),
        )
    if mark in ("]", ")") and scene.expected in ("end", "statement", "property"):
        reason = Text(
            f'this "{mark}" closes nothing', f"此处的“{mark}”没有对应的左括号"
        )
        return at(found, reason, _REMOVE)
    if mark == "," and scene.expected == "item":
        reason = Text(
            'the items of a list stand without ","', "列表各项之间不用“,”分隔"
        )
        return at(found, reason, _REMOVE)
    return None


def _nothing_before(scene: Scene) -> Diagnosis | None:
    """Recognise a sign that ends or carries on a statement where there is none."""
    mark = scene.found.text
    if scene.expected != "statement" or mark not in (".", ";", ","):
        return None
    reason = Text(
        f'this "{mark}" has no statement before it', f"此处的“{mark}”之前没有陈述"
    )
    hint = _REMOVE
    if mark != ".":
        hint += Text(', or the "." before it', "，或删去其前的“.”")
    elif scene.last.kind == "iri":
        hint += Text(
            '; @prefix and @base end in ".", PREFIX and BASE do not',
            "；@prefix 和 @base 以“.”结尾，PREFIX 和 BASE 则不用",
        )
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
    word = shown(first.text)
    reason = Text(
        f"the statement ends here, but line {line} goes on with {word}",
        spaced(f"陈述在此结束，第 {line} 行却以", word, "继续"),
    )
    return at(dot, reason, _instead("," if literal else ";", "."))


def _ended_too_late(scene: Scene) -> Diagnosis | None:
    """Recognise a ";" or "," after which a line that is not indented starts anew."""
    for mark, first in zip(scene.statement[-3:], scene.statement[-2:], strict=False):
        line, column = scene.lines.at(first.start)
        fresh = column == 1 and line > scene.line_of(mark)
        if mark.text in (";", ",") and fresh and scene.expected in ("value", "end"):
            reason = Text(
                f"the statement goes on here, but line {line} starts another",
                f"陈述在此尚未结束，第 {line} 行却另起一条",
            )
            return at(mark, reason, _instead(".", mark.text))
    return None


def _missing(scene: Scene) -> Diagnosis | None:
    """Recognise a property or a value that was not written."""
    if scene.found.text not in (".", ";", ",", "]", ")"):
        return None
    last = shown(scene.last.text)
    if scene.expected == "property" and scene.found.text != ",":
        return after(
            scene,
            Text(
                f"expected a property and a value after {last}",
                spaced(last, "之后应有属性和值"),
            ),
        )
    if scene.expected != "value":
        return None
    comma = Text('remove the ","', "请删去“,”")
    hint = comma if scene.last.text == "," else NOTHING
    reason = Text(f"expected a value after {last}", spaced(last, "之后应有值"))
    return after(scene, reason, hint)


def _bare_word(scene: Scene) -> Diagnosis | None:
    found, word = scene.found, shown(scene.found.text)
    if word[:1] in ("?", "$"):
        return at(
            found,
            Text("variables belong to queries", "变量只用于查询"),
            Text("write a name, or a value in quotes", "请写名称，或引号中的值"),
        )
    if found.kind not in ("word", "other") or not found.text[:1].isalpha():
        return None
    if scene.text[found.end :].lstrip(" \t").startswith(":"):
        reason = Text(
            f'no space stands between {word} and its ":"',
            spaced(word, "与其后的“:”之间不能有空格"),
        )
        return at(found, reason, _REMOVE)
    if scene.expected == "end" and scene.last.text.endswith(":"):
        reason = Text(
            f"no space stands between {scene.last.text} and {word}",
            spaced(scene.last.text, "与", word, "之间不能有空格"),
        )
        return at(found, reason, _REMOVE)
    if scene.expected in ("end", "datatype"):
        return None
    reason = Text(
        f"{word} is neither a name nor a value", f"“{word}”既不是名称，也不是值"
    )
    return at(found, reason, _meant_word(scene, word))


def _meant_word(scene: Scene, word: str) -> Text:
    if word in scene.known.table:
        return Text(
            f"{word} is a prefix; write {word}: and a name",
            f"{word} 是前缀；请写 {word}: 再接名称",
        )
    words = ("a",) if scene.expected == "property" else ("true", "false")
    near = similar(word, words, 1) if scene.expected != "statement" else ()
    if near:
        return did_you_mean(near)
    if scene.expected in ("value", "item"):
        return Text(
            f'write "{word}" if it is text, or its prefix before it',
            f'如果是文本，请写 "{word}"；否则请在前面写上前缀',
        )
    return Text("write its prefix before it", "请在前面写上前缀")


def _wrong_kind(scene: Scene) -> Diagnosis | None:
    """Recognise a word that may stand somewhere, but not there."""
    found, word = scene.found, shown(scene.found.text)
    match scene.expected:
        case "statement":
            return at(
                found,
                Text(
                    f"a statement cannot start with {word}",
                    spaced("陈述不能以", word, "开头"),
                ),
                Text("start it with the name of a thing", "请以事物的名称开头"),
            )
        case "property":
            last = shown(scene.last.text)
            return at(
                found,
                Text(
                    f"expected a property after {last}, found {word}",
                    spaced(last, "之后应为属性，却是", word),
                ),
                Text(
                    "a property is a name with a prefix, or an IRI",
                    "属性是带前缀的名称，或者 IRI",
                ),
            )
        case "datatype":
            return at(
                found,
                Text(
                    f"expected a datatype after ^^, found {word}",
                    spaced("^^ 之后应为数据类型，却是", word),
                ),
                Text("write one such as xsd:date", "请写 xsd:date 这样的数据类型"),
            )
        case "value" | "item":
            last = shown(scene.last.text)
            reason = Text(
                f"expected a value after {last}, found {word}",
                spaced(last, "之后应为值，却是", word),
            )
            return at(found, reason)
    return None


def not_ended(scene: Scene) -> Diagnosis:
    """Explain what is left: something begins after a value without "." or ";"."""
    closing = _CLOSING[scene.opened[-1].text] if scene.opened else "."
    line, column = scene.lines.at(scene.found.start)
    if line == scene.lines.at(scene.last.end)[0]:
        hint = Text(
            'write ";" before another property, "," before another value',
            "另一属性之前写“;”，另一值之前写“,”",
        )
    elif column == 1:
        hint = Text(
            f'end the statement with "{closing}"', f"请用“{closing}”结束这条陈述"
        )
    else:
        word = shown(scene.found.text)
        hint = Text(f'write ";" to go on with {word}', spaced("写“;”后再接", word))
    value = shown(scene.value)
    reason = Text(
        f'expected "{closing}" or ";" after {value}',
        spaced(value, f"之后应为“{closing}”或“;”"),
    )
    return after(scene, reason, hint)


def _instead(right: str, wrong: str) -> Text:
    return Text(f'write "{right}" instead of "{wrong}"', f"请将“{wrong}”改为“{right}”")


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
