"""Coming back with six words: the draft goes on where it stopped; what was sent can be added to, put right, or stopped."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from portal.audit.record import record
from portal.tasks import enqueue_on_commit
from portal.text import plain
from selfreferral import return_code, vault
from selfreferral.actions.changes import change, need_words, sealed, take_step
from selfreferral.actions.correcting import narrow
from selfreferral.actions.drafts import opened
from selfreferral.contact.card import CHANNEL_LABELS, Channel
from selfreferral.models import DraftReferral, PersonsWords, Referral, ReturnDoor, ReturnVisit
from selfreferral.refusals import NoDraft, NotYours
from selfreferral.tasks import alert_navigators
from selfreferral.workflow import MOVES, State, Who, may

LONGEST_WORDS = 5000


@transaction.atomic
def keep_words(*, key: str, now: datetime) -> str:
    """The six words for what lies behind this cookie, a draft or what it became; the same words however often asked."""
    draft, referral = None, Referral.objects.sent_with(vault.submission_token(key)).sent_lately(now=now).first()
    if referral is None:
        draft, _ = opened(key=key, now=now, for_update=True)
    door = ReturnDoor.objects.filter(draft=draft, referral=referral).first()
    if door is not None:
        return door.open_words(key=key)
    words = new_door(key=key, draft=draft, referral=referral, now=now)
    record(action="selfreferral.keep_words", by=None)
    return words


def new_door(*, key: str, draft: DraftReferral | None = None, referral: Referral | None = None, now: datetime) -> str:
    """Put a door before a draft or a referral; gives back the six words that open it. Only the key shows them again."""
    words = return_code.new_code()
    opener = return_code.opener(words)
    door = ReturnDoor(finder=opener.finder, draft=draft, referral=referral, made_at=now)
    door.seal_key(key, opener_key=opener.key)
    door.seal_words(words, key=key)
    door.save(force_insert=True)
    return words


def words_kept(*, key: str, now: datetime) -> str:
    """The six words that were made for this cookie, or nothing."""
    token, finder = vault.submission_token(key), vault.draft_finder(key)
    door = (
        ReturnDoor.objects.filter(referral__in=Referral.objects.sent_with(token).sent_lately(now=now)).first()
        or ReturnDoor.objects.filter(draft__finder=finder).first()
    )
    try:
        return door.open_words(key=key) if door else ""
    except vault.CannotOpen:
        return ""


@transaction.atomic
def come_back(*, typed: str, now: datetime) -> tuple[str, bool]:
    """A key for the browser, and whether it opens a draft (otherwise it shows how far a request is).

    Raises NoDraft for words that open nothing, whether they never did, are mistyped, or are too old.
    """
    code = return_code.normalise(typed)
    # Words that cannot be a code cost as much time as those that can.
    opener = return_code.opener(code or "none")
    door = ReturnDoor.objects.select_related("draft", "referral").filter(finder=opener.finder).first()
    if not code or door is None:
        raise NoDraft
    if door.draft_id:
        key = door.open_key(opener_key=opener.key)
        opened(key=key, now=now)
        record(action="selfreferral.come_back", by=None)
        return key, True
    ReturnVisit.objects.over(now=now).delete()
    key = vault.new_draft_key()
    ReturnVisit(finder=vault.draft_finder(key), door=door, begun_at=now).save(force_insert=True)
    record(action="selfreferral.come_back", by=None, subject=door.referral)
    return key, False


def visited(*, key: str, now: datetime) -> Referral:
    """The request that this visit is about; raises NoDraft where there is no visit."""
    visit = ReturnVisit.objects.of(key, now=now).select_related("door__referral").first()
    if visit is None or visit.door.referral is None:
        raise NoDraft
    return visit.door.referral


@transaction.atomic
def say(*, key: str, kind: str, words: str, now: datetime) -> Referral:
    """Add to what was sent, or put something right; navigators are told that somebody wrote, and not what."""
    referral = visited(key=key, now=now)
    words = plain(words, limit=LONGEST_WORDS)
    need_words(words, "Write something first.")
    _write_down(referral, kind, words, now)
    return referral


@transaction.atomic
def not_safe_any_more(*, key: str, channels: Collection[Channel], now: datetime) -> Referral:
    """The person says that ways are not safe any more: they are shut from this moment, and navigators are told to look."""
    referral = visited(key=key, now=now)
    if not referral.is_by_themselves:
        raise NotYours("This cannot be done from here. Ring us, or write to us below.")
    said = ", ".join(CHANNEL_LABELS[channel].lower() for channel in channels)
    narrow(referral=referral, channels=channels, why="The person said so on their own page.", by=None, now=now)
    _write_down(referral, PersonsWords.Kind.WRONG, f"Not safe any more: {said}.", now)
    return referral


@transaction.atomic
def stop(*, key: str, now: datetime) -> Referral:
    """The person asks us to stop: no more contact from this moment; asking twice changes nothing."""
    return _move(key, State.WITHDRAWN, PersonsWords.Kind.STOP, "The person asked us to stop.", now)


@transaction.atomic
def ask_again(*, key: str, now: datetime) -> Referral:
    """The person comes back to us: the same request starts anew, with a clock from now."""
    return _move(key, State.NEW, PersonsWords.Kind.AGAIN, "The person asked again.", now)


@transaction.atomic
def end_visit(*, key: str) -> None:
    """Forget that somebody looked."""
    ReturnVisit.objects.filter(finder=vault.draft_finder(key)).delete()


def may_do(referral: Referral, to: State) -> bool:
    """Whether the person may take this step; somebody who asked for another person may not take it for them."""
    return referral.is_by_themselves and may(referral.stands_for.where, to, {Who.PERSON})


def _move(key: str, to: State, kind: PersonsWords.Kind, why: str, now: datetime) -> Referral:
    asked = visited(key=key, now=now)
    referral = _goes_on(asked)
    if referral.where is to and asked.is_by_themselves:
        return referral
    if not may_do(asked, to):
        raise NotYours("This cannot be done from here. Ring us, or write to us below.")
    take_step(
        referral=referral,
        step=MOVES[referral.where, to],
        seen_version=referral.version,
        reason=why,
        by=None,
        now=now,
        next_try_on=None,
    )
    _write_down(asked, kind, why, now)
    return referral


def _goes_on(asked: Referral) -> Referral:
    """What goes on in place of the one that they asked with, read afresh; each is locked on the way, so that nobody changes
    or merges it until the person was heard.
    """
    referral = Referral.objects.select_for_update().get(pk=asked.pk)
    while referral.merged_into_id is not None:
        referral = Referral.objects.select_for_update().get(pk=referral.merged_into_id)
    return referral


def _write_down(referral: Referral, kind: str, words: str, now: datetime) -> None:
    """Keep the words with what they were said about; the mark that somebody wrote stands where it is seen."""
    row = PersonsWords(referral=referral, kind=kind, said_at=now)
    row.sealed_words = sealed(referral=referral, row=row, part="words", words=words)
    row.save(force_insert=True)
    goes_on = _goes_on(referral)
    change(referral=goes_on, seen_version=goes_on.version, by=None, now=now, wrote_at=now)
    record(action=f"selfreferral.person_{kind}", by=None, subject=referral)
    enqueue_on_commit(alert_navigators)
