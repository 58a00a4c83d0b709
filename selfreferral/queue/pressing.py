"""How pressing a referral is: a small number by which the queue is ordered, before the day on which it is due.

The database keeps it in step with what it follows from, so that no action can forget it.
"""

from django.db.models import Case, Q, Value, When

from selfreferral.workflow import BEFORE_FIRST_TALK, HELD

CANNOT_WAIT, WAITS_FOR_US, GOES_ON, RESTS = range(4)

# Whoever said that somebody is in danger is read first; that decides nothing but who is read first.
RANK = Case(
    When(~Q(state__in=[state.value for state in sorted(HELD)]), then=Value(RESTS)),
    When(Q(is_urgent=True) | Q(says_danger=True, first_contact_at__isnull=True), then=Value(CANNOT_WAIT)),
    When(
        Q(wrote_at__isnull=False)
        | Q(state__in=[state.value for state in sorted(BEFORE_FIRST_TALK)], first_contact_at__isnull=True),
        then=Value(WAITS_FOR_US),
    ),
    default=Value(GOES_ON),
)
