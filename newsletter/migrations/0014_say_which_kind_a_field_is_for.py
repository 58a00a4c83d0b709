"""Words of help that say for which kind of invitation a field is."""

import newsletter.rendering.live
import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0013_marks_of_deleted_readers"),
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
                    ("invitation", 42),
                    ("recipe", 51),
                    ("puzzle", 53),
                    ("contacts", 59),
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
                    2: ("newsletter.long_words.WordsBlock", (), {}),
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
                    32: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("consultation", "An open consultation"),
                                ("poll", "A poll: one question and its answers"),
                                ("volunteers", "A call for volunteers"),
                            ],
                            "label": "Kind",
                        },
                    ),
                    33: ("newsletter.long_words.WordsBlock", (), {"required": False}),
                    34: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": newsletter.rendering.live.consultation_choices,
                            "help_text": "Of a consultation. Its name, last day and link are looked up, for the last time when the issue is sent.",
                            "required": False,
                        },
                    ),
                    35: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Of a poll.", "max_length": 200, "required": False},
                    ),
                    36: ("wagtail.blocks.CharBlock", (), {"label": "Answer", "max_length": 120}),
                    37: (
                        "wagtail.blocks.ListBlock",
                        (36,),
                        {
                            "default": [],
                            "help_text": "Of a poll. On paper each has a box to tick.",
                            "label": "Possible answers",
                        },
                    ),
                    38: (
                        "wagtail.blocks.DateBlock",
                        (),
                        {
                            "help_text": "Of a poll or a call. A consultation has its own.",
                            "label": "Last day",
                            "required": False,
                        },
                    ),
                    39: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Of a poll or a call. Such as /have-your-say/ or https://example.org/",
                            "label": "Link",
                            "max_length": 300,
                            "required": False,
                        },
                    ),
                    40: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Of a poll or a call. Say where it leads: Answer on our website.",
                            "label": "Words of the link",
                            "max_length": 80,
                            "required": False,
                        },
                    ),
                    41: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "For people who read this on paper: where to hand it in, whom to ring.",
                            "label": "How else to answer",
                            "max_length": 300,
                            "required": False,
                        },
                    ),
                    42: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("sort", 32),
                                ("heading", 0),
                                ("words", 33),
                                ("consultation", 34),
                                ("question", 35),
                                ("choices", 37),
                                ("until", 38),
                                ("link", 39),
                                ("link_words", 40),
                                ("how", 41),
                            ]
                        ],
                        {},
                    ),
                    43: ("wagtail.blocks.CharBlock", (), {"label": "Name of the dish", "max_length": 120}),
                    44: ("newsletter.long_words.WordsBlock", (), {"label": "Opening", "required": False}),
                    45: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "Such as: 4 people.", "max_length": 60, "required": False},
                    ),
                    46: ("wagtail.blocks.CharBlock", (), {"label": "Thing", "max_length": 120}),
                    47: ("wagtail.blocks.ListBlock", (46,), {"label": "What you need"}),
                    48: ("wagtail.blocks.TextBlock", (), {"label": "Step", "max_length": 500, "rows": 2}),
                    49: ("wagtail.blocks.ListBlock", (48,), {"label": "How to do it"}),
                    50: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "Whose recipe it is, or a tip.", "max_length": 300, "required": False, "rows": 2},
                    ),
                    51: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("heading", 43),
                                ("words", 44),
                                ("serves", 45),
                                ("needs", 47),
                                ("steps", 49),
                                ("picture", 3),
                                ("caption", 4),
                                ("note", 50),
                            ]
                        ],
                        {},
                    ),
                    52: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "It stands at the end of the issue.", "max_length": 600, "rows": 2},
                    ),
                    53: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("words", 2), ("picture", 3), ("caption", 4), ("answer", 52)]],
                        {},
                    ),
                    54: ("wagtail.blocks.CharBlock", (), {"default": "How to reach us", "max_length": 120}),
                    55: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                    56: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                    57: ("wagtail.blocks.StructBlock", [[("label", 55), ("value", 56)]], {}),
                    58: ("wagtail.blocks.ListBlock", (57,), {}),
                    59: ("wagtail.blocks.StructBlock", [[("heading", 54), ("lines", 58), ("note", 18)]], {}),
                },
            ),
        ),
    ]
