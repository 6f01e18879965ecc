"""The grammar of SPARQL 1.1: the tree of a text, or the first token that fits nowhere.

https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.language import NOTHING, Text, did_you_mean, listed, quoted, spaced
from wicgraph.sparql import Token
from wicgraph.terms import similar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wicgraph.errors import QueryError
    from wicgraph.sparql import QueryText

# CAPITALS and quoted marks stand for themselves, <kind> for any token of a kind. The
# productions are those of the specification; the long chain of operators is one rule,
# because priority does not matter for what fits where.
GRAMMAR = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values
Prologue = ( BASE <iri> | PREFIX <name> <iri> )*
Select = SelectClause Dataset* Where Modifiers
SubSelect = SelectClause Where Modifiers Values
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | Column+ )
Column = <variable> | '(' Expression AS <variable> ')'
Construct = CONSTRUCT ( Template Dataset* Where | Dataset* WHERE Template ) Modifiers
Template = '{' ( Triples ( '.' Triples? )* )? '}'
Describe = DESCRIBE ( '*' | VarOrIri+ ) Dataset* Where? Modifiers
Ask = ASK Dataset* Where Modifiers
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifiers = GroupBy? Having? OrderBy? Limits
GroupBy = GROUP BY GroupCondition+
GroupCondition = <variable> | Call | FunctionCall | '(' Expression ( AS <variable> )? ')'
Having = HAVING Constraint+
OrderBy = ORDER BY OrderCondition+
OrderCondition = ( ASC | DESC ) Bracketed | Constraint | <variable>
Limits = ( LIMIT <number> ( OFFSET <number> )? | OFFSET <number> ( LIMIT <number> )? )?
Values = ( VALUES DataBlock )?
DataBlock = <variable> '{' DataValue* '}' | '(' <variable>* ')' '{' DataRow* '}'
DataRow = '(' DataValue* ')'
DataValue = Iri | Literal | UNDEF
Group = '{' ( SubSelect | GroupBody ) '}'
GroupBody = TriplesBlock? ( NotTriples '.'? TriplesBlock? )*
TriplesBlock = Triples ( '.' Triples )* '.'?
NotTriples = Union | Optional | Minus | Graph | Service | Filter | Bind | InlineData
Union = Group ( UNION Group )*
Optional = OPTIONAL Group
Minus = MINUS Group
Graph = GRAPH VarOrIri Group
Service = SERVICE SILENT? VarOrIri Group
Filter = FILTER Constraint
Bind = BIND '(' Expression AS <variable> ')'
InlineData = VALUES DataBlock
Constraint = Bracketed | Call | FunctionCall
FunctionCall = Iri Arguments
Arguments = '(' ( DISTINCT? Expression ( ',' Expression )* )? ')'
Triples = Node Properties | ( Collection | BlankNode ) Properties?
Properties = Verb Objects ( ';' ( Verb Objects )? )*
Verb = <variable> | Path
Objects = Object ( ',' Object )*
Object = Node | Collection | BlankNode
Collection = '(' Object+ ')'
BlankNode = '[' Properties ']'
Node = <variable> | Iri | Literal | <blank> | '(' ')' | '[' ']'
VarOrIri = <variable> | Iri
Path = Step ( ( '/' | '|' ) Step )*
Step = '^'? PathPrimary ( '?' | '*' | '+' )?
PathPrimary = Iri | A | '!' NegatedSet | '(' Path ')'
NegatedSet = NegatedStep | '(' ( NegatedStep ( '|' NegatedStep )* )? ')'
NegatedStep = '^'? ( Iri | A )
Expression = Unary ( Operator Unary | NOT? IN Arguments )*
Operator = '||' | '&&' | '=' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/'
Unary = ( '!' | '+' | '-' )? Primary
Primary = Bracketed | Call | Iri Arguments? | Literal | <variable>
Bracketed = '(' Expression ')'
Call = NOT? EXISTS Group | Aggregate | Function Arguments | BOUND '(' <variable> ')'
Aggregate = AggregateName '(' DISTINCT? ( '*' | Expression ) Separator? ')'
AggregateName = COUNT | SUM | MIN | MAX | AVG | SAMPLE | GROUP_CONCAT
Separator = ';' SEPARATOR '=' <string>
Function = Textual | Numeric | Temporal | Testing | Making
Textual = STR | LANG | LANGMATCHES | STRLEN | SUBSTR | UCASE | LCASE | CONCAT | CONTAINS | MoreTextual
MoreTextual = STRSTARTS | STRENDS | STRBEFORE | STRAFTER | REPLACE | REGEX | ENCODE_FOR_URI
Numeric = ABS | CEIL | FLOOR | ROUND | RAND
Temporal = NOW | YEAR | MONTH | DAY | HOURS | MINUTES | SECONDS | TIMEZONE | TZ
Testing = SAMETERM | ISIRI | ISURI | ISBLANK | ISLITERAL | ISNUMERIC | DATATYPE
Making = IRI | URI | BNODE | UUID | STRUUID | STRLANG | STRDT | COALESCE | IF | Hashing
Hashing = MD5 | SHA1 | SHA256 | SHA384 | SHA512
Iri = <iri> | <name>
Literal = <string> ( <tag> | '^^' Iri )? | ( '+' | '-' )? <number> | TRUE | FALSE
"""  # noqa: E501  (a production stays on one line)

