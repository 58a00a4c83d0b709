"""One mail made once and merged as bytes is, for each reader, the mail that Django would have made for them."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import settings

from newsletter.links import links_of_readers, reader_of_leave_link, reader_of_preferences_link
from newsletter.rendering.edition import LEAVE_MARK, PREFERENCES_MARK
from newsletter.sending.merging import FrozenMail, Letter, Template, address_of
from portal.emails.outcomes import NoAddress
from portal.emails.sending import message_of
from tests.factories.newsletter import a_reader

LONG_LINE = "Straße, café, naïve, 5°, “warm” – " * 60
TEXT = f"""Warm rooms\r
.
. a dot opens this line
..two
From the hall
{LONG_LINE}
Trailing space \nLeave:{LEAVE_MARK}. Choices: {PREFERENCES_MARK}
{LEAVE_MARK}
100 % = all 🎉
"""
HTML = (
    f"<html><body><p class='a=b'>{LONG_LINE}<a href=\"{LEAVE_MARK}\">Leave</a> "
    f'<a href="{PREFERENCES_MARK}">Choices</a></p>\n.\n</body></html>'
)
MAIL = FrozenMail(
    subject="Winter in Horden – “warm” rooms, and much more that makes a long subject\n", text=TEXT, html=HTML
)
OWN_LINKS = [
    ("https://together.example.org/news/u/MTI:1vA:x/", "https://together.example.org/news/preferences/MTI:1vA:y/"),
    ("https://t.example/" + "a" * 53 + ".b/" + "c" * 150, "https://t.example/?next=1&b=" + "=" * 90),
]
ADDRESSES = ["ann@example.org", "o'brien+news@sub.example.co.uk", "x" * 60 + "@" + "y" * 60 + ".example"]


def letters() -> list[Letter]:
    return [
        Letter(number, to, f"<{number:032x}@localhost>", *links)
        for number, (to, links) in enumerate((to, links) for to in ADDRESSES for links in OWN_LINKS)
    ]


def parsed(mail: bytes) -> EmailMessage:
    read = message_from_bytes(mail, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def told(mail: EmailMessage) -> dict[str, str]:
    """Headers as a mail program reads them, without those that are made anew for each mail."""
    return {name: " ".join(str(value).split()) for name, value in mail.items() if name not in {"Date", "Content-Type"}}


def words(mail: EmailMessage) -> list[tuple[str, str]]:
    parts = (part for part in mail.walk() if not part.is_multipart())
    return [(part.get_content_type(), str(part.get_content()).replace("\r\n", "\n")) for part in parts]


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: f"letter {letter.copy}")
def test_it_is_what_django_would_have_made(letter: Letter) -> None:
    text, html = MAIL.words_for(letter)
    theirs = message_of(
        to=letter.to, subject=MAIL.subject, text=text, html=html, headers=MAIL.headers_for(letter)
    ).message()
    ours, django_s = parsed(Template(MAIL).merged(letter)), parsed(theirs.as_bytes(linesep="\r\n"))
    assert told(ours) == told(django_s)
    assert ours.get_content_type() == django_s.get_content_type() == "multipart/alternative"
    assert words(ours) == words(django_s)
    assert ours.defects == []
    assert words(ours)[0][1] == text.replace("\r\n", "\n")


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: f"letter {letter.copy}")
def test_its_lines_are_short_and_plain(letter: Letter) -> None:
    mail = Template(MAIL).merged(letter)
    assert mail.isascii()
    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert b"\r" not in mail.replace(b"\r\n", b"")
    head, _, body = mail.partition(b"\r\n\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
    assert max(len(line) for line in head.split(b"\r\n")) < 998


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: f"letter {letter.copy}")
def test_dots_are_doubled_as_a_mail_server_takes_them_back(letter: Letter) -> None:
    template = Template(MAIL)
    lines = template.stuffed(letter).split(b"\r\n")
    assert any(line.startswith(b"..") for line in lines)
    assert b"." not in lines
    assert b"\r\n".join(line.removeprefix(b".") for line in lines) == template.merged(letter)


@pytest.mark.django_db
def test_the_links_are_those_of_each_reader() -> None:
    links = links_of_readers()
    for reader in (a_reader("ann@example.org"), a_reader("bob@example.org")):
        leave, preferences = links(reader.pk)
        assert leave.startswith(settings.BASE_URL)
        assert reader_of_leave_link(leave.rstrip("/").rsplit("/", 1)[1]) == reader
        assert reader_of_preferences_link(preferences.rstrip("/").rsplit("/", 1)[1]) == reader
        assert reader_of_leave_link(preferences.rstrip("/").rsplit("/", 1)[1]) is None


NO_ADDRESSES = [
    "",
    "ann",
    "ann@",
    "@example.org",
    "ann@example.org\nBcc: all@example.org",
    "ann@example.org\r\n\r\nHello",
    "ann@example.org, bob@example.org",
    "Ann <ann@example.org>",
    "ann@exa mple.org",
    "ann@example.org\x00",
    "jürgen@example.org",
    "ann@example.org>",
    "ann@-.example\u2028.org",
]


@pytest.mark.parametrize("typed", NO_ADDRESSES)
def test_what_cannot_be_an_address_gets_no_mail(typed: str) -> None:
    with pytest.raises(NoAddress):
        address_of(typed)
    letter = letters()[0]._replace(to=typed)
    with pytest.raises(NoAddress):
        Template(MAIL).merged(letter)


def test_a_host_in_other_letters_is_written_as_mail_servers_know_it() -> None:
    assert address_of("ann@bücher.example") == "ann@xn--bcher-kva.example"
    assert address_of("ann@example.org") == "ann@example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        letters()[0]._replace(message_id="<x@y>\r\nBcc: all@example.org"),
        letters()[0]._replace(leave_url="https://x.example/\r\nBcc: all@example.org"),
        letters()[0]._replace(leave_url="https://x.example/>"),
        letters()[0]._replace(preferences_url="javascript:alert(1)"),
    ],
    ids=["number", "link", "bracket", "script"],
)
def test_nothing_but_one_header_gets_into_a_header(wrong: Letter) -> None:
    with pytest.raises(ValueError, match="not what it should be"):
        Template(MAIL).merged(wrong)


def test_a_subject_that_looks_like_a_mark_takes_nobody_s_place() -> None:
    mail = FrozenMail(subject=f"{LEAVE_MARK} to@mark.invalid", text="x", html="x")
    assert str(parsed(Template(mail).merged(letters()[0]))["Subject"]) == mail.subject


def test_words_without_marks_go_as_they_are() -> None:
    mail = FrozenMail(subject="x", text="", html="<p></p>")
    assert words(parsed(Template(mail).merged(letters()[0]))) == [("text/plain", ""), ("text/html", "<p></p>")]
