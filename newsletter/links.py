"""The signed links in readers' mails, and the headers that let a mail program offer to leave."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from newsletter.models import Consent, Subscriber
from portal.emails.links import absolute, read, sign, signer

_LEAVE, _PREFERENCES, _CONFIRM = "newsletter.leave", "newsletter.preferences", "newsletter.confirm"
CONFIRM_WITHIN = timedelta(days=14)


def leave_path(subscriber_id: int) -> str:
    return reverse("newsletter_leave", args=[sign(_LEAVE, subscriber_id)])


def preferences_path(subscriber_id: int) -> str:
    return reverse("newsletter_preferences", args=[sign(_PREFERENCES, subscriber_id)])


def confirm_path(consent_id: int) -> str:
    return reverse("newsletter_confirm", args=[sign(_CONFIRM, consent_id)])


def reader_of_leave_link(token: str) -> Subscriber | None:
    """Whose link this is; a link from an old mail works for ever."""
    return Subscriber.objects.with_number(read(_LEAVE, token))


def reader_of_preferences_link(token: str) -> Subscriber | None:
    return Subscriber.objects.with_number(read(_PREFERENCES, token))


def consent_of_confirm_link(token: str) -> Consent | None:
    """Which asking this link confirms; None when it is false or more than two weeks old."""
    return Consent.objects.with_number(read(_CONFIRM, token, max_age=CONFIRM_WITHIN))


def new_message_id() -> str:
    """A Message-ID of our own, made before anything is sent."""
    return f"<{uuid4().hex}@{_host()}>"


def common_headers() -> dict[str, str]:
    """RFC 2369 and RFC 8058: those headers of every copy that are the same for all readers. The link to leave is their own."""
    owner = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return {
        "List-Id": f"The newspaper <news.{_host()}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Subscribe": f"<{absolute(reverse('newsletter_subscribe'))}>",
        "List-Archive": f"<{absolute('/news/')}>",
        "List-Owner": f"<mailto:{owner}>",
        "Auto-Submitted": "auto-generated",
    }


def links_of_readers() -> Callable[[int], tuple[str, str]]:
    """A quick maker of two whole links for each reader: to leave, and to their choices. What is the same is worked out once."""
    leave, preferences = signer(_LEAVE), signer(_PREFERENCES)
    before_leave, after_leave = _around_the_token("newsletter_leave")
    before_preferences, after_preferences = _around_the_token("newsletter_preferences")

    def of(subscriber_id: int) -> tuple[str, str]:
        return (
            before_leave + leave(subscriber_id) + after_leave,
            before_preferences + preferences(subscriber_id) + after_preferences,
        )

    return of


def _around_the_token(view: str) -> tuple[str, str]:
    before, _, after = absolute(reverse(view, args=["TOKEN"])).rpartition("TOKEN")
    return before, after


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
