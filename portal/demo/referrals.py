"""The demo's referrals: a dozen examples about nobody, each brought to where it stands by the same actions that staff use."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from engagement.directory.models import Activity, Venue
from portal.accounts.models import User
from portal.demo.source import facts
from selfreferral.actions.allocation import allocate
from selfreferral.actions.contact import record_attempt, signpost
from selfreferral.actions.referrals import take_referral
from selfreferral.actions.sources import name_service
from selfreferral.actions.triage import claim, move
from selfreferral.contact.card import Channel, answer_key
from selfreferral.contact.outcomes import Outcome
from selfreferral.contact.services import Service, service_called
from selfreferral.models import Referral, ReferralSource
from selfreferral.workflow import State

FOR_WHOM = {"self": "self", "family": "family_or_friend", "worker": "worker"}
WHO_ANSWERED = "A voice we do not know, who said nothing"
HOW_KNOWN = "They told us what was written on the form"
AN_ADDRESS = "An example address, which is nobody's"


class Step(NamedTuple):
    """One thing that happened: how long ago, its place within that day, and how to do it again."""

    days_ago: int
    rank: int
    happen: Callable[[Referral, datetime], object]


def load_referrals(*, people: dict[str, User], now: datetime) -> None:
    """Everybody's referral up to today; what is there already stays as staff have left it."""
    for row in facts("referrals")["referrals"]:
        token = f"demo:{row['key']}"
        if Referral.objects.sent_with(token).exists():
            continue
        came_in = now - timedelta(days=row["days_ago"], hours=1)
        referral = take_referral(answers=_answers(row), submission_token=token, is_example=True, now=came_in)
        for step in sorted(_steps(row, people), key=lambda step: (-step.days_ago, step.rank)):
            # Later steps of one day are minutes apart, so that the history reads in order.
            step.happen(referral, now - timedelta(days=step.days_ago, minutes=50 - step.rank))
            referral.refresh_from_db()


def _answers(row: dict[str, Any]) -> dict[str, Any]:
    card, referrer = row["safe_contact"], row["referrer"] or {}
    channels = card["channels"]
    answers = {
        "for_whom": FOR_WHOM[row["made_by"]],
        "referrer_name": referrer.get("name") or "",
        "relationship": referrer.get("relationship") or "",
        "referrer_contact": referrer.get("phone") or referrer.get("email") or "",
        "person_knows": "agreed" if referrer.get("person_agreed") == "yes" else "knows" if referrer else "",
        "offer": referrer.get("offer") or "",
        "how_agreed": referrer.get("how_agreed") or "",
        "may_name_referrer": referrer.get("may_be_named") or "",
        "duty_consents": referrer.get("duty_consents") or [],
        "what_would_help": row["what_would_help"],
        "name": row["name"],
        "phone": row["phone"] or "",
        "email": row["email"] or "",
        "place": AN_ADDRESS if "yes" in {channels["post"], channels["visit"]} else "",
        "good_times": card["good_times"],
        "who_may_answer": card["who_may_answer"],
        "say_we_are": card["say_we_are"],
        "language": row["language"],
        "needs": row["needs"],
    }
    said = {answer_key(Channel(name)): value for name, value in channels.items() if value in {"yes", "no"}}
    return answers | said


def _steps(row: dict[str, Any], people: dict[str, User]) -> list[Step]:
    navigator = people["navigator"]
    steps = [
        Step(happened["days_ago"], _rank(happened["to"], position), _moved(happened, row, people))
        for position, happened in enumerate(row["history"])
        if happened["to"] != "new"
    ]
    steps += [
        Step(attempt["days_ago"], 10 + position, _tried(attempt, navigator))
        for position, attempt in enumerate(row["attempts"])
    ]
    kind = (row["referrer"] or {}).get("kind_of_service")
    if kind:
        steps.append(Step(row["days_ago"], -1, _named(kind, people["lead"])))
    steps += [Step(_days_of_end(row), 25, _pointed(sign, navigator)) for sign in row["signposts"]]
    return steps


def _rank(state: str, position: int) -> int:
    """Picking up comes before the tries of the same day, what came of them after."""
    return 0 if state in {"screening", "contacting"} else 30 + position


def _days_of_end(row: dict[str, Any]) -> int:
    return int(row["history"][-1]["days_ago"])


def _moved(
    happened: dict[str, Any], row: dict[str, Any], people: dict[str, User]
) -> Callable[[Referral, datetime], object]:
    by, to = people.get(happened["by"], people["navigator"]), State(happened["to"])

    def happen(referral: Referral, at: datetime) -> object:
        if to is State.SCREENING and happened["by"] == "lead":
            return allocate(
                referral=referral,
                navigator=people["navigator"],
                reason=happened["words"],
                meeting="Example: our Monday meeting, all of us.",
                seen_version=referral.version,
                by=by,
                now=at,
            )
        if to is State.SCREENING:
            return claim(referral=referral, by=by, now=at)
        try_on = at + timedelta(days=happened["days_ago"] + (row["next_try_in_days"] or 0))
        return move(
            referral=referral,
            to=to,
            reason=happened["words"],
            seen_version=referral.version,
            by=by,
            now=at,
            next_try_on=try_on.date() if to is State.DOOR_OPEN else None,
        )

    return happen


def _tried(attempt: dict[str, Any], by: User) -> Callable[[Referral, datetime], object]:
    def happen(referral: Referral, at: datetime) -> object:
        return record_attempt(
            referral=referral,
            channel=Channel(attempt["channel"]),
            outcome=Outcome(attempt["outcome"]),
            note=attempt["words"],
            answered=WHO_ANSWERED if attempt["outcome"] == Outcome.SOMEONE_ELSE_ANSWERED else "",
            how_known=HOW_KNOWN if attempt["outcome"] == Outcome.SPOKE_TO_THE_PERSON else "",
            seen_version=referral.version,
            by=by,
            now=at,
        )

    return happen


def _named(kind: str, by: User) -> Callable[[Referral, datetime], object]:
    """The lead writes down at once which kind of service asked."""

    def happen(referral: Referral, at: datetime) -> object:
        service = ReferralSource.objects.filter(name=kind).first()
        return name_service(referral=referral, service=service, seen_version=referral.version, by=by, now=at)

    return happen


def _pointed(sign: dict[str, str], by: User) -> Callable[[Referral, datetime], object]:
    service = _service(sign["to"])

    def happen(referral: Referral, at: datetime) -> object:
        return signpost(referral=referral, service=service, words=sign["how"], by=by, now=at)

    return happen


def _service(slug: str) -> Service:
    """The service that the demo's directory knows by this name of the data files."""
    activity = Activity.objects.filter(slug=slug).first()
    found = service_called(f"activity:{activity.pk}" if activity else f"venue:{Venue.objects.get(slug=slug).pk}")
    assert found is not None
    return found
