"""Builds the demo village, room by room, and knows whether it stands."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.accounts.roles import ROLES
from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.demo.assessing import load_assessments, load_surveys
from portal.demo.comments import load_comments, load_consultation
from portal.demo.directory import load_directory, load_keeping
from portal.demo.insight import load_insight, load_past
from portal.demo.newspaper import load_newspaper, load_readers
from portal.demo.pages import load_pages
from portal.demo.people import STAFF, email_of, load_people, role_of
from portal.demo.places import load_places
from portal.demo.referrals import load_referrals
from portal.demo.sessions import load_session
from portal.demo.source import edition
from portal.demo.together import load_together

LOADED = "demo.load"
SIGN_INS = [(email_of(name), ROLES[role_of(name)].title) for name in STAFF]


def is_loaded() -> bool:
    """Whether today's edition of the content stands in this database."""
    last = AuditEvent.objects.filter(action=LOADED).newest_first().first()
    return last is not None and last.detail.get("edition") == edition()


@transaction.atomic
def build_village(*, password: str, now: datetime | None = None) -> None:
    """Everything or nothing; a village that stands keeps what people have changed in it since."""
    now = now or timezone.now()
    people = load_people(password)
    load_places()
    home = load_pages(port=settings.PORT)
    load_directory(coordinator=people["coordinator"], now=now)
    load_keeping(coordinator=people["coordinator"], partner=people["partner"], now=now)
    load_comments(coordinator=people["coordinator"], now=now)
    load_consultation(coordinator=people["coordinator"], now=now)
    load_session(coordinator=people["coordinator"], now=now)
    load_referrals(people=people, now=now)
    load_together(people=people, now=now)
    load_assessments(people=people, now=now)
    load_surveys(people=people, now=now)
    load_newspaper(home, today=timezone.localdate(now))
    load_readers()
    load_past(people=people, now=now)
    load_insight(people=people, now=now)
    record(action=LOADED, by=None, edition=edition())
