"""How long it is kept that somebody asked what we hold, and what was answered."""

from portal.privacy.periods import Period, Rows, register_period
from portal.rights.models import SubjectRequest


def register() -> None:
    register_period(
        Period(
            name="rights.requests",
            title="What people asked about themselves, answered",
            what="the row is deleted, with what was found and decided",
            setting="KEEP_REQUESTS_YEARS",
            because="somebody may complain about the answer",
            things=Rows(find=lambda cutoff: SubjectRequest.objects.filter(closed_at__lt=cutoff)),
        )
    )
