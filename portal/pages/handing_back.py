"""What somebody sent that could not be taken in, handed back on the very page that says so, and kept nowhere else."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

AGAINST_FORGERY = "csrfmiddlewaretoken"
# Passwords and codes are typed again, and so is what stands beside them.
NEVER_SHOWN = "/accounts/"
SECRETS = {"password", "password1", "password2", "again", "code"}
# Shorter ones are choices, numbers and marks of the form, which go along unseen.
SHORTEST_WORDS = 12


def sent_with(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and value of every field that was sent; nothing where it cannot be read, or was a sign-in."""
    if request.method != "POST" or request.path.startswith(NEVER_SHOWN):
        return []
    try:
        if SECRETS & request.POST.keys():
            return []
        return [(name, value) for name, values in request.POST.lists() for value in values if name != AGAINST_FORGERY]
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError, MultiPartParserError):
        return []


def handed_back(request: HttpRequest) -> dict[str, Any]:
    """All of it once for sending again (`sent`), and what somebody wrote for reading (`rows`)."""
    sent = sent_with(request)
    if not sent:
        return {}
    rows = [{"label": "", "value": value} for _, value in sent if len(value) >= SHORTEST_WORDS and " " in value.strip()]
    return {"sent": sent, "rows": rows, "action": request.get_full_path(), "csrf_token": get_token(request)}


def to_read(request: HttpRequest) -> dict[str, Any]:
    """The words alone: where we do not know that a form was theirs, nobody who may do much sends it on by one press."""
    return {name: value for name, value in handed_back(request).items() if name == "rows"}
