"""Words are found by their beginnings and never read as commands; every write is followed, and what is gone leaves no trace."""

import pytest
from django.db import connection, transaction

from engagement.comments.models import PlaceComment
from engagement.directory.models import Organisation
from portal import fulltext
from portal.fulltext import mend, wipe, words_in
from tests.factories.comments import make_comment

pytestmark = pytest.mark.django_db

FOUND = [
    ("foot", "Football for all"),
    ("FOOT hall", "In the hall: football"),
    ("hall, football!", "Football at the Hall"),
    ("cafe", "The Café"),
    ("Café", "a cafe"),
    ("cafe\u0301", "Café"),
    ("cafe", "cafe\u0301 by the sea"),
    ("dont", "We don’t mind"),
    ("don't", "We dont mind"),
    ("O’Brien", "Mrs O'Brien"),
    ("SR8 4", "near SR8 4LX"),
    ("high street", "The High-Street fund"),
    ("example", "Look at www.example.org/page?x=1"),
    ("page", "Look at www.example.org/page?x=1"),
    ("half", "1/half"),
    ("snake", "a_snake"),
    ("a", "a bench"),
    ("not near", "Not near the road"),
    ("and", "Salt and pepper"),
    ("сад", "Наш сад"),
    ("公", "公園"),
    ("x" * 200, "x" * 60),
]
NOT_FOUND = [
    ("ball", "Football for all"),
    ("foot hall", "Football for all"),
    ("b", "Benches"),
    ("foot OR hall", "Football for all"),
    ("foot NOT all", "Football"),
    ("foot -all", "Football"),
    ("!", "Look!"),
    ("%", "100% wool"),
    ("\x00", "Anything"),
]
COMMANDS = [
    '"', '""', "*", "f*", "-foot", "NEAR(foot all)", "foot AND", "AND", "words:foot", "^foot", "{words} : foot", "+", "(",
    ")", "foot:*", "!foot", "foot & !all", "foot <-> all", "|", "\\", "'", "';--", "%s", "%", "𝕏 😀 ⅷ ² ٣", "\u0301", "\u200b",
    "ﬁ İ ß ǆ", "\ufffd", "x" * 5000, "foot " * 500, "1e5 -3.2 0x1F", "\U0001e900\U0001e922a",
]  # fmt: skip


def make_group(words: str, **more: str) -> Organisation:
    return Organisation.objects.create(name=words[:160], slug=f"group-{Organisation.objects.count()}", **more)


def found(typed: str) -> list[str]:
    return [group.name for group in Organisation.objects.with_words(typed).by_name()]


def test_all_words_are_found_by_their_beginnings() -> None:
    make_group("Somebody else")
    for typed, words in FOUND:
        group = make_group(words)
        assert found(typed) == [group.name], (typed, words)
        group.delete()


def test_other_words_are_not_found() -> None:
    for typed, words in NOT_FOUND:
        group = make_group(words)
        assert found(typed) == [], (typed, words)
        group.delete()


def test_nothing_typed_asks_for_everything_and_signs_alone_for_nothing() -> None:
    group = make_group("Football")
    assert found("") == found("  ") == [group.name]
    assert found("...") == found('" * "') == []


@pytest.mark.parametrize("are_many", [False, True])
def test_nothing_that_is_typed_is_a_command_or_an_error(are_many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "FEW", -1 if are_many else 2_000)
    make_group("Football for all")
    for typed in COMMANDS:
        list(Organisation.objects.with_words(typed)[:5])
        assert Organisation.objects.with_words(typed).count() <= 1


@pytest.mark.parametrize(("few", "few_for_any"), [(2_000, 200), (2_000, 0), (1, 200)])
def test_few_rows_and_many_are_found_alike(few: int, few_for_any: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "FEW", few)
    monkeypatch.setattr(fulltext, "FEW_FOR_ANY", few_for_any)
    groups = [make_group(f"Football {number}") for number in range(4)]
    make_group("Tennis")
    wanted = Organisation.objects.with_words("foot").by_name()
    assert list(wanted) == list(wanted[:9]) == groups
    assert wanted.count() == 4
    inside = Organisation.objects.filter(pk__in=wanted.all()[:3].values("pk"))
    assert list(inside.with_words("ball").by_name()) == []
    assert list(inside.with_words("foot").by_name()) == groups[:3]
    assert [one.name for one in Organisation.objects.exclude(pk__in=wanted.values("pk"))] == ["Tennis"]


