"""Exports that are tables, or are made of them."""

from pathlib import Path

from wicgraph.console import Desk, write
from wicgraph.errors import UsageError
from wicgraph.language import Text

_DATABASE = "wicgraph"  # what Datasette calls the file wicgraph.db


def write_tables(desk: Desk, form: str, output: str | None) -> None:
    """Write the graph in one of TABLE_FORMATS; raises UsageError and OutputError."""
    from wicgraph.publishing.files import write_file, write_folder
    from wicgraph.publishing.relational.csvw import csvw
    from wicgraph.publishing.relational.design import TABLES
    from wicgraph.publishing.relational.facts import Facts
    from wicgraph.publishing.relational.sqlite import datasette, sqlite
    from wicgraph.publishing.relational.table import filled

    if form == "datasette":
        write([datasette(TABLES, _DATABASE, desk.language)], output)
        return
    if output is None:
        what = ("FILE", "文件") if form == "sqlite" else ("DIR", "文件夹")
        raise UsageError(
            Text(
                f"{form} cannot be shown here; say where to write it: -o {what[0]}",
                f"{form} 无法在此显示；请用 -o 指明要写入的{what[1]}",
            )
        )
    quads = desk.snapshot.quads(inference=desk.inference)
    tables = filled(TABLES, Facts(quads, desk.prefixes))
    if form == "sqlite":
        write_file(Path(output), [sqlite(tables)])
    elif form == "csvw":
        write_folder(Path(output), csvw(tables, desk.language))
    else:
        from wicgraph.publishing.relational.parquet import parquet

        write_folder(Path(output), parquet(tables, desk.language))


def write_network(desk: Desk, form: str, output: str | None) -> None:
    """Write the graph in one of NETWORK_FORMATS; raises OutputError."""
    from wicgraph.publishing.networks.gexf import gexf
    from wicgraph.publishing.networks.graphml import graphml
    from wicgraph.publishing.networks.network import network
    from wicgraph.publishing.relational.design import TABLES
    from wicgraph.publishing.relational.facts import Facts
    from wicgraph.publishing.relational.table import filled

    quads = desk.snapshot.quads(inference=desk.inference)
    tables = filled(TABLES, Facts(quads, desk.prefixes))
    drawn = network(tables, desk.language)
    write([gexf(drawn) if form == "gexf" else graphml(drawn)], output)
