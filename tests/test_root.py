import os
import shutil
from pathlib import Path

import pytest

import wicgraph.root
from wicgraph.errors import RootError, SourceError
from wicgraph.root import Root
from wicgraph.terms import NamedNode

TINY = Path(__file__).parent / "data" / "tiny"
WANTED = "a graph folder has ontology/prefixes.ttl and facts/"
WIC = "https://w3id.org/wicgraph/"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Copy the small world, so that a test may change it."""
    return Path(shutil.copytree(TINY, tmp_path / "world"))


def test_given_folder_is_taken(world: Path) -> None:
    """A graph folder that is given is used, wherever one starts."""
    assert Root.find(world, Path("/")) == Root(world.resolve())


def test_nearest_folder_is_found_from_below(world: Path) -> None:
    """Without a given folder, the one around the start is used."""
    assert Root.find(None, world / "facts" / "sources") == Root(world.resolve())
    assert Root.find(None, world) == Root(world.resolve())


def test_data_set_that_ships_is_the_last_resort(tmp_path: Path) -> None:
    """Outside every graph folder, the data set of the package is used."""
    shipped = Path(wicgraph.root.__file__).parents[2]
    assert Root.find(None, tmp_path) == Root(shipped)


def test_nothing_anywhere_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package without data says what is missing and how to name a folder."""
    monkeypatch.setattr(wicgraph.root, "_SHIPPED", ())
    with pytest.raises(RootError) as caught:
        Root.find(None, tmp_path)
    assert str(caught.value) == (
        f"no graph folder at {tmp_path} or above it; {WANTED}; name one with --root"
    )


