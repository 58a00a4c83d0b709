"""A wish is shown word by word, with what goes and what comes."""

from engagement.directory.keeping.diff import MOST_WORDS, Piece, compare


def test_only_what_differs_is_marked() -> None:
    before, after = compare("Open at 9 each day", "Open at 10 each day")
    assert before == [Piece("Open at ", False), Piece("9", True), Piece(" each day", False)]
    assert after == [Piece("Open at ", False), Piece("10", True), Piece(" each day", False)]


def test_what_is_put_together_again_is_the_whole() -> None:
    before, after = compare("one, two", "two, three & four")
    assert "".join(piece.words for piece in before) == "one, two"
    assert "".join(piece.words for piece in after) == "two, three & four"


def test_from_nothing_and_to_nothing() -> None:
    assert compare("", "new") == ([], [Piece("new", True)])
    assert compare("old", "") == ([Piece("old", True)], [])


def test_very_long_words_are_not_compared_one_by_one() -> None:
    long = "word " * MOST_WORDS
    assert compare(long, "short") == ([Piece(long, True)], [Piece("short", True)])
