"""Every mail of the portal goes out by one door, where an address that said stop is let be: in each room, and for sign-in."""

import ast
from collections.abc import Callable
from pathlib import Path
from unittest.mock import MagicMock, patch

import pytest
from django.core import mail
from django.urls import reverse

from portal.emails.models import Suppression
from portal.emails.sending import send
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.test_architecture import imports_of, module_of, python_files

MAKES_MAILS = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins", "mail_managers"}
# The door itself, the folder that stands for a mail server in development, and the newspaper's own way of many at once.
MAY_MAKE_MAILS = ("portal.emails.", "newsletter.sending.")
# These, and who looks at the mail server's certificate without sending anything.
MAY_OPEN_LINES = (*MAY_MAKE_MAILS, "portal.operations.health.certificates")


def names_imported(path: Path) -> set[str]:
    """Everything that a file takes from Django's mail package, from smtplib or from anymail, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("django.core.mail"):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.core":
            found |= {alias.name for alias in node.names if alias.name == "mail"}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in {"smtplib", "django.core.mail"}}
    return found


def test_no_room_makes_a_mail_by_itself() -> None:
    makers = {module_of(path) for path in python_files() if names_imported(path) & (MAKES_MAILS | {"mail"})}
    assert {name for name in makers if not name.startswith(MAY_MAKE_MAILS)} == set()
    openers = {module_of(path) for path in python_files() if names_imported(path) & {"get_connection", "smtplib"}}
    assert {name for name in openers if not name.startswith(MAY_OPEN_LINES)} == set()


def test_whoever_makes_a_mail_asks_first_whether_it_may_go() -> None:
    """Of the modules behind the door, whoever puts mails together for people also looks whether they are stopped."""
    for room in ("portal.emails", "newsletter.sending"):
        modules = [path for path in python_files() if module_of(path).startswith(f"{room}.")]
        asks = any("portal.emails.suppression" in name for path in modules for name in imports_of(path))
        assert asks, room


@pytest.mark.django_db
@pytest.mark.parametrize(
    "template",
    [
        "comments/alert",
        "comments/desk_digest",
        "directory/changed",
        "directory/keeper",
        "directory/reminder",
        "newsletter/confirm",
    ],
)
def test_a_complaint_about_one_mail_stops_the_mails_of_every_room(template: str) -> None:
    suppress(address="ann@example.org", reason=Suppression.Reason.COMPLAINED)
    with patch("portal.emails.sending.render_to_string", MagicMock(return_value="words")):
        assert not send(to="Ann@Example.org", template=template, context={})
        assert send(to="bob@example.org", template=template, context={})
    assert [message.to for message in mail.outbox] == [["bob@example.org"]]


@pytest.mark.django_db
@pytest.mark.parametrize("is_stopped", [True, False])
def test_a_link_to_a_new_password_goes_only_where_mail_may_go_and_the_page_does_not_tell(
    is_stopped: bool,
    editor: Person,
    stranger: Person,
    caplog: pytest.LogCaptureFixture,
    run_worker: Callable[[], None],
) -> None:
    if is_stopped:
        suppress(address=editor.user.email, reason=Suppression.Reason.BOUNCED)
    response = stranger.post(reverse("account_reset_password"), {"email": editor.user.email})
    assert response.status_code == 302
    assert response["Location"] == reverse("account_reset_password_done")
    run_worker()
    assert len(mail.outbox) == (0 if is_stopped else 1)
    assert editor.user.email not in caplog.text


def test_this_check_itself_would_notice(tmp_path: Path) -> None:
    file = tmp_path / "room.py"
    for words in (
        "from django.core.mail import send_mail",
        "def f():\n    from django.core.mail.message import EmailMessage",
        "from django.core import mail",
    ):
        file.write_text(words)
        assert names_imported(file) & (MAKES_MAILS | {"mail"})
    file.write_text("from django.core.mail import BadHeaderError")
    assert not names_imported(file) & MAKES_MAILS
