"""The demo's newspaper: one issue with facts from the partnership's own report."""

from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html, format_html_join

from newsletter.actions.subscriptions import ask, confirm
from newsletter.choices import EVERYTHING, WEEKLY, Choices
from newsletter.models import IssueIndexPage, IssuePage, Subscriber, Topic
from newsletter.models.settings import newspaper_settings
from portal.demo.pages import add_below, stream
from portal.demo.paper_drawings import picture, words_of_picture
from portal.demo.source import facts
from portal.pages.models import HomePage

DAYS_AHEAD = 14
READERS = {
    "reader-one@example.org": EVERYTHING,
    "reader-two@example.org": EVERYTHING,
    "reader-three@example.org": EVERYTHING,
    "reader-weekly@example.org": Choices(frequency=WEEKLY),
}

TOPICS = {
    "whats-on": "What is on",
    "warm-and-fed": "Warm and fed",
    "have-your-say": "Have your say",
    "helping-out": "Helping out",
}


def load_newspaper(home: HomePage, *, today: date) -> None:
    """The topics, the list of issues at /news/ and the first issue below it."""
    load_topics()
    index = add_below(
        home, IssueIndexPage(title="News", slug="news", summary="Every issue of the Horden Together newspaper.")
    )
    content = facts("issue")
    issued_on = today - timedelta(days=content["days_ago"])
    add_below(
        index,
        IssuePage(
            title=content["title"],
            slug=content["slug"],
            summary=content["summary"],
            number=content["number"],
            issued_on=issued_on,
            body=stream([_block(block, issued_on=issued_on, today=today) for block in content["body"]]),
        ),
    )


def load_topics() -> None:
    """What readers can choose to hear about; a topic that is there already stays as it is."""
    for position, (slug, name) in enumerate(TOPICS.items()):
        Topic.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})


def load_readers() -> None:
    """Readers who asked and confirmed, so that there is somebody to send to; nobody lives at these addresses.

    The last gets one mail a week, and the weekly mail is on, so that it can be seen.
    """
    chosen = newspaper_settings()
    if not chosen.sends_weekly:
        chosen.sends_weekly = True
        chosen.save()
    for address, choices in READERS.items():
        if not Subscriber.objects.with_address(address).exists():
            reader = ask(email=address, choices=choices)
            confirm(consent=reader.consents.get())


def _block(block: dict[str, Any], *, issued_on: date, today: date) -> dict[str, Any]:
    """A block of the content file as the newspaper's own blocks take it."""
    kind, value = block["type"], dict(block["value"])
    if "paragraphs" in value:
        value["words"] = format_html_join("", "<p>{}</p>", ((_words(said),) for said in value.pop("paragraphs")))
    if items := value.pop("items", None):
        value["words"] += format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))
    if name := value.get("picture"):
        value["picture"] = {"image": picture(name).pk, "alt_text": words_of_picture(name), "decorative": False}
    if "until_in_days" in value:
        days = value.pop("until_in_days")
        value["until"] = (today + timedelta(days=days)).isoformat() if days else None
    if kind == "whats_on":
        value |= {"starts_on": None, "ends_on": (issued_on + timedelta(days=DAYS_AHEAD)).isoformat(), "most": 8}
    if kind == "warm_spaces":
        value |= {"most": 6}
    if kind == "you_said_we_did":
        value |= {"newest": 2}
    return {"type": kind, "value": value}


def _words(said: str | dict[str, str]) -> str:
    """One paragraph: words, or words around a link."""
    if isinstance(said, str):
        return said
    return format_html('{before}<a href="{link}">{label}</a>{after}', **said)
