"""How allauth behaves here: staff accounts only, made by an administrator, and its mails go where mail may go."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from portal.emails.suppression import is_suppressed

log = logging.getLogger(__name__)


class StaffOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A link to a new password, too, goes only to an address that takes our mail; the page says the same either way."""
        if is_suppressed(email):
            log.warning("%s did not go: mail to this address is stopped.", template_prefix)
            return
        super().send_mail(template_prefix, email, context)
