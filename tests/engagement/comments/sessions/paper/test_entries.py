"""What is typed from paper: read kindly, and refused field by field."""

import pytest

from engagement.comments.map.bounds import Bounds
from engagement.comments.sessions.paper.entries import WHERE_IT_IS, BadEntry, EntryReader
from engagement.comments.sessions.paper.grid import Grid
from tests.factories.sessions import typed_row

READER = EntryReader(
    grid=Grid(Bounds(-1.33, 54.757, -1.305, 54.769), 4, 3),
    numbers=range(1, 21),
    places=["Third Street", "St Mary’s church", "Third Avenue"],
    themes=["Streets and bins", "Homes"],
)


def problems_of(**typed: str) -> dict[str, str]:
    with pytest.raises(BadEntry) as refused:
        READER.read({**typed_row(), **typed})
    return refused.value.problems


def test_a_row_is_read_as_people_type_it() -> None:
    entry = READER.read(typed_row(12, where=" b 2", feeling="N", agreeing="7", theme="homes"))
    assert entry is not None
    assert (entry.number, entry.square, entry.feeling) == (12, "B2", "needs_work")
    assert (entry.agreeing, entry.theme_name) == (7, "Homes")


@pytest.mark.parametrize(
    ("typed", "feeling"),
    [
        ("g", "good"),
        ("Needs work", "needs_work"),
        ("needs_work", "needs_work"),
        ("an idea", "idea"),
        ("M", "memory"),
        ("a hope", "hope"),
    ],
)
def test_the_first_letter_of_a_feeling_is_enough(typed: str, feeling: str) -> None:
    entry = READER.read(typed_row(feeling=typed))
    assert entry is not None
    assert entry.feeling == feeling


@pytest.mark.parametrize("typed", ["third street", "Third S", "THIRD  STREET"])
def test_a_place_is_known_by_its_name_or_an_unmistakable_beginning(typed: str) -> None:
    entry = READER.read(typed_row(where=typed))
    assert entry is not None
    assert (entry.place_name, entry.square) == ("Third Street", "")


def test_an_apostrophe_is_an_apostrophe() -> None:
    entry = READER.read(typed_row(where="St Mary's church"))
    assert entry is not None
    assert entry.place_name == "St Mary’s church"


def test_a_row_with_nothing_but_a_number_is_passed_over() -> None:
    assert READER.read({"number": "4"}) is None
    assert READER.read({"number": "4", "words": " \u200b "}) is None


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("number", "", "number of the sticker"),
        ("number", "21", "from 1 to 20"),
        ("number", "twelve", "from 1 to 20"),
        ("number", "-1", "from 1 to 20"),
        ("number", "²", "from 1 to 20"),
        ("where", "", "Write the square"),
        ("where", "E9", "no square of this map (A1 to D3)"),
        ("where", "Third", "no square of this map"),
        ("where", "Thrid Street", "Did you mean Third Street?"),
        ("feeling", "", "Choose how they feel"),
        ("feeling", "x", "Choose how they feel"),
        ("words", "", "Write what is on the paper"),
        ("words", "x" * 5001, "Take some out"),
        ("agreeing", "lots", "as a number"),
        ("agreeing", "-2", "as a number"),
        ("agreeing", "1000", "as a number"),
        ("theme", "Dragons", "no theme “Dragons”"),
    ],
)
def test_each_field_says_what_is_wrong_with_it(field: str, typed: str, says: str) -> None:
    problems = problems_of(**{field: typed})
    assert list(problems) == [field]
    assert says in problems[field]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert list(problems_of(where="Z99", feeling="?", words="")) == ["where", "feeling", "words"]


def test_a_megabyte_of_words_is_refused_and_not_cut_short() -> None:
    assert "Take some out" in problems_of(words="word " * 200_000)["words"]


def test_an_entry_says_its_own_row_again() -> None:
    row = typed_row(3, where="Third Street", feeling="Idea", agreeing="2", theme="Homes")
    entry = READER.read(row)
    assert entry is not None
    assert entry.as_row == row


def test_a_pin_that_a_moderator_moved_stays() -> None:
    entry = READER.read(typed_row(where=WHERE_IT_IS))
    assert entry is not None
    assert entry.stays_where_it_is
