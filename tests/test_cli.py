import fcntl
import json
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wicgraph.cli import app

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parents[1]
WICGRAPH = (sys.executable, "-m", "wicgraph")
COMMANDS = (
    "ask",
    "sparql",
    "show",
    "path",
    "why",
    "find",
    "cite",
    "export",
    "check",
    "anchor",
)
HEAVY = ("owlrl", "pydantic", "pyshacl", "rdflib", "rich", "sqlite3")


@dataclass(frozen=True)
class Result:
    """What a command ends with."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, world: Path) -> Path:
    """Build the snapshot once, so that no test waits for it or sees it said."""
    folder = tmp_path_factory.mktemp("cache")
    subprocess.run(
        [*WICGRAPH, "--root", world, "ask", "editions"],
        env=environment(folder),
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def run(world: Path, cache: Path) -> Run:
    """Run a command in this process, on the small world."""

    def call(*args: str, stdin: str | None = None) -> Result:
        result = CliRunner(env={"WICGRAPH_CACHE": str(cache)}).invoke(
            app, ["--root", str(world), *args], input=stdin, prog_name="wicgraph"
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.stdout, result.stderr)

    return call


def environment(cache: Path) -> dict[str, str]:
    """Run what is in this checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    source = str(REPOSITORY / "src")
    return kept | {
        "PYTHONPATH": source,
        "WICGRAPH_CACHE": str(cache),
        "LC_ALL": "C.UTF-8",
    }


# --- Help ---


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_names_every_command(word: str, run: Run) -> None:
    """Help is an answer: it goes to standard output and lists the commands."""
    result = run(word)

    assert (result.code, result.err) == (0, "")
    for command in COMMANDS:
        assert f"\n  {command} " in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    assert "..." not in result.out.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, run: Run) -> None:
    """Each command says what it does, and all that it takes is explained."""
    result = run(command, "-h")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: wicgraph {command} [OPTIONS]")


def test_without_a_command_help_is_shown() -> None:
    """A command line without a command is misuse, and gets the help."""
    result = CliRunner().invoke(app, [], prog_name="wicgraph")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


def test_version_is_shown(run: Run) -> None:
    """The version is one line."""
    result = run("--version")

    assert result.code == 0
    assert result.out.startswith("wicgraph ")


# --- Answers ---


def test_questions_are_listed_in_both_languages(run: Run) -> None:
    """Without a name `ask` lists the questions with their numbers."""
    english, chinese = run("ask"), run("ask", "--lang", "zh", "--format", "md")

    assert (english.code, english.err) == (0, "")
    assert english.out.startswith(
        "number,name,question\n1,hosted,Does anyone host an edition?\n2,days,"
    )
    assert chinese.out.startswith(
        "| 编号 | 名称 | 问题 |\n| --- | --- | --- |\n"
        "| 1 | hosted | 某届活动有主办者吗？ |\n"
    )


def test_answer_is_csv_in_a_pipe(run: Run) -> None:
    """What goes to another program is csv unless it is asked otherwise."""
    assert run("ask", "organizers", "edition=2018") == Result(
        0, "edition,agent\nExample Summit 2018,Example Bureau\n", ""
    )


def test_answer_is_a_table_on_a_terminal(world: Path, cache: Path) -> None:
    """Somebody who looks gets a table as wide as the terminal."""
    shown = on_terminal(cache, 30, "--root", str(world), "ask", "days", "--lang", "zh")

    assert shown.splitlines() == [
        "日期        届次      来源",
        "──────────  ────────  ────────",
        "2018-05-02  2018年示  Example",
        "            例峰会    Summit",
        "                      opens",
        "                      [en]",
        "2018-05-03  2018年示  Cyd",
        "            例峰会    Sample",
        "                      [en]",
    ]


