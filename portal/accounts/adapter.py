"""How allauth behaves here: nobody signs up, its mails go by the worker, and it tells nobody who has an account."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.mails import send_code, send_password_link, send_way_in
from portal.accounts.models import User
from portal.tasks import enqueue_on_commit

WRONG_CODE = "That did not match. Look again, and try once more."
TOO_OFTEN = "That went wrong too many times. Wait five minutes and try again, or ring us."
# What allauth says at tense moments, in our words; the page is the same whether an address is known or not.
OUR_WORDS = {
    "account_inactive": "This account is closed. Ring us, or ask an administrator.",
    "email_password_mismatch": "The e-mail address and the password do not go together. Look at both, and try again.",
    "enter_current_password": "Type the password that you have now.",
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "That is not the password of this account. Type it again.",
    "invalid_login": "We could not sign you in. Begin again.",
    "invalid_or_expired_key": "That link is too old, or was used already. Ask for a new one.",
    "invalid_password_reset": "That link is too old, or was used already. Ask for a new one.",
    "rate_limited": "That was too often in a short time. Wait five minutes and try again, or ring us.",
    "same_as_current": "This is the one that you have now. Choose another.",
    "too_many_login_attempts": TOO_OFTEN,
}


class OurAdapter(DefaultAccountAdapter):
    """Staff come in by invitation, residents by a code."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **OUR_WORDS}

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


class OurSecondStep(DefaultMFAAdapter):
    """A second step says no in our words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "This is your only second step, so it stays.",
        "cannot_generate_recovery_codes": "Set up an app or a key first. Then you get recovery codes.",
    }


def _number(address: str) -> int:
    found = User.objects.at(address).filter(is_active=True).first()
    return found.pk if found else 0
