"""How allauth behaves here: nobody signs up, its mails go by the worker, and it tells nobody who has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.mails import send_code, send_password_link, send_way_in
from portal.accounts.models import User
from portal.tasks import enqueue_on_commit


class OurAdapter(DefaultAccountAdapter):
    """Staff come in by invitation, residents by a code."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the staff pages, a resident to their own page."""
        return "/staff/" if getattr(request.user, "works_here", False) else reverse("me")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("usersessions_list")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whether an address is known or not, the page does the same: one row for the worker, which is handed numbers."""
        match template_prefix:
            case "account/email/password_reset_key":
                enqueue_on_commit(send_password_link, account=context["user"].pk)
            case "account/email/login_code":
                enqueue_on_commit(send_code, account=_number(email), code=context["code"])
            case "account/email/unknown_account":
                enqueue_on_commit(send_way_in, account=_number(email))
            case _:
                raise NotImplementedError(f"{template_prefix} is no mail of ours.")


def _number(address: str) -> int:
    found = User.objects.at(address).filter(is_active=True).first()
    return found.pk if found else 0
