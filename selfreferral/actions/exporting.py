"""Taking something out of this room: every look at it is written first, and names take a reason and a limit."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import need_words
from selfreferral.actions.looking import write_look
from selfreferral.exports.numbers import Quarter
from selfreferral.exports.tables import SavedFile, Why, numbers_sheet, people_sheet
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.seeing.sight import Purpose


def export_numbers(*, quarter: Quarter, by: User) -> SavedFile:
    """Numbers of one quarter of a year, with nobody in them."""
    _need_lead(by)
    sheet = numbers_sheet(quarter)
    with transaction.atomic():
        record(action="selfreferral.export_numbers", by=by, quarter=f"{quarter}")
    return sheet


def export_people(*, since: date, until: date, why: Why, letter: str, by: User, now: datetime) -> SavedFile:
    """Names and safe ways of everybody who asked from one day to another; refused above REFERRAL_EXPORT_ROWS.

    A look is written for each of them before the first is opened. Whoever this worker knows is left out, and what is
    erased or is the same as another is not in it.
    """
    _need_lead(by)
    if since > until:
        raise SomethingMissing("The last day must not be before the first.")
    need_words(letter, "Give the number or date of the letter that asks for it.")
    found = Referral.objects.received_between(since, until).with_words().unknown_to(by)
    people = list(found[: settings.REFERRAL_EXPORT_ROWS + 1])
    if not people:
        raise SomethingMissing("Nobody asked in these days.")
    if len(people) > settings.REFERRAL_EXPORT_ROWS:
        raise SomethingMissing(f"That is more than {settings.REFERRAL_EXPORT_ROWS} people. Choose fewer days.")
    with transaction.atomic():
        record(action="selfreferral.export_people", by=by, why=why.value, letter=letter.strip(), people=len(people))
    for referral in people:
        write_look(purpose=Purpose.EXPORT, by=by, referral=referral)
    return people_sheet(people, exported_by=by.display_name, at=now)


def _need_lead(by: User) -> None:
    if not by.has_perm(ALLOCATE):
        raise NotYours("Only the lead can take this out.")