def on_terminal(cache: Path, columns: int, *args: str) -> str:
    """Run a command on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [*WICGRAPH, *args], env=environment(cache), stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux says so when nobody has the terminal any more
                break
            if not part:
                break
            shown += part
        assert process.wait() == 0
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_number_of_a_question_asks_it(run: Run) -> None:
    """A question can be asked by its number."""
    assert run("ask", "1") == Result(0, "yes\n", "")
    assert run("ask", "1", "edition=2019") == Result(
        1,
        "no\n",
        "there are no rows for edition=event:example-summit-2019;"
        " there are for event:example-summit-2018\n",
    )


def test_options_go_before_or_after(run: Run) -> None:
    """Global options mean the same before and after the command."""
    before = run("--lang", "zh", "--no-inference", "ask", "hosted")
    after = run("ask", "hosted", "--lang=zh", "--no-inference")

    assert before == after
    assert (after.code, after.out) == (1, "否\n")
    assert after.err == "没有文献直接陈述，但可由推理得出：请去掉 --no-inference\n"


def test_what_follows_two_dashes_is_no_option(run: Run) -> None:
    """After -- there are only arguments."""
    result = run("find", "--", "--lang")

    assert result == Result(1, "", 'nothing has a name like "--lang"\n')


def test_no_rows_is_said_beside_the_answer(run: Run) -> None:
    """An empty answer is an answer: its heading, and a note on standard error."""
    english = run("ask", "organizers", "edition=2019")
    chinese = run("ask", "organizers", "edition=2019", "--lang", "zh")

    assert english == Result(
        0,
        "edition,agent\n",
        "no rows\nthere are no rows for edition=event:example-summit-2019;"
        " there are for event:example-summit-2018\n",
    )
    assert chinese == Result(
        0,
        "edition,agent\n",
        "没有结果\n没有关于“届次=event:example-summit-2019”的结果；"
        "有结果的是：event:example-summit-2018\n",
    )


def test_unknown_term_is_warned_about_beside_rows(run: Run) -> None:
    """A mistyped term in what somebody typed is said even where there are rows."""
    query = "SELECT ?x { ?x a wic:Edition OPTIONAL { ?x wic:themee ?t } } ORDER BY ?x"
    result = run("sparql", query, "--format", "json")

    assert json.loads(result.out)["results"]["bindings"]
    assert result.err == (
        "warning: query:1:44: the graph has no property wic:themee;"
        " did you mean wic:theme?\n"
    )


def test_reason_that_takes_too_long_to_find_is_left(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for a reason has a limit: it may ask for more than was asked."""
    monkeypatch.setattr("wicgraph.commands.answers._PATIENCE", 0.3)
    endless = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(9))
    texts = ", ".join(f"STR(?o{i})" for i in range(9))
    never = f'FILTER (CONCAT({texts}) = "")'
    empty = f"?x a wic:Person ; a wic:Place . {endless} {never}"
    result = run("sparql", f"SELECT ?x {{ {empty} }}")

    assert result == Result(
        0, "x\n", "no rows\nwhat leaves no row was not found in time\n"
    )


def test_iris_can_be_kept(run: Run) -> None:
    """With --iris things are named as nodes."""
    assert run("ask", "organizers", "--iris").out == (
        "edition,agent\nevent:example-summit-2018,organization:example-bureau\n"
    )


def test_query_describes_itself(run: Run) -> None:
    """With --describe a question shows its parameters and its text."""
    result = run("ask", "organizers", "--describe")

    assert result.code == 0
    assert "  wicgraph ask organizers edition=example-summit-2018\n" in result.out
    assert "SELECT (?__edition_iri AS ?edition) ?agent" in result.out


def test_sparql_comes_as_text_file_or_input(run: Run, tmp_path: Path) -> None:
    """A query is an argument, a file, or what comes in."""
    text = "SELECT ?x { ?x a wic:Edition } ORDER BY ?x"
    path = tmp_path / "editions.rq"
    path.write_text(text, encoding="utf-8")
    expected = Result(0, "x\nExample Summit 2018\n2019年示例峰会 [zh]\n", "")

    assert run("sparql", text) == expected
    assert run("sparql", str(path)) == expected
    assert run("sparql", "-", stdin=text) == expected


def test_sparql_of_a_graph_is_turtle(run: Run) -> None:
    """CONSTRUCT answers with Turtle, DESCRIBE with what else is asked for."""
    result = run("sparql", "CONSTRUCT WHERE { place:exampletown wic:locatedIn ?x }")
    described = run("sparql", "DESCRIBE place:exampletown", "--format", "nquads")

    assert result == Result(
        0,
        "@prefix place: <https://w3id.org/wicgraph/place/> .\n"
        "@prefix wic: <https://w3id.org/wicgraph/ontology#> .\n\n"
        "place:exampletown wic:locatedIn place:example-province .\n",
        "",
    )
    assert described.out.startswith("<https://w3id.org/wicgraph/place/exampletown> ")


