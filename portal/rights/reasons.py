"""Why something is kept back, or a request refused: for staff with the law's name, and in plain words for the person.

From the UK GDPR, articles 11, 12 and 15, and the Data Protection Act 2018, schedules 2 and 3. The partnership's adviser on
data protection should read this table once.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason: what staff choose, the law that allows it, and what the person is told."""

    code: str
    label: str
    law: str
    told: str


def _table(*reasons: Reason) -> dict[str, Reason]:
    return {reason.code: reason for reason in reasons}


KEPT_BACK = _table(
    Reason(
        code="third_party",
        label="it is about somebody else too",
        law="Data Protection Act 2018, schedule 2, paragraph 16",
        told="It is about somebody else too, and we cannot show it without showing them.",
    ),
    Reason(
        code="serious_harm",
        label="seeing it could seriously harm somebody",
        law="Data Protection Act 2018, schedule 3, paragraphs 5 and 11",
        told="We think that showing it could seriously harm somebody.",
    ),
    Reason(
        code="safeguarding",
        label="a child or an adult at risk would be less safe",
        law="Data Protection Act 2018, schedule 3, paragraph 21",
        told="Showing it could make somebody less safe.",
    ),
    Reason(
        code="crime",
        label="it would get in the way of stopping a crime",
        law="Data Protection Act 2018, schedule 2, paragraph 2",
        told="The law lets us keep it back for now.",
    ),
    Reason(
        code="legal_privilege",
        label="it is advice of a lawyer",
        law="Data Protection Act 2018, schedule 2, paragraph 19",
        told="It is between us and a lawyer.",
    ),
)

REFUSED = _table(
    Reason(
        code="not_known",
        label="We could not make sure who asks",
        law="UK GDPR, articles 11 and 12(6)",
        told="We could not make sure that it is you who asks.",
    ),
    Reason(
        code="unfounded",
        label="It is plainly meant to trouble us",
        law="UK GDPR, article 12(5)",
        told="The law lets us say no to a request that is plainly not meant.",
    ),
    Reason(
        code="excessive",
        label="It is far too much, or the same again",
        law="UK GDPR, article 12(5)",
        told="The law lets us say no to a request that is far too much or the same again.",
    ),
    Reason(
        code="must_keep",
        label="The law makes us keep or use it",
        law="UK GDPR, articles 17(3), 18(2) and 21(1)",
        told="The law makes us keep or use what you asked about.",
    ),
)
