"""People at browsers who try the other server when one does not answer, as a proxy in front of both does for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

TOKEN = "a" * 32
FORM = "/have-your-say/add/"
TRIES = 6


@dataclass
class Visitor:
    """Somebody with a cookie or none; `ports` are the servers, of which each visitor begins with one of their own."""

    ports: Sequence[int]
    cookies: dict[str, str] = field(default_factory=dict)
    turned_away: int = 0

    def asks(self, path: str, typed: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page, from whichever server answers."""
        for number in range(TRIES):
            connection = HTTPConnection("127.0.0.1", self.ports[number % len(self.ports)], timeout=60)
            cookies = {**self.cookies, "csrftoken": TOKEN}
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Host": "localhost"}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"} if typed is not None else {}
            body = None if typed is None else urlencode({**typed, "csrfmiddlewaretoken": TOKEN})
            try:
                connection.request("GET" if typed is None else "POST", path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers.get("Location", ""), answer.read().decode()
            except (HTTPException, OSError):
                self.turned_away += 1
            finally:
                connection.close()
        raise AssertionError(f"no server answered {path}")

    def asks_for_help(self) -> str:
        """Presses "Send" on a form that is filled in; the reference that is shown."""
        status, leads_to, page = self.asks("/here/check/", {})
        assert status == 302, (status, page[:500])
        found = re.search(r"Your reference is <strong>([^<]+)<", self.asks(leads_to)[2])
        return found[1] if found else ""

    def leaves_a_comment(self, words: str, place: int) -> str:
        """Fills the form in, looks at the preview and sends it; where the answer leads."""
        page = self.asks(FORM)[2]
        said = {**hidden(page), "website": "", "words": words, "feeling": "needs_work", "named_place": str(place)}
        preview = self.asks(FORM, {**said, "go": "preview"})[2]
        status, leads_to, page = self.asks(FORM, {**hidden(preview), "go": "send"})
        assert status in {302, 303}, (status, "".join(page.partition("error-summary")[1:])[:1500])
        return leads_to


def hidden(page: str) -> dict[str, str]:
    """What a browser sends back besides what was typed."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}
