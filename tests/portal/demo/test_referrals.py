"""The example village's referrals: about nobody, in order, and reached only in ways that are a yes."""

from typing import Any

from tests.portal.demo.files import read, slugs

CHANNELS = {"ring", "voicemail", "text", "email", "post", "visit"}
REFERRALS: list[dict[str, Any]] = read("referrals.json")["referrals"]


def test_a_dozen_referrals_about_nobody() -> None:
    assert [row["name"] for row in REFERRALS] == [f"Example {letter}" for letter in "ABCDEFGHIJKL"]
    assert all(row["is_example"] and row["what_would_help"].startswith("Example: ") for row in REFERRALS)
    assert {row["made_by"] for row in REFERRALS} == {"self", "family", "worker"}
    assert all((row["referrer"] is None) == (row["made_by"] == "self") for row in REFERRALS)


def test_referrals_tell_their_history_in_order() -> None:
    for row in REFERRALS:
        days = [step["days_ago"] for step in row["history"]]
        assert row["history"][0]["to"] == "new"
        assert row["history"][-1]["to"] == row["state"]
        assert days == sorted(days, reverse=True)
        assert days[0] == row["days_ago"]
        assert all(attempt["days_ago"] <= row["days_ago"] for attempt in row["attempts"])
        assert (row["held_by"] is None) == (row["state"] == "new")


def test_nobody_is_reached_in_a_way_that_is_not_a_yes() -> None:
    for row in REFERRALS:
        channels = row["safe_contact"]["channels"]
        assert set(channels) == CHANNELS
        assert set(channels.values()) <= {"yes", "no", "unknown"}
        assert "yes" in channels.values()
        assert all(channels[attempt["channel"]] == "yes" for attempt in row["attempts"])
        assert row["phone"] or not {"ring", "voicemail", "text"} & {
            way for way, answer in channels.items() if answer == "yes"
        }
        assert row["email"] or channels["email"] != "yes"


def test_states_have_what_they_need() -> None:
    known = slugs("venues.json", "venues") | slugs("activities.json", "activities")
    for row in REFERRALS:
        spoke = any(attempt["outcome"] == "spoke_to_the_person" for attempt in row["attempts"])
        assert spoke == (row["state"] in {"talking", "waiting", "active", "signposted", "closed"})
        assert bool(row["signposts"]) == (row["state"] == "signposted")
        assert all(signpost["to"] in known for signpost in row["signposts"])
        assert (row["next_try_in_days"] is not None) == (row["state"] == "door_open")
        assert bool(row["closing_reason"]) == (row["state"] == "closed")


def test_every_worker_says_for_which_kind_of_service_they_work() -> None:
    kinds = {row["made_by"]: (row["referrer"] or {}).get("kind_of_service") for row in REFERRALS}
    assert kinds["worker"]
    assert not kinds["self"]
    assert not kinds["family"]
