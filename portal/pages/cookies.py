"""Every cookie the site may set; each is strictly necessary, and a test finds one that is not listed."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from portal.privacy.spans import say_span


@dataclass(frozen=True)
class Cookie:
    """A cookie in words for the cookies page."""

    name: str
    purpose: str
    kept: str


COOKIES = (
    Cookie(
        settings.CSRF_COOKIE_NAME,
        "Makes sure that a form you send is one that you opened here.",
        "until the browser is closed",
    ),
    Cookie(
        settings.SESSION_COOKIE_NAME,
        "Keeps you signed in, where you chose to.",
        f"until you sign out, at most {say_span(timedelta(hours=settings.STAFF_HOURS))}",
    ),
    Cookie("messages", "Carries one short notice, such as “Thank you”, to the next page.", "until you have seen it"),
    Cookie(
        "here",
        "Finds your place in the “Get help” form again. It holds no answers.",
        "until you leave the form or close the browser",
    ),
    Cookie(
        "how",
        "Carries the code that we gave you to the page where you say how you are. It holds no answers.",
        "until you have sent it or close the browser",
    ),
    Cookie(
        "how-sent",
        "Remembers that you have just sent how you are. It holds no answers.",
        "15 minutes",
    ),
    Cookie(
        "answered",
        "Remembers that you have just told us what you think of our help. It holds no answers.",
        "15 minutes",
    ),
    Cookie(
        "agrees",
        "A random number, set when you press “I agree”. It lets us count you once, and lets you take it back.",
        "one year",
    ),
)
