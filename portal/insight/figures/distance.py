"""Distance travelled in a period: whose self-assessments are compared, and how far they went in each part of life."""

from django.conf import settings

from portal.insight.distance import Cohort, distance
from portal.insight.periods import Period
from portal.insight.table import Table
from selfreferral.models import Domain
from selfreferral.models.distances import compared


def distance_travelled(period: Period) -> Table:
    """By the partnership's own rule of who is compared; parts of life that nobody is asked about today come where answered."""
    cohort = Cohort(at_least=settings.DISTANCE_AT_LEAST, baseline=settings.DISTANCE_BASELINE)
    found = compared(
        at_least=cohort.at_least, baseline=cohort.baseline, begins_on=period.begins_on, ends_on=period.ends_on
    )
    shown = {domain.name: found.moves.get(domain.pk, {}) for domain in Domain.objects.all()}
    asked = {name: made for name, made in shown.items() if any(before and after for before, after in made)}
    return distance(moves=asked, n=found.people, cohort=cohort, when=period.words)
