"""People made up so that their numbers are those of the interim report of June 2023, as far as those can be true."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from portal.clock import at
from selfreferral.models import Domain, DomainScore, Referral, SelfAssessment
from tests.factories.selfreferral import FOR_MY_SISTER, a_referral

# As printed: went up, stages up, stayed the same, went down, stages down. In our own plain names.
PRINTED: dict[str, tuple[int, float, int, int, float]] = {
    "Home": (83, 3.2, 6, 11, 1),
    "Money": (56, 4.8, 11, 28, 2.6),
    "What I do all day": (78, 3.5, 6, 17, 3.3),
    "Looking after myself": (72, 3.4, 11, 17, 2.7),
    "My body": (78, 2.9, 17, 11, 1.5),
    "My feelings": (72, 3.9, 11, 17, 3),
    "Getting going": (72, 3.4, 11, 17, 2.7),
    "People around me": (72, 3.1, 0, 28, 2.4),
    "Drugs": (28, 2.6, 50, 22, 1.8),
    "Drink": (39, 1.6, 44, 17, 1.3),
    "Harm done to me": (44, 4.8, 44, 11, 4),
    "Trouble with the law": (28, 1.8, 72, 0, 0),
}
# The row of physical health: 78, 17 and 11 in a hundred of eighteen people are nineteen people.
IMPOSSIBLE = "My body"
PEOPLE = 18
Stages = tuple[int | None, int | None]


def stages_of(row: tuple[int, float, int, int, float], n: int = PEOPLE) -> list[Stages]:
    """Before and after of each of n people, who make this row; whoever is left over left it empty the second time."""
    up, stages_up, same, down, stages_down = row
    numbers = [round(share * n / 100) for share in (up, same, down)]
    made: list[Stages] = []
    for number, stages, sign in ((numbers[0], stages_up, 1), (numbers[2], stages_down, -1)):
        total = round(stages * number)
        steps = [total // number + (person < total % number) for person in range(number)] if number else []
        made += [(1, 1 + step) if sign > 0 else (10, 10 - step) for step in steps]
    made += [(5, 5)] * numbers[1]
    return made + [(5, None)] * (n - len(made))


def said(referral: Referral, day: date, stages: Mapping[Domain, int]) -> SelfAssessment:
    """One time that somebody said how they are, without the desk."""
    row = SelfAssessment(referral=referral, way=SelfAssessment.Way.PAPER, given_on=day, written_at=at(day, time(12)))
    row.save(force_insert=True)
    DomainScore.objects.bulk_create(
        DomainScore(referral=referral, assessment=row, domain=domain, stage=stage) for domain, stage in stages.items()
    )
    return row


def the_cohort(*, begins: datetime, rows: Mapping[str, tuple[int, float, int, int, float]]) -> list[Referral]:
    """Eighteen people with three self-assessments each, which make these rows."""
    domains = {
        name: Domain.objects.get_or_create(name=name, defaults={"asks": f"{name}?", "position": number})[0]
        for number, name in enumerate(rows)
    }
    made = {name: stages_of(row) for name, row in rows.items()}
    people = [a_referral(now=begins + timedelta(hours=number)) for number in range(PEOPLE)]
    for number, person in enumerate(people):
        stages = {domains[name]: made[name][number] for name in rows}
        before = {domain: first for domain, (first, _) in stages.items() if first}
        after = {domain: last for domain, (_, last) in stages.items() if last}
        for days, given in ((7, before), (98, dict.fromkeys(before, 5)), (189, after)):
            said(person, (begins + timedelta(days=days)).date(), given)
    return people


def asked_for_others(number: int, *, begins: datetime) -> None:
    """So many more people, for whom a service asked."""
    for one in range(number):
        a_referral(now=begins + timedelta(days=1, hours=one), **{**FOR_MY_SISTER, "for_whom": "worker"})
