"""One batch of copies: who of them may go, handed over on a line, and written down with one UPDATE for each outcome."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from newsletter.actions import deliveries
from newsletter.actions.deliveries import Copy
from newsletter.actions.ready_made import ReadyMade
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.sending.lines import Answer, Line
from newsletter.sending.merging import Letter, address_of
from newsletter.sending.weighing import BELIEVED_FOR, Weighed, weigh
from newsletter.workflow import LEASE, MOST_TRIES, WAITS, CampaignState, Reason, SubscriberState
from portal.emails.models import Suppression
from portal.emails.outcomes import NoAddress, Outcome, Verdict
from portal.emails.suppression import address_hash

Clock = Callable[[], datetime]
# For a reader's number: to leave, and to their choices.
Links = Callable[[int], tuple[str, str]]
# On a slow line somebody who puts the sending on hold is heard within this time, in the middle of a batch.
LOOK_AROUND_AFTER = timedelta(seconds=2)
# A line that is cut so often in a row is not about one address.
CUTS_IN_A_ROW = 2
# So many refusals in a row are not about one address either.
REFUSALS_IN_A_ROW = 5


@dataclass
class Happened:
    """What became of the copies of a batch, with the trouble that ended it early, where there was one.

    `mistrusted` were refused, but so was everybody around them; `is_for_a_person` where nobody has been served for long.
    """

    answers: list[tuple[Copy, Answer]] = field(default_factory=list)
    mistrusted: list[tuple[Copy, Outcome]] = field(default_factory=list)
    left: list[Copy] = field(default_factory=list)
    trouble: Outcome | None = None
    is_for_a_person: bool = False

    @property
    def has_gone(self) -> bool:
        return any(answer.outcome is None for _, answer in self.answers)


def _stopped(hashes: list[str]) -> QuerySet[Suppression, Any]:
    return Suppression.objects.of_hashes(hashes).values_list("address_hash", flat=True)


_STOPPED = ReadyMade(_stopped)


def without_silenced(copies: Sequence[Copy], *, worker: str) -> list[Copy]:
    """Those to whom mail may go, in one question; the others are answered for."""
    hashes = [address_hash(copy.email) if copy.email else "" for copy in copies]
    stopped = {hashed for (hashed,) in _STOPPED(hashes)}
    if not stopped:
        return list(copies)
    by_hash = list(zip(copies, hashes, strict=True))
    deliveries.suppress(copies=[copy for copy, hashed in by_hash if hashed in stopped], worker=worker)
    return [copy for copy, hashed in by_hash if hashed not in stopped]


def leave_out(copies: Sequence[Copy], *, worker: str) -> None:
    """Readers who wanted their copy when the issue was frozen and do not want it now, with the reason.

    Who wants it all the same was turned away for another reason, and is let go for the next claim.
    """
    now = Subscriber.objects.in_bulk([copy.reader for copy in copies if copy.reader])
    why: defaultdict[Reason | None, list[Copy]] = defaultdict(list)
    for copy in copies:
        why[_why_not(now.get(copy.reader) if copy.reader else None)].append(copy)
    deliveries.release(copies=why.pop(None, []), worker=worker)
    for reason, some in why.items():
        if reason is not None:
            deliveries.exclude(copies=some, worker=worker, reason=reason)


def _why_not(reader: Subscriber | None) -> Reason | None:
    if reader is None or reader.state != SubscriberState.ACTIVE:
        return Reason.LEFT
    if reader.channel != Subscriber.Channel.EMAIL:
        return Reason.BY_POST
    return None if reader.wants_issues else Reason.PAUSED


def hand_over(copies: Sequence[Copy], line: Line, *, campaign: Campaign, clock: Clock, links: Links) -> Happened:
    """Carry a batch that has begun, until it is done, the line is in trouble, or somebody puts the sending on hold."""
    happened = Happened(left=list(copies))
    began = looked = clock()
    cuts, refused = 0, list[tuple[Copy, Answer]]()
    for part, following in _letters(happened, links, size=line.at_once):
        answers = line.carry([letter for _, letter in part], following)
        told = [(copy, answer) for (copy, _), answer in zip(part, answers, strict=True)]
        happened.answers += told
        happened.left = happened.left[len(part) :]
        last = answers[-1].outcome
        cuts = cuts + 1 if last and last.verdict == Verdict.UNCERTAIN else 0
        refused = _still_refused(refused, told)
        if refused and (len(refused) >= REFUSALS_IN_A_ROW or campaign.troubles or _is_trouble(last)):
            happened.answers = [one for one in happened.answers if one not in refused]
            happened.mistrusted = [(copy, answer.outcome) for copy, answer in refused if answer.outcome]
            happened.trouble = last
            break
        if last and (_is_trouble(last) or cuts * line.at_once >= CUTS_IN_A_ROW):
            happened.trouble = last
            break
        if clock() - looked >= LOOK_AROUND_AFTER:
            looked = clock()
            campaign.refresh_from_db(fields=["state"])
            if campaign.state != CampaignState.SENDING or looked - began >= LEASE / 2:
                break
    else:
        _weigh(happened, campaign, now=clock())
    return happened


def _weigh(happened: Happened, campaign: Campaign, *, now: datetime) -> None:
    """Where nobody of a whole batch was served, say so: tries are for single addresses, and so is a refusal."""
    weighed = weigh([answer.outcome for _, answer in happened.answers], is_in_trouble=campaign.troubles > 0)
    if weighed == Weighed.PUT_OFF:
        happened.answers = [(copy, _as_trouble(answer)) for copy, answer in happened.answers]
        happened.trouble = next(answer.outcome for _, answer in happened.answers if _is_trouble(answer.outcome))
    elif weighed == Weighed.REFUSED_ALL and not Delivery.objects.gone_since(now - BELIEVED_FOR).exists():
        again = [one for one in happened.answers if one[0].tries + 1 < MOST_TRIES and _is_said(one[1].outcome)]
        happened.answers = [one for one in happened.answers if one not in again]
        happened.mistrusted = [(copy, answer.outcome) for copy, answer in again if answer.outcome]
        happened.is_for_a_person = bool(again)
        happened.trouble = again[-1][1].outcome if again else None


def _as_trouble(answer: Answer) -> Answer:
    said = answer.outcome
    return Answer(Outcome(Verdict.SERVER_TROUBLE, said.code)) if said and said.verdict == Verdict.TRY_AGAIN else answer


def _is_said(outcome: Outcome | None) -> bool:
    """Whether a mail server said it, and not we of something that is no address."""
    return outcome is not None and outcome.code is not None


def _is_trouble(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.verdict == Verdict.SERVER_TROUBLE


def _still_refused(
    before: Sequence[tuple[Copy, Answer]], told: Sequence[tuple[Copy, Answer]]
) -> list[tuple[Copy, Answer]]:
    """Who was refused since the line last took something; nobody, where it has just taken or lost something.

    An address that is refused for the third time, each time after a while, is believed and counts no more.
    """
    refused = [one for one in told if _is_refused(one[1].outcome)]
    if not all(_is_refused(answer.outcome) or _is_trouble(answer.outcome) for _, answer in told):
        return []
    return [*before, *(one for one in refused if one[0].tries + 1 < MOST_TRIES)]


def _is_refused(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.verdict == Verdict.FAILED


def _letters(
    happened: Happened, links: Links, *, size: int
) -> Iterator[tuple[list[tuple[Copy, Letter]], Letter | None]]:
    """Each copy's letter, as many together as a line takes, with the one that comes after them.

    An address that cannot be one is answered for here.
    """
    copies, part = happened.left, []
    happened.left = []
    for copy in copies:
        try:
            to = address_of(copy.email or "")
        except NoAddress:
            happened.answers.append((copy, Answer(Outcome(Verdict.FAILED))))
            continue
        part.append((copy, Letter(copy.number, to, copy.message_id, *links(copy.reader or 0))))
    happened.left = [copy for copy, _ in part]
    for at in range(0, len(part), size):
        yield part[at : at + size], part[at + size][1] if at + size < len(part) else None


def write_down(happened: Happened, *, worker: str, now: datetime, wait: timedelta) -> None:
    """Say what became of the batch; copies that nobody tried go back as if they had never begun."""
    groups: defaultdict[tuple[str, int | None], list[Copy]] = defaultdict(list)
    for copy, answer in happened.answers:
        groups[_verdict(answer)].append(copy)
    names = {copy.number: answer.provider_id for copy, answer in happened.answers if answer.provider_id}
    for (verdict, code), copies in groups.items():
        if verdict == _GONE:
            deliveries.submit(copies=copies, worker=worker, now=now, provider_ids=names)
        elif verdict == _SILENCED:
            deliveries.suppress(copies=copies, worker=worker)
        elif verdict == Verdict.FAILED:
            deliveries.fail(copies=copies, worker=worker, reason=Reason.REFUSED, code=code)
        elif verdict == Verdict.TRY_AGAIN:
            deliveries.try_again(copies=copies, worker=worker, now=now, code=code)
        elif verdict == Verdict.SERVER_TROUBLE:
            deliveries.spare(copies=copies, worker=worker, not_before=now + wait, code=code)
        else:
            deliveries.doubt(copies=copies, worker=worker, reason=Reason.CUT_OFF, code=code)
    refusals: defaultdict[int | None, list[Copy]] = defaultdict(list)
    for copy, outcome in happened.mistrusted:
        refusals[outcome.code].append(copy)
    for code, copies in refusals.items():
        # Longer than the next look away, so that another copy tries whether it was about the address.
        not_before = now if happened.is_for_a_person else now + WAITS[-1]
        deliveries.put_back(copies=copies, worker=worker, not_before=not_before, code=code)
    deliveries.give_back(copies=happened.left, worker=worker)


_GONE, _SILENCED = "gone", "silenced"


def _verdict(answer: Answer) -> tuple[str, int | None]:
    if answer.outcome is None:
        return (_SILENCED if answer.is_silenced else _GONE), None
    return answer.outcome.verdict, answer.outcome.code
