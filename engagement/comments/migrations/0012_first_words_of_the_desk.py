"""Lays out the first lines of the checklist and the first saved replies, for the team to change."""

from typing import Any

from django.db import migrations

LINES = (
    "It is about a place here.",
    "It names nobody, and nobody can be made out by it.",
    "There is no phone number, address or number plate in it.",
    "It is kind enough to stand in public.",
    "Nobody in it needs help.",
)
REPLIES = (
    (
        "answer",
        "Thank you, we are looking",
        "Thank you for telling us. We are finding out what can be done, and we will say so here.",
    ),
    (
        "answer",
        "Thank you, this belongs to somebody else",
        "Thank you for telling us. This one is not ours to put right. We have passed it on to those whose it is, "
        "and we will say here what they answer.",
    ),
    (
        "answer",
        "Thank you for what you like",
        "Thank you. It is good to hear what people like here, and it helps us to keep it that way.",
    ),
    (
        "decline",
        "It names somebody",
        "Your comment says who somebody is or where they live. We would like to show the rest of it. "
        "Tell us the same again without that, and we will.",
    ),
    (
        "decline",
        "It is not about a place here",
        "We only show comments about places here. If we have got that wrong, tell us which place you mean.",
    ),
)


def lay_out(apps: Any, schema_editor: Any) -> None:
    items, replies = apps.get_model("comments", "ChecklistItem"), apps.get_model("comments", "SavedReply")
    for position, words in enumerate(LINES, start=1):
        items.objects.get_or_create(words=words, defaults={"position": position * 10})
    for position, (kind, title, words) in enumerate(REPLIES, start=1):
        replies.objects.get_or_create(kind=kind, title=title, defaults={"words": words, "position": position * 10})


class Migration(migrations.Migration):
    dependencies = [("comments", "0011_count_what_is_on_the_map")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
