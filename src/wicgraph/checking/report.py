"""What a check found, and how it is written down: for people, programs and editors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wicgraph.checking.finding import Finding, Severity
from wicgraph.checking.sarif import sarif_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wicgraph.terms import Prefixes

Language = Literal["en", "zh"]
_WORDS = {
    Severity.ERROR: ("error", "错误"),
    Severity.WARNING: ("warning", "警告"),
    Severity.NOTE: ("note", "提示"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a check, and how much was looked at by which SHACL engine.

    `files` counts the Turtle files, unreadable ones included; `triples` the different
    triples in those that could be read.
    """

    findings: tuple[Finding, ...]
    files: int
    triples: int
    engine: str
    prefixes: Prefixes

    @property
    def errors(self) -> int:
        """How many findings are errors; a check fails when there are any."""
        return self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def text(self, language: Language = "en") -> str:
        """Write the findings for people: place, sentence, lines, fix; then the sum."""
        blocks = [self._block(finding, language) for finding in self.findings]
        return "\n".join([*blocks, self.summary(language)]) + "\n"

    def summary(self, language: Language = "en") -> str:
        """Say in one line how much was found in how much."""
        errors, warnings = self.errors, self.count(Severity.WARNING)
        if language == "zh":
            found = (
                f"{errors} 个错误，{warnings} 个警告" if self.findings else "没有问题"
            )
            return f"{found}（{self.files} 个文件，{self.triples:,} 条三元组）"
        found = "nothing wrong"
        if self.findings:
            found = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
        files, triples = _counted(self.files, "file"), _counted(self.triples, "triple")
        return f"{found} in {files}, {triples}"

    def json(self) -> str:
        """Write the report as JSON; keys are added in later versions, never changed.

        {"version": 1, "files", "triples", "engine", "errors", "warnings", "findings":
        [{"severity": "error"|"warning"|"note", "check", "path", "line", "column",
        "focus": IRI or null, "message": {"en", "zh"}, "fix": {"en", "zh"}}]}
        """
        report = {
            "version": 1,
            "files": self.files,
            "triples": self.triples,
            "engine": self.engine,
            "errors": self.errors,
            "warnings": self.count(Severity.WARNING),
            "findings": [_as_json(finding) for finding in self.findings],
        }
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"

    def sarif(self) -> str:
        """Write the report as SARIF 2.1.0, which code hosts and editors show."""
        log = sarif_log(self.findings)
        return json.dumps(log, ensure_ascii=False, indent=2) + "\n"

    def _block(self, finding: Finding, language: Language) -> str:
        at, is_zh = finding.position, language == "zh"
        severity = _WORDS[finding.severity][is_zh]
        message = finding.message_zh if is_zh else finding.message
        fix = finding.fix_zh if is_zh else finding.fix
        place = f"{at.path}:{at.line}:{at.column}"
        colon = "：" if is_zh else ": "
        lines = [f"{place}: {severity}{colon}{message} [{finding.check}]"]
        lines += [f"  {line}" for line in finding.frame.splitlines()]
        if fix:
            lines.append(f"  → {fix}")
        return "\n".join([*lines, ""])


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _as_json(finding: Finding) -> Mapping[str, object]:
    at = finding.position
    return {
        "severity": finding.severity.value,
        "check": finding.check,
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "focus": None if finding.focus is None else finding.focus.value,
        "message": {"en": finding.message, "zh": finding.message_zh},
        "fix": {"en": finding.fix, "zh": finding.fix_zh},
    }
