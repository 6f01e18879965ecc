"""Findings as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wicgraph.checking.finding import Finding

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


def sarif_log(findings: Sequence[Finding]) -> Mapping[str, object]:
    """Make a log of one run; paths are relative to the graph folder, %SRCROOT%."""
    rules = sorted({finding.check for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": "wicgraph",
                "informationUri": "https://w3id.org/wicgraph/",
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rules: Sequence[str]) -> Mapping[str, object]:
    at = finding.position
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(at.path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }
    if finding.focus is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.focus.value}]
    return {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": finding.severity.value,
        "message": {"text": f"{finding.message} {finding.fix}".strip()},
        "locations": [location],
        "properties": {"zh": f"{finding.message_zh}{finding.fix_zh}"},
    }
