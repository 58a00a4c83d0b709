"""The requests that anymail makes of our mail to one provider and another, over real HTTP, and what their answers mean."""

import json
from typing import Any

import pytest
from anymail.backends.brevo import EmailBackend as Brevo
from anymail.backends.mailjet import EmailBackend as Mailjet
from anymail.backends.sendgrid import EmailBackend as SendGrid
from anymail.backends.sparkpost import EmailBackend as SparkPost

from newsletter.rendering.edition import LEAVE_MARK
from newsletter.sending import choice
from newsletter.sending.escaping import escaped
from newsletter.sending.lines import Answer, OneByOne
from newsletter.sending.merging import FrozenMail
from newsletter.sending.providers import ManyAtOnce
from portal.emails.outcomes import Outcome, Verdict
from tests.newsletter.sending.http_provider import MAIL, Http, letter

LETTERS = [letter("ann"), letter("bob")]
JSON = {"Content-Type": "application/json"}
POSTED = "List-Unsubscribe=One-Click"


def at(http: Http) -> dict[str, Any]:
    return {"api_url": f"http://127.0.0.1:{http.server_address[1]}/v/", "timeout": 1}


def many(connection: Any) -> ManyAtOnce:
    line = ManyAtOnce(connection, MAIL)
    line.open()
    return line


def asked(http: Http) -> Any:
    """The one request."""
    (body,) = http.asked
    return json.loads(body)


def test_sendgrid_gets_one_request_with_each_reader_s_own(http: Http) -> None:
    http.answer = (202, {}, "")
    answers = many(SendGrid(api_key="x", **at(http))).carry(LETTERS)
    assert [answer.outcome for answer in answers] == [None, None]
    assert answers[0].provider_id != answers[1].provider_id
    request = asked(http)
    assert [one["value"] for one in request["content"]] == [
        "-leave_link- -preferences_link-",
        "<a href='-leave_link-'>x</a>",
    ]
    for own, reader in zip(request["personalizations"], LETTERS, strict=True):
        assert [one["email"] for one in own["to"]] == [reader.to]
        assert own["substitutions"] == {"-leave_link-": reader.leave_url, "-preferences_link-": reader.preferences_url}
        assert own["custom_args"]["copy"] == reader.message_id.strip("<>")
        assert own["headers"]["List-Unsubscribe"] == f"<{reader.leave_url}>"
        assert own["headers"]["Message-ID"] == reader.message_id
    assert request["headers"]["List-Unsubscribe-Post"] == POSTED


def test_mailjet_gets_one_request_and_tells_of_each(http: Http) -> None:
    told = [{"Status": "success", "To": [{"Email": "ann@example.org", "MessageID": 7}]}, {"Status": "error"}]
    http.answer = (400, JSON, {"Messages": told})
    answers = many(Mailjet(api_key="x", secret_key="y", **at(http))).carry(LETTERS)
    assert answers == [Answer(None, "7"), Answer(Outcome(Verdict.FAILED))]
    request = asked(http)
    assert request["Globals"]["TemplateLanguage"] is True
    assert request["Globals"]["TextPart"] == "[[var:leave_link]] [[var:preferences_link]]"
    for own, reader in zip(request["Messages"], LETTERS, strict=True):
        assert own["Variables"] == {"leave_link": reader.leave_url, "preferences_link": reader.preferences_url}
        assert json.loads(own["EventPayload"]) == {"copy": reader.message_id.strip("<>")}
        assert own["Headers"]["List-Unsubscribe"] == f"<{reader.leave_url}>"
        assert own["Headers"]["List-Unsubscribe-Post"] == POSTED


@pytest.mark.parametrize(
    ("accepted", "rejected", "answer"),
    [
        (2, 0, Answer(None, "sp-1")),
        (0, 2, Answer(None, "sp-1", is_silenced=True)),
        (1, 1, Answer(Outcome(Verdict.UNCERTAIN))),
    ],
    ids=["all taken", "all refused", "one of two, and nobody says which"],
)
def test_sparkpost_says_how_many_it_took(http: Http, accepted: int, rejected: int, answer: Answer) -> None:
    results = {"id": "sp-1", "total_accepted_recipients": accepted, "total_rejected_recipients": rejected}
    http.answer = (200, JSON, {"results": results})
    assert many(SparkPost(api_key="x", **at(http))).carry(LETTERS) == [answer] * 2
    request = asked(http)
    assert request["content"]["text"] == "{{leave_link}} {{preferences_link}}"
    for own, reader in zip(request["recipients"], LETTERS, strict=True):
        assert own["address"]["email"] == reader.to
        assert own["substitution_data"]["leave_link"] == reader.leave_url
        assert own["metadata"] == {"copy": reader.message_id.strip("<>")}
    assert request["content"]["headers"]["List-Unsubscribe-Post"] == POSTED


def test_words_of_sparkpost_s_language_go_as_words_also_one_by_one(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    results = {"id": "sp-1", "total_accepted_recipients": 1, "total_rejected_recipients": 0}
    http.answer = (200, JSON, {"results": results})
    written = FrozenMail(subject="{{{a}}}", text=f"Write {{{{ name }}}} {LEAVE_MARK}", html="<p>{{#if x}} {so}</p>")
    monkeypatch.setattr(choice, "get_connection", lambda: SparkPost(api_key="x", **at(http)))
    line = choice.line_for(written)
    line.open()
    assert line.carry(LETTERS[:1]) == [Answer(None, "sp-1")]
    content = asked(http)["content"]
    assert content["subject"] == "{{opening_triple_curly()}}a{{closing_triple_curly()}}"
    assert content["text"] == (
        f"Write {{{{opening_double_curly()}}}} name {{{{closing_double_curly()}}}} {LETTERS[0].leave_url}"
    )
    assert content["html"] == "<p>{{opening_double_curly()}}#if x{{closing_double_curly()}} {so}</p>"


def test_nobody_else_s_words_are_changed() -> None:
    for name in ("Mailgun", "SendGrid", "Mailjet", "Postmark", "Brevo", "Test"):
        written = FrozenMail(subject="{{x}}", text="{{{y}}}", html="{%z%}")
        assert escaped(written, name) is written


def test_brevo_gets_one_mail_a_call(http: Http) -> None:
    http.answer = (201, JSON, {"messageId": "<b-1@brevo>"})
    line = OneByOne(Brevo(api_key="x", **at(http)), MAIL)
    line.open()
    assert line.carry(LETTERS[:1]) == [Answer(None, "<b-1@brevo>")]
    request = asked(http)
    assert request["headers"]["List-Unsubscribe"] == f"<{LETTERS[0].leave_url}>"
    assert request["headers"]["List-Unsubscribe-Post"] == POSTED
    assert LETTERS[0].leave_url in request["textContent"]
