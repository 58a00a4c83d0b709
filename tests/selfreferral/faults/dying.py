"""The portal as granian serves it; `DIES` says at which moment of a sending it is killed by the signal that nothing catches."""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["SERVES"]
from portal.wsgi import application as served  # noqa: E402 - starts Django
from selfreferral.actions import referrals  # noqa: E402
from selfreferral.views import apply  # noqa: E402

Start = Callable[..., Any]
DIES = os.environ.get("DIES", "")


def die_at(moment: str) -> None:
    """End the whole server at once: this worker, and granian above it, which would start another."""
    if moment == DIES:
        os.killpg(os.getpgrp(), signal.SIGKILL)


def dying_before(moment: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        die_at(moment)
        return work(*args, **kwargs)

    return step


def dying_after(moment: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        done = work(*args, **kwargs)
        die_at(moment)
        return done

    return step


# In this order: nothing is done, much is written, all is written, all is kept, the answer is made, the answer is out.
apply.send_referral = dying_after("after_it_is_kept", dying_before("before_sending", apply.send_referral))
referrals.decide = dying_before("while_it_is_written", referrals.decide)
referrals.enqueue_on_commit = dying_before("before_the_transaction_ends", referrals.enqueue_on_commit)


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    path = environ.get("PATH_INFO", "")
    if path == "/here/sent/":
        die_at("after_the_answer")
    body = served(environ, start_response)
    if path == "/here/check/" and environ["REQUEST_METHOD"] == "POST":
        die_at("before_the_answer")
    return body
