"""When something fails, the words that were sent come back on the page that says so, and one press sends them again."""

import html
import re
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError
from django.test import Client, RequestFactory

from engagement.comments.models import PlaceComment
from portal.pages import errors
from tests.conftest import Person
from tests.factories.comments import make_comment, make_place
from tests.rehearsal.visitors import FORM, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]
WORDS = "The swing on the green is broken & <nobody> mends it."


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def ready_to_send(resident: Person) -> dict[str, str]:
    said = {**hidden(resident.get(FORM).content.decode()), "website": "", "words": WORDS, "feeling": "needs_work"}
    preview = resident.post(FORM, {**said, "named_place": make_place().pk, "go": "preview"}).content.decode()
    return {**hidden(preview), "go": "send"}


@pytest.mark.parametrize(
    ("fault", "status"),
    [(OperationalError("database is locked"), 503), (ProgrammingError("no such column"), 503), (ValueError("x"), 500)],
    ids=["stuck", "half updated", "our mistake"],
)
def test_a_comment_that_could_not_be_kept_comes_back_and_is_sent_by_one_press(
    fault: Exception, status: int, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = ready_to_send(resident)
    resident.raise_request_exception = False

    def fails(*args: Any, **kwargs: Any) -> Any:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr("engagement.comments.views.leaving.leave_comment", fails)
        answer = resident.post(FORM, sent)
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    assert html.escape(WORDS) in page
    assert "<nobody>" not in page
    assert f'action="{FORM}"' in page
    assert fields_of(page) == sent
    assert resident.post(FORM, fields_of(page)).status_code == 302
    assert PlaceComment.objects.get().words.startswith("The swing")


def test_a_form_that_was_open_too_long_comes_back_whole_to_a_resident() -> None:
    careful = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    answer = careful.post(FORM, {"words": WORDS, "go": "preview"})
    assert answer.status_code == 403
    assert fields_of(answer.content.decode()) == {"words": WORDS, "go": "preview"}


def test_staff_get_the_words_to_copy_but_no_button_that_sends_what_may_not_be_theirs(coordinator: Person) -> None:
    coordinator.handler.enforce_csrf_checks = True
    comment = make_comment()
    answer = coordinator.post(f"/staff/comments/{comment.reference}/respond/", {"words": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert html.escape(WORDS) in page
    assert "<form" not in page


def test_staff_whose_browser_says_that_the_form_was_ours_send_it_again_by_one_press(coordinator: Person) -> None:
    """As after signing in again, which makes every form that was open before an old one."""
    coordinator.handler.enforce_csrf_checks = True
    address = f"/staff/comments/{make_comment().reference}/respond/"
    for site, may_go_on in (("same-origin", True), ("same-site", False), ("cross-site", False), ("none", False)):
        page = coordinator.post(address, {"words": WORDS}, headers={"Sec-Fetch-Site": site}).content.decode()
        assert (f'action="{address}"' in page) is may_go_on, site


@pytest.mark.parametrize(
    ("path", "name"), [("/accounts/login/", "login"), ("/welcome/token/", "password"), ("/welcome/token/", "again")]
)
def test_passwords_and_codes_are_not_handed_back(path: str, name: str) -> None:
    words = {name: "four words by heart", "words": WORDS}
    page = errors.expired_form(RequestFactory().post(path, words)).content.decode()
    assert "by heart" not in page
    assert "<form" not in page


def test_a_postcode_is_no_secret() -> None:
    page = errors.unavailable(RequestFactory().post(FORM, {"postcode": "SR8 4LX", "words": WORDS})).content.decode()
    assert fields_of(page) == {"postcode": "SR8 4LX", "words": WORDS}


def test_what_cannot_be_read_is_not_handed_back(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    page = errors.unreadable(RequestFactory().post(FORM, {"words": WORDS})).content.decode()
    assert "<form" not in page


def test_whoever_only_looked_gets_no_form() -> None:
    assert "<form" not in errors.too_many(RequestFactory().get(FORM, {"words": WORDS})).content.decode()
