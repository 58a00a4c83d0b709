"""What the demo's team did in the past: asking people how they are and what they think, sessions, newspapers, looking."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import F

from engagement.comments.actions.sessions import plan_session
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Consultation, EngagementEvent
from engagement.comments.sessions.paper.grid import fit
from engagement.directory.models import Activity, Venue
from newsletter.models import Campaign, Delivery, DropRound, IssueIndexPage, IssuePage
from newsletter.workflow import CampaignState, DeliveryState
from portal.accounts.models import User
from portal.clock import at
from portal.demo.pages import add_below, stream
from portal.demo.past_requests import TOKEN
from portal.geo.models import Area
from portal.insight.periods import Period
from selfreferral import vault
from selfreferral.models import Domain, DomainScore, Referral, ReferrerFeedback, SelfAssessment, Survey
from selfreferral.models.assessments import HIGHEST, LOWEST
from selfreferral.models.sealing import place
from selfreferral.workflow import State

# So many people are asked how they are again and again, so that no row of what is published is small.
ASSESSED = 40
# In these parts of life, by their place in the list, some left it empty the last time.
LEFT_EMPTY = (8, 9)
# Of each audience: how many links, and how many answered with five, four, three, two stars and one.
ROUNDS = {Survey.Audience.REFERRERS: (40, (14, 8, 3, 1, 0)), Survey.Audience.RESIDENTS: (60, (16, 10, 4, 2, 1))}
GROUPS = (("Lunch club", 16), ("Coffee morning", 12), ("Walking group", 11), ("Year 6", 27), ("Allotments", 9))
SHEET = "Example: a sheet of two pages, as a newspaper was before there was one."
PRINTED, MAILED = 1200, 65
LONG_AGO = timedelta(days=900)


def load_past_assessments(*, by: User, year: Period, last_quarter: Period) -> None:
    """Four times each: three in the year, the last in the last quarter; the people are the first who came in that year."""
    if SelfAssessment.objects.filter(referral__submission_token__startswith=TOKEN).exists():
        return
    came_early = Referral.objects.filter(
        submission_token__startswith=TOKEN, state=State.CLOSED, received_at__lt=year.begins_at + timedelta(days=150)
    )
    domains, assessments, scores = list(Domain.objects.asked()), [], []
    for number, referral in enumerate(came_early.order_by("received_at")[:ASSESSED]):
        for turn, day in enumerate(_days(number, referral, year, last_quarter)):
            row = SelfAssessment(
                referral=referral,
                way=SelfAssessment.Way.PAPER,
                given_on=day,
                written_at=at(day, time(15)),
                written_by=by,
            )
            assessments.append(row)
            for part, domain in enumerate(domains):
                stage = _stage(number, part, turn)
                if stage is not None:
                    scores.append(DomainScore(referral=referral, assessment=row, domain=domain, stage=stage))
    SelfAssessment.objects.bulk_create(assessments, batch_size=500)
    DomainScore._default_manager.bulk_create(scores, batch_size=500)


def _days(number: int, referral: Referral, year: Period, last_quarter: Period) -> list[date]:
    came = referral.received_at.date()
    third = year.ends_on - timedelta(days=2 + number % 30)
    last = last_quarter.begins_on + timedelta(days=number % 55)
    return sorted({came + timedelta(days=9), came + timedelta(days=70), third, last})


def _stage(number: int, part: int, turn: int) -> int | None:
    """About half go up, some stay, some go down a little; how many and who is another matter in each part of life."""
    if part in LEFT_EMPTY and turn > 1 and number % 8 == part % 8:
        return None
    turned = (number * 7 + part * 3) % ASSESSED
    up, down = 17 + part * 5 % 9, 7 + part % 3
    step = 1 + turned % 3 if turned < up else -1 if turned < up + down else 0
    return max(LOWEST, min(HIGHEST, 3 + (number + part) % 4 + (step * min(turn, 2) if step > 0 else step * (turn > 1))))


def load_past_surveys(*, by: User, quarters: list[Period]) -> None:
    """One round for each audience in each quarter, with its stars; what was written is kept for a year at most."""
    if Survey.objects.filter(opened_at__lt=quarters[-1].ends_at).exists():
        return
    answers = []
    for quarter in quarters:
        for audience, (links, stars) in ROUNDS.items():
            opened_at = quarter.begins_at + timedelta(days=9, hours=10)
            closes_on = quarter.begins_on + timedelta(days=40)
            survey = Survey(audience=audience, links_made=links, closes_on=closes_on, opened_at=opened_at, opened_by=by)
            survey.wrapped_key, _ = vault.new_strongbox(place=place(survey))
            survey.save(force_insert=True)
            given = [star for star, many in zip(range(5, 0, -1), stars, strict=True) for _ in range(many)]
            answers += [
                ReferrerFeedback(
                    survey=survey, stars=star, given_on=quarter.begins_on + timedelta(days=10 + number % 30)
                )
                for number, star in enumerate(given)
            ]
    ReferrerFeedback.objects.bulk_create(answers)


def load_past_sessions(*, by: User, quarters: list[Period]) -> None:
    """Three in each quarter; nothing of what was said there is left."""
    home = Area.objects.home().first()
    if home is None or EngagementEvent.objects.filter(held_on__lte=quarters[-1].ends_on).exists():
        return
    ground = fit(Bounds(home.west, home.south, home.east, home.north))
    for number, quarter in enumerate(quarters):
        for month in range(3):
            name, people = GROUPS[(number * 3 + month) % len(GROUPS)]
            plan_session(
                by=by,
                name=f"Example: {name}",
                place="Horden Youth and Community Centre",
                group=name,
                consultation=Consultation.objects.standing(),
                held_on=quarter.begins_on + timedelta(days=12 + 29 * month),
                headcount=people,
                bounds=ground,
                is_example=True,
                now=quarter.begins_at,
            )


def load_past_newspapers(*, by: User, quarters: list[Period]) -> None:
    """A sheet in each quarter: printed for the doors, and mailed."""
    index = IssueIndexPage.objects.first()
    if index is None or DropRound.objects.exists():
        return
    for number, quarter in enumerate(quarters):
        title = f"Example sheet, {quarter.words}"
        body = stream([{"type": "story", "value": {"heading": "An example", "words": f"<p>{SHEET}</p>"}}])
        issued_on = quarter.begins_on + timedelta(days=20)
        page = IssuePage(
            title=title, slug=f"example-sheet-{number + 1}", summary=SHEET, number=None, issued_on=issued_on, body=body
        )
        issue = add_below(index, page)
        sent_at = at(issued_on, time(9))
        DropRound.objects.create(
            issue=issue,
            name="Doors",
            code=f"demo{number}",
            copies=PRINTED + 50 * number,
            dropped_on=issued_on,
            created_by=by,
            created_at=sent_at,
        )
        sending = Campaign.objects.create(
            issue=issue,
            state=CampaignState.SENT,
            subject=title,
            candidates=MAILED,
            created_by=by,
            frozen_at=sent_at,
            starts_at=sent_at,
            finished_at=sent_at,
        )
        Delivery.objects.bulk_create(_copies(sending, sent_at, MAILED + 5 * number))


def _copies(sending: Campaign, sent_at: datetime, many: int) -> Iterator[Delivery]:
    """Copies that went to readers who left since: nobody's address is in them."""
    for number in range(many):
        yield Delivery(
            campaign=sending,
            message_id=f"<demo-{sending.pk}-{number}@example.org>",
            state=DeliveryState.DELIVERED,
            attempts=1,
            submitted_at=sent_at,
            settled_at=sent_at,
        )


def let_the_directory_be_old(*, now: datetime) -> None:
    """The directory was there all the time, and somebody looked at every entry when it was loaded."""
    for entries in (Venue.objects.all(), Activity.objects.all()):
        entries.filter(checked_at=None).update(checked_at=F("added_at"))
        entries.filter(added_at__gt=now - timedelta(days=1)).update(added_at=now - LONG_AGO)
