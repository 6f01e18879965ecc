"""What goes wrong with a store elsewhere, told by a server that follows a script."""

from __future__ import annotations

import re
import socket
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest
from typer.testing import CliRunner

from wicgraph.cli import app
from wicgraph.errors import StoreError
from wicgraph.remote.client import GRAPH_STORE, Client
from wicgraph.remote.pushing import Push
from wicgraph.terms import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wicgraph.store import DiskSnapshot

ROOT = Path(__file__).parents[1]


class Script(BaseHTTPRequestHandler):
    """Answers each request with the next answer of the script."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[list[tuple[int, dict[str, str], str]]] = []
    asked: ClassVar[list[tuple[str, dict[str, str], str]]] = []

    def answer(self) -> None:
        """Remember what was asked, and answer; the last answer stays."""
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode()
        self.asked.append((self.command, dict(self.headers), body))
        code, headers, text = (
            self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        )
        content = text.encode()
        self.send_response(code)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815  (the library's names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Says nothing when a client hangs up."""

    def handle_error(self, *request: object) -> None:
        """Say nothing."""


@pytest.fixture
def scripted() -> Iterator[str]:
    """Run a server that says what a test has it say; its address."""
    Script.answers, Script.asked = [], []
    with Server(("127.0.0.1", 0), Script) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/store"
        server.shutdown()
        thread.join()


JSON = {"Content-Type": "application/sparql-results+json"}
IRI = '{"type": "uri", "value": "urn:a"}'
ROW = (
    '{"head": {"vars": ["s", "p", "o"]}, "results":'
    f' {{"bindings": [{{"s": {IRI}, "p": {IRI}, "o": {IRI}}}]}}}}'
)
SERVICE = "give the address of its SPARQL service"
REFUSALS = {
    "who are you": (401, {}, "", "it asks who you are"),
    "forbidden": (403, {}, "", "it does not allow this; set WICGRAPH_USER"),
    "bad request": (
        *(400, {}, "no query"),
        f"it does not understand the request: no query; {SERVICE}",
    ),
    "no service": (404, {}, "", f"there is no such service; {SERVICE}"),
    "wrong method": (405, {}, "", f"it does not take such requests; {SERVICE}"),
    "wrong type": (415, {}, "", f"it does not take what is sent; {SERVICE}"),
    "too large": (413, {}, "", "a graph is too large for it"),
    "moved": (
        *(301, {"Location": "https://example.org/"}, ""),
        "it has moved to https://example.org/; give that address",
    ),
    "moved somewhere": (302, {}, "", "it answers 302; its log may say why"),
    "error": (500, {}, "out of\n memory", "500: out of memory; its log may say why"),
    "page of an error": (500, {}, "<html>Oops</html>", "it answers 500; its log"),
    "busy": (503, {}, "", "it answers 503, 4 times; try again later"),
    "a page": (
        *(200, {"Content-Type": "text/html"}, "<html/>"),
        f"no result of SPARQL; {SERVICE}",
    ),
    "no JSON": (200, JSON, "<html/>", "no result of SPARQL"),
    "half a JSON": (200, JSON, ROW[:40], "no result of SPARQL"),
    "other rows": (200, JSON, '{"head": {}, "boolean": true}', "no result of SPARQL"),
    "no triples": (200, JSON, ROW.replace('"p": {', '"x": {'), "no result of SPARQL"),
    "part of the rows": (
        *(200, JSON | {"X-SPARQL-MaxRows": "1"}, ROW),
        "it gives 1 rows at most",
    ),
    "part in time": (
        *(200, JSON | {"X-SQL-Message": "RC...: Anytime"}, ROW),
        "it gave a part of the answer",
    ),
    "broken off": (
        200,
        JSON | {"Content-Length": "999", "Connection": "close"},
        ROW,
        "the connection broke",
    ),
    "another store": (200, JSON, ROW, "the graph is not there"),
}


def fails(*words: str, chinese: bool = False) -> str:
    """Run a command that cannot be done; the one message."""
    language = ["--lang", "zh"] if chinese else []
    told = CliRunner().invoke(app, [*language, "--root", str(ROOT), *words])
    assert told.exit_code == 2, told.output
    assert told.stdout == ""
    (message,) = told.stderr.splitlines()
    return message


