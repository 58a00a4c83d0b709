"""Which e-mail addresses we can write to, and how they are kept."""

import pytest

from newsletter.addresses import BadAddress, mark_of, tidy_address, tidy_letter, tidy_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ann@Example.org ", "Ann@Example.org"),
        ("ann+news@example.org", "ann+news@example.org"),
        ("ann@b\u00fccher.example", "ann@xn--bcher-kva.example"),
        ("ann@b\u0430.org", "ann@xn--b-8sb.org"),
    ],
    ids=["plain", "plus", "own letters", "letters that look alike"],
)
def test_an_address_is_kept_as_mail_servers_know_it(typed: str, kept: str) -> None:
    assert tidy_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@-.org",
        "ann@fu\u00dfball.example",
        "jos\u00e9@example.org",
        "K\u0131m@example.org",
        "ann@example.org\r\nBcc: bob@example.org",
        "ann\x00@example.org",
        "ann@" + "b\u00fc" * 400 + ".org",
        "x" * 10_000,
        f"{'x' * 60}@{'y.' * 100}org",
    ],
    ids=range(13),
)
def test_what_we_cannot_write_to_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress, match=r"name@example\.org"):
        tidy_address(typed)


def test_a_mark_is_the_same_however_letters_are_typed_and_tells_nothing() -> None:
    first = mark_of(email="Ann@example.org", name="", postal_address="")
    assert first == mark_of(email="ann@example.org", name="", postal_address="")
    assert "ann" not in first
    assert first != mark_of(email="", name="Ann", postal_address="1 Third Street")


def test_a_letter_keeps_its_lines_and_a_name_is_one() -> None:
    assert tidy_letter(" 1  Third Street \n\n Horden,\tsr84lx ") == "1 Third Street\nHorden, sr84lx"
    assert tidy_name(" Ann\n Lee ") == "Ann Lee"


@pytest.mark.parametrize("typed", ["", "1 Third Street", "SR8", "1 SR8 4L"], ids=range(4))
def test_a_letter_without_a_postcode_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress, match="postcode"):
        tidy_letter(typed)
