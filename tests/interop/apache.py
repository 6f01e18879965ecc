"""A real Apache with the rules for w3id.org sends each request where it should.

Run by `make apache`, not by `make test`: it needs the Debian package `apache2`.
"""

from __future__ import annotations

import csv
import http.client
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wicgraph.site.redirects import redirects

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://example.org/w/"
DATA = Path(__file__).parents[1] / "data" / "site"
CASES = [*csv.reader((DATA / "redirects.csv").read_text("utf-8").splitlines())][1:]
MODULES = "/usr/lib/apache2/modules"
SETTINGS = """\
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/files
<Directory {folder}/files>
AllowOverride All
</Directory>
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve a folder with the rules, as w3id.org does."""
    program = shutil.which("apache2", path="/usr/sbin:/usr/bin")
    assert program, "install the Debian package apache2"
    folder = tmp_path_factory.mktemp("apache")
    folder.chmod(0o755)
    (folder / "files" / "wicgraph").mkdir(parents=True)
    (folder / "files" / "wicgraph" / ".htaccess").write_text(redirects(SITE), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen: int = free.getsockname()[1]
    settings = SETTINGS.format(port=chosen, folder=folder, modules=MODULES)
    (folder / "apache.conf").write_text(settings, "utf-8")
    with subprocess.Popen(
        [program, "-f", folder / "apache.conf", "-D", "FOREGROUND"]
    ) as server:
        while server.poll() is None and not (folder / "pid").exists():
            time.sleep(0.05)
        yield chosen
        server.terminate()


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_apache_sends_requests_where_they_belong(case: list[str], port: int) -> None:
    """Every request is answered with 303 and the address of a page, or of data."""
    path, accept, language, expected = case
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Accept": accept, "Accept-Language": language}
    connection.request("GET", f"/wicgraph/{path}", headers=headers)
    answer = connection.getresponse()

    assert (answer.status, answer.getheader("Location")) == (303, SITE + expected)