@pytest.mark.parametrize(
    ("code", "headers", "text", "said"), REFUSALS.values(), ids=REFUSALS
)
def test_trouble_is_told_in_one_message(
    code: int, headers: dict[str, str], text: str, said: str, scripted: str
) -> None:
    """Whatever a store says instead of an answer, there is one message, in both."""
    Script.answers = [(code, headers, text)]
    words = ("--endpoint", scripted, "sparql", "ASK {}")
    message = fails(*words)

    assert message.startswith(f"error: {scripted}: ")
    assert said in message
    Script.answers = [(code, headers, text)]
    assert re.search("[一-鿿]", fails(*words, chinese=True).partition(scripted)[2])


def test_nobody_there_is_told() -> None:
    """A store that does not run, and a host that is none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/query"

    assert "is the store running?" in fails("--endpoint", address, "find", "x")
    assert "库是否已启动" in fails("--endpoint", address, "find", "x", chinese=True)
    assert "no such host" in fails("--endpoint", "http://nobody.invalid/", "find", "x")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("push", "localhost:7878"), "write one like http://localhost:7878/store"),
        (("push", "ftp://localhost/"), "is no address"),
        (("push", "http://localhost:99999/"), "is no address"),
        (("push", "http://[::1"), "is no address"),
        (("push", "http://a b/"), "is no address"),
        (("push", "http://a..b/"), "is no address"),
        (("push", f"http://{'a' * 64}/"), "is no address"),
        (("--endpoint", "http://", "ask", "themes"), "is no address"),
        (
            ("--endpoint", "nonsense", "ask", "themes"),
            "write one like http://localhost:7878/query",
        ),
        (("push", "http://me:secret@localhost/"), "no name or password in it"),
        (("push", "http://localhost/", "--as-of", "2014-11-19"), "leave --as-of"),
        (("--endpoint", "http://x/", "check"), "works with files"),
        (("--endpoint", "http://x/", "push", "http://x/"), "works with files"),
        (
            ("--endpoint", "http://x/", "--as-of", "2014-11-19", "ask", "themes"),
            "leave --as-of",
        ),
        (
            ("--endpoint", "http://x/", "--reasoner", "owlrl", "ask", "themes"),
            "--reasoner",
        ),
    ],
)
def test_words_that_do_not_fit_are_refused(words: tuple[str, ...], said: str) -> None:
    """What is no address, and what needs files, is said before anything is done."""
    message = fails(*words)

    assert said in message
    assert "secret" not in message
    assert re.search("[一-鿿]", fails(*words, chinese=True))


def test_certificate_is_not_looked_for_where_there_is_none(scripted: str) -> None:
    """A server without TLS that is asked with it is told by its remedy."""
    Script.answers = [(200, {}, "")]
    address = scripted.replace("http:", "https:")

    assert "write http:// for https://" in fails("--endpoint", address, "find", "x")


def test_busy_store_is_asked_again(scripted: str) -> None:
    """What is busy once answers the next time; what stays busy is told."""
    Script.answers = [(503, {}, ""), (200, JSON, ROW)]
    Client.of(scripted, GRAPH_STORE).post({"query": "ASK {}"}, "*/*")
    assert len(Script.asked) == 2

    Script.answers = [(503, {"Retry-After": "0"}, "")]
    with pytest.raises(StoreError, match="it answers 503"):
        Client.of(scripted, GRAPH_STORE).post({"query": "ASK {}"}, "*/*")
    assert len(Script.asked) == 2 + 4


# Who we are


BASIC = {"WWW-Authenticate": 'Basic realm="x"'}
DIGEST = {"WWW-Authenticate": 'Digest realm="x", nonce="n", qop="auth"'}
PUT = ({"graph": "urn:g"}, b"<urn:a> <urn:b> <urn:c> .", "text/turtle")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a user and a password."""
    monkeypatch.setenv("WICGRAPH_USER", "somebody")
    monkeypatch.setenv("WICGRAPH_PASSWORD", "geheim")


@pytest.mark.parametrize(("asks", "way"), [(BASIC, "Basic "), (DIGEST, "Digest ")])
@pytest.mark.usefixtures("known")
def test_password_is_given_as_the_store_asks(
    asks: dict[str, str], way: str, scripted: str
) -> None:
    """First nothing is told; then what was asked for, with the same content."""
    Script.answers = [(401, asks, ""), (204, {}, "")]
    Client.of(scripted, GRAPH_STORE).put(*PUT)
    first, second = Script.asked

    assert "Authorization" not in first[1]
    assert second[1]["Authorization"].startswith(way)
    assert "geheim" not in second[1]["Authorization"]
    assert first[2] == second[2] == PUT[1].decode()


