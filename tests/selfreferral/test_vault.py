"""What is sealed opens only in its own place and with its own key; without keys nothing is taken."""

import base64
import secrets
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfreferral import vault
from selfreferral.vault import CannotOpen, Strongbox, VaultIsShut

HERE = "selfreferral.answer:1:answers"


def a_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_what_goes_in_comes_out(content: Any) -> None:
    box = Strongbox(bytes(32))
    assert box.open(box.seal(content, place=HERE), place=HERE) == content


def test_nothing_of_it_can_be_read_and_no_two_seals_are_alike() -> None:
    box = Strongbox(bytes(32))
    first, second = box.seal("KESTREL-CANARY", place=HERE), box.seal("KESTREL-CANARY", place=HERE)
    assert b"KESTREL" not in first
    assert first != second


def test_how_long_an_answer_is_says_little() -> None:
    box = Strongbox(bytes(32))
    assert len(box.seal("yes", place=HERE)) == len(box.seal("no" * 100, place=HERE))


@pytest.mark.parametrize(
    "elsewhere", ["selfreferral.answer:2:answers", "selfreferral.answer:1:note", "selfreferral.signpost:1:answers", ""]
)
def test_a_seal_moved_to_another_row_part_or_table_does_not_open(elsewhere: str) -> None:
    box = Strongbox(bytes(32))
    with pytest.raises(CannotOpen):
        box.open(box.seal("words", place=HERE), place=elsewhere)


@given(st.integers(min_value=0, max_value=284), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_refused(position: int, flip: int) -> None:
    box = Strongbox(bytes(32))
    sealed = bytearray(box.seal("words", place=HERE))
    assert len(sealed) == 285
    sealed[position] ^= flip
    with pytest.raises(CannotOpen):
        box.open(bytes(sealed), place=HERE)


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x01short", b"\x02" + bytes(60)])
def test_what_we_did_not_seal_is_refused(rubbish: bytes) -> None:
    with pytest.raises(CannotOpen):
        Strongbox(bytes(32)).open(rubbish, place=HERE)


def test_an_old_key_still_opens_and_the_newest_is_used(settings: Any) -> None:
    old, new = a_key(), a_key()
    settings.REFERRAL_KEYS = [old]
    wrapped, box = vault.new_strongbox(place="a")
    sealed = box.seal("words", place=HERE)
    settings.REFERRAL_KEYS = [new, old]
    assert vault.open_strongbox(wrapped, place="a").open(sealed, place=HERE) == "words"
    later, _ = vault.new_strongbox(place="a")
    settings.REFERRAL_KEYS = [new]
    vault.open_strongbox(later, place="a")
    with pytest.raises(CannotOpen):
        vault.open_strongbox(wrapped, place="a")


def test_a_wrapped_key_moved_to_another_referral_does_not_open() -> None:
    wrapped, _ = vault.new_strongbox(place="one")
    with pytest.raises(CannotOpen):
        vault.open_strongbox(wrapped, place="other")


@pytest.mark.parametrize("keys", [[], [""], ["not base64!"], ["dG9vIHNob3J0"], ["ü" * 43]])
def test_without_a_good_key_the_vault_is_shut(settings: Any, keys: list[str]) -> None:
    settings.REFERRAL_KEYS = keys
    with pytest.raises(VaultIsShut):
        vault.check_keys()
    with pytest.raises(VaultIsShut):
        vault.new_strongbox(place="a")


def test_one_bad_key_among_good_ones_shuts_it_too(settings: Any) -> None:
    settings.REFERRAL_KEYS = [a_key(), "bad"]
    with pytest.raises(VaultIsShut):
        vault.check_keys()


def test_without_an_index_key_the_vault_is_shut(settings: Any) -> None:
    vault.check_keys()
    settings.INDEX_KEY = ""
    with pytest.raises(VaultIsShut):
        vault.check_keys()


def test_the_keys_are_not_made_from_the_secret_key(settings: Any) -> None:
    wrapped, _ = vault.new_strongbox(place="a")
    index = vault.blind_index("phone", "07700900123")
    settings.SECRET_KEY = "another"
    vault.open_strongbox(wrapped, place="a")
    assert vault.blind_index("phone", "07700900123") == index


@pytest.mark.parametrize("typed", ["07700 900123", "+44 7700 900123", "+44 (0)7700-900-123", "0044 7700900123"])
def test_one_number_has_one_index(typed: str) -> None:
    assert vault.normal_phone(typed) == "07700900123"


def test_an_index_says_nothing_without_its_key(settings: Any) -> None:
    mine = vault.blind_index("email", vault.normal_email(" Jo@Example.org"))
    assert mine == vault.blind_index("email", "jo@example.org")
    assert mine != vault.blind_index("phone", "jo@example.org")
    settings.INDEX_KEY = "another"
    assert mine != vault.blind_index("email", "jo@example.org")
    assert vault.blind_index("phone", "") == ""


def test_a_draft_opens_with_its_own_key_only() -> None:
    mine, other = vault.new_draft_key(), vault.new_draft_key()
    sealed = vault.draft_strongbox(mine, salt=b"row").seal("words", place=HERE)
    assert vault.draft_strongbox(mine, salt=b"row").open(sealed, place=HERE) == "words"
    for box in (vault.draft_strongbox(other, salt=b"row"), vault.draft_strongbox(mine, salt=b"another row")):
        with pytest.raises(CannotOpen):
            box.open(sealed, place=HERE)


def test_what_is_stored_of_a_draft_does_not_give_its_key_away() -> None:
    key = vault.new_draft_key()
    stored = {vault.draft_finder(key), vault.submission_token(key)}
    assert len(stored) == 2
    assert all(key not in value for value in stored)
    assert len(key) >= 43