_FEW = 5  # more things that would fit than this are no help
_KINDS = {
    "<iri>": Text("an IRI", "IRI"),
    "<name>": Text("a name such as wic:hosts", "wic:hosts 这样的名称"),
    "<variable>": Text("a variable", "变量"),
    "<string>": Text("a text in quotes", "引号中的文本"),
    "<number>": Text("a number", "数字"),
    "<tag>": Text("a language tag", "语言标签"),
    "<blank>": Text("a blank node", "空白节点"),
}

# A rule is a tree: a string is a terminal or a rule's name, a tuple has its operator
# first ("then", "either", "?", "*", "+").
Rule: TypeAlias = "str | tuple[str | Rule, ...]"


@dataclass(frozen=True, slots=True)
class Branch:
    """What a production of the grammar reads: other branches, and tokens."""

    name: str
    parts: tuple[Branch | Token, ...]

    def all(self, *names: str) -> tuple[Branch, ...]:
        """Find the branches of some names right below this one."""
        return tuple(
            part
            for part in self.parts
            if isinstance(part, Branch) and part.name in names
        )

    def find(self, name: str) -> Branch | None:
        """Find the first branch of a name right below this one."""
        return next(iter(self.all(name)), None)

    def has(self, word: str) -> bool:
        """Tell whether a keyword or a mark stands right below this one."""
        return any(
            isinstance(part, Token) and (part.text == word or part.is_word(word))
            for part in self.parts
        )

    def tokens(self) -> Iterator[Token]:
        """Go through the tokens in the order of the text."""
        for part in self.parts:
            if isinstance(part, Token):
                yield part
            else:
                yield from part.tokens()


def tree(query: QueryText) -> Branch | None:
    """Read a text by the grammar; None if it does not fit, or is nested too deeply."""
    found: list[Branch | Token] = []
    try:
        end = _Reading(query.tokens, _rules()).read("Query", 0, found)
    except RecursionError:
        return None
    whole = found[0] if end == len(query.tokens) else None
    return whole if isinstance(whole, Branch) else None


def misfit(query: QueryText) -> QueryError | None:
    """Find the first token that fits nowhere; None if the text is by the grammar."""
    tokens = query.tokens
    reading = _Reading(tokens, _rules())
    try:
        end = reading.read("Query", 0, [])
    except RecursionError:  # brackets deeper than people write them
        return None
    if end == len(tokens):
        return None
    expected = tuple(sorted(reading.expected))
    fits = _expected(expected) if len(expected) <= _FEW else NOTHING
    if reading.furthest == len(tokens):
        reason = Text("the query is empty", "查询是空的")
        if tokens:
            reason = Text("the query ends too early", "查询结束得过早") + fits
        return query.error(len(query.text.rstrip()), 1, reason)
    found = tokens[reading.furthest]
    misplaced = quoted(found.text) + Text(" does not fit here", "不能放在此处")
    return query.error_at(found, misplaced + fits, _hint(found, expected))


