"""Mails of the doors, sent by the worker: a link to a new password, a code, and where else to go in."""

import logging
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from portal.accounts.models import User
from portal.emails.budget import Spent, spend
from portal.emails.links import absolute
from portal.emails.models import StrangersDay
from portal.emails.sending import send
from portal.tasks import task

log = logging.getLogger(__name__)


@task()
def send_password_link(account: int) -> None:
    """A link to set a new password; to a resident, who has none, where a code comes from."""
    user = User.objects.filter(pk=account, is_active=True).first()
    if user is None:
        return
    if not user.works_here:
        _write(user, "accounts/by_code", url=absolute(reverse("account_request_login_code")))
        return
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})
    _write(user, "accounts/password", url=absolute(path))


@task()
def send_code(account: int, code: str) -> None:
    """The code that opens a resident's own page."""
    user = User.objects.filter(pk=account, is_active=True).first()
    if user is not None and not user.works_here:
        _write(user, "accounts/code", code=code, minutes=app_settings.LOGIN_BY_CODE_TIMEOUT // 60)


@task()
def send_way_in(account: int) -> None:
    """Whoever works here asked for a resident's code: say where staff go in. To an address that nobody has, nothing."""
    user = User.objects.filter(pk=account, is_active=True).first()
    if user is not None and user.works_here:
        _write(user, "accounts/staff_door", url=absolute(reverse("account_login")))


def _write(user: User, template: str, **context: Any) -> None:
    """Within the day's budget, for anybody can press that button; a code that waited until tomorrow would be of no use."""
    if spend(address=user.email, purse=StrangersDay.Purse.SIGN_IN, now=timezone.now()) is not Spent.GOES:
        log.warning("A mail of the doors did not go: today's are used up.")
        return
    send(to=user.email, template=template, context={**context, "person": user, "identity": our_identity()})


def our_identity() -> Any:
    """Name and phone number of this site, as every mail ends with them."""
    identity = apps.get_model("pages", "SiteIdentity")
    site = Site.objects.filter(is_default_site=True).first()
    return identity.for_site(site) if site else identity()
