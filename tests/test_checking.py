from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import yaml

from wicgraph.checking.anchor import anchor, anchored
from wicgraph.checking.causes import (
    ANY,
    About,
    Pattern,
    Stage,
    Suspicion,
    one_per_cause,
)
from wicgraph.checking.check import check
from wicgraph.checking.documents import document_text, read_document, read_documents
from wicgraph.checking.finding import Finding, Severity
from wicgraph.checking.quotes import is_whole_sentence
from wicgraph.checking.report import Report
from wicgraph.checking.style import query_style, turtle_style
from wicgraph.errors import SourceError, UnknownName
from wicgraph.reading.turtle import Position, read_turtle
from wicgraph.root import Root
from wicgraph.terms import NamedNode

DATA = Path(__file__).parent / "data" / "checks"
WORLD = DATA / "world"
DOCUMENTS = DATA / "documents"
GAZETTE = "facts/sources/2018-11-06-gazette.ttl"
PEOPLE = "facts/reference/people.ttl"

FAULTS = sorted(path.stem for path in (DATA / "faults").glob("*.yaml"))
ANCHORS = sorted(
    path.name.removesuffix(".before.ttl")
    for path in (DATA / "anchors").glob("*.before.ttl")
)
STYLES = sorted(
    path.name for path in (DATA / "style").iterdir() if path.suffix in {".rq", ".ttl"}
)
# What a finding without a shape may be called; each has a case in faults/ or below.
CHECK_IDS = {
    "absent-quote",
    "axiom-about-a-word",
    "broken-list",
    "dangling-reference",
    "evidence-in-reference",
    "foreign-evidence",
    "idle-support",
    "literal-in-axiom",
    "misplaced-quote",
    "missing-source",
    "no-evidence",
    "planned-as-reported",
    "second-block",
    "second-home",
    "syntax",
    "unknown-term",
    "unread-document",
    "unsound-shape",
    "unused-passage",
    "unused-prefix",
    "whole-sentence",
    "wrong-class",
    "wrong-prefix",
}


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Copy the small world, to be broken."""
    return Path(shutil.copytree(WORLD, tmp_path / "world"))


class Fault(NamedTuple):
    """A fault of the world: what must be found, and what is."""

    expected: tuple[str, ...]
    report: Report


@pytest.fixture(scope="module", params=FAULTS)
def fault(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Fault:
    """Check a world with one fault, once for all tests about it."""
    folder = tmp_path_factory.mktemp("fault") / "world"
    shutil.copytree(WORLD, folder)
    case = yaml.safe_load(
        (DATA / "faults" / f"{request.param}.yaml").read_text("utf-8")
    )
    return Fault(tuple(case["findings"]), broken(folder, request.param))


def edit(world: Path, file: str, old: str, new: str) -> None:
    """Change one place of a file."""
    path = world / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def broken(world: Path, name: str) -> Report:
    """Check the world with the fault of this name."""
    case = yaml.safe_load((DATA / "faults" / f"{name}.yaml").read_text("utf-8"))
    for change in case["edits"]:
        if "old" in change:
            edit(world, change["file"], change["old"], change["new"])
        else:
            (world / change["file"]).write_text(change["new"], "utf-8")
    return check(Root(world), documents=DOCUMENTS)


def brief(finding: Finding) -> str:
    """Write where a finding is, how bad, and of which check."""
    at, severity = finding.position, finding.severity.value
    return f"{at.path}:{at.line}:{at.column} {severity} {finding.check}"


@pytest.mark.parametrize("engine", ["shifty", "pyshacl"])
def test_nothing_is_wrong_with_the_world(engine: str) -> None:
    """A graph without faults has no findings, whichever engine answers."""
    report = check(Root(WORLD), engine=engine, documents=DOCUMENTS)  # type: ignore[arg-type]

    assert report.findings == ()
    assert report.engine == engine
    assert report.files == len(list(WORLD.rglob("*.ttl")))


def test_there_are_faults() -> None:
    """The globs of this file match something."""
    assert len(FAULTS) > 50
    assert ANCHORS
    assert STYLES


def test_a_fault_is_found_once_at_its_place(fault: Fault) -> None:
    """A fault gives exactly its findings, each at its file, line and column."""
    assert fault.expected == tuple(map(brief, fault.report.findings))


def test_a_finding_speaks_both_languages(fault: Fault) -> None:
    """A message is a sentence in English and in Chinese, with what to do and where."""
    for finding in fault.report.findings:
        assert re.search(r"[.?!>]$", finding.message)
        assert re.search(r"[\u4e00-\u9fff]", finding.message_zh)
        assert not re.search(r"[\u4e00-\u9fff]", finding.message)
        assert finding.fix
        assert finding.fix_zh
        assert "^" in finding.frame


def test_every_check_has_a_fault() -> None:
    """No check goes without a case that makes it speak."""
    spoken = {
        line.split()[2]
        for name in FAULTS
        for line in yaml.safe_load(
            (DATA / "faults" / f"{name}.yaml").read_text("utf-8")
        )["findings"]
    }

    assert {check_id for check_id in spoken if ":" not in check_id} == CHECK_IDS


def test_a_file_that_is_not_utf8_is_one_finding(world: Path) -> None:
    """Bytes that are no text have their place; what the file describes is spared."""
    path = world / PEOPLE
    path.write_bytes(path.read_bytes().replace("李华".encode(), b"\xc0\xee\xbb\xaa"))

    assert [f"{PEOPLE}:21:21 error not-utf8"] == [
        brief(finding) for finding in check(Root(world)).findings
    ]


def test_other_files_are_checked_when_one_is_broken(world: Path) -> None:
    """A syntax error in one file hides no fault of another."""
    edit(world, PEOPLE, "a wic:Person ;", "a wic:Person")
    edit(world, GAZETTE, "wic:Nearly", "wic:Nerly")

    assert [finding.check for finding in check(Root(world)).findings] == [
        "syntax",
        "unknown-term",
    ]


def test_only_findings_of_the_named_files_are_kept(world: Path) -> None:
    """With a path, a finding stays if it is there or about one of its subjects."""
    edit(world, PEOPLE, '"An Na"@en', '"An Na"')
    edit(world, GAZETTE, "wic:Nearly", "wic:Nerly")
    edit(world, "facts/reference/events.ttl", " ;\n    wic:editionOf event:summit", "")

    named = check(Root(world), [Path(GAZETTE)]).findings

    assert [
        "facts/reference/events.ttl:11:1 error shape:Edition-editionOf",
        f"{GAZETTE}:24:19 error unknown-term",
    ] == [brief(finding) for finding in named]


def test_a_folder_names_the_files_below_it(world: Path) -> None:
    """A folder, from the root or from anywhere, stands for its files."""
    edit(world, PEOPLE, '"An Na"@en', '"An Na"')
    edit(world, GAZETTE, "wic:Nearly", "wic:Nerly")

    for path in (Path("facts/reference"), world / "facts" / "reference"):
        assert [finding.check for finding in check(Root(world), [path]).findings] == [
            "shape:Named-prefLabel"
        ]


def test_a_path_that_is_no_file_of_the_graph_is_refused(world: Path) -> None:
    """A misspelt path is an error with a suggestion, not a clean check."""
    with pytest.raises(UnknownName, match=re.escape(f"did you mean {PEOPLE}")):
        check(Root(world), [Path("facts/reference/peple.ttl")])


def test_without_documents_quotes_are_not_read(world: Path) -> None:
    """Quotes are held to documents only when a folder of them is named."""
    edit(world, GAZETTE, "nearly 40 countries", "nearly 50 countries")

    assert check(Root(world)).findings == ()


def test_a_missing_folder_of_documents_is_refused(world: Path) -> None:
    """A folder of documents that is not there is misuse."""
    with pytest.raises(SourceError, match="is not a folder"):
        check(Root(world), documents=world / "texts")


def test_shapes_that_an_engine_cannot_use_are_a_finding(world: Path) -> None:
    """A constraint that both engines refuse is reported in the shapes file."""
    fine = "FILTER ( ?start > ?end )"
    edit(world, "ontology/shapes.ttl", fine, f"{fine} VALUES ?start {{ 1 }}")

    assert [finding.check for finding in check(Root(world)).findings] == [
        "unsound-shape"
    ]


def finding_of(check_id: str, severity: Severity = Severity.ERROR) -> Finding:
    """Make a finding of a check, at a place of its own."""
    at = Position(f"{check_id}.ttl", 1, 1)
    return Finding(severity, check_id, "No.", "不。", "Mend.", "请改。", at)


def test_a_warning_explains_no_error() -> None:
    """What is less severe never hides what is more severe."""
    thing = NamedNode("https://example.org/thing")
    about = (About(thing, thing, None),)
    warning = Suspicion(
        finding_of("early", Severity.WARNING),
        Stage.TERM,
        about,
        (Pattern(thing, ANY, ANY),),
    )
    error = Suspicion(finding_of("late"), Stage.SHAPE, about)
    note = Suspicion(finding_of("least", Severity.NOTE), Stage.SHAPE, about)

    assert (error.finding, warning.finding) == one_per_cause([error, note, warning])


def test_two_places_of_one_check_are_two_findings() -> None:
    """A check may speak of one triple twice, where two files say it."""
    thing = NamedNode("https://example.org/thing")
    about = (About(thing, thing, thing),)
    here, there = (
        Suspicion(
            Finding(
                Severity.ERROR, "same", "No.", "不。", "", "", Position(path, 1, 1)
            ),
            Stage.SHAPE,
            about,
            claims=True,
        )
        for path in ("a.ttl", "b.ttl")
    )
    other = Suspicion(finding_of("other"), Stage.SHAPE, about, rank=1, claims=True)

    assert (here.finding, there.finding) == one_per_cause([other, there, here])


@pytest.mark.parametrize(
    ("quote", "is_whole"),
    [
        ("Guests from nearly 40 countries are expected.", True),
        ("“Guests from nearly 40 countries are expected.”", True),
        ("嘉宾来自近四十个国家。", True),
        ("Guests from nearly 40 countries", False),
        ("nearly 40 countries are expected.", False),
        ("Tesla and Example Trading Co.", False),
        ("held in the United States, the U.S.", False),
        ("Example Corp.", False),
        ("近四十个国家", False),
        ("", False),
    ],
)
def test_a_whole_sentence_is_guessed(quote: str, *, is_whole: bool) -> None:
    """A sentence has a capital, a stop at its end and more words than a name."""
    assert is_whole_sentence(quote) == is_whole


def test_a_document_is_read_one_way() -> None:
    """A byte order mark is left out and every line end is LF, as offsets count on."""
    assert document_text("\ufeffone\r\ntwo\rthree\n".encode()) == "one\ntwo\nthree\n"


def test_a_folder_of_documents_may_hold_other_files() -> None:
    """What is no text beside the documents is left alone."""
    assert [document.path for document in read_documents(DOCUMENTS)] == ["gazette.txt"]


def test_words_that_differ_in_signs_are_shown() -> None:
    """Where the quote is not, the document shows what it prints instead."""
    document = read_document(DOCUMENTS / "gazette.txt")

    assert document.lookalike("“trust  in a Digital world”") == (
        '"Trust in a Digital World"'
    )
    assert document.lookalike("Shanghai") is None
    assert document.lookalike(" ") is None


def test_overlapping_places_count() -> None:
    """Every place of a quote is one, even inside another."""
    document = read_documents(DOCUMENTS)[0]
    doubled = type(document)("x.txt", "aXaXa", "")

    assert doubled.places("aXa") == (0, 2)
    assert doubled.places("") == ()


@pytest.mark.parametrize("name", ANCHORS)
def test_passages_are_anchored(name: str) -> None:
    """Offsets and the hash are written in place; passages in trouble are left alone."""
    folder = DATA / "anchors"
    before = (folder / f"{name}.before.ttl").read_text("utf-8")
    (document,) = read_documents(DOCUMENTS)

    result = anchored(before, "facts.ttl", document)

    assert result.text == (folder / f"{name}.after.ttl").read_text("utf-8")
    troubles = (folder / f"{name}.troubles.txt").read_text("utf-8")
    said = [text for each in result.troubles for text in (each.text.en, each.text.zh)]
    assert troubles.splitlines() == said
    assert anchored(result.text, "facts.ttl", document).changed == 0


def test_anchoring_writes_the_file(world: Path) -> None:
    """The file of the world is what anchoring makes of it, and is not written again."""
    before = (world / GAZETTE).read_bytes()
    edit(world, GAZETTE, "    wic:start 33 ;\n", "")

    result = anchor(Root(world), Path(GAZETTE), DOCUMENTS / "gazette.txt")

    assert result.changed == 1
    assert (world / GAZETTE).read_bytes() == before


def test_anchoring_keeps_line_ends_and_a_mark(world: Path) -> None:
    """A file written elsewhere keeps its byte order mark and its line ends."""
    path = world / GAZETTE
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before.replace(b"    wic:start 33 ;\r\n", b""))

    anchor(Root(world), path, DOCUMENTS / "gazette.txt")

    assert path.read_bytes() == before


def test_anchoring_refuses_another_document(world: Path) -> None:
    """A source that was read from a text of another hash is left alone."""
    other = world / "other.txt"
    other.write_text("Wuzhen", "utf-8")

    with pytest.raises(SourceError, match="another hash") as caught:
        anchor(Root(world), Path(GAZETTE), other)

    assert (caught.value.path, caught.value.line) == (GAZETTE, 76)


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("missing.ttl", None, "cannot be read"),
        ("latin.ttl", b"\xe9", "is not UTF-8"),
        ("broken.ttl", b"a b", "broken.ttl:1:"),
    ],
)
def test_anchoring_refuses_what_it_cannot_read(
    world: Path, path: str, content: bytes | None, reason: str
) -> None:
    """A file of facts that is missing, no text or no Turtle is one message."""
    if content is not None:
        (world / path).write_bytes(content)

    with pytest.raises(SourceError, match=reason):
        anchor(Root(world), Path(path), DOCUMENTS / "gazette.txt")


def test_anchoring_refuses_a_document_that_is_no_text(world: Path) -> None:
    """A document that cannot be read, or is no text, is one message."""
    for path, reason in ((DOCUMENTS / "notes.bin", "UTF-8"), (world / "x", "read")):
        with pytest.raises(SourceError, match=reason):
            anchor(Root(world), Path(GAZETTE), path)


def test_anchoring_runs_as_a_module(world: Path) -> None:
    """The script says how much it did, and its exit code whether all could be done."""
    edit(world, GAZETTE, '"Organized by', '"Arranged by')
    command = [sys.executable, "-m", "wicgraph.checking.anchor", str(world / GAZETTE)]

    done = subprocess.run(
        [*command, str(DOCUMENTS / "gazette.txt")],
        capture_output=True,
        check=False,
        text=True,
    )
    misused = subprocess.run(command, capture_output=True, check=False, text=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert "passage:gazette-host" in done.stderr
    assert "5 passages, 0 changed, 1 in trouble" in done.stderr
    assert misused.returncode == 2


@pytest.mark.parametrize("name", STYLES)
def test_style_is_looked_at(name: str) -> None:
    """A file in the style has no findings; each departure from it has its line."""
    path = DATA / "style" / name
    text, prefixes = path.read_text("utf-8"), Root(WORLD).prefixes()
    if path.suffix == ".rq":
        findings = list(query_style(text, name, prefixes))
    else:
        file = read_turtle(text, f"facts/{name}", NamedNode("https://example.org/g"))
        findings = list(turtle_style(file, prefixes))

    expected = (DATA / "style" / f"{name}.txt").read_text("utf-8")
    assert expected.splitlines() == sorted(
        (f"{f.position.line}:{f.position.column} {f.message}" for f in findings),
        key=lambda line: [int(part) for part in line.split()[0].split(":")],
    )


def test_the_world_keeps_the_style() -> None:
    """The small world looks as the files of the project do."""
    root = Root(WORLD)
    prefixes = root.prefixes()
    for path in root.turtle_files():
        file = read_turtle(root.read(path), path, root.graph_of(path))
        assert list(turtle_style(file, prefixes)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_is_readable(world: Path, language: str) -> None:
    """The text has place, sentence, lines and fix of each finding, then the sum."""
    report = broken(world, "two-faults")

    expected = (DATA / f"report.{language}.txt").read_text("utf-8")
    assert expected == report.text(language)  # type: ignore[arg-type]


def test_an_empty_report_says_so() -> None:
    """Nothing wrong is said in a line, in either language."""
    report = Report((), 1, 1234, "shifty", Root(WORLD).prefixes())

    assert report.text() == "nothing wrong in 1 file, 1,234 triples\n"
    assert report.text("zh") == "没有问题（1 个文件，1,234 条三元组）\n"


def test_a_report_is_json_with_stable_keys(world: Path) -> None:
    """Programs find every part of a finding under a documented name."""
    report = broken(world, "unused-prefix")

    assert json.loads(report.json()) == {
        "version": 1,
        "files": 9,
        "triples": report.triples,
        "engine": "shifty",
        "errors": 0,
        "warnings": 1,
        "findings": [
            {
                "severity": "warning",
                "check": "unused-prefix",
                "path": "facts/reference/places.ttl",
                "line": 2,
                "column": 1,
                "focus": None,
                "message": {
                    "en": "No name in this file needs the prefix person:.",
                    "zh": "本文件中没有名称用到前缀 person:。",
                },
                "fix": {"en": "Remove the line.", "zh": "请删除该行。"},
            }
        ],
    }


def test_a_report_is_valid_sarif(world: Path) -> None:
    """The SARIF log keeps the specification, and names place, rule and thing."""
    schema = json.loads((DATA / "sarif-subset.json").read_text("utf-8"))
    log = json.loads(broken(world, "two-faults").sarif())

    jsonschema.validate(log, schema)
    (run,) = log["runs"]
    first = run["results"][0]
    place = first["locations"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    assert place["physicalLocation"]["region"] == {"startLine": 10, "startColumn": 20}
    assert place["logicalLocations"] == [
        {"fullyQualifiedName": "https://w3id.org/wicgraph/place/wuzhen"}
    ]
