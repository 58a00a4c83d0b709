"""How long this room keeps what, and what becomes of it then."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from engagement.comments.actions.erasing import erase_in_time
from engagement.comments.actions.photos import forget
from engagement.comments.hearing.links import CONFIRM_WITHIN
from engagement.comments.models import (
    WORDS_OF_COMMENTS,
    Alert,
    AskedAddress,
    EngagementEvent,
    Follower,
    HelpConsent,
    ModerationDecision,
    Photo,
    PlaceComment,
    Promise,
    Reading,
    Verdict,
)
from engagement.comments.workflow import COUNTED_AS, Status
from portal.fulltext import wipe
from portal.photos import smaller_names
from portal.privacy.counting import Counted, counted
from portal.privacy.filing import Folder, Strays, register_folder
from portal.privacy.periods import Destroyed, Period, Rows, register_period
from portal.references import normalise_reference

# What belongs to a comment stays while the comment is held.
WITH_THE_COMMENT = {"comment": "comments.PlaceComment"}
A_DAY = timedelta(days=1)


def _not_shown(cutoff: datetime) -> models.QuerySet[PlaceComment]:
    """Declined or taken back, with nothing decided since."""
    since = ModerationDecision.objects.filter(comment=models.OuterRef("pk"), decided_at__gte=cutoff)
    gone = PlaceComment.objects.filter(status__in=[Status.DECLINED, Status.WITHDRAWN], sent_at__lt=cutoff)
    return gone.exclude(models.Exists(since))


def _said_long_ago(cutoff: datetime) -> models.QuerySet[PlaceComment]:
    return PlaceComment.objects.filter(sent_at__lt=cutoff).exclude(status=Status.ERASED)


def _erased(comments: list[PlaceComment], now: datetime) -> Destroyed:
    files = Photo.objects.filter(comment__in=comments).count()
    for comment in comments:
        erase_in_time(comment=comment, now=now)
    wipe(*WORDS_OF_COMMENTS)
    return Destroyed(rows=len(comments), files=files)


def _counted(comment: PlaceComment) -> Counted:
    return counted(comment.sent_at, COUNTED_AS, comment.status)


def _photos_forgotten(photos: list[Photo], now: datetime) -> Destroyed:
    return Destroyed(rows=len(photos), files=forget(photos=photos))


def _words_blanked(verdicts: list[Verdict], now: datetime) -> Destroyed:
    return Destroyed(Verdict.objects.filter(pk__in=[one.pk for one in verdicts]).update(words=""))


def _staff_taken_out(events: list[EngagementEvent], now: datetime) -> Destroyed:
    return Destroyed(EngagementEvent.objects.filter(pk__in=[one.pk for one in events]).update(going="", notes=""))


def _photo_files() -> Iterable[str]:
    return Photo.objects.values_list("image", flat=True)


def _reference(comment: Any) -> str:
    return f"Comment {comment.reference}"


def _with_reference(words: str) -> PlaceComment | None:
    wanted = normalise_reference(words) or normalise_reference(words.split()[-1])
    return PlaceComment.objects.filter(reference=wanted).exclude(status=Status.ERASED).first()


def _sessions(cutoff: datetime) -> models.QuerySet[EngagementEvent]:
    before = EngagementEvent.objects.filter(held_on__lt=timezone.localdate(cutoff))
    return before.filter(~Q(going="") | ~Q(notes=""))


def _smaller_files(name: str) -> Iterable[str]:
    return smaller_names(name).values()


PHOTOS = register_folder(
    Folder(
        name="comments",
        title="Photos of comments",
        path="comments",
        known=_photo_files,
        beside=_smaller_files,
    )
)

PERIODS = [
    Period(
        name="comments.said",
        title="Comments about places, after the conversation",
        what="words, name, place, photo and addresses are erased; that there was a comment stays",
        setting="KEEP_COMMENTS_YEARS",
        because="a village plans in years; after that what somebody once said need not be found under their street",
        is_warned=True,
        things=Rows(
            find=_said_long_ago, away=_erased, counted=_counted, refer=_reference, by_reference=_with_reference
        ),
    ),
    Period(
        name="comments.not_shown",
        title="Comments that are not shown",
        what="words, name, place, photo and addresses are erased; that there was a comment stays",
        setting="KEEP_NOT_SHOWN_DAYS",
        because="an author may ask why it was not shown, or change their mind",
        is_warned=True,
        things=Rows(find=_not_shown, away=_erased, counted=_counted, refer=_reference, by_reference=_with_reference),
    ),
    Period(
        name="comments.unconfirmed",
        title="Addresses to tell about a comment, not confirmed",
        what="the row is deleted",
        fixed=CONFIRM_WITHIN,
        because="the link in the mail works as long",
        things=Rows(find=Follower.objects.unconfirmed_since, held=WITH_THE_COMMENT),
    ),
    Period(
        name="comments.unconfirmed_alerts",
        title="Addresses to tell about a place, not confirmed",
        what="the row is deleted",
        fixed=CONFIRM_WITHIN,
        because="the link in the mail works as long",
        things=Rows(find=Alert.objects.unconfirmed_since),
    ),
    Period(
        name="comments.unsent_photos",
        title="Photos of comments that were never sent",
        what="file and row are deleted",
        fixed=A_DAY,
        because="somebody may come back to the form on the same day",
        things=Rows(find=Photo.objects.unsent().taken_in_before, away=_photos_forgotten),
    ),
    Period(
        name="comments.stray_photos",
        title="Photo files without a row",
        what="the file is deleted",
        fixed=A_DAY,
        because="a machine that stopped half-way leaves them behind",
        things=Strays(PHOTOS),
    ),
    Period(
        name="comments.leave_to_help",
        title="Names and numbers given so that somebody helps, not passed on",
        what="the row is deleted",
        setting="KEEP_LEAVE_TO_HELP_DAYS",
        because="whoever was not reached in four weeks by this way is not reached by it",
        things=Rows(
            find=lambda cutoff: HelpConsent.objects.filter(passed_on_at__isnull=True, given_at__lt=cutoff),
            held=WITH_THE_COMMENT,
        ),
    ),
    Period(
        name="comments.asked_addresses",
        title="How many mails asked an address whether it is right",
        what="the row is deleted",
        fixed=A_DAY,
        because="it is counted anew each day",
        things=Rows(find=lambda cutoff: AskedAddress.objects.filter(asked_on__lte=timezone.localdate(cutoff))),
    ),
    Period(
        name="comments.verdict_words",
        title="Words about whether something is better",
        what="the words are blanked; the answer stays",
        setting="KEEP_VERDICT_WORDS_DAYS",
        because="they help to put right what was done lately",
        things=Rows(
            find=lambda cutoff: Verdict.objects.filter(given_at__lt=cutoff).exclude(words=""),
            away=_words_blanked,
            held={"follower__comment": "comments.PlaceComment"},
        ),
    ),
    Period(
        name="comments.readings",
        title="Who has a comment open",
        what="the row is deleted",
        fixed=A_DAY,
        because="it warns colleagues for minutes",
        things=Rows(find=lambda cutoff: Reading.objects.filter(seen_at__lt=cutoff), held=WITH_THE_COMMENT),
    ),
    Period(
        name="comments.promises",
        title="Promises of a session that were kept",
        what="the row is deleted",
        setting="KEEP_PROMISES_DAYS",
        because="the group may ask what became of it at the next session",
        things=Rows(find=lambda cutoff: Promise.objects.filter(kept_at__lt=cutoff)),
    ),
    Period(
        name="comments.sessions",
        title="Notes about face-to-face sessions",
        what="notes and names of staff are blanked; day, place and numbers stay",
        setting="KEEP_COMMENTS_YEARS",
        because="as long as what was said there",
        things=Rows(find=_sessions, away=_staff_taken_out),
    ),
]


def register() -> None:
    for period in PERIODS:
        register_period(period)
