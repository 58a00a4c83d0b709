"""How long it is kept that somebody asked what we hold, and what was answered."""

from portal.privacy.counting import Counted, counted
from portal.privacy.periods import Period, Rows, register_period
from portal.rights.models import SubjectRequest


def _counted(request: SubjectRequest) -> Counted:
    return counted(request.closed_at or request.made_at, "requests about themselves", request.kind)


def register() -> None:
    register_period(
        Period(
            name="rights.requests",
            title="What people asked about themselves, answered",
            what="the row is deleted, with what was found and decided",
            setting="KEEP_REQUESTS_YEARS",
            because="somebody may complain about the answer",
            things=Rows(find=SubjectRequest.objects.closed_before, counted=_counted),
        )
    )
