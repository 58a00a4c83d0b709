"""Whether somebody said yes to what needs a yes of its own."""

from selfreferral.models import Referral
from selfreferral.reading.answers import opened_answers

DUTY_KEY = "duty_consents"
# Section 213B of the Housing Act 1996: to be referred, to the council of their choice, and to what is told.
DUTY_CONSENTS = frozenset({"referral", "council", "sharing"})


def duty_is_agreed(referral: Referral) -> bool:
    """All three consents of the duty to refer; one that is missing or odd is none."""
    given = opened_answers(referral, referral.strongbox()).get(DUTY_KEY)
    return isinstance(given, list) and set(given) >= DUTY_CONSENTS