def _expected(terminals: tuple[str, ...]) -> Text:
    shown = [
        _KINDS.get(name) or (quoted(name[1:-1]) if "'" in name else Text(name, name))
        for name in terminals
    ]
    english = listed(tuple(text.en for text in shown), "or").en
    chinese = listed(tuple(text.zh for text in shown), "or").zh
    return Text(f"; expected {english}", spaced("；此处应为", chinese))


def _hint(found: Token, expected: tuple[str, ...]) -> Text:
    if found.text == "=":
        return Text("two things are equal with one =", "相等用一个 = 表示")
    if found.text == "<" and "<iri>" in expected:
        return Text(
            'an IRI has no spaces and ends with ">"', "IRI 中没有空格，以“>”结尾"
        )
    if found.kind != "word":
        return NOTHING
    words = (name for name in expected if name.isupper())
    if meant := similar(found.text.upper(), words):
        return did_you_mean(meant)
    if "<variable>" in expected:
        return Text(
            f"a variable starts with a question mark: ?{found.text}",
            f"变量以问号开头：?{found.text}",
        )
    return NOTHING


@dataclass(slots=True)
class _Reading:
    """One attempt to read tokens by rules; remembers the furthest failure."""

    tokens: tuple[Token, ...]
    rules: Mapping[str, Rule]
    furthest: int = 0
    expected: set[str] = field(default_factory=set)

    def read(self, rule: Rule, at: int, into: list[Branch | Token]) -> int | None:
        """Return where the rule ends if it fits at a token, else None.

        What was read is put into a list, to which a rule that fails adds nothing.
        """
        if isinstance(rule, str):
            if rule not in self.rules:
                return self._one(rule, at, into)
            parts: list[Branch | Token] = []
            end = self.read(self.rules[rule], at, parts)
            if end is not None:
                into.append(Branch(rule, tuple(parts)))
            return end
        operator, *choices = rule
        if operator == "either":
            ends = (self.read(choice, at, into) for choice in choices)
            return next((end for end in ends if end is not None), None)
        if operator == "then":
            return self._all(choices, at, into)
        end = self.read(choices[0], at, into)
        if operator == "?" or end is None:
            return (None if operator == "+" else at) if end is None else end
        while (more := self.read(choices[0], end, into)) is not None and more > end:
            end = more
        return end

    def _all(
        self, rules: list[Rule], at: int, into: list[Branch | Token]
    ) -> int | None:
        before = len(into)
        here: int | None = at
        for rule in rules:
            here = self.read(rule, here, into) if here is not None else None
        if here is None:
            del into[before:]
        return here

    def _one(self, terminal: str, at: int, into: list[Branch | Token]) -> int | None:
        if at < len(self.tokens) and _matches(self.tokens[at], terminal):
            into.append(self.tokens[at])
            return at + 1
        if at > self.furthest:
            self.furthest = at
            self.expected.clear()
        if at == self.furthest:
            self.expected.add(terminal)
        return None


def _matches(token: Token, terminal: str) -> bool:
    if terminal[0] == "<":
        return token.kind == terminal[1:-1]
    if terminal[0] == "'":
        return token.kind == "mark" and token.text == terminal[1:-1]
    return token.is_word(terminal)


@cache
def _rules() -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    for line in GRAMMAR.strip().splitlines():
        name, _, body = line.partition(" = ")
        parts = re.findall(r"'[^']+'|<\w+>|\w+|[()|]|(?<=[\w)>'])[?*+]", body)
        rules[name] = _either(parts)
    return rules


def _either(parts: list[str]) -> Rule:
    """Read alternatives up to a closing bracket; what is read leaves the list."""
    choices = [_sequence(parts)]
    while parts and parts[0] == "|":
        parts.pop(0)
        choices.append(_sequence(parts))
    return choices[0] if len(choices) == 1 else ("either", *choices)


def _sequence(parts: list[str]) -> Rule:
    items: list[Rule] = []
    while parts and parts[0] not in {"|", ")"}:
        item: Rule = parts.pop(0)
        if item == "(":
            item = _either(parts)
            parts.pop(0)
        if parts and parts[0] in {"?", "*", "+"}:
            item = (parts.pop(0), item)
        items.append(item)
    return ("then", *items)
