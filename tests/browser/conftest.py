"""A real Chromium against the real demo: web, worker, mail files and all, on a loopback port of its own."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

from portal.pages.cookies import COOKIES
from tests import ready_database
from tests.browser.elsewhere import served

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LONGEST_WAIT_FOR_MAIL_SECONDS = 30
# Staff screens of our own: all that is in their middle but the bar and the notices that Wagtail draws.
OURS_IN_THE_ADMIN = re.compile(r"/staff/(comments|directory|newspaper|referrals|agreements|shared|erasures)/|/staff/$")
LOOKED_OVER: set[tuple[object, ...]] = set()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    # Last of all: the browser leaves an event loop running, under which Django opens no database.
    items.sort(key=lambda item: here in item.path.parents)
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine: install Debian's package chromium")
                )


@dataclass(frozen=True)
class Portal:
    """The running demo: its address, the staff's password and its mail folder."""

    url: str
    password: str
    mail: Path

    def link_in_mail_to(self, address: str, containing: str) -> str:
        """The first link with `containing` in the newest mail to somebody.

        The worker is another process, so this looks again until the mail is there or half a minute has gone.
        """
        deadline = time.monotonic() + LONGEST_WAIT_FOR_MAIL_SECONDS
        while time.monotonic() < deadline:
            for path in sorted(self.mail.glob("*.eml"), reverse=True):
                message = message_from_bytes(path.read_bytes(), policy=policy.default)
                if address in str(message["To"]):
                    body = message.get_body(("plain",))
                    words = body.get_content() if body else ""
                    if found := re.search(rf"https?://\S*{re.escape(containing)}\S*", words):
                        return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} with a link containing {containing}")


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[str]:
    """Where "Leave this site" leads."""
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, elsewhere: str) -> Iterator[Portal]:
    var = tmp_path_factory.mktemp("var")
    port = a_free_port()
    surroundings = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TOGETHER_ENV": "here",
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "FASTEST_PERSON_SECONDS": "0",
        "QUICK_EXIT_URL": elsewhere,
    }
    # A database that the tests migrated before saves the demo half a minute; it remembers the keys that it was begun with.
    surroundings |= {"REFERRAL_KEYS": ",".join(settings.REFERRAL_KEYS), "INDEX_KEY": settings.INDEX_KEY}
    ready_database.lay_out(ready_database.kept_database(), str(var / "together.sqlite3"))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        _listen_until_it_runs(process, said)
        yield Portal(f"http://localhost:{port}", (var / "demo-password.txt").read_text(), var / "mail")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _listen_until_it_runs(process: "subprocess.Popen[str]", said: list[str]) -> None:
    """Read what the demo says until it says that it runs; go on reading in the background so that it can speak."""
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if "Together is running" in line:
            threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True).start()
            return
    raise AssertionError("the demo did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
    yield started
    started.close()


@dataclass
class Visitor:
    """Somebody at a screen. Every page they open is looked over: axe, width, console, and where it asks for things."""

    portal: Portal
    page: Page
    has_scripts: bool
    problems: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    nickname: str = field(default_factory=lambda: secrets.token_hex(4))

    def opens(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.portal.url}{path}")
        self.looks_it_over()

    def follows(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.looks_it_over()

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.looks_it_over()

    def reads(self) -> str:
        return self.page.locator("body").inner_text()

    def looks_it_over(self) -> None:
        self.page.wait_for_load_state("load")
        where = self.page.url.removeprefix(self.portal.url)
        self.seen.append(where)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0 and not where.startswith("/staff/"):
            self.problems.append(f"{where} is {wide} px wider than the screen")
        listed = {cookie.name for cookie in COOKIES}
        unlisted = {str(cookie.get("name")) for cookie in self.page.context.cookies()} - listed
        self.problems += [f"{where} sets the cookie {name}, which the cookies page does not list" for name in unlisted]
        if self._was_seen(where):
            return
        for violation in self._violations():
            nodes = "; ".join(node["html"][:140] for node in violation["nodes"][:3])
            self.problems.append(f"{where}: {violation['id']}: {violation['help']}: {nodes}")

    def _violations(self) -> list[dict[str, Any]]:
        """What axe finds. It needs scripts itself, so where they are off it is given a still of the page to look at."""
        options = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}}
        if self.has_scripts:
            return list(Axe().run(self.page, context=self._ours(), options=options).response["violations"])
        still = re.sub(r"</?noscript[^>]*>", "", self.page.content())
        address = self.page.url.partition("#")[0]
        browser, size = self.page.context.browser, self.page.viewport_size
        assert browser is not None
        with browser.new_context(viewport=size, reduced_motion="reduce") as context:
            context.route("**/*.js", lambda route: route.abort())
            context.route(address, lambda route: route.fulfill(body=still, content_type="text/html; charset=utf-8"))
            page = context.new_page()
            page.goto(address)
            return list(Axe().run(page, context=self._ours(), options=options).response["violations"])

    def _was_seen(self, where: str) -> bool:
        """Whether this very page, in these words on this screen, was looked over in another story."""
        scheme = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        screen = self.page.viewport_size["width"] if self.page.viewport_size else 0
        this = (where, screen, self.has_scripts, scheme, hash(self.reads()))
        is_known = this in LOOKED_OVER
        LOOKED_OVER.add(this)
        return is_known

    def _ours(self) -> dict[str, Any] | None:
        """What to look at: on staff screens our own parts only, elsewhere the whole page."""
        if "/staff/" not in self.page.url or "/staff/components/" in self.page.url:
            return None
        if OURS_IN_THE_ADMIN.search(self.page.url) and self.page.locator("#main").count():
            return {"include": ["#main"], "exclude": [".w-slim-header", ".w-header", ".messages"]}
        return {"include": ["title"]}


