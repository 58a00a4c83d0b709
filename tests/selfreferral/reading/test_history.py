"""The history says who did what: also who wrote to us later, which is not always the person."""

from datetime import timedelta

import pytest

from selfreferral.actions.changes import sealed
from selfreferral.models import PersonsWords, Referral
from selfreferral.reading.history import history
from selfreferral.reading.opening import Opener
from tests.factories.selfreferral import FOR_MY_SISTER, WEDNESDAY, a_referral

pytestmark = pytest.mark.django_db


def wrote(referral: Referral, words: str) -> None:
    row = PersonsWords(referral=referral, kind=PersonsWords.Kind.MORE, said_at=WEDNESDAY + timedelta(hours=1))
    row.sealed_words = sealed(referral=referral, row=row, part="words", words=words)
    row.save(force_insert=True)


def test_later_words_are_those_of_whoever_asked() -> None:
    own, anothers = a_referral(), a_referral(**FOR_MY_SISTER)
    wrote(own, "Mine.")
    wrote(anothers, "Hers.")
    found = {entry.words: entry.who for entry in history(Opener([own, anothers])) if entry.what == "Wrote more"}
    assert found == {"Mine.": "The person", "Hers.": "Whoever asked for them"}
