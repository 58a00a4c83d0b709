"""Letters that the types do not have."""

import pytest

from newsletter.printing import letters
from newsletter.printing.letters import printable


def test_letters_of_our_neighbours_are_printed_as_they_are() -> None:
    words = "Łódź, Привет, ½ ☎ – “yes” 5 < 6 #let *x* $y$ \\"
    assert printable({"a": [words, 3, None, True]}) == {"a": [words, 3, None, True]}


def test_a_sign_that_cannot_be_printed_is_named_and_a_letter_is_a_box() -> None:
    assert printable("Yes 😀 日") == "Yes [grinning face] □"


def test_a_story_in_another_script_is_tried_at_once_and_not_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, tagged = [], letters.tagged

    def counting(files: dict[str, bytes]) -> bytes:
        asked.append(files)
        return tagged(files)

    monkeypatch.setattr(letters, "tagged", counting)
    monkeypatch.setattr(letters, "_found", {})
    pasted = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    assert printable({"story": [pasted, "Yes ℃ 😀"]}) == {"story": ["□" * 3000, "Yes ℃ [grinning face]"]}
    assert len(asked) <= 2
    assert printable(["ℵ ℃ 日"])[0][2:] == "℃ □"
    assert len(asked) <= 4
