"""Many letters in one call to a provider: what is asked, and what its answers mean for each reader."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from anymail.backends.mailgun import EmailBackend as Mailgun
from anymail.backends.postmark import EmailBackend as Postmark
from anymail.backends.test import EmailBackend as Anymail
from anymail.exceptions import AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus
from django.core import mail
from requests import Response

from newsletter.sending.lines import TAKEN, Answer, OneByOne
from newsletter.sending.merging import FrozenMail
from newsletter.sending.providers import ManyAtOnce, takes_at_once
from portal.emails.outcomes import Outcome, Verdict
from tests.newsletter.sending.http_provider import MAIL, Http, letter


class Provider(Anymail):
    """Answers as a test tells it; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []
        self.refuses: Callable[[Sequence[str]], int] = lambda addresses: 0
        self.says: dict[str, str] = {}

    def post_to_esp(self, payload: Any, message: Any) -> Any:
        addresses = list(payload.recipient_emails)
        self.asked.append(addresses)
        if status := self.refuses(addresses):
            answer = Response()
            answer.status_code = status
            answer.headers["Retry-After"] = "90"
            raise AnymailRequestsAPIError("no", response=answer)
        super().post_to_esp(payload, message)
        states = {one: self.says.get(one, "queued") for one in addresses}
        return {"recipient_status": {one: AnymailRecipientStatus(f"id-{one[0]}", said) for one, said in states.items()}}


def line(provider: Provider) -> ManyAtOnce:
    return ManyAtOnce(provider, MAIL)


def test_one_call_carries_each_reader_s_own() -> None:
    answers = line(Provider()).carry([letter("ann"), letter("bob")])
    assert answers == [Answer(None, "id-a"), Answer(None, "id-b")]
    (sent,) = mail.outbox
    asked = sent.anymail_test_params  # type: ignore[union-attr]
    assert asked["is_batch_send"]
    assert asked["text_body"] == "[leave_link] [preferences_link]"
    assert asked["merge_data"]["ann@example.org"] == {
        "leave_link": "https://t.example/u/ann/",
        "preferences_link": "https://t.example/p/ann/",
    }
    assert asked["merge_metadata"]["bob@example.org"] == {"copy": "bob@localhost"}
    assert asked["merge_headers"]["bob@example.org"] == {
        "List-Unsubscribe": "<https://t.example/u/bob/>",
        "Message-ID": "<bob@localhost>",
    }
    assert asked["extra_headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_address_has_its_own_answer() -> None:
    provider = Provider()
    provider.says = {
        "bad@example.org": "invalid",
        "dead@example.org": "rejected",
        "odd@example.org": "unknown",
        "lame@example.org": "failed",
    }
    names = ["ann", "bad", "dead", "odd", "lame"]
    assert line(provider).carry([letter(name) for name in names]) == [
        Answer(None, "id-a"),
        Answer(Outcome(Verdict.FAILED), "id-b"),
        Answer(None, "id-d", is_silenced=True),
        Answer(Outcome(Verdict.UNCERTAIN)),
        Answer(Outcome(Verdict.FAILED), "id-l"),
    ]


def test_a_batch_of_which_all_are_refused_is_told_apart_too() -> None:
    provider = Provider()
    provider.says = {"bad@example.org": "invalid", "dead@example.org": "rejected"}
    answers = line(provider).carry([letter("bad"), letter("dead")])
    assert answers == [Answer(Outcome(Verdict.FAILED), "id-b"), Answer(None, "id-d", is_silenced=True)]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (429, Verdict.SERVER_TROUBLE),
        (401, Verdict.SERVER_TROUBLE),
        (503, Verdict.SERVER_TROUBLE),
        (500, Verdict.UNCERTAIN),
    ],
)
def test_an_answer_to_the_whole_call_is_for_everybody(status: int, verdict: Verdict) -> None:
    provider = Provider()
    provider.refuses = lambda addresses: status
    answers = line(provider).carry([letter("ann"), letter("bob")])
    assert [(answer.outcome and answer.outcome.verdict) for answer in answers] == [verdict, verdict]
    assert len(provider.asked) == 1


