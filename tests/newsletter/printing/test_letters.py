"""Letters that the types do not have."""

from newsletter.printing.letters import printable


def test_letters_of_our_neighbours_are_printed_as_they_are() -> None:
    words = "Łódź, Привет, ½ ☎ – “yes” 5 < 6 #let *x* $y$ \\"
    assert printable({"a": [words, 3, None, True]}) == {"a": [words, 3, None, True]}


def test_a_sign_that_cannot_be_printed_is_named_and_a_letter_is_a_box() -> None:
    assert printable("Yes 😀 日") == "Yes [grinning face] □"
