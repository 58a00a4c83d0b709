"""A draft becomes a referral: sealed, in the queue, and told to the navigators by number only."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from portal.references import new_reference
from portal.tasks import enqueue_on_commit
from selfreferral import vault
from selfreferral.actions.changes import decide
from selfreferral.actions.drafts import opened
from selfreferral.actions.wording import question_set_now
from selfreferral.marks import marks_of
from selfreferral.models import Answer, BlindMark, Referral, ReturnDoor
from selfreferral.models.sealing import place
from selfreferral.nicknames import new_nickname
from selfreferral.promises import first_contact_due
from selfreferral.questions import flow
from selfreferral.questions.shapes import Answers, Part
from selfreferral.readiness import check_open
from selfreferral.refusals import NoDraft, NotFinished
from selfreferral.tasks import alert_navigators
from selfreferral.workflow import State


@transaction.atomic
def send_referral(
    *, key: str, now: datetime, is_doubted: bool = False, alerts: bool = True, by: User | None = None
) -> Referral:
    """Send what is behind this key. Sent twice, it is one referral, and both get the same reference.

    `alerts` is false when one address sends a flood: all of it is taken, and the navigators' post stays readable.
    Raises NoDraft, NotFinished, or vault.VaultIsShut; in each case nothing is kept and the draft stays as it was.
    """
    token = vault.submission_token(key)
    try:
        draft, progress = opened(key=key, now=now, for_update=True)
    except NoDraft:
        sent = Referral.objects.sent_with(token).first()
        if sent is None:
            raise
        return sent
    if progress.first_open is not None:
        raise NotFinished
    referral = take_referral(answers=progress.answers, submission_token=token, now=now, is_doubted=is_doubted, by=by)
    ReturnDoor.objects.filter(draft=draft).update(draft=None, referral=referral)
    draft.delete()
    if alerts:
        enqueue_on_commit(alert_navigators)
    return referral


@transaction.atomic
def take_referral(
    *,
    answers: Answers,
    submission_token: str,
    now: datetime,
    received_at: datetime | None = None,
    is_doubted: bool = False,
    is_example: bool = False,
    is_urgent: bool = False,
    source: str = "",
    came_by: Referral.CameBy = Referral.CameBy.WEB,
    taken_by: User | None = None,
    reason: str = "It came in.",
    by: User | None = None,
) -> Referral:
    """Put answers into the queue as a new referral; answers that the questions do not ask for are dropped.

    Without a `source` the answers say who asks; it is urgent only where a person here, such as whoever passes it on,
    decided so. `taken_by` wrote down what the person said or handed in, and `reason` is what the history says of it;
    `received_at` is when they handed it in, where that was before now.
    """
    check_open()
    path = flow.walk(answers)
    referral = Referral(
        reference=_free_reference(),
        nickname=new_nickname(),
        state=State.NEW,
        source=source or str(path.answers.get("for_whom", Referral.Source.SELF)),
        received_at=received_at or now,
        due_at=first_contact_due(received_at or now, is_urgent=is_urgent),
        says_danger=path.answers.get("danger") == "yes",
        is_urgent=is_urgent,
        is_doubted=is_doubted,
        is_example=is_example,
        submission_token=submission_token,
        came_by=came_by,
        taken_by=taken_by,
        changed_at=now,
        changed_by=by,
    )
    # A comment answers none of our questions; its words were only put where they belong.
    asked = None if came_by == Referral.CameBy.COMMENT else question_set_now(now)
    referral.wrapped_key, box = vault.new_strongbox(place=place(referral))
    referral.save(force_insert=True)
    for part in Part:
        given = path.answers_of(part)
        if given:
            answer = Answer(referral=referral, part=part, question_set=asked, given_at=now, given_by=taken_by)
            answer.sealed_answers = box.seal(given, place=place(answer, "answers"))
            answer.save(force_insert=True)
    for kind, made in marks_of(path.answers):
        BlindMark(referral=referral, kind=kind, mark=made).save(force_insert=True)
    decide(referral=referral, start=None, end=State.NEW, reason=reason, by=by, now=now)
    record(action="selfreferral.send", by=by, subject=referral)
    return referral


def was_sent_lately(*, key: str, now: datetime) -> bool:
    """Whether what lay behind this key has become a referral, within the hour."""
    return Referral.objects.sent_with(vault.submission_token(key)).sent_lately(now=now).exists()


def _free_reference() -> str:
    reference = new_reference()
    while Referral.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference
