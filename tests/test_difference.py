"""What differs between two graphs is told whole, once, and of the right side."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from wicgraph.asking.canonical import differing
from wicgraph.asking.difference import Difference, compare
from wicgraph.asking.sides import Change, Side
from wicgraph.asking.things import Things
from wicgraph.cli import app
from wicgraph.publishing.differences import difference_text
from wicgraph.publishing.dumps import canonical, dump
from wicgraph.publishing.formats import DIFFERENCE_FORMATS
from wicgraph.queries.catalogue import load
from wicgraph.root import Root
from wicgraph.store import open_snapshot
from wicgraph.terms import BlankNode, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typer.testing import Result

DATA = Path(__file__).parent / "data"
EARLIER, LATER = DATA / "tiny", DATA / "diff" / "later"
GRAPHS = sorted((DATA / "diff" / "graphs").glob("*.trig"))
EX = "https://example.org/"
GIT = shutil.which("git") or "git"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep what is built for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def side(cache: Path) -> Callable[[Path], Side]:
    """Open a folder as one side of a comparison."""

    def opened(folder: Path) -> Side:
        root = Root(folder)
        snapshot = open_snapshot(root, cache, say=lambda _: None)
        return Side(Things(snapshot, root.prefixes()), load(root))

    return opened


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the later world with blank nodes of every kind."""
    folder = tmp_path_factory.mktemp("bracketed") / "world"
    shutil.copytree(LATER, folder)
    shutil.copy(DATA / "diff" / "brackets.ttl", folder / "ontology")
    return folder


