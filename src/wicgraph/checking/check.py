"""All checks over one graph: what `wicgraph check` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from wicgraph.checking.asserted import Asserted
from wicgraph.checking.axioms import axioms_about_words, literals_in_axioms
from wicgraph.checking.causes import ANY, Pattern, Stage, Suspicion, one_per_cause
from wicgraph.checking.classes import wrong_classes
from wicgraph.checking.contradictions import contradictions
from wicgraph.checking.documents import read_documents
from wicgraph.checking.engines import chosen
from wicgraph.checking.evidence import (
    foreign_evidence,
    idle_supports,
    missing_sources,
    no_evidence,
    unused_passages,
)
from wicgraph.checking.finding import Finding, Severity
from wicgraph.checking.homes import (
    evidence_in_reference,
    second_blocks,
    second_homes,
)
from wicgraph.checking.planned import planned_as_reported
from wicgraph.checking.prefixing import UNUSED_PREFIX, unused_prefixes, wrong_prefixes
from wicgraph.checking.quotes import misquotes, whole_sentences
from wicgraph.checking.references import dangling_references
from wicgraph.checking.report import Report
from wicgraph.checking.shapes import shape_results, shape_violations
from wicgraph.checking.soundness import unsound_shapes, unusable_shapes
from wicgraph.checking.vocabulary import unknown_terms
from wicgraph.errors import SourceError, UnknownName, excerpt
from wicgraph.language import Text
from wicgraph.reading.dataset import Dataset, read_all
from wicgraph.reading.tokens import Lines, tokens
from wicgraph.reading.turtle import Position
from wicgraph.terms import Prefixes, similar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from wicgraph.checking.engines import Engine, Result
    from wicgraph.root import Root

SYNTAX = "syntax"
NOT_UTF8 = "not-utf8"

Check: TypeAlias = Callable[[Asserted], Iterable[Suspicion]]


def unreadable_files(asserted: Asserted) -> Iterator[Suspicion]:
    """Say why a file cannot be read; what it would describe is then no one's fault."""
    lost = sorted(asserted.lost, key=str)
    explains = [Pattern(thing, ANY, ANY) for thing in lost]
    explains += [Pattern(ANY, ANY, thing) for thing in lost]
    for error in asserted.broken:
        is_text = "UTF-8" not in error.reason.en
        reason, hint = error.reason, error.hint
        finding = Finding(
            Severity.ERROR,
            SYNTAX if is_text else NOT_UTF8,
            f"{reason.en[:1].upper()}{reason.en[1:]}.",
            f"{reason.zh}。",
            f"{hint.en[:1].upper()}{hint.en[1:]}." if hint else "",
            f"{hint.zh}。" if hint else "",
            Position(error.path, error.line or 1, error.column or 1),
            frame=error.excerpt,
        )
        yield Suspicion(finding, Stage.SYNTAX, explains=tuple(explains))


CHECKS: tuple[Check, ...] = (
    unreadable_files,
    unsound_shapes,
    wrong_prefixes,
    unused_prefixes,
    unknown_terms,
    axioms_about_words,
    literals_in_axioms,
    missing_sources,
    dangling_references,
    second_blocks,
    second_homes,
    evidence_in_reference,
    no_evidence,
    foreign_evidence,
    unused_passages,
    idle_supports,
    whole_sentences,
    misquotes,
    planned_as_reported,
    contradictions,
)


def check(
    root: Root,
    paths: Sequence[Path] = (),
    *,
    engine: Engine = "auto",
    documents: Path | None = None,
) -> Report:
    """Check a graph folder; one finding per cause, most severe first.

    All files are read whatever `paths` says, because facts lean on each other; with
    `paths` (files or folders) only findings about them or their subjects are kept.
    `documents` is a folder of texts to hold quotes against. Raises UnknownName for a
    path that is no Turtle file of the graph, SourceError when the documents cannot be
    read, RootError when the graph folder cannot.
    """
    reading = read_all(root)
    wanted = _wanted(root, paths)
    asserted = Asserted(
        Dataset(root, _prefixes(root), reading.files),
        reading.errors,
        None if documents is None else read_documents(documents),
    )
    facts = asserted.dataset.facts
    suspicions = _suspicions(asserted, engine)
    findings = _without_idle_prefixes(one_per_cause(suspicions))
    if wanted is not None:
        subjects = {
            fact.subject
            for path in wanted & asserted.files.keys()
            for fact in asserted.files[path].facts
        }
        findings = tuple(
            finding
            for finding in findings
            if finding.position.path in wanted or finding.focus in subjects
        )
    return Report(
        tuple(map(_Frames(asserted).framed, findings)),
        len(reading.files) + len(reading.errors),
        len({(each.subject, each.predicate, each.object) for each in facts}),
        chosen(engine),
        asserted.prefixes,
    )


def _suspicions(asserted: Asserted, engine: Engine) -> list[Suspicion]:
    """Run all checks; shapes are held while the others run, if an engine can have them.

    The native engine needs no Python meanwhile, so two processors share the work.
    """
    unsound = any(unsound_shapes(asserted))
    with ThreadPoolExecutor(max_workers=1) as beside:
        held = None if unsound else beside.submit(shape_results, asserted, engine)
        suspicions = [each for run in CHECKS for each in run(asserted)]
        return [*suspicions, *(_shape_violations(asserted, held) if held else ())]


def _shape_violations(
    asserted: Asserted, held: Future[tuple[Result, ...]]
) -> list[Suspicion]:
    try:
        violations = list(shape_violations(asserted, held.result()))
    except SourceError as error:
        return [unusable_shapes(error)]
    return [*violations, *wrong_classes(asserted, violations)]


def _without_idle_prefixes(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out unused prefixes of files with errors: mending may need them again."""
    faulty = {
        each.position.path for each in findings if each.severity is Severity.ERROR
    }
    return tuple(
        finding
        for finding in findings
        if finding.check != UNUSED_PREFIX or finding.position.path not in faulty
    )


def _prefixes(root: Root) -> Prefixes:
    try:
        return root.prefixes()
    except SourceError:  # which is among the errors of reading
        return Prefixes({})


def _wanted(root: Root, paths: Sequence[Path]) -> frozenset[str] | None:
    """Turn paths, from here or from the root, into names of Turtle files."""
    if not paths:
        return None
    files = root.turtle_files()
    wanted: set[str] = set()
    for path in paths:
        found = _below(root, path.resolve(), files) or _below(
            root, root.folder / path, files
        )
        if not found:
            kind = Text("Turtle file", "Turtle 文件")
            raise UnknownName(kind, str(path), similar(str(path), files))
        wanted |= found
    return frozenset(wanted)


def _below(root: Root, path: Path, files: Sequence[str]) -> set[str]:
    folder = root.folder.resolve()
    return {file for file in files if (folder / file).is_relative_to(path)}


class _Frames:
    """The lines around places in the files that could be read."""

    def __init__(self, asserted: Asserted) -> None:
        self._files = asserted.files
        self._lines: dict[str, Lines] = {}

    def framed(self, finding: Finding) -> Finding:
        """Add the lines around the place of a finding, the word there underlined."""
        at = finding.position
        file = self._files.get(at.path)
        if finding.frame or file is None:
            return finding
        lines = self._lines.setdefault(at.path, Lines(file.text))
        rest = file.text[lines.offset(at.line, at.column) :]
        word = next(tokens(rest)).text.partition("\n")[0]
        return replace(finding, frame=excerpt(file.text, at.line, at.column, len(word)))
