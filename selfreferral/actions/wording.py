"""A question is asked in other words, and what was asked is kept, so that no old answer is ever read under new words."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from portal.text import plain
from selfreferral.models import QuestionSet, QuestionWording
from selfreferral.people import ALLOCATE
from selfreferral.questions.wording import LONGEST_ASKS, LONGEST_HINT, Words, definition_of, digest_of, wordable
from selfreferral.refusals import NotYours, SomethingMissing

LONGEST = {"asks": LONGEST_ASKS, "asks_of_other": LONGEST_ASKS, "hint": LONGEST_HINT, "hint_of_other": LONGEST_HINT}


@transaction.atomic
def reword(*, key: str, words: Words, by: User, now: datetime) -> QuestionWording:
    """Ask this question, or head this page, in these words from now on; what is left empty is said as in the code.

    Raises NotYours, or SomethingMissing for a key that nothing has and for words that are too long.
    """
    if not by.has_perm(ALLOCATE):
        raise NotYours("Only the triage lead changes the words of a question.")
    of_the_code = wordable().get(key)
    if of_the_code is None:
        raise SomethingMissing("There is no such question.")
    said = {name: " ".join(plain(typed).split()) for name, typed in asdict(words).items()}
    for name, longest in LONGEST.items():
        if len(said[name]) > longest:
            raise SomethingMissing(f"That is too long to read. Use at most {longest} letters.")
    # The code's own words are no choice of staff: should the code say it better one day, that is what is asked.
    chosen = {name: "" if typed == getattr(of_the_code, name) else typed for name, typed in said.items()}
    row = QuestionWording.objects.select_for_update().for_key(key).first() or QuestionWording(key=key)
    if row.words == Words(**chosen):
        return row
    for name, typed in chosen.items():
        setattr(row, name, typed)
    row.changed_at, row.changed_by = now, by
    row.save()
    record(action="selfreferral.reword", by=by, subject=row, key=key)
    return row


def question_set_now(now: datetime) -> QuestionSet:
    """The questions in the words in which they are asked now; kept once, however many answer them."""
    definition = definition_of(QuestionWording.objects.asked_now())
    found, _ = QuestionSet.objects.get_or_create(
        digest=digest_of(definition), defaults={"definition": definition, "first_used_at": now}
    )
    return found
