"""Staff see what limits, traps and the budget held back, by number only, and may let more mails go today."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from portal.emails.budget import Purse, spend, today
from portal.emails.models import HeldBack
from portal.emails.noticing import EXACT_UNTIL, STEP, notice
from portal.pages.misuse import LIMITS, mails_that_wait
from portal.spam import Guarded, within_limit
from tests.conftest import Person
from tests.test_architecture import python_files

pytestmark = pytest.mark.django_db


def test_every_limit_of_the_code_has_its_words_on_the_screen() -> None:
    words = "\n".join(path.read_text() for path in python_files())
    called = re.findall(r'within_limit\(\s*request,\s*f?"([\w.]+?)\.?[{"]', words)
    named = {name.rstrip(".") for name in called}
    assert named == set(LIMITS) - {"trap"}


def test_what_is_over_a_limit_is_counted_and_what_is_under_it_is_not() -> None:
    request = RequestFactory().get("/")
    for _ in range(5):
        within_limit(request, "comments.agree.17", limit=3, seconds=60)
    assert HeldBack.objects.get().name == "comments.agree"
    assert HeldBack.objects.get().times == 2


def test_a_machine_in_the_trap_is_counted() -> None:
    assert not Guarded({"website": "http://spam.example", "shown": ""}).is_valid()
    assert HeldBack.objects.get(name="trap").times == 1


def test_a_flood_is_counted_without_a_write_for_each() -> None:
    for _ in range(EXACT_UNTIL + 2 * STEP):
        notice("trap")
    assert HeldBack.objects.get().times == EXACT_UNTIL + 2 * STEP


def test_staff_see_the_numbers_of_each_limit(coordinator: Person) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    HeldBack.objects.create(day=yesterday, name="directory.wrong", times=41)
    notice("selfreferral.send")
    page = coordinator.get("/staff/misuse/").content.decode()
    assert "<td>41</td>" in page
    for title, _ in LIMITS.values():
        assert title in page


def test_no_address_is_on_the_screen(coordinator: Person) -> None:
    spend(address="ann@example.org", purse=Purse.FORMS, now=timezone.now())
    assert "ann@example.org" not in coordinator.get("/staff/misuse/").content.decode()


def test_the_budget_can_be_raised_for_today(administrator: Person, settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = 0
    answer = administrator.post("/staff/misuse/raise/", {"mails": "40"}, follow=True)
    assert "More mails may go today" in answer.content.decode()
    assert today(timezone.now()).allowed == 40


@pytest.mark.parametrize("mails", ["", "0", "-3", "many", "5", "999999999999999999999"])
def test_what_is_no_such_number_is_said_in_words(mails: str, administrator: Person, settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = 5
    answer = administrator.post("/staff/misuse/raise/", {"mails": mails})
    assert answer.status_code == 200
    assert answer.context["form"].errors["mails"]
    assert today(timezone.now()).allowed is None


@pytest.mark.parametrize("who", ["editor", "navigator", "lead", "partner"])
def test_nobody_else_sees_or_raises_it(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    assert person.get("/staff/misuse/").status_code == 403
    assert person.post("/staff/misuse/raise/", {"mails": "400"}).status_code == 403
    assert mails_that_wait(person.user) is None


def test_the_staff_home_says_that_mails_wait(coordinator: Person, settings: Any) -> None:
    from newsletter.tasks import send_first_mail
    from portal.emails.budget import room_again

    assert mails_that_wait(coordinator.user) is None
    send_first_mail.using(run_after=room_again(timezone.now())).enqueue(consent_id=1)
    line = mails_that_wait(coordinator.user)
    assert line is not None
    assert line.count == 1
    assert line.is_urgent
