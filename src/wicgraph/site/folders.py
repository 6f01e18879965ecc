"""The folders of the site: a namespace each, with a page that lists what is in it."""

from __future__ import annotations

from wicgraph.language import Text
from wicgraph.site.address import Address
from wicgraph.site.page import Crumb

# In the order in which readers look for them.
FOLDERS = {
    "event": Text("Events", "活动"),
    "person": Text("People", "人物"),
    "organization": Text("Organizations", "机构"),
    "group": Text("Groups and unnamed people", "群体与未具名者"),
    "place": Text("Places", "地点"),
    "post": Text("Posts", "职务"),
    "topic": Text("Topics", "议题"),
    "work": Text("Reports", "报告"),
    "role": Text("Roles", "角色"),
    "figure": Text("Figures", "数字"),
    "claim": Text("Claims", "说法"),
    "name": Text("Printed names", "原文名称"),
    "source": Text("Sources", "来源"),
    "passage": Text("Passages", "原文片段"),
    "queries": Text("Questions", "问题"),
    "graph": Text("Graphs", "图"),
    "shape": Text("Shapes", "形状"),
}
HOME = Crumb(Text("Home", "首页"), Address("index"))
ONTOLOGY = Crumb(Text("Ontology", "本体"), Address("ontology"))


def title(folder: str) -> Text:
    """Name a folder; one that only another graph folder has keeps its own name."""
    return FOLDERS.get(folder, Text(folder, folder))


def trail(folder: str) -> tuple[Crumb, ...]:
    """Lead from the front page to a page in a folder; not all have a list."""
    if folder not in FOLDERS:
        return (HOME,)
    return (HOME, Crumb(title(folder), Address(f"{folder}/index")))
