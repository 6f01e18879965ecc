"""Make up conferences: a graph of any size on the ontology of this repository.

    python bench/generate.py CONFERENCES FILE [--seed 42]

writes N-Triples: the ontology, and for each conference an edition with its sessions,
people who speak and attend, bodies that organize, posts, memberships, figures and
claims, with the passages of the document that says so. Equal arguments make equal
files. One edition in fifty is recorded twice, as its key tells; nothing in the graph
contradicts anything else.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wicgraph.reading.dataset import Dataset
from wicgraph.root import Root
from wicgraph.terms import RDF_TYPE, SKOS, WIC, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[1]
# So many conferences make about so many triples, the ontology included.
SIZES = {"10k": 9, "100k": 130, "1M": 1341}

SERIES_LENGTH = 10  # editions in a series, each after the one before
SESSIONS = 8
ROLES = 40
PASSAGES = 60
TWICE = 50  # one edition in so many has a second name
ORGANIZING = 0.1  # so much of the roles

ID = "https://w3id.org/wicgraph/"
LABEL = f"<{SKOS}prefLabel>"
TYPE = str(RDF_TYPE)


@dataclass
class Writer:
    """The lines so far, and the chance by which they are made."""

    chance: random.Random
    lines: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def say(self, subject: str, predicate: str, *values: str) -> None:
        """Write triples; a predicate without brackets is one of ours."""
        if not predicate.startswith("<"):
            predicate = f"<{WIC}{predicate}>"
        self.lines += [f"{subject} {predicate} {value} .\n" for value in values]

    def thing(self, kind: str, slug: str, term: str, *labels: str) -> str:
        """Write what a thing is and is called; gives the thing."""
        node = f"<{ID}{kind}/{slug}>"
        self.say(node, TYPE, f"<{WIC}{term}>")
        self.say(node, LABEL, *labels)
        return node


def word(name: str) -> str:
    """Write a word of the ontology."""
    return f"<{WIC}{name}>"


def text(value: str, language: str = "en") -> str:
    """Write a text."""
    return f'"{value}"@{language}'


def typed(value: object, kind: str) -> str:
    """Write a value."""
    return f'"{value}"^^<{XSD}{kind}>'


def ontology() -> Iterator[str]:
    """Write the ontology as N-Triples, without its shapes."""
    for file in Dataset.load(Root(REPOSITORY)).files:
        if file.path.startswith("ontology/") and "shapes" not in file.path:
            for fact in file.facts:
                yield f"{fact.triple} .\n"


def world(write: Writer, conferences: int) -> None:
    """Write the places and the bodies that conferences share."""
    countries = [
        write.thing("place", f"country-{n}", "Country", text(f"Country {n}"))
        for n in range(20)
    ]
    for n in range(max(5, conferences // 4)):
        country = write.chance.choice(countries)
        city = write.thing("place", f"city-{n}", "City", text(f"City {n}"))
        scenic = write.thing("place", f"area-{n}", "ScenicArea", text(f"Area {n}"))
        venue = write.thing("place", f"venue-{n}", "Venue", text(f"Venue {n}"))
        write.say(city, "within", country)
        write.say(scenic, "within", city)
        write.say(venue, "within", scenic)
        write.places.append(venue)
    for n in range(max(8, conferences * 2)):
        term = write.chance.choice(["Company", "MediaOutlet", "PublicBody"])
        labels = text(f"Body {n}"), text(f"机构{n}", "zh-Hans")
        body = write.thing("organization", f"body-{n}", term, *labels)
        write.say(body, "basedIn", write.chance.choice(write.places))
        unit = write.thing(
            "organization", f"unit-{n}", "OrganizationalUnit", text(f"Unit {n}")
        )
        write.say(unit, "unitOf", body)
        write.bodies += [body, unit]


def conference(write: Writer, number: int) -> None:
    """Write one edition and the document that tells of it."""
    chance = write.chance
    series_number, place_in_series = divmod(number, SERIES_LENGTH)
    series = f"<{ID}event/series-{series_number}>"
    if place_in_series == 0:
        write.thing(
            "event",
            f"series-{series_number}",
            "EventSeries",
            text(f"S {series_number}"),
        )
    name = f"edition-{number}"
    labels = text(f"Edition {number}"), text(f"第{number}届", "zh-Hans")
    edition = write.thing("event", name, "Edition", *labels)
    day = date(2014, 11, 19) + timedelta(days=chance.randrange(3000))
    key = typed(place_in_series + 1, "integer")
    write.say(edition, "editionOf", series)
    write.say(edition, "editionNumber", key)
    write.say(edition, "startDate", typed(day, "date"))
    write.say(edition, "takesPlaceAt", chance.choice(write.places))
    if place_in_series:
        write.say(edition, "comesAfter", f"<{ID}event/edition-{number - 1}>")
    if number % TWICE == TWICE - 1:
        again = write.thing("event", f"{name}-again", "Edition", text("Again"))
        write.say(again, "editionOf", series)
        write.say(again, "editionNumber", key)
    source = write.thing("source", name, "Source", text(f"Document {number}"))
    write.say(source, "language", '"en"')
    write.say(source, "readOn", typed("2026-11-21", "date"))
    passages = [passage(write, source, name, n) for n in range(PASSAGES)]
    sessions = [session(write, edition, name, n) for n in range(SESSIONS)]
    newcomers(write, number)
    for n in range(ROLES):
        role(write, [edition, *sessions], passages, f"{name}-{n}")
    for n in range(4):
        figure = write.thing("figure", f"{name}-{n}", "Figure")
        write.say(figure, "figureOf", edition)
        write.say(figure, "counts", word("Guests"))
        write.say(figure, "qualifier", word("About"))
        write.say(figure, "statedNumber", typed(chance.randrange(3000), "integer"))
        write.say(figure, "evidence", chance.choice(passages))
        claim = write.thing("claim", f"{name}-{n}", "Claim")
        write.say(claim, "about", edition)
        write.say(claim, "content", text(f"What is said, {n}"))
        write.say(claim, "polarity", word("Affirmed"))
        write.say(claim, "saidBy", chance.choice(write.people))
        write.say(claim, "evidence", *chance.sample(passages, 2))


def passage(write: Writer, source: str, name: str, number: int) -> str:
    """Write one passage of a document."""
    node = write.thing("passage", f"{name}-{number}", "Passage")
    start = number * 100
    write.say(node, "passageOf", source)
    write.say(node, "quote", text(f"words {number} of {name}"))
    write.say(node, "start", typed(start, "integer"))
    write.say(node, "end", typed(start + 20, "integer"))
    return node


def session(write: Writer, edition: str, name: str, number: int) -> str:
    """Write a session, every other one within another session."""
    terms = ["PlenarySession", "KeynoteSession", "DialogueSession", "SubForum"]
    node = write.thing(
        "event",
        f"{name}-session-{number}",
        terms[number % len(terms)],
        text(f"Session {number}"),
    )
    above = f"<{ID}event/{name}-session-{number - 1}>" if number % 2 else edition
    write.say(node, "sessionOf", above)
    return node


def newcomers(write: Writer, number: int) -> None:
    """Write people who have not been to a conference before, with what they do."""
    chance = write.chance
    for n in range(10):
        slug = f"person-{number}-{n}"
        labels = text(f"Person {number} {n}"), text(f"人物{number}之{n}", "zh-Hans")
        person = write.thing("person", slug, "Person", *labels)
        post = write.thing("post", slug, "Post", text(f"Post {number} {n}"))
        write.say(post, "postIn", chance.choice(write.bodies))
        tenure = write.thing("role", f"tenure-{slug}", "Tenure")
        write.say(tenure, "holder", person)
        write.say(tenure, "ofPost", post)
        write.say(tenure, "attestedOn", typed("2018-11-07", "date"))
        if n == 0:
            member = write.thing("role", f"membership-{slug}", "Membership")
            write.say(member, "member", person)
            write.say(member, "memberIn", chance.choice(write.bodies))
        write.people.append(person)
        write.posts.append(post)


def role(write: Writer, events: list[str], passages: list[str], name: str) -> None:
    """Write somebody's part in an event."""
    chance = write.chance
    event = chance.choice(events)
    draw = chance.random()
    if draw < ORGANIZING:
        part = chance.choice([("Hosting", "host"), ("Organizing", "organizer")])
        node = write.thing("role", name, part[0])
        write.say(node, part[1], chance.choice(write.bodies))
        write.say(node, "reportedAt", event)
    else:
        link = chance.choice(["reportedAt"] * 3 + ["announcedFor", "invitedFor"])
        part = chance.choice(
            [
                ("KeynoteSpeech", "speaker"),
                ("Discussion", "speaker"),
                ("Attendance", "attendee"),
                ("Participation", "participant"),
            ]
        )
        node = write.thing("role", name, part[0])
        write.say(node, part[1], chance.choice(write.people))
        write.say(node, "inCapacityOf", chance.choice(write.posts))
        write.say(node, link, event)
    write.say(node, "wording", text("as printed"))
    write.say(node, "evidence", chance.choice(passages))


def generate(conferences: int, file: Path, seed: int = 42) -> int:
    """Write a graph; gives the number of its triples."""
    write = Writer(random.Random(seed))  # noqa: S311  (nothing secret)
    write.lines += ontology()
    world(write, conferences)
    for number in range(conferences):
        conference(write, number)
    lines = sorted(set(write.lines))
    file.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def main() -> int:
    """Write a graph and print its parameters."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("conferences", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=42)
    chosen = parser.parse_args()
    count = generate(chosen.conferences, chosen.file, chosen.seed)
    print(
        f"{chosen.file}: {count:,} triples; conferences={chosen.conferences}"
        f" sessions={SESSIONS} roles={ROLES} passages={PASSAGES} seed={chosen.seed}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
