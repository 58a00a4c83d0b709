"""Giving the person what we hold about them: who asks is made sure of, what is left out is said, and both are kept."""

from datetime import datetime

from django.utils import timezone

from portal.accounts.models import User
from portal.clock import say_date
from selfreferral.actions.changes import need_words
from selfreferral.actions.looking import look
from selfreferral.actions.record import may_write, write_note
from selfreferral.exports.printing import record_pdf
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE
from selfreferral.reading.held import KeptBack, held_sections
from selfreferral.reading.opening import Opener
from selfreferral.refusals import NotYours
from selfreferral.seeing.sight import Purpose

INTRO = (
    "This is what we keep about you: what you or somebody for you told us, and what we wrote and did.",
    "You can ask us to put something right, to stop, or to erase it. You can ask who in our team has looked at it.",
)


def give_record(
    *, referral: Referral, check: str, kept_back: KeptBack, is_large: bool, by: User, now: datetime
) -> bytes:
    """The pages for the person. Only the lead gives them, having made sure who asks; both go into the record.

    All that could refuse it is asked first, so that nothing is written down as given that was not.
    """
    if not by.has_perm(ALLOCATE):
        raise NotYours("Only the lead gives somebody their record.")
    need_words(check, "Say how you made sure who asks.")
    if kept_back.is_risk:
        need_words(kept_back.why, "Say why something is left out. The person will read it.")
    may_write(referral=referral, by=by, now=now)
    opened = look(referral=referral, by=by, now=now, purpose=Purpose.EXPORT)
    opener = Opener([referral, *(one.referral for one in opened.merged)])
    sections = list(held_sections(opener, kept_back=kept_back))
    pages = record_pdf(
        title="What we hold about you",
        reference=referral.reference,
        banner="Private. For you alone.",
        made=f"Made on {say_date(timezone.localdate(now))} {now.year}",
        sections=sections,
        intro=INTRO,
        print_size="large" if is_large else "",
    )
    left_out = [section.heading for section in sections if section.note]
    told = f"\nLeft out or partly left out: {'; '.join(left_out)}." if left_out else ""
    write_note(referral=referral, words=f"Gave the person what we hold. Who asked: {check}{told}", by=by, now=now)
    return pages
