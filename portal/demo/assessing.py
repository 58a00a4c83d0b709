"""The demo's parts of life, how its people said that they were, and what was thought of our help: examples about nobody."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from portal.accounts.models import User
from selfreferral.actions.assessments import record_assessment
from selfreferral.actions.surveys import answer, make_links
from selfreferral.models import Domain, Referral, SelfAssessment, Survey

# In our own words. Ten is always good.
DOMAINS: Mapping[str, str] = {
    "Home": "How are things with where you live?",
    "Money": "How are you managing with money?",
    "Your days": "How do you feel about the way you spend your days?",
    "Looking after yourself": "How is it going with eating, washing and keeping things tidy?",
    "Body": "How is your body?",
    "Feelings": "How do you feel inside?",
    "Getting going": "How easy is it to make a start on what you want to change?",
    "People": "How is it with family, friends and neighbours?",
    "Drugs": "How is it going with drugs? 10 if you take none",
    "Drink": "How is it going with drink? 10 if it is no worry",
    "Being safe": "How safe are you from other people?",
    "Trouble": "How well do you keep out of trouble with the law?",
}
# By whom: days ago, and the stage in each part; 0 where it was left empty.
HISTORIES: Mapping[str, tuple[tuple[int, str], ...]] = {
    "example-g": ((9, "345634527869"), (5, "345635527869"), (1, "446523516760")),
    "example-h": ((17, "523463348889"), (9, "624463348889"), (2, "635574448889")),
    "example-i": ((38, "223334235679"), (22, "334435346679"), (3, "545536467789")),
    "example-k": ((28, "656745560099"), (27, "656745560099")),
    "example-l": ((110, "112223224379"), (75, "334434335379"), (33, "656635557789")),
}
ANSWERS = {
    Survey.Audience.REFERRERS: (
        (5, "They rang the same day.", ""),
        (5, "One number for everything.", "Take on more people."),
        (4, "", "Tell us when somebody is with you."),
        (5, "A great way to work together.", ""),
    ),
    Survey.Audience.RESIDENTS: (
        (5, "Somebody listened.", ""),
        (4, "Kind people.", "I did not know that I could ask myself."),
        (2, "", "I waited for weeks."),
    ),
}
ASKED, DAYS_AGO, OPEN_FOR = 12, 20, timedelta(days=28)


def load_assessments(*, people: Mapping[str, User], now: datetime) -> None:
    """Once; what staff have changed since stays."""
    if Domain.objects.exists():
        return
    domains = [
        Domain.objects.create(name=name, asks=asks, position=10 * number)
        for number, (name, asks) in enumerate(DOMAINS.items(), start=1)
    ]
    for key, history in HISTORIES.items():
        referral = Referral.objects.sent_with(f"demo:{key}").first()
        if referral is None:
            continue
        for days, stages in history:
            record_assessment(
                referral=referral,
                stages={domain: _stage(digit) for domain, digit in zip(domains, stages, strict=True) if digit != "0"},
                way=SelfAssessment.Way.PAPER,
                given_on=timezone.localdate(now - timedelta(days=days)),
                by=people["lead"],
                now=now,
            )


def load_surveys(*, people: Mapping[str, User], now: datetime) -> None:
    """A round for each audience, with some answers."""
    if Survey.objects.exists():
        return
    asked = now - timedelta(days=DAYS_AGO)
    for audience, answers in ANSWERS.items():
        closes_on = timezone.localdate(asked + OPEN_FOR)
        tokens = make_links(audience=audience, how_many=ASKED, closes_on=closes_on, by=people["lead"], now=asked)
        for token, (stars, good, better) in zip(tokens, answers, strict=False):
            answer(token=token, stars=stars, good=good, better=better, now=asked + timedelta(days=2))


def _stage(digit: str) -> int:
    """Nine stands for the two highest, so that a stage is one character."""
    return 10 if digit == "9" else int(digit)