def test_every_way_of_writing_is_followed() -> None:
    many = [Organisation(name=f"Choir {number}", slug=f"choir-{number}") for number in range(3)]
    Organisation.objects.bulk_create(many)
    assert len(found("choir")) == 3
    Organisation.objects.filter(slug="choir-0").update(name="Band", description="Brass")
    assert (len(found("choir")), found("brass band")) == (2, ["Band"])
    Organisation.objects.bulk_create(
        [Organisation(name="Drums", slug="choir-1")],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name"],
    )
    assert (found("choir"), found("drums")) == (["Choir 2"], ["Drums"])
    third = Organisation.objects.get(slug="choir-2")
    third.name = "Strings"
    third.save()
    Organisation.objects.bulk_update([third], ["who_for"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_organisation SET who_for = 'Everybody' WHERE slug = 'choir-2'")
    assert found("everybody strings") == ["Strings"]
    Organisation.objects.filter(slug="choir-2").delete()
    assert (found("strings"), found("choir")) == ([], [])


def test_what_is_rolled_back_is_not_found() -> None:
    point = transaction.savepoint()
    make_group("Nobody")
    transaction.savepoint_rollback(point)
    assert found("nobody") == []


def test_a_row_of_very_many_words_can_be_written() -> None:
    make_group("Long", description=" ".join(f"word{number}" for number in range(150_000)), who_for="x")
    make_group("Endless", description="y" * 300_000)
    assert found("word149") == ["Long"]


def test_every_index_is_laid_as_the_code_knows_it() -> None:
    """Whoever changes the columns of an index needs a migration that lays it anew."""
    known = fulltext._known.values()
    assert {"comments_shown", "comments_sent", "actions_told", "venues_described"} <= {index.name for index in known}
    with connection.cursor() as cursor:
        for index in known:
            if connection.vendor == "sqlite":
                assert index.is_whole(cursor), index.name
            table = connection.introspection.get_table_description(cursor, index.table)
            assert set(index.columns) <= {column.name for column in table}
            assert not [column.name for column in table if column.name in index.columns and column.null_ok]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite makes tables anew")
def test_an_index_whose_table_was_made_anew_is_mended_after_the_migration() -> None:
    make_group("Before")
    with connection.cursor() as cursor:
        for trigger in ("in", "out", "anew"):
            cursor.execute(f"DROP TRIGGER groups_described_{trigger}")
    group = make_group("Meanwhile")
    assert found("meanwhile") == []
    mend()
    assert (found("before"), found("meanwhile")) == (["Before"], ["Meanwhile"])
    group.delete()
    assert found("meanwhile") == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the words in the row")
def test_wiped_words_are_gone_from_the_file() -> None:
    comment = make_comment("Wrensecret lives at number nine")
    comment.sent_words = "Wrensecret as sent"
    comment.save()
    assert b"wrensecret" in kept()
    PlaceComment.objects.update(words="", sent_words="")
    assert b"wrensecret" in kept()
    wipe()
    assert b"wrensecret" not in kept()
    assert not PlaceComment.objects.saying_to_staff("wrensecret").exists()


def kept() -> bytes:
    """The database as it would lie on the disk."""
    serialized: bytes = connection.connection.serialize()
    return serialized.lower()


def test_words_are_taken_apart_the_same_everywhere() -> None:
    assert words_in("  Don't “Panic”, café-owners! ") == ["Dont", "Panic", "cafe", "owners"]
    assert (
        " ".join(words_in("one two three four five six seven eight nine")) == "one two three four five six seven eight"
    )
    assert words_in("") == words_in("\x00'’ -_-") == []
