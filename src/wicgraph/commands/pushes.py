"""Commands that fill stores elsewhere: push."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from wicgraph.console import Desk, write
from wicgraph.errors import UsageError
from wicgraph.language import Text

if TYPE_CHECKING:
    from wicgraph.remote.pushing import Pushed

_OUTCOMES = {  # in the order of the summary
    "written": Text("written", "已写入"),
    "equal": Text("there already", "原已存在"),
    "altered": Text("altered by the store", "被远程库改动"),
    "removed": Text("removed", "已删除"),
    "stale": Text("of earlier pushes", "为以前所推送"),
}


def push(
    context: typer.Context,
    address: Annotated[
        str,
        typer.Argument(metavar="URL", help="Where its Graph Store Protocol is."),
    ],
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove graphs of earlier pushes that are gone."),
    ] = False,
) -> None:
    """Load the graph into a SPARQL store, and verify it."""
    from wicgraph.remote.client import GRAPH_STORE, Client
    from wicgraph.remote.pushing import Push

    desk: Desk = context.obj
    if desk.as_of is not None:
        raise UsageError(
            Text(
                "push takes the graph as its files are; leave --as-of away",
                "push 推送的是文件现状；请去掉 --as-of",
            )
        )
    store = Client.of(address, GRAPH_STORE)  # before anything is built
    work = Push(desk.snapshot, store, desk.inference)
    with desk.progress(Text("pushing", "正在推送"), address) as bar:
        done = tuple(bar.through(work.run(prune=prune), len(work.graphs)))
    counts = Counter(each.outcome.value for each in done)
    for each in done:
        if each.lost or each.gained:
            desk.say(_difference(each))
    if counts["stale"]:
        remedy = Text(
            "--prune removes graphs of earlier pushes",
            "--prune 可删除以前推送的图",
        )
        desk.say(remedy)
    told = [
        Text(f"{counts[name]} {said.en}", f"{counts[name]} 个{said.zh}")
        for name, said in _OUTCOMES.items()
        if counts[name]
    ]
    graphs = Text(
        f"{len(done)} graphs: {', '.join(each.en for each in told)}",
        f"{len(done)} 个图：{'，'.join(each.zh for each in told)}",
    )
    write([graphs.spoken(desk.language), "\n"], None)
    raise typer.Exit(1 if counts["altered"] else 0)


def _difference(told: "Pushed") -> Text:
    """Say how a graph came out other than it was written, with the first triple."""
    lost, gained = ((*lines, "")[0].strip() for lines in (told.lost, told.gained))
    name, count = told.graph.value, max(len(told.lost), len(told.gained))
    said = Text(
        f"{name}: {count} triples are stored otherwise",
        f"{name}：有 {count} 条三元组存储后不同",
    )
    if lost:
        said += Text(f"; lost: {lost}", f"；缺少：{lost}")
    if gained:
        said += Text(f"; instead: {gained}", f"；实为：{gained}")
    return said
