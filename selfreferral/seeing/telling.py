"""What a person is told about who opened their request: days, jobs and purposes, and nobody's name."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from selfreferral.models import Referral
from selfreferral.seeing.sight import Purpose

# The nearest to the person first: somebody can hold several roles.
_JOBS = {
    "lead": "the person who leads our team",
    "navigator": "a worker of our team",
    "partner": "a worker of another service that works with us",
}
_SOMEBODY = "somebody who has left our team"
_DID = {
    Purpose.VIEW: "read it",
    Purpose.REVEAL: "said why they needed to read it",
    Purpose.PRINT: "printed it",
    Purpose.EXPORT: "put it on a list that we owed to somebody",
    Purpose.SHARED: "read the part that was shared with them",
    Purpose.RIGHTS: "opened it because you asked what we hold",
}


def told(referral: Referral, events: Iterable[AuditEvent], *, today: date) -> str:
    """A plain text that can be printed and handed over, oldest day first."""
    looks = list(events)
    jobs = _jobs({event.done_by for event in looks})
    counts = Counter(
        (timezone.localdate(event.done_at), jobs.get(event.done_by, _SOMEBODY), _DID.get(event.detail["purpose"], ""))
        for event in looks
    )
    lines = [
        f"{day.day} {day:%B %Y}: {job} {did}{'' if times == 1 else f', {times} times'}."
        for (day, job, did), times in sorted(counts.items())
        if did
    ]
    return "\n".join(
        [
            f"Who opened what you told us, {referral.reference}",
            f"Written on {today.day} {today:%B %Y}",
            "",
            *(lines or ["Nobody has opened it."]),
            "",
            "Each time that somebody opens it, we write it down. Nobody can change or remove that.",
            "If something here worries you, tell us. You can also tell the Information Commissioner's Office: ico.org.uk",
            "",
        ]
    )


def _jobs(numbers: Iterable[str]) -> dict[str, str]:
    titles = {ROLES[role].title: job for role, job in _JOBS.items()}
    jobs: dict[str, str] = {}
    for user in User.objects.filter(pk__in=[n for n in numbers if n.isdigit()]).prefetch_related("groups"):
        held = {group.name for group in user.groups.all()}
        jobs[str(user.pk)] = next((job for title, job in titles.items() if title in held), _SOMEBODY)
    return jobs
