"""Lets an editor choose which of the things that were done an issue tells of."""

import newsletter.rendering.live
import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0003_find_uncertain_copies_quickly"),
    ]

    operations = [
        migrations.AlterField(
            model_name="issuepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("lead", 5),
                    ("story", 6),
                    ("picture", 7),
                    ("quote", 10),
                    ("notice", 12),
                    ("whats_on", 19),
                    ("warm_spaces", 23),
                    ("you_said_we_did", 31),
                    ("contacts", 37),
                ],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Headline", "max_length": 120}),
                    1: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "One or two sentences in larger type.",
                            "label": "Opening",
                            "max_length": 300,
                            "required": False,
                        },
                    ),
                    2: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "italic", "link", "ol", "ul", "h3"]}),
                    3: ("wagtail.images.blocks.ImageBlock", [], {}),
                    4: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                    5: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("standfirst", 1), ("words", 2), ("picture", 3), ("caption", 4)]],
                        {},
                    ),
                    6: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("words", 2), ("picture", 3), ("caption", 4)]],
                        {},
                    ),
                    7: ("wagtail.blocks.StructBlock", [[("picture", 3), ("caption", 4)]], {}),
                    8: ("wagtail.blocks.TextBlock", (), {"max_length": 600}),
                    9: ("wagtail.blocks.CharBlock", (), {"max_length": 100, "required": False}),
                    10: ("wagtail.blocks.StructBlock", [[("words", 8), ("who", 9)]], {}),
                    11: ("wagtail.blocks.CharBlock", (), {"max_length": 120, "required": False}),
                    12: ("wagtail.blocks.StructBlock", [[("heading", 11), ("text", 8)]], {}),
                    13: ("wagtail.blocks.CharBlock", (), {"default": "What is on", "max_length": 120}),
                    14: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "Empty: from the date of the issue, or from today where that is gone.",
                            "label": "From",
                            "required": False,
                        },
                    ),
                    15: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {"help_text": "Empty: two weeks.", "label": "To", "required": False},
                    ),
                    16: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": newsletter.rendering.live.activity_choices,
                            "help_text": "None: everything that is on.",
                            "label": "Only these",
                            "required": False,
                        },
                    ),
                    17: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 8, "label": "At most", "max_value": 30, "min_value": 1},
                    ),
                    18: ("wagtail.blocks.TextBlock", (), {"max_length": 300, "required": False}),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 13),
                                ("starts_on", 14),
                                ("ends_on", 15),
                                ("activities", 16),
                                ("most", 17),
                                ("note", 18),
                            ]
                        ],
                        {},
                    ),
                    20: ("wagtail.blocks.CharBlock", (), {"default": "Somewhere warm", "max_length": 120}),
                    21: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": newsletter.rendering.live.warm_space_choices,
                            "help_text": "None: all in our own area.",
                            "label": "Only these",
                            "required": False,
                        },
                    ),
                    22: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 6, "label": "At most", "max_value": 30, "min_value": 1},
                    ),
                    23: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 20), ("venues", 21), ("most", 22), ("note", 18)]],
                        {},
                    ),
                    24: ("wagtail.blocks.CharBlock", (), {"default": "You said, we did", "max_length": 120}),
                    25: ("wagtail.blocks.TextBlock", (), {"label": "You said", "max_length": 300}),
                    26: ("wagtail.blocks.TextBlock", (), {"label": "We did", "max_length": 400}),
                    27: ("wagtail.blocks.StructBlock", [[("said", 25), ("did", 26)]], {}),
                    28: ("wagtail.blocks.ListBlock", (27,), {"default": [], "min_num": 0}),
                    29: (
                        "wagtail.blocks.MultipleChoiceBlock",
                        [],
                        {
                            "choices": newsletter.rendering.live.action_choices,
                            "help_text": "None: the newest.",
                            "label": "These from the comments",
                            "required": False,
                        },
                    ),
                    30: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"default": 2, "label": "Newest from the comments", "max_value": 10, "min_value": 0},
                    ),
                    31: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 24), ("rows", 28), ("actions", 29), ("newest", 30), ("note", 18)]],
                        {},
                    ),
                    32: ("wagtail.blocks.CharBlock", (), {"default": "How to reach us", "max_length": 120}),
                    33: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                    34: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                    35: ("wagtail.blocks.StructBlock", [[("label", 33), ("value", 34)]], {}),
                    36: ("wagtail.blocks.ListBlock", (35,), {}),
                    37: ("wagtail.blocks.StructBlock", [[("heading", 32), ("lines", 36), ("note", 18)]], {}),
                },
            ),
        ),
    ]