@pytest.mark.usefixtures("known")
def test_wrong_password_is_told_without_saying_it(scripted: str) -> None:
    """The message names the variables, not what is in them."""
    for asks in (BASIC, DIGEST):
        Script.answers = [(401, asks, "")]
        with pytest.raises(StoreError, match="does not accept what WICGRAPH_USER") as e:
            Client.of(scripted, GRAPH_STORE).put(*PUT)
        assert "geheim" not in str(e.value)


@pytest.mark.usefixtures("known")
def test_token_goes_first(scripted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token is given with the first request."""
    monkeypatch.setenv("WICGRAPH_TOKEN", "abc")
    Script.answers = [(204, {}, "")]
    Client.of(scripted, GRAPH_STORE).put(*PUT)

    assert Script.asked[0][1]["Authorization"] == "Bearer abc"


def test_half_of_who_we_are_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a password is a mistake, not somebody."""
    monkeypatch.setenv("WICGRAPH_USER", "somebody")

    assert "belong together" in fails("--endpoint", "http://localhost/", "find", "x")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TOKEN", "a\nb"),
        ("TOKEN", "鲁"),
        ("TOKEN", "a b"),
        ("USER", "a:b"),
        ("USER", "a\rb"),
        ("PASSWORD", "a\nb"),
        ("PASSWORD", "\udc80"),
    ],
)
def test_what_http_cannot_send_is_refused(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Characters that no header has are no traceback, and are not repeated."""
    monkeypatch.setenv(f"WICGRAPH_{variable}", value)
    message = fails("--endpoint", "http://localhost/", "find", "x")

    assert (
        message
        == f"error: WICGRAPH_{variable} has characters that HTTP cannot send there"
    )


def test_line_end_of_a_file_is_no_part_of_a_token(
    scripted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file has after the token is not sent."""
    monkeypatch.setenv("WICGRAPH_TOKEN", "abc\r\n")
    Script.answers = [(204, {}, "")]
    Client.of(scripted, GRAPH_STORE).put(*PUT)

    assert Script.asked[0][1]["Authorization"] == "Bearer abc"


@pytest.mark.usefixtures("known")
def test_name_and_password_may_have_any_letters(
    scripted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are sent as UTF-8, or as a digest of that."""
    monkeypatch.setenv("WICGRAPH_USER", "鲁迅")
    monkeypatch.setenv("WICGRAPH_PASSWORD", "秘密")
    Script.answers = [(401, BASIC, ""), (204, {}, ""), (401, DIGEST, ""), (204, {}, "")]
    for _ in range(2):
        Client.of(scripted, GRAPH_STORE).put(*PUT)
    basic, digest = (Script.asked[n][1]["Authorization"] for n in (1, 3))

    assert b64decode(basic.removeprefix("Basic ")).decode() == "鲁迅:秘密"
    assert 'username="鲁迅"' in digest.encode("latin-1").decode()


def test_store_that_alters_triples_is_told(
    snapshot: DiskSnapshot, world: Path, scripted: str
) -> None:
    """What is read back and is not what was written is shown, and the end is 1."""
    Script.answers = [(200, {"Content-Type": "text/turtle"}, "<urn:a> <urn:b> 1 .")]
    words = ["--root", str(world), "push", scripted]
    cache = {"WICGRAPH_CACHE": str(snapshot.folder.parents[1])}
    told = CliRunner(env=cache).invoke(app, words)
    graphs = len(snapshot.graphs()) + 2

    assert told.exit_code == 1
    assert told.stdout == f"{graphs} graphs: {graphs} altered by the store\n"
    assert f"{GRAPH}people: " in told.stderr
    assert '; instead: <urn:a> <urn:b> "1"^^' in told.stderr


def test_server_that_keeps_nothing_is_told_at_once(
    snapshot: DiskSnapshot, scripted: str
) -> None:
    """Who takes everything and has nothing is no graph store; one graph shows it."""
    Script.answers = [(200, {}, "")]
    with pytest.raises(StoreError, match=r"this is no graph store.*of its graph store"):
        list(Push(snapshot, Client.of(scripted, GRAPH_STORE)).run(prune=False))
    written = [method for method, _, _ in Script.asked if method == "PUT"]

    assert len(written) == 2  # what is pushed, and the first graph
