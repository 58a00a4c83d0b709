"""Everybody writes at once: comments and requests for help through the real forms, with the worker beside, on each database."""

import json
import re
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.databases import databases
from benchmarks.load import Answers, get, load, post
from benchmarks.measure import Figure, Row
from benchmarks.servers import granian, server
from benchmarks.village import PROXY, as_production, fill, folder_of, run, village, working

POSTS, POSTS_IN_TURN, REFERRALS, LINES, ROUNDS = 20_000, 400, 400, 8, 5
FORM, CHECK, TOKEN = "/have-your-say/add/", "/here/check/", "a" * 32
LONGEST_SECONDS = 1200.0
PLAIN, WAITING = "benchmarks.settings.as_django_comes", "benchmarks.settings.every_commit_waits"
TAKEN_IN = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)


@dataclass
class Site:
    """A village with its web process and worker."""

    port: int
    surroundings: Mapping[str, str]

    def writes(self, requests: Iterator[bytes]) -> Answers:
        return load(self.port, requests, lines=LINES, seconds=LONGEST_SECONDS)

    def stored(self) -> dict[str, int]:
        """What lies in the database now."""
        told: dict[str, int] = json.loads(run("-m", "benchmarks.writing_at", **self.surroundings).splitlines()[-1])
        return told

    def comments(self) -> Iterator[bytes]:
        """The last press on the comment form, for ever, each with other words and from another address."""
        page = load(self.port, [get(FORM, **PROXY)], lines=1, count=1).first[HTTPStatus.OK].decode()
        hidden = {
            name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
        }
        place = re.search(r'<select name="named_place".*?<option value="(\d+)"', page, re.DOTALL)
        said = {**hidden, "website": "", "feeling": "needs_work", "go": "send", "csrfmiddlewaretoken": TOKEN}
        said |= {"named_place": place[1]} if place else {"where_words": "By the park"}
        chance = Random(8)
        while True:
            number = uuid.UUID(int=chance.getrandbits(128)).hex
            words = f"The swing at the north gate has a broken seat. {number[:8]} saw it."
            yield post(FORM, {**said, "page": number, "words": words}, **_browser(number))

    def referrals(self) -> Iterator[bytes]:
        """The last press of people whose answers are written down."""
        keys = json.loads(run("-m", "benchmarks.writing_at", str(REFERRALS), **self.surroundings).splitlines()[-1])
        for key in keys:
            yield post(CHECK, {"csrfmiddlewaretoken": TOKEN}, **_browser(key, f"; here={key}"))


def _browser(known: str, cookies: str = "") -> dict[str, str]:
    """Each from an address of their own, as a proxy would say: limits stay as they are."""
    parts = uuid.uuid5(uuid.NAMESPACE_URL, known).bytes
    own = {"x_forwarded_for": f"10.{parts[0]}.{parts[1]}.{parts[2]}", "origin": "https://localhost"}
    return {**PROXY, **own, "cookie": f"__Host-csrf={TOKEN}{cookies}"}


@contextmanager
def site(surroundings: Mapping[str, str]) -> Iterator[Site]:
    with ExitStack() as stack:
        port = stack.enter_context(server(granian(), surroundings, path="/healthz", is_alone=False))
        stack.enter_context(working(surroundings))
        yield Site(port, surroundings)


def rows() -> list[Row]:
    """First all of them take turns, then one alone takes in twenty thousand."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch, databases() as known, ExitStack() as stack:
        enter = stack.enter_context
        sites = {
            "ours": enter(site(enter(village()))),
            "every commit waits": enter(site(enter(village(DJANGO_SETTINGS_MODULE=WAITING)))),
            "as Django comes": enter(site(_without_log(enter(village(DJANGO_SETTINGS_MODULE=PLAIN))))),
        }
        if "PostgreSQL" in known:
            sites["PostgreSQL"] = enter(site(_on(known["PostgreSQL"](0), Path(scratch))))
        found = _in_turn(sites)
    with village() as surroundings, site(surroundings) as alone:
        return [*_many(alone), *found]


def _on(database: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The village on another database, in a folder of its own."""
    places = {**database, "VAR_DIR": str(folder / "var")}
    fill(**places)
    surroundings = as_production(folder / "var", DATABASE_URL=database["DATABASE_URL"])
    run("manage.py", "collectstatic", "--noinput", "--verbosity=0", **surroundings)
    return surroundings


def _without_log(surroundings: dict[str, str]) -> dict[str, str]:
    """SQLite remembers in its file how it was told to keep its log: here as it comes."""
    import sqlite3

    with sqlite3.connect(folder_of(surroundings) / "together.sqlite3") as database:
        database.execute("PRAGMA journal_mode=DELETE")
    database.close()
    return surroundings


def _many(alone: Site) -> list[Row]:
    before = alone.stored()
    comments = alone.writes(islice(alone.comments(), POSTS))
    referrals = alone.writes(alone.referrals())
    after = alone.stored()
    kept = {name: after[name] - before[name] for name in after}
    return [
        _many_row(f"{POSTS:,} comments", "the last press on the form", comments, kept["comments"]),
        _many_row(
            f"{REFERRALS:,} requests for help", "the last press, after all questions", referrals, kept["referrals"]
        ),
    ]


def _many_row(what: str, how: str, answers: Answers, stored: int) -> Row:
    wrong = answers.others_than(*TAKEN_IN)
    tail = answers.p95 / answers.median
    return Row(
        f"{what} from {LINES} lines at once",
        f"{wrong} errors, {stored:,} stored, p95 : median {tail:.2f}",
        f"{how}; worker beside; {answers.per_second:.0f} a second, median {answers.median * 1000:.0f} ms, "
        f"p95 {answers.p95 * 1000:.0f} ms, longest {max(answers.took) * 1000:.0f} ms; aim 0 errors, at most 3",
    )


def _in_turn(sites: Mapping[str, Site]) -> list[Row]:
    """Comments by the hundred, each database in its turn."""
    streams = {name: each.comments() for name, each in sites.items()}
    taken: dict[str, list[Answers]] = {name: [] for name in sites}
    order = list(sites.items())
    for each in range(ROUNDS + 1):
        for name, one in order:
            answers = one.writes(islice(streams[name], POSTS_IN_TURN))
            if each:  # the first is to warm up
                taken[name].append(answers)
        order.reverse()
    good = {
        name: Figure(tuple(sum(map(one.statuses.__getitem__, TAKEN_IN)) / one.seconds for one in answers))
        for name, answers in taken.items()
    }
    lost = {name: sum(one.others_than(*TAKEN_IN) for one in answers) for name, answers in taken.items()}
    how = f"comments taken in a second; {POSTS_IN_TURN} a round, {ROUNDS} rounds in turn, {LINES} lines; worker beside"
    found = [
        Row(f"Our SQLite : {name}", good["ours"].beside(good[name]).told(), how) for name in sites if name != "ours"
    ]
    errors = " · ".join(f"{count}" for count in lost.values())
    found.append(Row(f"Errors: {' · '.join(lost)}", errors, f"of {POSTS_IN_TURN * ROUNDS:,} comments each"))
    tails = (sorted(time for one in answers for time in one.took) for answers in taken.values())
    p95s = " · ".join(f"{took[int(len(took) * 0.95)] * 1000:.0f}" for took in tails)
    return [*found, Row("p95 of the same", f"{p95s} ms", "of one press")]
