"""The validator of the RO-Crate community finds nothing wrong with our crate.

Run by `make rocrate`: it installs the validator in an environment of its own, which
needs the package index. The context is the one that the package rocrate ships, so no
other network is asked. `pytest` alone does not collect this folder.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("roc-validator==0.13.0", "rocrate==0.16.0")
VALIDATE = """
import json, sys
from importlib.resources import files

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils.http import HttpRequester

def fetched(self, address, **_):
    answer = requests.Response()
    answer.status_code = 200
    answer._content = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()
    answer.headers["Content-Type"] = "application/ld+json"
    return answer

HttpRequester.get = fetched
settings = services.ValidationSettings(
    rocrate_uri=sys.argv[1],
    profile_identifier="ro-crate-1.1",
    requirement_severity=Severity.RECOMMENDED,
)
issues = services.validate(settings).get_issues()
print(json.dumps([f"{each.severity.name}: {each.message}" for each in issues]))
"""


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the validator; returns its Python."""
    folder = tmp_path_factory.mktemp("validator")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
    subprocess.run(install, check=True)
    return python


@pytest.fixture(scope="module")
def crate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the graph of this repository."""
    folder = tmp_path_factory.mktemp("export") / "crate"
    export = ["export", "--format", "rocrate", "-o", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "wicgraph", *export], cwd=REPOSITORY, check=True
    )
    return folder


def issues(validator: Path, crate: Path) -> list[str]:
    """List what is required or recommended and not there."""
    command = [str(validator), "-c", VALIDATE, str(crate)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_crate_is_valid(validator: Path, crate: Path) -> None:
    """All that RO-Crate 1.1 requires and recommends is there."""
    assert issues(validator, crate) == []


def test_validator_misses_what_is_left_out(validator: Path, crate: Path) -> None:
    """Without a file that it lists a crate is not valid."""
    (crate / "wicgraph.ttl").unlink()
    assert any("wicgraph.ttl" in issue for issue in issues(validator, crate))