SCREENS = [
    pytest.param((320, True), id="phone"),
    pytest.param((320, False), id="phone-without-scripts"),
    pytest.param((1280, True), id="desktop"),
    pytest.param((1280, False), id="desktop-without-scripts"),
]


@pytest.fixture(params=SCREENS)
def visitor(request: pytest.FixtureRequest, browser: Browser, portal: Portal) -> Iterator[Visitor]:
    """Somebody on each kind of screen, with scripts and without."""
    width, has_scripts = request.param
    with _context(browser, width, has_scripts) as context:
        somebody = _visitor(context, portal, has_scripts)
        yield somebody
        assert somebody.problems == []


@pytest.fixture
def staff(browser: Browser, portal: Portal) -> Iterator[Any]:
    """Signs somebody of the staff in, at a desk."""
    contexts: list[BrowserContext] = []
    people: list[Visitor] = []

    def sign_in(name: str) -> Visitor:
        context = _context(browser, 1280, True)
        contexts.append(context)
        somebody = _visitor(context, portal, True)
        people.append(somebody)
        somebody.opens("/staff/")
        somebody.page.get_by_label("Email").fill(f"{name}@demo.example")
        somebody.page.get_by_label("Password", exact=True).fill(portal.password)
        somebody.presses("Sign in")
        return somebody

    yield sign_in
    for context in contexts:
        context.close()
    assert [problem for somebody in people for problem in somebody.problems] == []


def _context(browser: Browser, width: int, has_scripts: bool) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 568 if width < 600 else 800},
        java_script_enabled=has_scripts,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )


def _visitor(context: BrowserContext, portal: Portal, has_scripts: bool) -> Visitor:
    page = context.new_page()
    page.set_default_timeout(15_000)
    somebody = Visitor(portal, page, has_scripts)

    def heard(message: ConsoleMessage) -> None:
        is_the_page_itself = message.location.get("url") == page.url
        if message.type in {"error", "warning"} and "/staff/" not in page.url and not is_the_page_itself:
            somebody.problems.append(f"{page.url}: console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((portal.url, "data:", "blob:", "http://127.0.0.1:")):
            somebody.problems.append(f"{page.url} asks {request.url}")

    page.on("console", heard)
    page.on("request", asked)
    return somebody