def test_one_bad_address_is_found_and_everybody_else_gets_their_copy() -> None:
    provider = Provider()
    provider.refuses = lambda addresses: 400 if "bad@example.org" in addresses else 0
    names = ["ann", "bob", "cat", "dan", "eve", "bad", "flo", "gus"]
    answers = dict(zip(names, line(provider).carry([letter(name) for name in names]), strict=True))
    assert answers.pop("bad") == Answer(Outcome(Verdict.FAILED, 400))
    assert {answer.outcome for answer in answers.values()} == {None}
    assert sorted(len(asked) for asked in provider.asked) == [1, 1, 2, 2, 4, 4, 8]


def test_a_provider_that_refuses_everything_is_trouble_not_everybody_s_fault() -> None:
    provider = Provider()
    provider.refuses = lambda addresses: 400
    answers = line(provider).carry([letter(f"reader{number}") for number in range(64)])
    verdicts = [answer.outcome.verdict for answer in answers if answer.outcome]
    assert verdicts.count(Verdict.FAILED) == 3
    assert verdicts.count(Verdict.SERVER_TROUBLE) == 61
    assert len(provider.asked) < 12


# Over real HTTP -----------------------------------------------------------------------------------


def mailgun(http: Http) -> ManyAtOnce:
    url = f"http://127.0.0.1:{http.server_address[1]}/v3"
    made = ManyAtOnce(Mailgun(api_key="x", sender_domain="t.example", api_url=url, timeout=1), MAIL)
    made.open()
    return made


def test_a_batch_over_http(http: Http) -> None:
    assert mailgun(http).carry([letter("ann"), letter("bob")]) == [Answer(None, "<batch>")] * 2
    assert b"recipient.leave_link" in http.asked[0]
    assert b"recipient.h%3AList-Unsubscribe" in http.asked[0]


def test_slow_down_is_kept_with_the_time_asked_for(http: Http) -> None:
    http.answer = (429, {"Retry-After": "90"}, {})
    (answer,) = mailgun(http).carry([letter("ann")])
    assert answer.outcome is not None
    assert (answer.outcome.verdict, answer.outcome.code) == (Verdict.SERVER_TROUBLE, 429)
    assert answer.outcome.wait is not None
    assert answer.outcome.wait.total_seconds() == 90


def test_a_provider_that_is_not_there_has_taken_nothing(http: Http) -> None:
    line = mailgun(http)
    http.shutdown()
    http.server_close()
    assert line.carry([letter("ann")]) == [Answer(Outcome(Verdict.SERVER_TROUBLE))]


def test_a_provider_without_batches_gets_one_mail_a_call_with_its_metadata(http: Http) -> None:
    http.answer = (200, {}, {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": "ann@example.org"})
    url = f"http://127.0.0.1:{http.server_address[1]}/"
    line = OneByOne(Postmark(server_token="x", api_url=url, timeout=1), MAIL)
    line.open()
    assert line.carry([letter("ann")]) == [Answer(None, "pm-1")]
    asked = json.loads(http.asked[0])
    assert asked["Metadata"] == {"copy": "ann@localhost"}
    assert {"Name": "List-Unsubscribe", "Value": "<https://t.example/u/ann/>"} in asked["Headers"]


def test_a_back_end_of_django_s_own_takes_them_too() -> None:
    assert OneByOne(mail.get_connection(), MAIL).carry([letter("ann")]) == [TAKEN]
    assert mail.outbox[0].extra_headers["Message-ID"] == "<ann@localhost>"


@pytest.mark.parametrize(
    ("esp", "words", "is_batched"),
    [
        ("Mailgun", "Hello %recipient.email%", False),
        ("Mailgun", "100% warm, {{ so }}", True),
        ("SparkPost", "Write {{ name }} here", False),
        ("Mailjet", "{% if %}", False),
        ("Mailjet", "[[var:x]]", False),
        ("Mailjet", "[1] see below", True),
        ("Postmark", "Hello", False),
    ],
)
def test_words_that_mean_something_to_a_provider_s_templates_go_one_by_one(
    esp: str, words: str, is_batched: bool
) -> None:
    for mail_of in (FrozenMail(subject="x", text=words, html="x"), FrozenMail(subject="x", text="x", html=words)):
        assert takes_at_once(esp, mail_of) is is_batched
