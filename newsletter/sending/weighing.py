"""Is it the addresses, or the mail server? What the answers to a whole batch say when nothing of it went."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from portal.emails.outcomes import Outcome, Verdict

# Of one copy alone nobody can tell; two that are told "not now" in a row are not full postboxes by chance.
FEWEST_PUT_OFF = 2
# A mail server that took something of ours in this time is believed when it refuses an address.
BELIEVED_FOR = timedelta(days=1)


class Weighed(StrEnum):
    """What it was about."""

    ADDRESSES = "addresses"
    PUT_OFF = "put_off"
    REFUSED_ALL = "refused_all"


def weigh(outcomes: Sequence[Outcome | None], *, is_in_trouble: bool) -> Weighed:
    """What a batch that came to its end says; None is an answer of a copy that was taken.

    "Not now" to everybody is the server's trouble, and while it is in trouble one copy is enough to say so. A refusal of
    everybody may be about the addresses or about us. What cannot be an address at all was never said to a server, and does
    not count.
    """
    said = [outcome for outcome in outcomes if outcome is None or outcome.code is not None]
    verdicts = {outcome.verdict if outcome else None for outcome in said}
    if verdicts == {Verdict.TRY_AGAIN} and (is_in_trouble or len(said) >= FEWEST_PUT_OFF):
        return Weighed.PUT_OFF
    return Weighed.REFUSED_ALL if verdicts == {Verdict.FAILED} else Weighed.ADDRESSES
