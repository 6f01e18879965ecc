"""Reading a stored query, strictly: what is amiss is said with its place.

A parameter is a variable named as grlc names them: `?_edition_iri` is required and
has a default, `?__edition_iri` may stay free; the last part says what a value is
(`_iri`, `_integer`, a datatype as in `_xsd_date`, a language of two letters, or nothing
for a text). https://github.com/CLARIAH/grlc/wiki/Parameter-Mapping
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from wicgraph.errors import UnknownName
from wicgraph.language import Text, did_you_mean, listed, quoted, spaced
from wicgraph.queries.datatypes import FORMS
from wicgraph.queries.header import read_header
from wicgraph.queries.stored import Column, Parameter, StoredQuery
from wicgraph.sparql import Token
from wicgraph.terms import XSD, NamedNode, Prefixes, similar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.errors import QueryError
    from wicgraph.queries.header import Entry, Header, Written
    from wicgraph.sparql import QueryText

_VARIABLE = re.compile(
    r"(?P<mark>__?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?:_(?P<kind>[A-Za-z0-9]+))?(?:_(?P<datatype>[A-Za-z0-9]+))?"
)
_NUMBER = re.compile(r"[1-9][0-9]*")
_TEXT = ("", "literal")
_BY = ("GROUP", "ORDER")


def read_query(name: str, source: QueryText) -> StoredQuery:
    """Read one stored query; raises QueryError at the first thing that is amiss."""
    header = read_header(source)
    parameters = tuple(_parameters(source, header))
    faults = chain(
        _gaps(source, parameters),
        _strangers(source, header, parameters),
        _unordered(source),
    )
    fault = next(faults, None)
    if fault is not None:
        from wicgraph.queries.mistakes import mistake  # noqa: PLC0415  (only if needed)

        raise mistake(source) or fault  # what is no SPARQL has no columns
    return StoredQuery(
        name,
        source,
        header.summary,
        header.summary_zh,
        header.description,
        header.description_zh,
        header.tags,
        parameters,
        tuple(_columns(source, header, parameters)),
        header.cq.text if header.cq else "",
        header.since,
    )


def _parameters(source: QueryText, header: Header) -> Iterator[Parameter]:
    seen: dict[str, str] = {}
    for variable, token in source.variables().items():
        if not variable.startswith("_"):
            continue
        match = _VARIABLE.fullmatch(variable)
        if match is None:
            reason = Text(
                f"{token.text} names no parameter", f"{token.text} 不是参数的名称"
            )
            hint = Text(
                "parameters are named as in ?_edition_iri, ?__day_xsd_date or ?_text",
                "参数的命名形如 ?_edition_iri、?__day_xsd_date 或 ?_text",
            )
            raise source.error_at(token, reason, hint)
        name = match["name"]
        if seen.setdefault(name, variable) != variable:
            reason = Text(
                f"the parameter {name} is also the variable ?{seen[name]}",
                f"参数 {name} 同时也是变量 ?{seen[name]}",
            )
            raise source.error_at(token, reason)
        if name not in header.params:
            reason = Text(
                f'{token.text} has no entry "{name}" under params',
                f"params 下没有 {token.text} 的条目“{name}”",
            )
            raise source.error_at(token, reason)
        yield _parameter(source, header, token, match)
    for name, entry in header.params.items():
        if name not in seen:
            reason = Text(
                f"the query has no variable for {name}, such as ?_{name}_iri",
                f"查询中没有 {name} 的变量，例如 ?_{name}_iri",
            )
            raise source.error(entry.key.start, len(name), reason)


def _parameter(
    source: QueryText, header: Header, token: Token, match: re.Match[str]
) -> Parameter:
    name = match["name"]
    entry = header.params[name]
    datatype, language = _kind(source, token, match)
    of_class = None
    if written := entry.values.get("class"):
        if datatype is not None:
            reason = Text(
                f"{name} has a class, but {token.text} is no IRI",
                f"{name} 指定了类，但 {token.text} 不是 IRI",
            )
            raise source.error(written.start, len(written.text), reason)
        try:
            of_class = Prefixes(source.prefixes).expand(written.text)
        except UnknownName as error:
            length = len(written.text)
            raise source.error(written.start, length, error.text) from error
    _require_default(source, header, entry, required=match["mark"] == "_")
    default, choices = header.defaults.get(name), header.choices.get(name)
    return Parameter(
        name,
        token.text[1:],
        datatype,
        language,
        of_class,
        entry.text("label"),
        entry.text("label_zh"),
        entry.text("example"),
        default.values[0].text if default else "",
        tuple(choice.text for choice in choices.values) if choices else (),
    )


def _require_default(
    source: QueryText, header: Header, entry: Entry, *, required: bool
) -> None:
    """Make sure that a query runs without arguments, and has an example of each."""
    name = entry.key.text
    if required and name not in header.defaults:
        reason = Text(
            f"{name} is required and has no default; ?__{name} would be optional",
            f"{name} 是必填的，却没有默认值；写成 ?__{name} 则可不填",
        )
    elif not required and name in header.defaults:
        reason = Text(
            f"{name} is optional and has a default; ?_{name} would be required",
            f"{name} 可不填，却有默认值；写成 ?_{name} 则为必填",
        )
    elif "example" not in entry.values:
        reason = Text(f"{name} has no example", f"{name} 没有 example")
    else:
        return
    raise source.error(entry.key.start, len(name), reason)


def _kind(
    source: QueryText, token: Token, match: re.Match[str]
) -> tuple[NamedNode | None, str]:
    """Say what a value of a parameter is: a datatype, or a thing, or a language."""
    kind, local = match["kind"] or "", match["datatype"] or ""
    readable = {NamedNode(XSD + name) for name in FORMS}
    if local:
        try:
            datatype = Prefixes(source.prefixes).expand(f"{kind}:{local}")
        except UnknownName as error:
            raise source.error_at(token, error.text) from error
    elif kind == "iri":
        return None, ""
    elif len(kind) == 2:  # noqa: PLR2004  (a language, as grlc has it)
        return NamedNode(XSD + "string"), kind
    elif kind in FORMS and kind != "integer":
        wanted = f"?{match['mark']}{match['name']}_xsd_{kind}"
        hint = Text(
            f"write {wanted}; grlc would read a language",
            f"请写 {wanted}；否则 grlc 会把它当作语言",
        )
        raise source.error_at(token, _unreadable(kind), hint)
    else:
        datatype = NamedNode(XSD + ("string" if kind in _TEXT else kind))
    if datatype not in readable:
        hint = did_you_mean(similar(kind, ("iri", *FORMS)))
        hint = hint or (
            Text("values can be read as iri, ", "值可读作 iri、")
            + listed(tuple(f"xsd_{name}" for name in FORMS), "or")
        )
        raise source.error_at(token, _unreadable(local or kind), hint)
    return datatype, ""


def _unreadable(kind: str) -> Text:
    what = quoted(kind)
    return Text(f"no value can be read as {what.en}", f"值不能读作{what.zh}")


def _gaps(source: QueryText, parameters: tuple[Parameter, ...]) -> Iterator[QueryError]:
    for selection in source.selections:
        if selection.outermost and selection.everything:
            reason = Text(
                "a stored query names its columns; SELECT * has no order",
                "存储查询须写明各列；SELECT * 没有次序",
            )
            yield source.error_at(selection.keyword, reason)
        for token in selection.computed:
            if token.text[1:] in {parameter.variable for parameter in parameters}:
                reason = Text(
                    f"{token.text} is a parameter: it is given, not computed",
                    f"{token.text} 是参数：由用户给出，不由计算得出",
                )
                yield source.error_at(token, reason)
        used = {token.text[1:]: token for token in reversed(selection.used)}
        for parameter in parameters:
            variable = parameter.variable
            if selection.lets_out(variable):
                continue
            if selection.outermost or variable in used:
                which = Text("the sub-select", "子查询")
                if selection.outermost:
                    which = Text("the SELECT", " SELECT ")
                line, _ = source.place(selection.keyword.start)
                yield source.error_at(
                    used.get(variable, selection.keyword),
                    Text(
                        f"{which.en} of line {line} does not select ?{variable}, so"
                        f" the value of {parameter.name} would not show",
                        f"第 {line} 行的{which.zh}没有选取 ?{variable}，"
                        f"{parameter.name} 的值不会显示",
                    ),
                    Text(
                        f"write SELECT {_copied(parameter)} … there,"
                        " and GROUP BY it if it groups",
                        f"请在那里写 SELECT {_copied(parameter)} …，"
                        "如有分组还须 GROUP BY 它",
                    ),
                )
    yield from _bare(source, parameters)


def _bare(source: QueryText, parameters: tuple[Parameter, ...]) -> Iterator[QueryError]:
    """Find parameters where SPARQL has no place for a value: grlc puts one there."""
    named = {f"?{parameter.variable}": parameter for parameter in parameters}
    clause, depth = "", 0
    for token, after in pairwise((*source.tokens, Token("", "", 0))):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.is_word("SELECT") or (token.is_word(*_BY) and after.is_word("BY")):
            clause, depth = token.text.upper(), 0
        elif token.text in {"{", "}"} or token.is_word("WHERE", "HAVING", "LIMIT"):
            clause = ""
        elif clause and not depth and token.text in named:
            parameter = named[token.text]
            copied = _copied(parameter)
            hint = Text(f"write {copied}", f"请写 {copied}")
            if clause == "ORDER":
                hint = Text(
                    f"write SELECT {copied} and order by that",
                    f"请写 SELECT {copied}，再按它排序",
                )
            reason = Text(
                f"no value can stand for {token.text} here",
                f"此处的 {token.text} 不能代入值",
            )
            yield source.error_at(token, reason, hint)


def _copied(parameter: Parameter) -> str:
    return f"(?{parameter.variable} AS ?{parameter.name})"


def _unordered(source: QueryText) -> Iterator[QueryError]:
    """Find columns that ORDER BY leaves out: rows would come in any order."""
    order = source.order()
    missing = [name for name in source.columns() if f"?{name}" not in order]
    for selection in source.selections:
        if selection.outermost and missing:
            names = tuple(f"?{name}" for name in missing)
            reason = Text(
                f"ORDER BY does not name {listed(names, 'and').en},"
                " so the order of rows is left to chance",
                spaced(
                    "ORDER BY 没有写明", listed(names, "and").zh, "，行的次序不确定"
                ),
            )
            every = " ".join(f"?{name}" for name in source.columns())
            hint = Text(f"write ORDER BY {every}", f"请写 ORDER BY {every}")
            yield source.error_at(order.get("ORDER", selection.keyword), reason, hint)


def _strangers(
    source: QueryText, header: Header, parameters: tuple[Parameter, ...]
) -> Iterator[QueryError]:
    """Find what the header says of parameters and columns that are not there."""
    names = tuple(parameter.name for parameter in parameters)
    for part in (header.defaults, header.choices):
        for name, listed_ in part.items():
            if name not in names:
                reason = Text(
                    f"{name} is no parameter of the query", f"{name} 不是该查询的参数"
                )
                yield _stranger(source, listed_.key, names, reason)
    columns = source.columns()
    for name, entry in header.columns.items():
        if name not in columns:
            reason = Text(f"the query has no column {name}", f"查询没有 {name} 列")
            yield _stranger(source, entry.key, columns, reason)
    if header.cq and not _NUMBER.fullmatch(header.cq.text):
        reason = Text(
            "cq is the number of the question, such as 7", "cq 是问题的编号，例如 7"
        )
        yield source.error(header.cq.start, len(header.cq.text), reason)


def _stranger(
    source: QueryText, written: Written, names: tuple[str, ...], reason: Text
) -> QueryError:
    hint = did_you_mean(similar(written.text, names))
    return source.error(written.start, len(written.text), reason, hint)


def _columns(
    source: QueryText, header: Header, parameters: tuple[Parameter, ...]
) -> Iterator[Column]:
    given = {parameter.name: parameter for parameter in parameters}
    for variable in source.columns():
        if entry := header.columns.get(variable):
            label, label_zh = entry.text("label"), entry.text("label_zh")
            yield Column(variable, label, label_zh)
        elif parameter := given.get(variable):
            yield Column(variable, parameter.label, parameter.label_zh)
        else:
            yield Column(variable, variable, variable)
