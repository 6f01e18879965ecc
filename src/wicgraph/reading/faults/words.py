"""Faults inside a word: strings, IRIs, prefixes, language tags, dates, look-alikes.

Every recogniser looks at a scene and either names the fault or passes. The surest come
first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from wicgraph.language import NOTHING, Text, did_you_mean, spaced
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
    reason = Text("a merge left both sides here", "合并在此留下了冲突的两方")
    hint = Text(
        "keep one of the two sides and remove the lines with the signs",
        "请保留其中一方，并删去带标记的各行",
    )
    return Diagnosis(start, start + 7, reason, hint)


def _escape(scene: Scene) -> Diagnosis | None:
    blamed, message = scene.blamed, scene.message
    if message.startswith("Unexpected escape character"):
        word = shown(blamed.text)
        return at(
            blamed,
            Text(f"{word} is not an escape", spaced(word, "不是转义序列")),
            Text(
                r"write \\ for a backslash, \n for a line end, \" for a quotation mark",
                r"反斜杠写作 \\，换行写作 \n，引号写作 \"",
            ),
        )
    short = _SHORT_ESCAPE.search(blamed.text)
    if short and message == "Unexpected end of file":
        blamed = Token("other", short[0], blamed.start + short.start())
    if blamed.text[:2] in (r"\u", r"\U"):
        word = shown(blamed.text)
        return at(
            blamed,
            Text(f"{word} stands for no character", spaced(word, "不代表任何字符")),
            Text(
                r"write \u and four hexadecimal digits, or \U and eight",
                r"请写 \u 加四位十六进制数字，或 \U 加八位",
            ),
        )
    if " in IRIs " in message:  # of a name; Oxigraph places it too far to the left
        sign, hint = "\\", Text("remove it", "请删去")
        if message.startswith("escapes"):
            sign, hint = "%", Text("write %25 for % itself", "% 本身写作 %25")
        start = max(scene.text.find(sign, blamed.start), blamed.start)
        reason = Text(
            f"{sign} cannot stand before this in a name",
            f"名称中不能这样使用 {sign}",
        )
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
        return at_sign(
            token,
            Text('this "<" is never closed', "此处的“<”没有闭合"),
            Text('close the IRI with ">"', "请用“>”结束 IRI"),
        )
    if scene.text.startswith(sign * 3, token.start):
        reason = Text("this string is never closed", "此处的字符串没有结束")
        hint = Text(f"close it with {sign * 3}", f"请用 {sign * 3} 结束")
        return Diagnosis(token.start, token.start + 3, reason, hint)
    return at_sign(
        token,
        Text("this string is not closed on its line", "字符串没有在本行结束"),
        Text(
            f"close it with {sign}; a text of several lines stands in {sign * 3}",
            f"请用 {sign} 结束；多行文本须放在 {sign * 3} 之间",
        ),
    )


def _after_string(scene: Scene) -> Diagnosis | None:
    """Recognise what a string cannot be followed by without a space."""
    found, last = scene.found, scene.last
    if "anguage" in scene.message or "subtag" in scene.message:
        return at(
            found,
            Text("this is not a language tag", "这不是语言标签"),
            Text("write one such as @zh-Hans", "请写 @zh-Hans 这样的标签"),
        )
    if not (scene.glued and scene.expected in ("end", "item")):
        return None
    if last.kind == "at":
        tag = _TAG.match(scene.text, last.start)
        meant = tag[0].replace("_", "-").rstrip("-") if tag else last.text
        reason = Text(
            "the parts of a language tag are joined by single hyphens",
            "语言标签的各部分以单个连字符相连",
        )
        return at(found, reason, Text(f"write {meant}", f"请写 {meant}"))
    if last.kind != "string":
        return None
    if found.text == "^" or found.kind in ("name", "iri"):
        return at(
            found,
            Text("a datatype stands after ^^", "数据类型应放在 ^^ 之后"),
            Text("write ^^ before it", "请在其前写 ^^"),
        )
    quote = last.text[0]
    line = scene.line_of(last)
    hint = Text(
        rf"write \{quote} for {quote} inside it", rf"其中的 {quote} 写作 \{quote}"
    )
    if line != scene.line_of(found):
        hint = Text(
            f"close it where it should end, with {quote * 3}",
            f"请在应结束之处用 {quote * 3} 结束",
        )
    word = shown(found.text)
    reason = Text(
        f"the string from line {line} ends before {word}",
        spaced(f"第 {line} 行开始的字符串在", word, "之前就结束了"),
    )
    return at(found, reason, hint)


def _unknown_prefix(scene: Scene) -> Diagnosis | None:
    if not scene.message.startswith("The prefix "):
        return None
    prefix = scene.found.text.partition(":")[0]
    start = scene.found.start
    reason = Text(f"the prefix {prefix}: is not declared", f"前缀 {prefix}: 未声明")
    hint = _meant_prefix(scene, prefix)
    return Diagnosis(start, start + len(prefix) + 1, reason, hint)


def _meant_prefix(scene: Scene, prefix: str) -> Text:
    declared = {match[1]: match.start(1) for match in _DECLARED.finditer(scene.text)}
    table = scene.known.table
    if prefix in declared:
        line, _ = scene.lines.at(declared[prefix])
        return Text(
            f"line {line} declares it, and has to stand before its first use",
            f"第 {line} 行声明了它，但声明须在首次使用之前",
        )
    if prefix in table:
        return _add(prefix, table[prefix])
    if scene.address:
        return Text(f"write <{scene.address}>", f"请写 <{scene.address}>")
    near = similar(prefix, {*table, *declared}, 1)
    if near:
        meant = did_you_mean((f"{near[0]}:",))
        added = Text(" ", "") + _add(near[0], table.get(near[0], ""))
        return meant if near[0] in declared else meant + added
    unnamed = Text('write one before ":"', "请在“:”之前写上前缀")
    return _add(prefix, "…") if prefix else unnamed


def _add(prefix: str, namespace: str) -> Text:
    line = declaration(prefix, namespace)
    return Text(f"add `{line}`", f"请加上 `{line}`")


def _iri(scene: Scene) -> Diagnosis | None:
    found, message = scene.blamed, scene.message
    if " builds IRI " in message:
        why = message.partition("invalid: ")[2]
        word, cause = shown(found.text), Text.english(why[:1].lower() + why[1:])
        return at(
            found,
            Text(
                f"{word} makes no IRI: {cause.en}",
                f"{spaced(word, '不构成 IRI')}：{cause.zh}",
            ),
            Text("write the whole IRI as <…>", "请将完整的 IRI 写作 <…>"),
        )
    if not found.text.startswith("<"):
        return None
    if "No scheme" in message:
        word = shown(found.text)
        return at(
            found,
            Text(f"{word} is not a whole IRI", spaced(word, "不是完整的 IRI")),
            Text(
                "write the whole IRI, or a name with its prefix",
                "请写完整的 IRI，或带前缀的名称",
            ),
        )
    if "Invalid IRI code point" in message:
        char = message[-2]
        percent = "".join(f"%{byte:02X}" for byte in char.encode())
        sign = Text(shown(char), shown(char))
        if char == " ":
            sign = Text("a space", "空格")
        return at(
            found,
            Text(f"an IRI cannot contain {sign.en}", spaced("IRI 中不能有", sign.zh)),
            Text(f"write {percent} for it", f"请写作 {percent}"),
        )
    if message.startswith("Invalid"):
        hint = Text("write %25 for %", "% 写作 %25")
        cause = Text.english(message[0].lower() + message[1:])
        reason = Text("this is not an IRI: ", "这不是 IRI：") + cause
        return at(found, reason, hint if "percent" in message else NOTHING)
    return None


def _lookalike(scene: Scene) -> Diagnosis | None:
    """Recognise Chinese punctuation, much of which is even allowed inside a name."""
    place, char = scene.found.start, scene.found.text[:1]
    if scene.last.kind == "name" and _ascii(scene.last.text[-1]):
        place, char = scene.last.end - 1, scene.last.text[-1]
    meant = _ascii(char)
    if not meant:
        return None
    reason = Text(
        f"{char} is not punctuation of Turtle", f"「{char}」不是 Turtle 的标点"
    )
    hint = Text(f"write {meant} instead of {char}", f"请将「{char}」改为「{meant}」")
    return Diagnosis(place, place + 1, reason, hint)


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
        reason = Text(
            "a date stands in quotes and with its datatype",
            "日期须放在引号中，并带数据类型",
        )
        end = last.start + len(date)
        typed = f'"{date}"^^xsd:{kind}'
        hint = Text(f"write {typed}", f"请写 {typed}")
        return Diagnosis(last.start, end, reason, hint)
    if last.kind in ("integer", "decimal", "double") and found.kind != "mark":
        word = shown(found.text)
        return at(
            found,
            Text(
                f"the number {last.text} ends before {word}",
                spaced(f"数字 {last.text} 在", word, "之前就结束了"),
            ),
            Text(
                "put a value that is not a number in quotes",
                "不是数字的值须放在引号中",
            ),
        )
    if last.kind == "name" and found.text[0] in "~!$&'()*+=/?#@%":
        name, sign = shown(last.text), shown(found.text[0])
        return at_sign(
            found,
            Text(
                f"the name {name} ends before {sign}",
                spaced("名称", name, "在", sign, "之前就结束了"),
            ),
            Text(
                rf"write \{found.text[0]} inside a name, or the whole IRI as <…>",
                rf"名称中写作 \{found.text[0]}，或将完整的 IRI 写作 <…>",
            ),
        )
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
