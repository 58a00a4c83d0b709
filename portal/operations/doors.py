"""Writes into the log who came in, who was not let in and who went: by the number of the account, never by name or address."""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from portal.accounts.models import User

log = logging.getLogger(__name__)


def came_in(sender: Any, user: User, **also: Any) -> None:
    log.info("Somebody signed in.", extra={"told": {"account": user.pk}})


def went(sender: Any, user: User | None, **also: Any) -> None:
    if user is not None:
        log.info("Somebody signed out.", extra={"told": {"account": user.pk}})


def not_let_in(sender: Any, **also: Any) -> None:
    """What was typed is not looked up: that would take longer for an address that has an account."""
    log.warning("A sign-in was refused.")


def listen() -> None:
    user_logged_in.connect(came_in, dispatch_uid="operations.came_in")
    user_logged_out.connect(went, dispatch_uid="operations.went")
    user_login_failed.connect(not_let_in, dispatch_uid="operations.not_let_in")