@pytest.fixture
def wicgraph(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WICGRAPH_CACHE", str(cache))
    return lambda *words: CliRunner().invoke(app, words, prog_name="wicgraph")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository whose one commit has the earlier world, and a later one."""
    folder = tmp_path / "repository"
    shutil.copytree(EARLIER, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Begin")
    git(folder, "tag", "first")
    shutil.rmtree(folder / "facts")
    shutil.copytree(LATER, folder, dirs_exist_ok=True)
    return folder


def git(folder: Path, *words: str) -> None:
    """Run git as somebody without settings."""
    who = {"NAME": "Nobody", "EMAIL": "nobody@example.org"}
    given = {f"GIT_{r}_{k}": v for r in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    env = {**os.environ, **given, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run([GIT, "-C", str(folder), *words], check=True, env=env)


def written(told: Difference, form: str) -> str:
    """Write a difference."""
    return "".join(difference_text(told, form, ("old", "new")))


def exported(side: Side, *, inference: bool = True) -> Iterator[Quad]:
    """Read what an export of N-Quads says."""
    quads = side.things.snapshot.quads(inference=inference)
    text = "".join(dump(canonical(quads), "nquads", side.things.prefixes))
    return iter(parse(text, format=RdfFormat.N_QUADS))


def patched(quads: Iterable[Quad], patch: str) -> set[Quad]:
    """Apply a patch; what it deletes has to be there, what it adds must not be."""
    rows = patch.splitlines()
    assert (rows[0], rows[-1]) == ("TX .", "TC .")
    found = set(quads)
    for row in rows[1:-1]:
        code, _, rest = row.partition(" ")
        if code in {"PA", "PD"}:
            continue
        [quad] = parse(rest, format=RdfFormat.N_QUADS)
        assert (quad in found) == (code == "D")
        (found.remove if code == "D" else found.add)(quad)
    return found


@pytest.mark.parametrize("inference", [True, False], ids=["inferred", "stated"])
@pytest.mark.parametrize(
    ("old", "new"), list(permutations(["earlier", "later", "bracketed"], 2))
)
def test_patch_makes_the_new_graph_of_the_old(
    side: Callable[[Path], Side],
    bracketed: Path,
    old: str,
    new: str,
    *,
    inference: bool,
) -> None:
    """What RDF Patch says, done to an export of the old graph, gives the new one."""
    worlds = {"earlier": EARLIER, "later": LATER, "bracketed": bracketed}
    before, after = side(worlds[old]), side(worlds[new])
    told = compare(before, after, inference=inference)
    made = patched(exported(before, inference=inference), written(told, "rdfpatch"))

    assert canonical(made) == canonical(exported(after, inference=inference))


def test_patch_has_the_prefixes_that_differ(side: Callable[[Path], Side]) -> None:
    """A prefix that only one side has is added or deleted."""
    forth = written(compare(side(EARLIER), side(LATER)), "rdfpatch")
    back = written(compare(side(LATER), side(EARLIER)), "rdfpatch")
    row = '"topic" "https://w3id.org/wicgraph/topic/" .'

    assert [line for line in forth.splitlines() if line[0] == "P"] == [f"PA {row}"]
    assert [line for line in back.splitlines() if line[0] == "P"] == [f"PD {row}"]


def test_the_way_back_is_the_mirror(side: Callable[[Path], Side]) -> None:
    """What is lost one way is gained the other way."""
    forth, back = (
        compare(side(EARLIER), side(LATER)),
        compare(side(LATER), side(EARLIER)),
    )
    mirrored = {
        Change.ADDED: Change.REMOVED,
        Change.REMOVED: Change.ADDED,
        Change.CHANGED: Change.CHANGED,
    }

    assert canonical(forth.lost) == canonical(back.gained)
    assert canonical(forth.gained) == canonical(back.lost)
    assert (forth.added, forth.removed) == (back.removed, back.added)
    for there, here in zip(forth.sections, back.sections, strict=True):
        assert there.graph == here.graph
        for one, other in zip(there.blocks, here.blocks, strict=True):
            assert len(one.lost) == len(other.gained)
            assert len(one.gained) == len(other.lost)
            assert mirrored[one.change] == other.change


def test_nothing_differs_from_itself_written_otherwise(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """Comments, the order of blocks and the file of a term make no difference."""
    other = tmp_path / "other"
    shutil.copytree(EARLIER, other)
    terms = other / "ontology" / "wic.ttl"
    header, *blocks = terms.read_text("utf-8").split("\n\n")
    moved = [block for block in blocks if block.startswith("wic:host")]
    kept = [block for block in blocks if block not in moved]
    assert moved
    terms.write_text("\n\n\n".join([header, "# Moved", *reversed(kept)]) + "\n")
    more = "\n\n".join([header, *moved])
    (other / "ontology" / "a.ttl").write_text(more)
    result = wicgraph("diff", str(EARLIER), str(other))

    assert (result.exit_code, result.stdout) == (0, "no difference\n")


@pytest.mark.parametrize("form", DIFFERENCE_FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_formats_are_as_they_were_read(
    wicgraph: Callable[..., Result], form: str, language: str
) -> None:
    """Each format says in each language what somebody read and found right."""
    words = ("diff", str(EARLIER), str(LATER), "--lang", language, "--format", form)
    result = wicgraph(*words)
    said = result.stdout.replace(str(DATA), "data").replace(
        str(DATA).replace("_", "\\_"), "data"
    )
    wanted = DATA / "diff" / "said" / f"{language}.{form}"

    assert result.exit_code == 1
    assert said == wanted.read_text("utf-8")


def test_json_tells_what_the_sections_tell(side: Callable[[Path], Side]) -> None:
    """A program finds every block, thing and row."""
    told = compare(side(LATER), side(EARLIER))
    content = json.loads(written(told, "json"))

    assert content["version"] == 1
    assert [t["curie"] for t in content["things"]["added"]] == ["person:alex-sample"]
    changes = [block["change"] for block in content["terms"]]
    assert changes == ["changed", "removed", "changed"]
    places = {each["name"]: each for each in content["questions"]}
    assert places["places"]["change"] == "removed"
    assert len(places["organizers"]["removed"]) == 1


def test_brackets_are_written_as_brackets(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """A blank node is shown where it is meant, whole, and none is passed over."""
    shutil.copytree(EARLIER, tmp_path / "new")
    shutil.copy(DATA / "diff" / "brackets.ttl", tmp_path / "new" / "ontology")
    result = wicgraph("diff", str(EARLIER), "new", "--no-inference")
    wanted = DATA / "diff" / "said" / "brackets.text"

    assert result.stdout == wanted.read_text("utf-8")


def test_another_program_applies_the_patch(
    side: Callable[[Path], Side], bracketed: Path
) -> None:
    """What rdflib makes of the old graph and the patch is the new graph."""
    before, after = side(EARLIER), side(bracketed)
    dataset = rdflib.Dataset()
    old = before.things.snapshot.quads()
    text = "".join(dump(old, "nquads", before.things.prefixes))
    dataset.parse(data=text, format="nquads")
    patch = written(compare(before, after), "rdfpatch")
    dataset.parse(data=patch, format="patch")
    made = parse(dataset.serialize(format="nquads"), format=RdfFormat.N_QUADS)

    assert canonical(made) == canonical(after.things.snapshot.quads())


def test_stated_only_has_nothing_inferred(wicgraph: Callable[..., Result]) -> None:
    """Without inference, what follows is not compared."""
    result = wicgraph("diff", str(EARLIER), str(LATER), "--no-inference")

    assert "Inferred" not in result.stdout
    assert "~ organizers" not in result.stdout


def test_revision_is_compared_with_the_folder(
    wicgraph: Callable[..., Result], repository: Path
) -> None:
    """A revision is what it was, and the folder what it is now."""
    one = wicgraph("--root", str(repository), "diff", "first")
    other = wicgraph("diff", str(EARLIER), str(LATER))

    assert one.exit_code == 1
    assert one.stdout == other.stdout


def test_two_revisions_are_compared(
    wicgraph: Callable[..., Result], repository: Path
) -> None:
    """Neither side needs to be the folder as it is."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=Go on")
    result = wicgraph("--root", str(repository), "diff", "HEAD~1", "main")

    assert result.exit_code == 1
    assert "+ person:bo-sample" in result.stdout
    assert wicgraph("--root", str(repository), "diff", "main").exit_code == 0