def test_given_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is named, and never created or passed over."""
    with pytest.raises(RootError) as caught:
        Root.find(tmp_path / "nowhere", TINY)
    assert str(caught.value) == f"{tmp_path}/nowhere does not exist; {WANTED}"
    assert not (tmp_path / "nowhere").exists()


def test_given_file_is_refused(world: Path) -> None:
    """A file is not a folder."""
    file = world / "ontology" / "prefixes.ttl"
    with pytest.raises(RootError) as caught:
        Root.find(file, TINY)
    assert str(caught.value) == f"{file} is a file; {WANTED}"


@pytest.mark.skipif(os.geteuid() == 0, reason="who is root may read anything")
def test_folder_that_may_not_be_read_is_not_called_missing(world: Path) -> None:
    """Who may not look into ontology/ is told so, not that files are missing."""
    folder = world / "ontology"
    folder.chmod(0)
    with pytest.raises(RootError) as caught:
        Root.find(world, TINY)
    folder.chmod(0o755)
    assert str(caught.value) == f"{folder} cannot be read: permission denied"


@pytest.mark.parametrize("name", ["facts/sources/x.ttl", "queries/x.rq"])
def test_pipe_is_not_waited_for(world: Path, name: str) -> None:
    """What is no file is refused by name; reading it may never end."""
    (world / name).parent.mkdir(exist_ok=True)
    os.mkfifo(world / name)
    root = Root(world)
    with pytest.raises(SourceError) as caught:
        _ = (root.turtle_files(), root.query_files())
    assert str(caught.value) == f"{name}: is not a file that can be read"


def test_given_empty_folder_is_refused(tmp_path: Path) -> None:
    """An empty folder is called empty."""
    with pytest.raises(RootError) as caught:
        Root.find(tmp_path, TINY)
    assert str(caught.value) == f"{tmp_path} is empty; {WANTED}"


@pytest.mark.parametrize("inside", ["ontology", "facts", "facts/sources"])
def test_given_folder_inside_a_graph_suggests_the_graph(
    world: Path, inside: str
) -> None:
    """A folder of a graph folder is refused with the one that is meant."""
    with pytest.raises(RootError) as caught:
        Root.find(world / inside, TINY)
    lack = "has no ontology/prefixes.ttl and no facts/"
    assert str(caught.value) == (
        f"{world / inside} {lack}; did you mean {world.resolve()}?"
    )


def test_given_folder_around_a_graph_suggests_the_graph(world: Path) -> None:
    """A folder with a graph folder in it is refused with the one that is meant."""
    with pytest.raises(RootError, match=f"did you mean {world.resolve()}"):
        Root.find(world.parent, TINY)


def test_given_folder_without_prefixes_says_so(world: Path) -> None:
    """What exactly is missing is said."""
    (world / "ontology" / "prefixes.ttl").unlink()
    with pytest.raises(RootError) as caught:
        Root.find(world, TINY)
    assert str(caught.value) == f"{world} has no ontology/prefixes.ttl; {WANTED}"


def test_given_folder_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A folder that the system does not show has the system's reason."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(RootError, match=f"^{loop} cannot be read: too many levels"):
        Root.find(loop, TINY)


def test_start_that_cannot_be_looked_into_is_passed_over() -> None:
    """A start that the system does not show is no graph folder, and no failure."""
    shipped = Path(wicgraph.root.__file__).parents[2]
    assert Root.find(None, Path("/") / ("x" * 300)) == Root(shipped)


def test_prefixes_are_those_of_the_table() -> None:
    """Every node with a prefix and a namespace declares one."""
    table = Root(TINY).prefixes().table
    assert table["wic"] == f"{WIC}ontology#"
    assert len(table) == 16


def test_prefixes_may_be_named_nodes(world: Path) -> None:
    """A declaration may have a name; what else the file says does not matter."""
    (world / "ontology" / "prefixes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        '<urn:x:1> sh:prefix "b" ; sh:namespace "https://example.org/b#" .\n'
        '<urn:x:2> sh:prefix "a" ; sh:namespace "https://example.org/a#" ; a <urn:x> .',
        encoding="utf-8",
    )
    assert list(Root(world).prefixes().table) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "declares no prefix; what declares one has sh:prefix and sh:namespace",
        ),
        ('<urn:x:1> sh:prefix "a" .', "the prefix a has no sh:namespace"),
        (
            (
                '<urn:x:1> sh:prefix "a" ; sh:namespace "urn:a" .\n'
                '<urn:x:2> sh:prefix "a" ; sh:namespace "urn:b" .'
            ),
            "the prefix a is <urn:a> and <urn:b>",
        ),
    ],
)
def test_prefixes_that_do_not_add_up_are_refused(
    world: Path, text: str, message: str
) -> None:
    """A table that is empty, lacks a namespace or contradicts itself is refused."""
    header = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    (world / "ontology" / "prefixes.ttl").write_text(header + text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        Root(world).prefixes()
    assert str(caught.value) == f"ontology/prefixes.ttl: {message}"


def test_prefixes_that_are_not_turtle_are_refused_with_their_place(world: Path) -> None:
    """A syntax error in the table has its place."""
    (world / "ontology" / "prefixes.ttl").write_text("\nnonsense", encoding="utf-8")
    with pytest.raises(SourceError, match=r"^ontology/prefixes.ttl:2:1: ") as caught:
        Root(world).prefixes()
    assert caught.value.excerpt == "2 | nonsense\n  | ^"


def test_turtle_files_are_sorted_and_relative() -> None:
    """The Turtle files of ontology/ and, at any depth, of facts/ are listed."""
    assert Root(TINY).turtle_files() == (
        "facts/reference/events.ttl",
        "facts/reference/organizations.ttl",
        "facts/reference/people.ttl",
        "facts/reference/places.ttl",
        "facts/sources/2018-05-01-example-news.ttl",
        "ontology/prefixes.ttl",
        "ontology/shapes.ttl",
        "ontology/wic.ttl",
    )


def test_other_files_are_left_alone(world: Path) -> None:
    """What is not Turtle, hidden, or outside the two folders is not listed."""
    before = Root(world).turtle_files()
    for name in ("facts/notes.txt", "facts/.#people.ttl", "x.ttl", "queries/x.ttl"):
        (world / name).write_text("nonsense", encoding="utf-8")
    (world / "ontology" / "old").mkdir()
    (world / "ontology" / "old" / "x.ttl").write_text("nonsense", encoding="utf-8")
    assert Root(world).turtle_files() == before


def test_query_files_are_sorted_and_relative(world: Path) -> None:
    """The stored queries are listed; a graph without queries has none."""
    assert Root(world).query_files() == ("queries/editions.rq", "queries/organizers.rq")
    shutil.rmtree(world / "queries")
    assert Root(world).query_files() == ()


def test_file_in_place_of_a_folder_is_refused(world: Path) -> None:
    """A file where a folder of the graph should be is named, with the reason."""
    shutil.rmtree(world / "queries")
    (world / "queries").write_text("", encoding="utf-8")
    with pytest.raises(RootError) as caught:
        Root(world).query_files()
    assert str(caught.value) == f"{world}/queries cannot be read: not a directory"


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("facts/sources/2018-11-06-newsgd.ttl", "source/2018-11-06-newsgd"),
        ("facts/reference/people.ttl", "graph/people"),
        ("facts/about.ttl", "graph/about"),
        ("ontology/shapes.ttl", "graph/shapes"),
        ("ontology/wic.ttl", "graph/ontology"),
        ("ontology/topics.ttl", "graph/ontology"),
        ("facts/reference/乌镇.ttl", "graph/乌镇"),
    ],
)
def test_every_file_is_a_named_graph(path: str, iri: str) -> None:
    """The graph of a file follows from its path."""
    assert Root(TINY).graph_of(path) == NamedNode(WIC + iri)


def test_file_name_that_makes_no_iri_is_refused() -> None:
    """A file whose name cannot be part of an IRI has to be renamed."""
    with pytest.raises(SourceError) as caught:
        Root(TINY).graph_of("facts/sources/my notes.ttl")
    assert str(caught.value) == (
        'facts/sources/my notes.ttl: "my notes" cannot be part of an IRI;'
        " rename the file"
    )


def test_read_leaves_out_a_byte_order_mark(world: Path) -> None:
    """A byte order mark is not text."""
    (world / "facts" / "x.ttl").write_bytes(b"\xef\xbb\xbf# x\r\n")
    assert Root(world).read("facts/x.ttl") == "# x\r\n"


@pytest.mark.parametrize(
    ("data", "place", "byte", "shown"),
    [
        (b"# one\n# caf\xe9 x\n", "2:6", "e9", "1 | # one\n2 | # caf� x\n  |      ^"),
        ("# 中".encode("gbk"), "1:3", "d6", "1 | # ��\n  |   ^"),
        ("# x".encode("utf-16"), "1:1", "ff", "1 | ��#"),
        ("# 示".encode() + b"\xff", "1:6", "ff", "1 | # 示�\n  |     ^"),
    ],
)
def test_read_refuses_what_is_not_utf8(
    world: Path, data: bytes, place: str, byte: str, shown: str
) -> None:
    """The first byte that is not UTF-8 is named, with its line and its byte column."""
    (world / "facts" / "x.ttl").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        Root(world).read("facts/x.ttl")
    assert str(caught.value) == f"facts/x.ttl:{place}: byte 0x{byte} is not UTF-8"
    assert caught.value.excerpt.startswith(shown)
    assert caught.value.hint.en == "save the file as UTF-8"


def test_read_refuses_what_cannot_be_read(world: Path) -> None:
    """A file that is not there, or a folder, is named with the reason."""
    (world / "facts" / "x.ttl").mkdir()
    for name, reason in (
        ("x.ttl", "is a directory"),
        ("y.ttl", "no such file or directory"),
    ):
        with pytest.raises(SourceError) as caught:
            Root(world).read(f"facts/{name}")
        assert str(caught.value) == f"facts/{name}: cannot be read: {reason}"


def test_dangling_link_is_not_passed_over(world: Path) -> None:
    """A link to nowhere is a file that cannot be read, not a file that is missing."""
    (world / "facts" / "x.ttl").symlink_to(world / "nowhere")
    assert "facts/x.ttl" in Root(world).turtle_files()
    with pytest.raises(SourceError, match=r"^facts/x\.ttl: cannot be read: no such"):
        Root(world).inputs_hash()


def test_inputs_hash_is_that_of_names_and_bytes(world: Path) -> None:
    """The digest changes with every name and byte of a file, and else never."""
    before = Root(world).inputs_hash()
    assert len(before) == 64
    assert Root(TINY).inputs_hash() == before
    people = world / "facts" / "reference" / "people.ttl"
    text = people.read_bytes()
    people.write_bytes(text + b"\n")
    assert Root(world).inputs_hash() != before
    people.write_bytes(text)
    (world / "README.md").write_text("", encoding="utf-8")
    assert Root(world).inputs_hash() == before
    (world / "queries" / "editions.rq").write_text("", encoding="utf-8")
    assert Root(world).inputs_hash() != before
    before = Root(world).inputs_hash()
    people.rename(people.with_name("persons.ttl"))
    assert Root(world).inputs_hash() != before
