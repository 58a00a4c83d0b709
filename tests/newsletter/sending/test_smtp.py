"""One open line to a real mail server on loopback: what it gets, and what each of its answers means."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy

import pytest
from django.core.mail.backends.smtp import EmailBackend

from newsletter.sending.lines import TAKEN, Answer
from newsletter.sending.merging import FrozenMail, Letter
from newsletter.sending.smtp import Smtp
from portal.emails.outcomes import Outcome, Verdict
from tests.newsletter.sending.loopback import CUT, MailServer, mail_server

MAIL = FrozenMail(subject="Winter", text=".one\n.\nWärme", html="<p>Wärme</p>")
LINK = "https://together.example.org/news/u/MTI:1vA:x/"


IN_GROUPS = b"250-PIPELINING\r\n"


@pytest.fixture(params=[b"", IN_GROUPS], ids=["one by one", "in groups"])
def server(request: pytest.FixtureRequest) -> Iterator[MailServer]:
    """A mail server that takes one command at a time, and one that takes several in one breath."""
    with mail_server() as made:
        made.offers = request.param
        yield made


@pytest.fixture
def line(server: MailServer) -> Iterator[Smtp]:
    made = Smtp(EmailBackend(host="127.0.0.1", port=server.port, timeout=2, username="", password=""), MAIL)
    made.open()
    yield made
    made.close()


def letter(name: str) -> Letter:
    return Letter(1, f"{name}@example.org", f"<{name}@localhost>", LINK, LINK)


def once(answer: bytes, *, at: str = "ann@example.org") -> Callable[[str], bytes | None]:
    """Say this the first time, and yes ever after."""
    said: list[bytes] = []

    def say(address: str) -> bytes | None:
        if at not in address or said:
            return None
        said.append(answer)
        return answer

    return say


def always(answer: bytes) -> Callable[[str], bytes | None]:
    return lambda address: answer


def test_letters_go_one_after_the_other_over_one_line(line: Smtp, server: MailServer) -> None:
    assert line.carry([letter("ann"), letter("bob"), letter("cat")]) == [TAKEN] * 3
    assert server.lines == 1
    assert [to for to, _ in server.got] == ["ann@example.org", "bob@example.org", "cat@example.org"]


def test_what_arrives_is_the_mail_itself(line: Smtp, server: MailServer) -> None:
    line.carry([letter("ann")])
    raw = b"".join(row.removeprefix(b".") for row in server.got[0][1].splitlines(keepends=True))
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Message-ID"], mail["List-Unsubscribe"]) == (
        "ann@example.org",
        "<ann@localhost>",
        f"<{LINK}>",
    )
    texts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    assert [text.replace("\r\n", "\n").rstrip("\n") for text in texts] == [MAIL.text, MAIL.html]


ANSWERS = [
    ("on_sender", b"550 who are you?", Outcome(Verdict.SERVER_TROUBLE, 550)),
    ("on_sender", b"451 later", Outcome(Verdict.SERVER_TROUBLE, 451)),
    ("on_rcpt", b"550 nobody here", Outcome(Verdict.FAILED, 550)),
    ("on_rcpt", b"450 greylisted", Outcome(Verdict.TRY_AGAIN, 450)),
    ("on_rcpt", b"421 too many", Outcome(Verdict.SERVER_TROUBLE, 421)),
    ("on_data", b"554 no", Outcome(Verdict.FAILED, 554)),
    ("on_mail", b"452 full", Outcome(Verdict.TRY_AGAIN, 452)),
    ("on_mail", b"552 too large", Outcome(Verdict.FAILED, 552)),
    ("on_mail", b"421 closing", Outcome(Verdict.SERVER_TROUBLE, 421)),
    ("on_mail", CUT, Outcome(Verdict.UNCERTAIN)),
]


@pytest.mark.parametrize(("step", "told", "means"), ANSWERS, ids=lambda value: str(value)[:30])
def test_an_answer_is_read_and_the_next_letter_goes_all_the_same(
    step: str, told: bytes, means: Outcome, line: Smtp, server: MailServer
) -> None:
    setattr(server, step, once(told, at="" if step == "on_sender" else "ann@"))
    assert line.carry([letter("ann"), letter("bob")]) == [Answer(means), TAKEN]
    assert server.copies["bob@example.org"] == 1


@pytest.mark.parametrize("step", ["on_data", "on_rcpt", "on_sender"])
def test_a_line_that_is_cut_before_the_letter_went_over_is_opened_anew(
    step: str, line: Smtp, server: MailServer
) -> None:
    setattr(server, step, once(CUT, at=""))
    assert line.carry([letter("ann")]) == [TAKEN]
    assert server.copies == {"ann@example.org": 1}
    assert server.lines == 2


def test_a_line_that_is_always_cut_before_the_letter_is_trouble_and_nothing_has_gone(
    line: Smtp, server: MailServer
) -> None:
    server.on_rcpt = always(CUT)
    assert line.carry([letter("ann")]) == [Answer(Outcome(Verdict.SERVER_TROUBLE))]


def test_a_server_that_is_gone_is_trouble(line: Smtp, server: MailServer) -> None:
    line.carry([letter("ann")])
    server.on_sender = always(CUT)
    server.socket.close()
    assert line.carry([letter("bob")]) == [Answer(Outcome(Verdict.SERVER_TROUBLE))]


def test_a_server_that_never_answers_leaves_the_letter_uncertain(server: MailServer) -> None:
    line = Smtp(EmailBackend(host="127.0.0.1", port=server.port, timeout=0.2, username="", password=""), MAIL)
    line.open()
    server.on_mail = always(b"250-and so on, without an end")
    assert line.carry([letter("ann")]) == [Answer(Outcome(Verdict.UNCERTAIN))]
    line.close()


def test_an_address_that_cannot_be_one_never_reaches_the_server(line: Smtp, server: MailServer) -> None:
    bad = letter("ann")._replace(to="ann@example.org>\r\nRCPT TO:<bob@example.org")
    assert line.carry([bad, letter("cat")]) == [Answer(Outcome(Verdict.FAILED)), TAKEN]
    assert server.copies == {"cat@example.org": 1}
