"""A draft is begun, filled page by page, and left. It is the person's own: its history names no draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral import vault
from selfreferral.models import DraftReferral
from selfreferral.questions.flow import Progress, Step
from selfreferral.questions.shapes import Answers
from selfreferral.refusals import NoDraft


@transaction.atomic
def open_draft(*, key: str, now: datetime, by: User | None = None) -> DraftReferral:
    """Begin an empty draft behind this key, which the person's browser keeps and we do not."""
    # Whoever begins sweeps out what nobody came back to, so that nothing lies longer than was promised.
    DraftReferral.objects.dead(now=now).delete()
    draft = DraftReferral(finder=vault.draft_finder(key), begun_at=now, saved_at=now)
    draft.seal(Progress.empty(), key=key)
    draft.save(force_insert=True)
    record(action="selfreferral.open_draft", by=by)
    return draft


@transaction.atomic
def save_answers(*, key: str, step: Step, given: Answers, now: datetime, by: User | None = None) -> Progress:
    """Keep the answers of one page; answers of pages that are no longer asked are gone with it."""
    draft, progress = opened(key=key, now=now, for_update=True)
    progress = progress.with_page(step, given)
    draft.seal(progress, key=key)
    draft.saved_at = now
    draft.save(update_fields=["sealed_progress", "saved_at"])
    record(action="selfreferral.save_answers", by=by)
    return progress


@transaction.atomic
def keep_refused(*, key: str, typed: Mapping[str, list[str]], now: datetime, by: User | None = None) -> None:
    """Keep a page that lacks something as it was typed, under the same seal, so that it can be shown again."""
    draft, progress = opened(key=key, now=now, for_update=True)
    draft.seal(replace(progress, refused=typed), key=key)
    draft.saved_at = now
    draft.save(update_fields=["sealed_progress", "saved_at"])
    record(action="selfreferral.keep_refused", by=by)


@transaction.atomic
def leave(*, key: str, by: User | None = None) -> None:
    """Forget the draft at once, unless its person took words to come back with; leaving twice is no mistake."""
    forgotten, _ = DraftReferral.objects.under(key).without_a_way_back().delete()
    if forgotten:
        record(action="selfreferral.leave", by=by)


def opened(*, key: str, now: datetime, for_update: bool = False) -> tuple[DraftReferral, Progress]:
    """The draft of this key and what is in it; raises NoDraft where there is none that opens."""
    found = DraftReferral.objects.of(key, now=now)
    draft = (found.select_for_update(of=("self",)) if for_update else found).first()
    if draft is None:
        raise NoDraft
    try:
        return draft, draft.open(key=key)
    except vault.CannotOpen:
        raise NoDraft from None
