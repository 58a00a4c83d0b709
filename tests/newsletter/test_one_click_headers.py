"""RFC 8058 and RFC 2369 to the letter: the headers, in the bytes that go over the wire."""

import email
import re
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newsletter.links import links_of_readers, new_message_id
from newsletter.models import Subscriber
from newsletter.sending.merging import FrozenMail, Letter, Template
from newsletter.workflow import SubscriberState
from portal.emails.sending import message_of
from tests.conftest import Person
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db


def on_the_wire(reader: Subscriber, way: str) -> bytes:
    """One reader's mail as bytes: merged from a template, dots doubled as SMTP wants, or made by Django for a provider."""
    leave, choices = links_of_readers()(reader.pk)
    letter = Letter(1, reader.email, new_message_id(), leave, choices)
    frozen = FrozenMail(subject="Winter — in Horden " * 6, text="Words", html="<p>Words</p>")
    if way == "merged":
        return Template(frozen).merged(letter)
    if way == "stuffed":
        return Template(frozen).stuffed(letter)
    made = message_of(
        to=reader.email, subject="Winter", text="x", html="x", headers=frozen.headers_for(letter), from_email=None
    )
    return made.message().as_bytes(linesep="\r\n")


def head_of(raw: bytes) -> str:
    return raw.partition(b"\r\n\r\n")[0].decode("ascii")


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


WAYS = ["merged", "stuffed", "by a provider"]


@pytest.fixture(params=WAYS, ids=WAYS)
def raw(request: pytest.FixtureRequest, settings: Any) -> bytes:
    settings.BASE_URL = "https://together-in-a-village-with-a-rather-long-name.council.example.org"
    return on_the_wire(a_reader("somebody.with.a.long.name@mail.example.org"), request.param)


@pytest.mark.parametrize(
    "name", ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Message-ID", "List-Subscribe", "List-Owner"]
)
def test_each_header_is_there_once(name: str, raw: bytes) -> None:
    assert len(re.findall(rf"(?im)^{name}:", head_of(raw))) == 1


def test_the_link_is_one_https_address_in_angle_brackets(raw: bytes) -> None:
    value = str(parsed(raw)["List-Unsubscribe"]).strip()
    assert re.fullmatch(r"<https://[^\s<>,]+>", value)
    assert urlsplit(value.strip("<>")).path.startswith("/news/u/")


def test_folding_at_most_puts_the_link_on_a_line_of_its_own_and_never_breaks_it(raw: bytes) -> None:
    head = f"{head_of(raw)}\r\n"
    found = re.search(r"(?m)^List-Unsubscribe:(?: |\s\r\n |\r\n )<https://[!-;=?-~]+/>\r\n", head)
    assert found
    assert not head[found.end() :].startswith((" ", "\t"))
    assert max(len(line) for line in head.split("\r\n")) < 998


def test_the_other_header_says_exactly_one_thing(raw: bytes) -> None:
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in f"{head_of(raw)}\r\n"


def test_no_header_carries_the_address_but_the_one_it_goes_to(raw: bytes) -> None:
    with_address = [line for line in head_of(raw).split("\r\n") if "somebody.with" in line]
    assert [line.split(":")[0] for line in with_address] == ["To"]


def test_both_headers_are_to_be_signed_by_dkim() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "running.md").read_text()
    assert "`List-Unsubscribe` and `List-Unsubscribe-Post`" in text


def test_the_link_of_the_header_itself_works_when_pressed(program: Person) -> None:
    reader = a_reader()
    value = str(parsed(on_the_wire(reader, "merged"))["List-Unsubscribe"])
    assert program.post(urlsplit(value.strip("<>")).path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
