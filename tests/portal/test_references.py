"""A reference can be read out and typed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.references import ALPHABET, new_reference, normalise_reference


def test_a_reference_has_two_halves_and_no_letters_that_sound_alike() -> None:
    for _ in range(200):
        reference = new_reference()
        assert len(reference) == 7
        assert set(reference) <= set(ALPHABET) | {"-"}
        assert not set(reference) & set("0O1I")


@given(st.builds(new_reference), st.sampled_from(["", " ", "  ", "-", "."]))
def test_however_it_is_typed_it_is_found(reference: str, between: str) -> None:
    assert normalise_reference(reference.lower().replace("-", between)) == reference


@pytest.mark.parametrize("typed", ["", "K7M", "K7M-2Q0", "K7M-2QX9", "\x00"])
def test_what_cannot_be_one_is_none(typed: str) -> None:
    assert normalise_reference(typed) is None