def test_show_takes_a_name_of_several_words(run: Run) -> None:
    """A name needs no quotes."""
    result = run("show", "example", "bureau", "--lang", "zh")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("示例局  organization:example-bureau\n")
    assert result.out == run("show", "example bureau", "--lang", "zh").out


def test_find_lists_names(run: Run) -> None:
    """A search has the thing, its class and the name that matched."""
    assert run("find", "示例镇", "--format", "csv").out == (
        "thing,class,name,kind,match\nplace:exampletown,place,示例镇,name,exact\n"
    )


def test_export_is_the_same_every_time(run: Run, tmp_path: Path) -> None:
    """Two exports are the same bytes, in a file as on standard output."""
    path = tmp_path / "graph.nq"
    first = run("export", "--format", "nquads")
    to_file = run("export", "--format", "nquads", "-o", str(path))
    asserted = run("export", "--format", "nquads", "--no-inference")

    assert (first.code, first.err) == (0, "")
    assert to_file == Result(0, "", "")
    assert path.read_bytes().decode("utf-8") == first.out
    assert "graph/inferred" in first.out
    assert "graph/inferred" not in asserted.out


def test_answer_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    """With -o an answer is a file, and csv whoever looks."""
    path = tmp_path / "answer.csv"

    assert run("ask", "editions", "-o", str(path)) == Result(0, "", "")
    assert path.read_text(encoding="utf-8") == (
        "edition\nExample Summit 2018\n2019年示例峰会 [zh]\n"
    )


def test_check_reports_and_ends_with_one_for_errors(
    run: Run, world: Path, tmp_path: Path
) -> None:
    """Findings are an answer; errors among them make it no."""
    broken = Path(shutil.copytree(world, tmp_path / "world"))
    (broken / "facts" / "reference" / "people.ttl").write_text("person:x a", "utf-8")
    result = run("check", "--root", str(broken), "--format", "json")
    text = run("check", "--root", str(broken), "--lang", "zh")

    assert (result.code, text.code) == (1, 1)
    assert '"path": "facts/reference/people.ttl"' in result.out
    assert "错误" in text.out


def test_anchor_fills_in_offsets(run: Run, world: Path, tmp_path: Path) -> None:
    """Anchoring writes the offsets of quotes, or says why it cannot."""
    copied = Path(shutil.copytree(world, tmp_path / "world"))
    facts = copied / "facts" / "sources" / "2018-05-01-example-news.ttl"
    document = tmp_path / "news.txt"
    document.write_text(
        "It opens tomorrow in the Example Hall, hosted by the Example Bureau.", "utf-8"
    )
    result = run("--root", str(copied), "anchor", str(facts), str(document))
    anchored = facts.read_text(encoding="utf-8")
    document.write_text("Nothing.", encoding="utf-8")
    again = run("--root", str(copied), "anchor", str(facts), str(document))

    assert (result.code, result.out) == (0, "")
    assert "wic:start 3" in anchored
    assert again.code != 0
    assert again.out == ""


# --- How it runs ---


def test_commands_load_only_what_they_need(world: Path, cache: Path) -> None:
    """Asking loads neither what builds a snapshot nor what decorates a terminal."""
    for words in (["--help"], ["ask"], ["ask", "organizers", "edition=2018"]):
        code = (
            "import sys\nfrom wicgraph.cli import app\n"
            f"try: app({['--root', str(world), *words]!r})\n"
            "except SystemExit: pass\n"
            f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment(cache),
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        )
        assert done.stderr == "[]\n"


