"""Somebody rings: they are found by what they say, nothing is opened for it, and that somebody looked is written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.audit.models import AuditEvent
from selfreferral.models import Acquaintance, Referral
from selfreferral.queue import finding
from selfreferral.vault import Strongbox
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db
SEARCH = "/staff/referrals/search/"
ZOE: dict[str, Any] = {"name": "Zoë Ann O'Neill", "phone": "07700 900777", "email": "zoe@example.org"}


def found(person: Person, typed: str) -> list[Referral]:
    return [row.referral for row in person.post(SEARCH, {"typed": typed}).context["rows"]]


@pytest.mark.parametrize(
    "typed",
    [
        "Zoë Ann O'Neill",
        "zoe oneill",
        "O'NEILL  Zoe",
        "zoe",
        "  Ann ",
        "+44 7700 900 777",
        "07700900777",
        " ZOE@example.org",
    ],
)
def test_found_by_what_they_say(navigator: Person, typed: str) -> None:
    a_referral()
    zoe = a_referral(**ZOE)
    assert found(navigator, typed) == [zoe]


def test_found_by_what_the_office_calls_them(navigator: Person) -> None:
    a_referral()
    referral = a_referral(**ZOE)
    Referral.objects.filter(pk=referral.pk).update(nickname="Quiet Teapot")
    for typed in (referral.reference, referral.reference.lower().replace("-", " "), "quiet teapot", "Teapot quiet"):
        assert found(navigator, typed) == [referral]
    assert found(navigator, "teapot") == []


def test_a_first_name_finds_all_of_that_name_what_is_open_and_then_the_latest_first(navigator: Person) -> None:
    done = a_referral(now=WEDNESDAY + timedelta(hours=3), **ZOE)
    Referral.objects.filter(pk=done.pk).update(state="closed")
    sooner = a_referral(**ZOE)
    later = a_referral(now=WEDNESDAY + timedelta(hours=1), **ZOE)
    assert found(navigator, "zoe") == [later, sooner, done]


@pytest.mark.parametrize("typed", ["Nobody Known", "07700 900999", "zo", "%", "' OR 1=1 --", "zoe smith", "²"])
def test_what_fits_nobody_finds_nobody(navigator: Person, typed: str) -> None:
    a_referral(**ZOE)
    response = navigator.post(SEARCH, {"typed": typed})
    assert response.context["rows"] == []
    assert "Nobody found" in response.content.decode()


def test_nothing_typed_leads_back_and_is_no_look(navigator: Person) -> None:
    assert navigator.post(SEARCH, {"typed": "  "})["Location"] == "/staff/referrals/"
    assert not AuditEvent.objects.filter(action="selfreferral.look").exists()


def test_each_search_is_written_without_what_was_typed(navigator: Person) -> None:
    a_referral(**ZOE)
    navigator.post(SEARCH, {"typed": "zoe oneill"})
    navigator.post(SEARCH, {"typed": "somebody else"})
    events = AuditEvent.objects.filter(action="selfreferral.look").order_by("pk")
    assert [event.detail for event in events] == [{"purpose": "search", "found": 1}, {"purpose": "search", "found": 0}]
    assert {event.done_by for event in events} == {str(navigator.user.pk)}


def test_without_the_look_nothing_is_shown(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**rest: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("selfreferral.views.queue.write_look", full)
    with pytest.raises(OSError, match="disk"):
        navigator.post(SEARCH, {"typed": "zoe"})


def test_nothing_is_opened_to_find_somebody(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    zoe = a_referral(**ZOE)

    def refuse(*words: Any, **more: Any) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr(Strongbox, "open", refuse)
    monkeypatch.setattr("selfreferral.vault.open_strongbox", refuse)
    assert found(navigator, "zoe oneill") == [zoe]


def test_the_page_shows_no_more_than_the_queue_does(navigator: Person) -> None:
    a_referral(**ZOE)
    response = navigator.post(SEARCH, {"typed": "zoe"})
    page = response.content.decode()
    assert 'value="zoe"' in page
    for secret in ("O&#x27;Neill", "900777", "zoe@example.org", "energy"):
        assert secret not in page
    assert "no-store" in response["Cache-Control"]


def test_nobody_whom_the_worker_knows_is_found(navigator: Person, other_navigator: Person) -> None:
    zoe = a_referral(**ZOE)
    Acquaintance.objects.create(referral=zoe, known_by=navigator.user, said_at=WEDNESDAY)
    for typed in ("zoe oneill", zoe.reference, zoe.nickname, "07700900777"):
        assert found(navigator, typed) == []
        assert found(other_navigator, typed) == [zoe]
    Acquaintance.objects.update(lifted_at=timezone.now())
    assert found(navigator, "zoe oneill") == [zoe]


def test_too_many_are_not_all_shown(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_FOUND", 2)
    monkeypatch.setattr("selfreferral.views.queue.MOST_FOUND", 2)
    for _ in range(4):
        a_referral(**ZOE)
    response = navigator.post(SEARCH, {"typed": "zoe"})
    assert len(response.context["rows"]) == 2
    assert "There are more than 2" in response.content.decode()
    assert AuditEvent.objects.get(action="selfreferral.look").detail["found"] == 3


def test_a_name_stands_in_no_address(navigator: Person) -> None:
    assert navigator.get(SEARCH, {"typed": "zoe"}).status_code == 405
    assert 'method="post"' in navigator.get("/staff/referrals/").content.decode()


def test_what_was_typed_is_shown_as_words(navigator: Person) -> None:
    page = navigator.post(SEARCH, {"typed": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page


def test_it_asks_the_database_as_often_for_many_as_for_few(
    navigator: Person, django_assert_max_num_queries: Any
) -> None:
    a_referral(**ZOE)
    navigator.post(SEARCH, {"typed": "zoe oneill"})
    for _ in range(8):
        a_referral(**ZOE)
    with django_assert_max_num_queries(25):
        navigator.post(SEARCH, {"typed": "zoe oneill"})
