"""Finds somebody by what they are called, by a number or by an address: by blind marks alone, with nothing opened."""

from portal.accounts.models import User
from selfreferral.marks import mark_of_name, marks_to_find, normal_name
from selfreferral.models import BlindMark, Referral
from selfreferral.models.waiting import ReferralQuerySet

MOST_FOUND = 50
LONGEST = 200


def find(typed: str, *, user: User) -> list[Referral]:
    """Whoever answers to what was typed, the most pressing and then the latest first.

    Typed can be a reference, a nickname, a name or some words of it, a name with a year of birth, a phone number or an
    e-mail address. One more than `MOST_FOUND` says that there are more. Nobody whom this worker knows is among them.
    """
    seen = Referral.objects.without_words().not_erased().unknown_to(user)
    found = {
        referral.pk: referral
        for some in (seen.called(typed), seen.called_by_name(_nicknames(typed)), *_by_marks(seen, typed))
        for referral in some.latest_first_by_rank()[: MOST_FOUND + 1]
    }
    return sorted(found.values(), key=lambda one: (one.rank, -one.due_at.timestamp()))[: MOST_FOUND + 1]


def _by_marks(seen: ReferralQuerySet, typed: str) -> list[ReferralQuerySet]:
    """By the whole of it, and by every word where there are several: a middle name may be there or not."""
    marks = BlindMark.objects
    whole = seen.marked(marks.any_of(marks_to_find(typed)))
    words = normal_name(typed).split()
    if len(words) < 2:
        return [whole]
    by_words = seen
    for word in words:
        by_words = by_words.marked(marks.any_of({mark_of_name(word)}))
    return [whole, by_words]


def _nicknames(typed: str) -> list[str]:
    """Both words of it, in any order; one alone would find whoever is called Daisy."""
    words = typed.title().split()
    return [" ".join(words), " ".join(reversed(words))] if len(words) == 2 else []
