"""The help of the command line in Chinese; the English stands with the commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_CHINESE = {
    "Ask the graph of the World Internet Conference, and keep it true.": (
        "查询世界互联网大会图谱，并确保其内容真实。"
    ),
    "Answer a stored question, or list the questions.": (
        "回答存储的问题，或列出全部问题。"
    ),
    "Answer SPARQL; the usual prefixes need no declaration.": (
        "回答 SPARQL 查询；常用前缀无须声明。"
    ),
    "Show one thing: names, facts by source, inferred facts.": (
        "展示某一事物：名称、各来源所述、推理所得。"
    ),
    "Show how two things are connected: by roles, posts, events.": (
        "展示两者如何关联：经由角色、职务、活动。"
    ),
    "Explain why something holds, down to the quotes, or what is missing.": (
        "说明某一陈述为何成立，直至引文；或说明还缺什么。"
    ),
    "Search names in any language, misspellings included.": (
        "以任何语言检索名称，拼写有误亦可。"
    ),
    "Write the graph, always in one order, or other files from it.": (
        "导出图谱，次序始终一致；或导出由它生成的其他文件。"
    ),
    "With jsonld, trees: edition, organization, person.": (
        "与 jsonld 合用，按树形导出：edition、organization、person。"
    ),
    "Only what one source says.": "只导出某一来源所述。",
    "Only a thing and what is around it.": "只导出某事物及其相关内容。",
    "Write the graph as a web site, which needs no server.": (
        "将图谱写成网站，无须服务器即可浏览。"
    ),
    "Where it will be; adds rules for w3id.org.": (
        "网站将来所在网址；另写 w3id.org 的跳转规则。"
    ),
    "Where it is written, all or nothing.": "写入的文件夹：要么完整，要么不写。",
    "Cite the sources of a thing, or of a row of an answer.": (
        "引用某事物或某行结果的来源。"
    ),
    "Cite row N of: NAME PARAMETER=VALUE …": (
        "引用下列查询的第 N 行：NAME PARAMETER=VALUE …"
    ),
    "text, bibtex, csljson.": "text、bibtex、csljson。",
    "Compare two graphs: terms, facts and rows that changed.": (
        "比较两个图谱：术语、事实与查询结果有何变化。"
    ),
    "A graph folder or a git revision.": "图谱文件夹或 git 版本。",
    "Likewise. [default: the graph folder]": "同上。 [默认：当前图谱文件夹]",
    "text, json, md, rdfpatch.": "text、json、md、rdfpatch。",
    "Check the graph: what is wrong, where, what to do.": (
        "检查图谱：哪里有错、错在何处、如何改正。"
    ),
    "Write the offsets of quotes into a source file.": "将引文的偏移量写入来源文件。",
    "The graph folder; searched for upwards if not given.": (
        "图谱文件夹；不写则逐级向上查找。"
    ),
    "Language of labels: en or zh.": "所用语言：en 或 zh。",
    "Ask only what documents state.": "只查文献所述，不作推理。",
    "Who infers: rules, or the package owlrl, slowly.": (
        "推理器：rules，或软件包 owlrl（较慢）。"
    ),
    "Under each row its triples, with proofs and quotes;"
    " =short: a line for each. Formats: text, json, md.": (
        "在每行之下列出其三元组及证明、引文；=short 每条一行。格式：text、json、md。"
    ),
    "End a query that takes longer.": "查询超时即终止。",
    "Ask the graph as it stood on that day.": "按图谱在该日的状况查询。",
    "Ask the SPARQL store where it was pushed.": "改向已推送图谱的 SPARQL 服务查询。",
    "Load the graph into a SPARQL store, and verify it.": (
        "将图谱推送到 SPARQL 库，并加以核验。"
    ),
    "Where its Graph Store Protocol is.": "其图存储协议的地址。",
    "Remove graphs of earlier pushes that are gone.": (
        "删除以前推送、现已不存在的图。"
    ),
    "Show where in the program an error is.": "显示错误在程序中的位置。",
    "Show the version and exit.": "显示版本。",
    "Show this message and exit.": "显示本帮助。",
    "A stored question, or its number.": "存储的问题，或其编号。",
    "Such as edition=2018.": "例如 edition=2018。",
    "table, csv, tsv, json, xml, md; turtle … for graphs."
    " [default: table on a terminal, csv in a pipe]": (
        "table、csv、tsv、json、xml、md；图则用 turtle …。"
        " [默认：终端中为 table，管道中为 csv]"
    ),
    "table, csv, json, md. [default: table on a terminal, csv in a pipe]": (
        "table、csv、json、md。 [默认：终端中为 table，管道中为 csv]"
    ),
    "Write to a file, all or nothing; - is standard output.": (
        "写入文件：要么完整，要么不写；- 为标准输出。"
    ),
    "Show names of nodes, not labels.": "显示节点名，而非标签。",
    "Show its parameters and its text.": "显示其参数与全文。",
    "SPARQL, a file, or - for input.": "SPARQL、文件，或用 - 表示标准输入。",
    "text, json, md, turtle, svg.": "text、json、md、turtle、svg。",
    "Short for --format svg.": "即 --format svg。",
    "A person, a body …": "人物、机构等。",
    "Another one.": "另一个。",
    "Show every path.": "显示所有路径。",
    "Show at most N paths. [default: 3]": "最多显示 N 条路径。 [默认：3]",
    "Allow at most N steps. [default: 6]": "路径最多 N 步。 [默认：6]",
    "text, json, md, svg, mermaid.": "text、json、md、svg、mermaid。",
    "A thing.": "事物。",
    "Such as participatesIn.": "例如 participatesIn。",
    "A thing, a class or a value.": "事物、类或值。",
    "Show every proof.": "显示所有证明。",
    "Show at most N proofs.": "最多显示 N 个证明。",
    "text, json, md, mermaid, ttl.": "text、json、md、mermaid、ttl。",
    "turtle, ntriples, nquads, trig, jsonld, rdfxml; schemaorg, prov, sem,"
    " wikidata; csvw, parquet, sqlite, datasette; gexf, graphml; void, dcat,"
    " sd, rocrate, citation; context, openapi.": (
        "turtle、ntriples、nquads、trig、jsonld、rdfxml； schemaorg、prov、sem、"
        "wikidata； csvw、parquet、sqlite、datasette； gexf、graphml； "
        "void、dcat、sd、rocrate、citation； context、openapi。"
    ),
    "Report only on these files.": "只报告这些文件。",
    "text, json, sarif.": "text、json、sarif。",
    "auto, pyshacl, shifty.": "auto、pyshacl、shifty。",
    "Texts to hold the quotes against.": "用来核对引文的文本。",
    "A source file.": "来源文件。",
    "The text that it is about.": "其所据的文本。",
}
_HEADINGS = (
    (re.compile(r"^Usage: ", re.MULTILINE), "用法："),
    (re.compile(r"^Options:", re.MULTILINE), "选项："),
    (re.compile(r"^Arguments:", re.MULTILINE), "参数："),
    (re.compile(r"^Commands:", re.MULTILINE), "命令："),
    (re.compile(r"\[default: ?"), "[默认："),
    (re.compile(r"\[required\]"), "[必填]"),
)


def in_chinese(text: str) -> str:
    """Translate one help text; what has no translation is marked as English."""
    return _CHINESE.get(text, f"{text} [en]")


def helped(command: Any, context: Any, write: Callable[[Any], str]) -> str:  # noqa: ANN401  (typer hides click's types)
    """Let typer write the help of a command whose texts are put into Chinese."""
    below = getattr(command, "commands", {}).values()
    for part in (command, *command.get_params(context), *below):
        if part.help:
            part.help = in_chinese(part.help)
    text = write(context)
    for heading, chinese in _HEADINGS:
        text = heading.sub(chinese, text)
    return text