def test_graph_folder_below_the_top_is_found(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """A graph folder may be a part of its repository."""
    folder = tmp_path / "project" / "the graph"
    shutil.copytree(EARLIER, folder)
    git(folder.parent, "init", "--quiet", "--initial-branch=main")
    git(folder.parent, "add", "--all")
    git(folder.parent, "commit", "--quiet", "--message=Begin")
    result = wicgraph("--root", str(folder), "diff", "main")

    assert (result.exit_code, result.stdout) == (0, "no difference\n")


def test_folder_wins_over_a_branch_of_its_name(
    wicgraph: Callable[..., Result], repository: Path, tmp_path: Path
) -> None:
    """What is a folder is taken as one; a longer name means the branch."""
    git(repository, "branch", "later")
    shutil.copytree(LATER, tmp_path / "later")
    root = ("--root", str(repository))

    assert wicgraph(*root, "diff", "later").exit_code == 0
    assert wicgraph(*root, "diff", "heads/later").exit_code == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "frist",
            'no folder or git revision is named "frist"; did you mean first?',
        ),
        (
            "0123abc",
            'no folder or git revision is named "0123abc"; `git log` lists revisions',
        ),
        ("--all", 'no folder or git revision is named "--all"'),
        ("", 'no folder or git revision is named ""'),
        ("x" * 5000, 'no folder or git revision is named "xxx'),
    ],
)
def test_unknown_revision_is_said(
    wicgraph: Callable[..., Result], repository: Path, name: str, message: str
) -> None:
    """A name that is neither folder nor revision is said, with what may be meant."""
    result = wicgraph("--root", str(repository), "diff", "--", name)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_revision_without_a_graph_is_said(
    wicgraph: Callable[..., Result], repository: Path
) -> None:
    """A commit of before there was a graph is no side of a comparison."""
    git(repository, "rm", "-r", "--quiet", "--cached", "facts")
    git(repository, "commit", "--quiet", "--message=Drop the facts")
    result = wicgraph("--root", str(repository), "diff", "HEAD")

    assert result.exit_code == 2
    assert result.stderr == (
        'error: the revision "HEAD" has no graph folder:'
        " a graph folder has ontology/prefixes.ttl and facts/\n"
    )


