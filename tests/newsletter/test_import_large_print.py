"""Who has it posted in large print on another list has it so on ours."""

from pathlib import Path

import pytest
from django.utils import timezone

from newsletter.actions.bringing import bring_back, bring_in
from newsletter.models import Subscriber
from newsletter.readers.importing import Incoming, Lists, read_row
from newsletter.workflow import SubscriberState
from portal.imports import BadRow
from tests.factories.newsletter import a_reader
from tests.newsletter.test_import_subscribers import GOOD, bring

pytestmark = pytest.mark.django_db
LETTER = {**GOOD, "email": "", "name": "Bob Lee", "postal_address": "1 Third Street, SR8 4LX"}


def read(**row: str) -> Incoming:
    return read_row({**LETTER, **row}, Lists(topics={}, places={}), now=timezone.now())


def test_a_column_says_who_wants_large_print(tmp_path: Path) -> None:
    path, columns = tmp_path / "readers.csv", [*LETTER, "wants_large_print"]
    lines = [
        ",".join(columns),
        *(",".join(f'"{value}"' for value in (*LETTER.values(), said)) for said in ("Yes", "18")),
    ]
    path.write_text("\n".join(lines))
    assert "Row 3: wants_large_print is neither yes nor no." in bring(path)
    assert Subscriber.objects.get().wants_large_print


def test_without_the_column_or_by_e_mail_it_is_the_usual_print() -> None:
    assert not read().wants_large_print
    assert not read(wants_large_print="no").wants_large_print
    assert not read(wants_large_print="yes", email="ann@example.org", channel="email").wants_large_print
    with pytest.raises(BadRow):
        read(wants_large_print="large")


def test_who_comes_back_has_what_they_now_asked_for() -> None:
    now = timezone.now()
    reader = a_reader("", channel="post", state=SubscriberState.LEFT, left_at=now, new_postal_address="9 Sea View")
    back = bring_back(subscriber=reader, incoming=read(wants_large_print="yes"), now=now)
    assert (back.wants_large_print, back.new_postal_address) == (True, "")
    (new,) = bring_in([read(name="Ann")], now=now)
    assert not new.wants_large_print
