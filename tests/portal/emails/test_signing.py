"""Links signed by the hundred thousand are those that are signed one by one."""

import pytest

from portal.emails.links import read, sign, signer


@pytest.mark.parametrize("value", [1, 12345, "ann@example.org", ""])
def test_a_quick_signature_is_the_usual_one(value: str | int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    assert signer("newsletter.leave")(value) == sign("newsletter.leave", value)
    assert read("newsletter.leave", signer("newsletter.leave")(value)) == value
    assert read("newsletter.confirm", signer("newsletter.leave")(value)) is None
