"""The screens on which staff settle uncertain copies and stop mail to an address; and who may not open them."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.desk.settling_forms import ON_A_PAGE
from newsletter.models import Campaign, Delivery
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.audit.models import AuditEvent
from portal.emails.models import Suppression
from portal.emails.suppression import is_suppressed, suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader, work_waiting
from tests.paging import link_to

pytestmark = pytest.mark.django_db
STOP, LIFT, STOPPED = "newspaper_stop_address", "newspaper_lift_address", "newspaper_stopped"
MAY_SEND, MAY_KEEP = {"editor"}, {"editor", "coordinator"}
ROLES = ["administrator", "coordinator", "lead", "navigator", "partner"]


def a_sending(uncertain: int = 2, state: CampaignState = CampaignState.SENT) -> Campaign:
    campaign = Campaign.objects.create(state=state, subject="Winter", candidates=uncertain, starts_at=timezone.now())
    for number in range(uncertain):
        Delivery.objects.create(
            campaign=campaign,
            subscriber=a_reader(f"reader{number}@example.org"),
            message_id=f"<m{number}@localhost>",
            state=DeliveryState.UNCERTAIN,
            reason=Reason.CUT_OFF,
            claimed_until=timezone.now(),
        )
    return campaign


def at(campaign: Campaign) -> str:
    return reverse("newspaper_settle", args=[campaign.pk])


def press(person: Person, campaign: Campaign, fate: str, *copies: object) -> str:
    answer = person.post(at(campaign), {"fate": fate, "copy": list(copies)}, follow=True)
    return answer.content.decode()


def states(campaign: Campaign) -> list[str]:
    return list(campaign.deliveries.order_by("pk").values_list("state", flat=True))


# Who may ------------------------------------------------------------------------------------------------


def test_a_stranger_is_asked_to_sign_in(stranger: Person) -> None:
    campaign = a_sending()
    for method, address in [
        ("get", at(campaign)), ("post", at(campaign)), ("get", reverse(STOPPED)), ("post", reverse(STOP)),
        ("post", reverse(LIFT)),
    ]:  # fmt: skip
        response = getattr(stranger, method)(address)
        assert response.status_code == 302, address
        assert "login" in response["Location"]
    assert states(campaign) == [DeliveryState.UNCERTAIN] * 2


@pytest.mark.parametrize("role", ROLES)
def test_a_wrong_role_is_refused(role: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(role)
    campaign = a_sending()
    body = {"fate": "not_gone", "copy": [copy.pk for copy in campaign.deliveries.all()]}
    assert person.get(at(campaign)).status_code == 403
    assert person.post(at(campaign), body).status_code == 403
    assert states(campaign) == [DeliveryState.UNCERTAIN] * 2
    stop = {"address": "ann@example.org", "reason": "asked"}
    expected = 200 if role in MAY_KEEP else 403
    assert person.get(reverse(STOPPED)).status_code == expected
    assert person.post(reverse(STOP), stop, follow=True).status_code == expected
    assert person.post(reverse(LIFT), stop | {"because": "mistake"}, follow=True).status_code == expected
    assert ("Stopped addresses" in person.get("/staff/").content.decode()) is (role in MAY_KEEP)


def test_what_changes_something_takes_only_posts(editor: Person) -> None:
    assert editor.get(reverse(STOP)).status_code == 405
    assert editor.get(reverse(LIFT)).status_code == 405
    assert editor.post(reverse(STOPPED)).status_code == 405
    assert editor.get(reverse("newspaper_settle", args=[999])).status_code == 404


# Uncertain copies -----------------------------------------------------------------------------------------


def test_an_editor_sees_what_to_look_up(editor: Person) -> None:
    campaign = a_sending()
    Delivery.objects.filter(message_id="<m1@localhost>").update(subscriber=None, provider_id="p7")
    response = editor.get(at(campaign))
    page = response.content.decode()
    for words in (
        "<strong>2</strong> copies",
        "reader0@example.org",
        "&lt;m0@localhost&gt;",
        "the line was cut",
        "a reader who is gone",
        "p7",
    ):
        assert words in page
    assert "no-store" in response["Cache-Control"]
    look = AuditEvent.objects.get(action="newsletter.look_at_uncertain")
    assert (look.detail, look.done_by) == ({"copies": 2}, str(editor.user.pk))


def test_it_went(editor: Person) -> None:
    campaign = a_sending()
    first = campaign.deliveries.oldest_first()[0]
    assert "1 copy is settled." in press(editor, campaign, "went", first.pk)
    assert states(campaign) == [DeliveryState.SUBMITTED, DeliveryState.UNCERTAIN]


def test_it_did_not_go_so_it_is_sent(editor: Person) -> None:
    campaign = a_sending()
    page = press(editor, campaign, "not_gone", *(copy.pk for copy in campaign.deliveries.all()))
    assert "2 copies are settled. Sending goes on for them." in page
    assert "Nothing is uncertain" in page
    assert states(campaign) == [DeliveryState.QUEUED] * 2
    assert len(work_waiting("deliver_campaign")) == 1


def test_a_report_that_was_quicker_stands_and_the_editor_is_told(editor: Person) -> None:
    campaign = a_sending()
    first, second = campaign.deliveries.oldest_first()
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.DELIVERED)
    page = press(editor, campaign, "not_gone", first.pk, second.pk)
    assert "One was settled in the meantime" in page
    assert states(campaign) == [DeliveryState.DELIVERED, DeliveryState.QUEUED]


@pytest.mark.parametrize(
    ("fate", "copies"),
    [("went", []), ("", ["1"]), ("send it all", ["1"]), ("went", ["x", "-1", "9" * 40, "1; drop"])],
    ids=range(4),
)
def test_nothing_ticked_or_nothing_said_changes_nothing(fate: str, copies: list[str], editor: Person) -> None:
    campaign = a_sending()
    assert "Tick the copies that you looked up" in press(editor, campaign, fate, *copies)
    assert states(campaign) == [DeliveryState.UNCERTAIN] * 2


def test_of_a_cancelled_sending_the_button_says_that_nothing_is_sent(editor: Person) -> None:
    page = editor.get(at(a_sending(state=CampaignState.CANCELLED))).content.decode()
    assert "leave it out" in page
    assert "send it</button>" not in page


def test_a_long_list_comes_in_pages_and_costs_no_more_queries(
    editor: Person, django_assert_max_num_queries: Any
) -> None:
    campaign = a_sending(ON_A_PAGE + 1)
    editor.get(at(campaign))
    with django_assert_max_num_queries(20):
        page = editor.get(at(campaign)).content.decode()
    assert page.count('name="copy"') == ON_A_PAGE
    assert editor.get(at(campaign) + link_to("next", page)).content.decode().count('name="copy"') == 1
    assert editor.get(at(campaign) + "?p=rubbish").status_code == 200


# Addresses ------------------------------------------------------------------------------------------------


def test_the_team_sees_how_many_and_never_which(coordinator: Person) -> None:
    for number, reason in enumerate(["asked", "asked", "bounced"]):
        suppress(address=f"a{number}@example.org", reason=Suppression.Reason(reason))
    page = coordinator.get(reverse(STOPPED)).content.decode()
    assert "<strong>3</strong> addresses" in page
    assert "<td>Asked us to stop</td><td>2</td>" in page
    assert "<td>Said that our mail is spam</td><td>0</td>" in page
    assert "@example.org" not in page


def test_stopping_and_allowing_an_address_by_hand(coordinator: Person) -> None:
    page = coordinator.post(reverse(STOP), {"address": " Ann@example.org", "reason": "bounced"}, follow=True)
    assert "No mail of ours goes to this address any more" in page.content.decode()
    assert is_suppressed("ann@example.org")
    page = coordinator.post(reverse(LIFT), {"address": "ann@example.org", "because": "works_again"}, follow=True)
    assert "Mail may go to this address again" in page.content.decode()
    assert not is_suppressed("ann@example.org")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        (STOP, {"address": "nobody", "reason": "asked"}, "Enter an e-mail address"),
        (STOP, {"address": "", "reason": "asked"}, "Enter an e-mail address"),
        (STOP, {"address": "ann@example.org", "reason": ""}, "Choose what happened"),
        (STOP, {"address": "ann@example.org", "reason": "whim"}, "Select a valid choice"),
        (LIFT, {"address": "bob@example.org", "because": "mistake"}, "is not stopped"),
        (LIFT, {"address": "sue@example.org", "because": "works_again"}, "Only they can take that back"),
        (LIFT, {"address": "sue@example.org", "because": ""}, "Choose why"),
        (LIFT, {"address": "sue", "because": "mistake"}, "Enter an e-mail address"),
    ],
    ids=range(8),
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(
    name: str, body: dict[str, str], words: str, coordinator: Person
) -> None:
    suppress(address="sue@example.org", reason=Suppression.Reason.ASKED)
    response = coordinator.post(reverse(name), body)
    assert response.status_code == 400
    page = response.content.decode()
    assert words in page
    assert f'value="{body["address"]}"' in page
    assert Suppression.objects.count() == 1


def test_a_foreign_letter_in_the_domain_stops_and_is_allowed_again_like_any_other(coordinator: Person) -> None:
    reader = a_reader("ann@xn--bcher-kva.example")
    coordinator.post(reverse(STOP), {"address": "ann@bücher.example", "reason": "asked"}, follow=True)
    reader.refresh_from_db()
    assert reader.state == "left"
    assert is_suppressed(reader.email)
    coordinator.post(reverse(LIFT), {"address": "ann@bücher.example", "because": "mistake"})
    assert not is_suppressed(reader.email)
