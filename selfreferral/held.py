"""What this room holds about one person. Each look is written for good before anything is opened, with the request as reason."""

from collections.abc import Iterator

from django.db import models
from django.urls import reverse

from portal.clock import LONDON
from portal.privacy.people import Clues, Erased, Errand, Foreseen, Found, Holder, Item, told
from selfreferral.actions.erasing import ask_to_erase
from selfreferral.actions.looking import look, write_look
from selfreferral.actions.record import write_note
from selfreferral.models import ErasureRequest, Referral
from selfreferral.people import ALLOCATE
from selfreferral.queue.finding import find as find_typed
from selfreferral.reading.held import SECTIONS, KeptBack, Section, held_sections
from selfreferral.reading.opening import Opener
from selfreferral.refusals import NotYours
from selfreferral.seeing.looks import looks_at
from selfreferral.seeing.sight import Purpose
from selfreferral.seeing.telling import told as told_who_looked
from selfreferral.workflow import State

THIRD_PARTY, HARM = "third_party", "serious_harm"
EVERYTHING = KeptBack(is_referrer=False, is_risk=False)
AN_ADMINISTRATOR = "an administrator, who agrees or not under Erasing"
Line = tuple[str, str, str, str]


def find(clues: Clues, errand: Errand) -> list[Found]:
    """By blind marks, with nothing opened; of those whom this worker knows, nothing. What is merged is found as what goes on."""
    if not errand.by.has_perm(ALLOCATE):
        raise NotYours("Only the lead looks for people here.")
    typed = (
        (clues.reference, "the reference that they gave", True),
        (clues.email, "their e-mail address", True),
        (clues.phone, "their phone number", True),
        (clues.name, "the same name", False),
    )
    found: dict[str, Found] = {}
    for words, because, is_sure in typed:
        for referral in find_typed(words, user=errand.by) if words else ():
            one = referral.stands_for
            key = str(one.pk)
            found.setdefault(key, Found(key=key, label=one.reference, because=because, is_sure=is_sure))
    write_look(purpose=Purpose.SEARCH, by=errand.by, found=len(found), request=errand.request)
    return list(found.values())


def items(key: str, errand: Errand) -> list[Item]:
    """All of it, as the person would be given it; what may be about others or could harm somebody is thought about first."""
    referral = _one(key)
    if referral is None:
        return []
    if not errand.by.has_perm(ALLOCATE):
        raise NotYours("Only the lead gives somebody their record.")
    opened = look(referral=referral, by=errand.by, now=errand.now, purpose=Purpose.RIGHTS, request=errand.request)
    together = [referral, *(one.referral for one in opened.merged)]
    sections = list(held_sections(Opener(together), kept_back=EVERYTHING))
    lines = [line for section in sections for line in _lines(section)]
    return told([*lines, *_who_looked(together, errand)], of=key)


def _lines(section: Section) -> Iterator[Line]:
    for label, words in section.lines:
        yield section.heading, label, words, _doubt(section.heading, words)
    if section.note:
        yield section.heading, "Left out", section.note, ""


def _doubt(heading: str, words: str) -> str:
    if heading.startswith("Who asked for you") or "by whoever asked for you" in words:
        return THIRD_PARTY
    return HARM if heading == "Risks and safeguarding" else ""


def _who_looked(referrals: list[Referral], errand: Errand) -> Iterator[Line]:
    today = errand.now.astimezone(LONDON).date()
    for referral in referrals:
        since = referral.received_at.astimezone(LONDON).date()
        looks = looks_at(referral=referral, since=since, until=today)
        yield "Who opened what you told us", referral.reference, told_who_looked(referral, looks, today=today), ""


def foresee(key: str) -> Foreseen:
    referral = _one(key)
    if referral is None:
        return Foreseen()
    merged = [one.reference for one in referral.all_merged]
    goes = ["its key, so that nothing in it can be opened again, in old backups neither once the keys are changed"]
    goes += [f"with it, what was put together with it: {', '.join(merged)}"] if merged else []
    return Foreseen(goes=tuple(goes), stays=("reference, states and dates, for the numbers; who looked, by number",))


def erase(key: str, errand: Errand) -> Erased:
    """Two people erase here: this asks, and an administrator agrees."""
    referral = _one(key)
    if referral is None:
        return Erased()
    if not referral.erasure_requests.waiting().exists():
        ask_to_erase(referral=referral, why=ErasureRequest.Why.PERSON, by=errand.by, now=errand.now)
    return Erased(waits_for=AN_ADMINISTRATOR)


def rows(key: str) -> list[models.Model]:
    referral = _one(key)
    return [referral, *referral.all_merged] if referral else []


def url(key: str) -> str:
    referral = Referral.objects.get(pk=key)
    return reverse("selfreferral_staff:detail", args=[referral.reference])


def put_right(key: str, words: str, errand: Errand) -> None:
    """What the person says is right, under seal beside the rest; the answers themselves are put right on its own page."""
    referral = _one(key)
    if referral is not None:
        write_note(referral=referral, words=f"They say that this is right: {words}", by=errand.by, now=errand.now)


def restrict(key: str, is_lifted: bool, errand: Errand) -> None:
    """The hold itself shuts it to all but the lead (seeing/eyes.py); there is nothing to do besides."""


def sets_aside(key: str) -> bool:
    return True


def _one(key: str) -> Referral | None:
    return Referral.objects.filter(pk=key).exclude(state=State.ERASED).first()


REFERRALS = Holder(
    name="referrals",
    title="People who asked for help",
    models=(*(model for shown, _ in SECTIONS for model in shown), ErasureRequest),
    find=find,
    items=items,
    foresee=foresee,
    erase=erase,
    rows=rows,
    url=url,
    put_right=put_right,
    restrict=restrict,
    sets_aside=sets_aside,
    is_everyday=False,
    permission=ALLOCATE,
)
