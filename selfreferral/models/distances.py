"""Whose self-assessments can be compared, and which moves they made: counted in the database, one look for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from selfreferral.models.assessments import Domain, DomainScore, SelfAssessment
from selfreferral.models.referrals import Referral

# The stages before and after; none where somebody left it empty.
Move = tuple[int | None, int | None]

# A person is the request that goes on; what was merged into it, up to three deep, is theirs too.
_COMPARED = """
WITH given AS (
  SELECT a.id, a.given_on, COALESCE(third.id, second.id, first.id, r.id) AS person, a.written_at
  FROM {assessment} a
  JOIN {referral} r ON r.id = a.referral_id
  LEFT JOIN {referral} first ON first.id = r.merged_into_id
  LEFT JOIN {referral} second ON second.id = first.merged_into_id
  LEFT JOIN {referral} third ON third.id = second.merged_into_id
  WHERE a.given_on <= %s AND NOT EXISTS (SELECT 1 FROM {assessment} later WHERE later.corrects_id = a.id)
), numbered AS (
  SELECT id, person, given_on,
    ROW_NUMBER() OVER (PARTITION BY person ORDER BY given_on, written_at, id) AS number,
    COUNT(*) OVER (PARTITION BY person) AS times
  FROM given
), compared AS (
  SELECT begun.id AS before_id, ended.id AS after_id
  FROM numbered ended JOIN numbered begun ON begun.person = ended.person AND begun.number = %s
  WHERE ended.number = ended.times AND ended.times >= %s AND ended.given_on >= %s
)
"""
_MOVES = """
SELECT d.id, b.stage, e.stage, COUNT(*)
FROM compared CROSS JOIN {domain} d
LEFT JOIN {score} b ON b.assessment_id = compared.before_id AND b.domain_id = d.id
LEFT JOIN {score} e ON e.assessment_id = compared.after_id AND e.domain_id = d.id
GROUP BY d.id, b.stage, e.stage
"""


@dataclass(frozen=True)
class Compared:
    """How many people are compared, and of each part of life, by its number, how many made which move."""

    people: int
    moves: Mapping[int, Mapping[Move, int]]


def compared(*, at_least: int, baseline: int, begins_on: date, ends_on: date) -> Compared:
    """People with at least so many self-assessments up to the last day, whose last one lies in these days."""
    tables = {
        name: connection.ops.quote_name(model._meta.db_table)
        for name, model in (
            ("assessment", SelfAssessment),
            ("referral", Referral),
            ("domain", Domain),
            ("score", DomainScore),
        )
    }
    values: tuple[date | int, ...] = (ends_on, baseline, at_least, begins_on)
    moves: dict[int, dict[Move, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_COMPARED}{_MOVES}".format(**tables), values)
        for domain, before, after, number in cursor.fetchall():
            moves.setdefault(domain, {})[before, after] = number
    # Everybody is in every part of life, with a stage or without.
    people = sum(next(iter(moves.values()), {}).values())
    return Compared(people, moves)
