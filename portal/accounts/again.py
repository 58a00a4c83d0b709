"""A second sign-in before a step that matters."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def signed_in_again(view: View) -> View:
    """Open a staff view only to somebody who has shown again, in the last five minutes, who they are.

    Whoever has not is sent to do so and comes back to what they were doing; what they had typed comes with them.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    guarded.asks_again = True  # type: ignore[attr-defined]
    return guarded
