"""Which address somebody has shown to be theirs, in this session, by typing the code that we sent there."""

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from portal.accounts.models import User


def proven_address(request: HttpRequest) -> str:
    """The resident's address where a code proved it; empty otherwise. An account that has an address is no proof."""
    user = request.user
    if not isinstance(user, User) or user.works_here:
        return ""
    proven = {str(record.get("email", "")).lower() for record in _by_code(request, user)}
    return user.email if user.email.lower() in proven else ""


def _by_code(request: HttpRequest, user: User) -> list[dict[str, object]]:
    return [record for record in get_authentication_records(request, user) if record.get("method") == "code"]
