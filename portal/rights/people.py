"""Who answers a request, and which rooms they may look into for it."""

from portal.accounts.models import User
from portal.privacy.people import HANDLE, HANDLE_EVERYDAY, Holder, holders
from portal.refusals import Refused
from portal.rights.models import SubjectRequest


def need_handler(request: SubjectRequest, by: User) -> None:
    """Refused for whoever does not answer requests, or answers only those about everyday rooms."""
    if not may_handle(request.scope, by):
        raise Refused("This request is not yours to answer.")


def may_handle(scope: str, by: User) -> bool:
    """Whether this person answers requests about so much."""
    return by.has_perm(HANDLE) or (scope == SubjectRequest.Scope.EVERYDAY and by.has_perm(HANDLE_EVERYDAY))


def rooms_asked(request: SubjectRequest) -> list[Holder]:
    """Every room that the request is about."""
    is_whole = request.scope == SubjectRequest.Scope.EVERYTHING
    return [room for room in holders() if is_whole or room.is_everyday]


def rooms_open_to(by: User, request: SubjectRequest) -> list[Holder]:
    """Those of them that this person may look into."""
    return [room for room in rooms_asked(request) if not room.permission or by.has_perm(room.permission)]
