"""Commands in one breath (RFC 2920): the next letter is announced with the one before it, and nothing goes by mistake."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend

from newsletter.sending.lines import TAKEN, Answer
from newsletter.sending.smtp import Smtp
from portal.emails.outcomes import Outcome, Verdict
from tests.newsletter.sending.loopback import CUT, MailServer, mail_server
from tests.newsletter.sending.test_smtp import IN_GROUPS, MAIL, always, letter, once

ANN, BOB, CAT = letter("ann"), letter("bob"), letter("cat")
BAD = ANN._replace(to="ann@example.org>\r\nRCPT TO:<bob@example.org")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as made:
        made.offers = IN_GROUPS
        yield made


@pytest.fixture
def line(server: MailServer) -> Iterator[Smtp]:
    made = Smtp(EmailBackend(host="127.0.0.1", port=server.port, timeout=2, username="", password=""), MAIL)
    made.open()
    yield made
    made.close()


def test_each_letter_takes_one_breath(line: Smtp, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    smtp: Any = line.connection.connection
    smtp.ehlo()
    breaths, send = list[bytes](), smtp.send

    def sends(said: bytes) -> None:
        breaths.append(said)
        send(said)

    monkeypatch.setattr(smtp, "send", sends)
    assert line.carry([ANN, BOB, CAT]) == [TAKEN] * 3
    assert len(breaths) == 4
    assert breaths[0].count(b"\r\n") == 3
    assert [breath.rpartition(b"\r\n.\r\n")[2][:9] for breath in breaths[1:]] == [b"MAIL FROM", b"MAIL FROM", b""]
    assert [to for to, _ in server.got] == [ANN.to, BOB.to, CAT.to]


def test_what_follows_is_announced_and_sent_when_its_turn_comes(line: Smtp, server: MailServer) -> None:
    assert line.carry([ANN], BOB) == [TAKEN]
    assert server.copies == {ANN.to: 1}
    assert line.carry([BOB]) == [TAKEN]
    assert server.copies == {ANN.to: 1, BOB.to: 1}
    assert server.lines == 1


def test_what_was_announced_and_does_not_go_now_never_goes_by_mistake(line: Smtp, server: MailServer) -> None:
    """Somebody put the sending on hold: an orderly goodbye would be taken for the letter."""
    line.carry([ANN], BOB)
    line.close()
    line.open()
    assert line.carry([CAT]) == [TAKEN]
    assert server.copies == {ANN.to: 1, CAT.to: 1}
    assert server.to_nobody == []


def test_another_letter_than_the_announced_one_goes_over_a_new_line(line: Smtp, server: MailServer) -> None:
    line.carry([ANN], BOB)
    assert line.carry([CAT]) == [TAKEN]
    assert server.copies == {ANN.to: 1, CAT.to: 1}
    assert server.lines == 2


def test_what_cannot_be_announced_is_answered_for_in_its_turn(line: Smtp, server: MailServer) -> None:
    assert line.carry([ANN], BAD) == [TAKEN]
    assert line.carry([BAD], CAT) == [Answer(Outcome(Verdict.FAILED))]
    assert line.carry([CAT]) == [TAKEN]
    assert server.copies == {ANN.to: 1, CAT.to: 1}


@pytest.mark.parametrize("hears", [False, True], ids=["503", "354"])
@pytest.mark.parametrize("first", [[], [CAT]], ids=["in the first group", "behind a letter"])
def test_a_refused_address_gets_nothing_whatever_the_server_says_to_data(
    hears: bool, first: list[Any], line: Smtp, server: MailServer
) -> None:
    """A server that wants to hear a letter to nobody is told an empty one (RFC 2920, 3.1), and the line goes on."""
    server.hears_letters_to_nobody = hears
    server.on_rcpt = once(b"550 nobody here")
    answers = line.carry([*first, ANN, BOB])
    assert answers == [*[TAKEN for _ in first], Answer(Outcome(Verdict.FAILED, 550)), TAKEN]
    assert server.copies == {one.to: 1 for one in [*first, BOB]}
    assert server.to_nobody == ([b""] if hears else [])
    assert server.lines == 1


@pytest.mark.parametrize("hears", [False, True], ids=["503", "354"])
def test_a_refused_sender_is_trouble_and_no_letter_begins(hears: bool, line: Smtp, server: MailServer) -> None:
    server.hears_letters_to_nobody = hears
    server.on_sender = always(b"550 who are you?")
    assert line.carry([ANN]) == [Answer(Outcome(Verdict.SERVER_TROUBLE, 550))]
    assert (server.got, server.to_nobody) == ([], [])


def test_a_server_that_refuses_and_hangs_up_in_the_middle_of_its_answers_is_believed(
    line: Smtp, server: MailServer
) -> None:
    server.on_sender = always(b"554 go away")
    server.on_rcpt = always(CUT)
    assert line.carry([ANN]) == [Answer(Outcome(Verdict.SERVER_TROUBLE, 554))]


@pytest.mark.parametrize(
    ("told", "means"),
    [
        (b"452 full", Outcome(Verdict.TRY_AGAIN, 452)),
        (b"421 closing", Outcome(Verdict.SERVER_TROUBLE, 421)),
        (CUT, Outcome(Verdict.UNCERTAIN)),
    ],
    ids=["refused", "421", "cut"],
)
def test_what_becomes_of_a_letter_does_not_touch_the_one_announced_with_it(
    told: bytes, means: Outcome, line: Smtp, server: MailServer
) -> None:
    server.on_mail = once(told)
    assert line.carry([ANN], BOB) == [Answer(means)]
    assert line.carry([BOB]) == [TAKEN]
    assert server.copies[BOB.to] == 1
    assert server.lines == (1 if told.startswith(b"452") else 2)