def test_folder_outside_a_repository_is_said(
    wicgraph: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that git knows nothing of has no revisions."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.copytree(EARLIER, tmp_path / "world")
    result = wicgraph("--root", str(tmp_path / "world"), "diff", "HEAD")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        'error: "HEAD" is no folder, and git has no revisions of '
    )


def test_missing_git_is_said(
    wicgraph: Callable[..., Result], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without git there are folders to compare, but no revisions."""
    monkeypatch.setenv("PATH", "")
    result = wicgraph("--root", str(repository), "diff", "first")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: git cannot be run, so only folders can be compared\n"
    )
    assert wicgraph("diff", str(EARLIER), str(LATER)).exit_code == 1


def test_mistake_in_a_revision_has_its_place(
    wicgraph: Callable[..., Result], repository: Path
) -> None:
    """A file of the old side that cannot be read is named as git names it."""
    places = repository / "facts" / "reference" / "places.ttl"
    right = places.read_text("utf-8")
    places.write_text(right + "\nplace:x wic:locatedIn\n", "utf-8")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=Break")
    places.write_text(right, "utf-8")
    result = wicgraph("--root", str(repository), "diff", "HEAD")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "error: HEAD:facts/reference/places.ttl:" in result.stderr


def test_mistake_in_a_folder_has_its_place(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """A file of a folder is named from where somebody stands."""
    shutil.copytree(EARLIER, tmp_path / "broken")
    (tmp_path / "broken" / "facts" / "reference" / "x.ttl").write_text("a b c .")
    result = wicgraph("diff", "broken/", str(LATER))

    assert result.exit_code == 2
    assert "error: broken/facts/reference/x.ttl:1:" in result.stderr


def test_query_that_one_side_cannot_answer_is_a_difference(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """The rest is compared, and the query is said with its place."""
    shutil.copytree(EARLIER, tmp_path / "new")
    query = tmp_path / "new" / "queries" / "editions.rq"
    query.write_text(query.read_text("utf-8").replace("SELECT", "SLECT"), "utf-8")
    result = wicgraph("diff", str(EARLIER), "new")

    assert result.exit_code == 1
    assert "error: new/queries/editions.rq:" in result.stderr


def test_query_that_neither_side_can_answer_is_misuse(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """Nobody can say that there is no difference where rows were not compared."""
    for name in ("old", "new"):
        shutil.copytree(EARLIER, tmp_path / name)
        query = tmp_path / name / "queries" / "editions.rq"
        query.write_text(query.read_text("utf-8").replace("SELECT", "SLECT"), "utf-8")
    result = wicgraph("diff", "old", "new")

    assert result.exit_code == 2
    assert "error: old/queries/editions.rq:" in result.stderr
    assert "error: new/queries/editions.rq:" in result.stderr


def test_default_that_one_side_lacks_is_said(
    wicgraph: Callable[..., Result], tmp_path: Path
) -> None:
    """A question about a thing that is gone names its file, and the side."""
    for name in ("old", "new"):
        shutil.copytree(EARLIER, tmp_path / name)
        query = tmp_path / name / "queries" / "organizers.rq"
        header = "#+ defaults:\n#+   - edition: Summit of Examples\n"
        optional = query.read_text("utf-8").replace("?__edition", "?_edition")
        query.write_text(header + optional, "utf-8")
    events = tmp_path / "old" / "facts" / "reference" / "events.ttl"
    said = events.read_text("utf-8")
    events.write_text(said.replace("Example Summit 2018", "Summit of Examples"))
    result = wicgraph("diff", "old", "new")

    assert result.exit_code == 1
    message = (
        'error: new/queries/organizers.rq: no edition is named "Summit of Examples"'
    )
    assert message in result.stderr
    assert "error: old" not in result.stderr


def test_hook_compares_its_own_graph(
    wicgraph: Callable[..., Result],
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a hook of another repository has set does not mislead."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    result = wicgraph("--root", str(repository), "diff", "first")

    assert result.exit_code == 1


def test_revision_without_questions_is_compared(
    wicgraph: Callable[..., Result], repository: Path
) -> None:
    """A graph may do without questions; those that come are told."""
    git(repository, "rm", "-r", "--quiet", "--cached", "queries")
    git(repository, "commit", "--quiet", "--message=Drop the questions")
    result = wicgraph("--root", str(repository), "diff", "HEAD")

    assert result.exit_code == 1
    assert "Questions: 3 added" in result.stdout


def test_links_are_followed(wicgraph: Callable[..., Result], repository: Path) -> None:
    """A file that is a link to another one says what that one says."""
    sources = repository / "facts" / "sources"
    (sources / "2018-05-04-other-news.ttl").rename(repository / "facts" / "other.ttl")
    (sources / "2018-05-04-other-news.ttl").symlink_to("../other.ttl")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=Link")
    result = wicgraph("--root", str(repository), "diff", "HEAD")

    assert (result.exit_code, result.stdout) == (0, "no difference\n")


def test_day_is_refused(wicgraph: Callable[..., Result]) -> None:
    """Graphs as of a day are not compared, and nobody is left to think so."""
    result = wicgraph("--as-of", "2018-01-01", "diff", str(EARLIER), str(LATER))

    assert result.exit_code == 2
    assert "leave --as-of away" in result.stderr


def test_file_is_written_whole(wicgraph: Callable[..., Result], tmp_path: Path) -> None:
    """The answer goes to a file that is asked for."""
    words = ("diff", str(EARLIER), str(LATER), "--format", "rdfpatch")
    shown = wicgraph(*words).stdout
    result = wicgraph(*words, "-o", "changes.rdfp")

    assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "changes.rdfp").read_text("utf-8") == shown


@pytest.mark.parametrize("case", [pytest.param(c, id=c.stem) for c in GRAPHS])
def test_names_of_blank_nodes_do_not_matter(case: Path) -> None:
    """A graph whose blank nodes were renamed, in another order, is the same graph."""
    quads = list(parse(path=str(case), format=RdfFormat.TRIG))
    renamed = [renaming(quad, "other") for quad in reversed(quads)]

    assert any(isinstance(quad.subject, BlankNode) for quad in quads)
    assert differing(quads, renamed) == (frozenset(), frozenset())


@pytest.mark.parametrize("case", [pytest.param(c, id=c.stem) for c in GRAPHS])
def test_what_is_added_changes_nothing_else(case: Path) -> None:
    """What two graphs have in common is no difference, whatever else there is."""
    quads = list(parse(path=str(case), format=RdfFormat.TRIG))
    node, name = BlankNode("more"), NamedNode(EX + "p")
    more = [Quad(node, name, Literal(str(n)), NamedNode(EX + "g")) for n in range(3)]

    lost, gained = differing(quads, [*more, *(renaming(q, "x") for q in quads)])
    assert not lost
    assert canonical(gained) == canonical(more)


@pytest.mark.parametrize("case", [pytest.param(c, id=c.stem) for c in GRAPHS])
def test_what_is_taken_away_is_missed(case: Path) -> None:
    """Each triple without which a graph is another one is told, with its part."""
    quads = list(parse(path=str(case), format=RdfFormat.TRIG))
    for quad in quads:
        lost, gained = differing(quads, [each for each in quads if each != quad])

        assert len(lost) == len(gained) + 1


def renaming(quad: Quad, prefix: str) -> Quad:
    """Give the blank nodes of a quad other names."""
    subject, value = (
        BlankNode(prefix + term.value) if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object)
    )
    return Quad(subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]