def test_closed_pipe_is_silent(world: Path, cache: Path) -> None:
    """Who stops reading hears nothing, and the code is that of a closed pipe."""
    with subprocess.Popen(
        [*WICGRAPH, "--root", world, "export", "--format", "nquads"],
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_first_row_arrives_before_the_last_is_found(world: Path, cache: Path) -> None:
    """Rows of a query that would go on for years can be read."""
    endless = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(9))
    with subprocess.Popen(
        [*WICGRAPH, "--root", world, "sparql", f"SELECT ?s0 {{ {endless} }}"],
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"s0\n"
        assert process.stdout.readline().strip()
        process.stdout.close()
        assert process.wait() == 141


def test_folder_that_was_removed_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stands in a folder that is gone is told so."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    result = run("ask", "editions")

    assert (result.code, result.out, result.err) == (
        2,
        "",
        "error: the current folder is not there any more; change to one that is\n",
    )


def test_interrupt_is_silent(world: Path, cache: Path) -> None:
    """Ctrl-C ends a query at once, without a traceback."""
    endless = "SELECT (COUNT(*) AS ?n) { " + " . ".join(
        f"?s{i} ?p{i} ?o{i}" for i in range(9)
    )
    with subprocess.Popen(
        [*WICGRAPH, "--root", world, "sparql", f"{endless} }}"],
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(2)  # it never ends, so it is asking by then
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert (out, err) == (b"", b"")
    assert process.returncode in {-signal.SIGINT, 130}


ENDED = """
import os
import wicgraph.site.build
from wicgraph.cli import main

def site(*_):
    yield "index.html", ["half"]
    os.kill(os.getpid(), int(os.environ["SIGNAL"]))
    yield "end.html", []

wicgraph.site.build.site = site
main()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_program_leaves_nothing_half_written(
    number: signal.Signals, world: Path, cache: Path, tmp_path: Path
) -> None:
    """Who ends a program that writes finds no trace of it."""
    done = subprocess.run(
        [sys.executable, "-c", ENDED, "--root", world, "site", tmp_path / "site"],
        env=environment(cache) | {"SIGNAL": str(int(number))},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (128 + number, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_output_is_utf8_in_any_locale(world: Path, cache: Path) -> None:
    """Other programs get UTF-8, whatever the locale can print."""
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*WICGRAPH, "--root", world, "--lang", "zh", "ask", "organizers"],
        env=environment(cache) | ascii_only,
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode("utf-8") == "edition,agent\n2018年示例峰会,示例局\n"


def test_debug_shows_where_an_error_is(world: Path, cache: Path) -> None:
    """With --debug one of our errors has its traceback."""
    done = subprocess.run(
        [*WICGRAPH, "--root", world, "ask", "nothing", "--debug"],
        env=environment(cache),
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert 'UnknownName: no query is named "nothing"' in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("aks",), 'no command is named "aks"; did you mean ask?'),
        (
            ("ask", "--formt", "csv"),
            'no option is named "--formt"; did you mean --forma',
        ),
        (("--rot", "x", "ask"), 'no option is named "--rot"; did you mean --root?'),
        (("ask", "-x"), 'no option is named "-x"; see `wicgraph ask -h`'),
        (("ask", "--format"), "--format needs a value; see `wicgraph -h`"),
        (("ask", "--iris=3"), "--iris takes no value; see `wicgraph -h`"),
        (("sparql",), "QUERY is missing; see `wicgraph sparql -h`"),
        (("show",), "TEXT is missing; see `wicgraph show -h`"),
        (("why", "a", "b", "c", "d"), "too much: d; see `wicgraph why -h`"),
        (("--no-inference",), "a command is missing; see `wicgraph -h`"),
    ],
)
def test_misuse_is_explained(args: tuple[str, ...], said: str, run: Run) -> None:
    """A misspelt command or option gets the right one; nothing is done."""
    result = run(*args)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {said}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("aks", "--lang", "zh"), "没有名为“aks”的命令；是指 ask 吗？"),
        (
            ("--lang=zh", "ask", "--formt"),
            "没有名为“--formt”的选项；是指 --format 吗？",
        ),
        (("ask", "--lang", "zh", "-o"), "-o 需要一个值；用法见 `wicgraph -h`"),
        (("--lang", "zh", "show"), "缺少 TEXT；用法见 `wicgraph show -h`"),
        (("--lang", "zh"), "缺少命令；用法见 `wicgraph -h`"),
    ],
)
def test_misuse_is_explained_in_chinese(
    args: tuple[str, ...], said: str, run: Run
) -> None:
    """The language counts wherever it is asked for, before anything else is read."""
    result = run(*args)

    assert (result.code, result.out, result.err) == (2, "", f"错误：{said}\n")
