"""What an invitation needs before it can be saved."""

from typing import Any

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from newsletter.joining_in import InvitationBlock, missing_from_invitation

POLL = {"sort": "poll", "question": "What first?", "choices": ["Soup", "Tea"], "how": "Hand it in."}


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        (POLL, set()),
        (POLL | {"question": ""}, {"question"}),
        (POLL | {"choices": ["Soup"]}, {"choices"}),
        (POLL | {"how": ""}, {"how"}),
        (POLL | {"how": "", "link": "/have-your-say/add/", "link_words": "Tell us on the map"}, set()),
        (POLL | {"link": "/have-your-say/add/"}, {"link_words"}),
        (POLL | {"link": "javascript:alert(1)", "link_words": "Tell us"}, {"link"}),
        (POLL | {"link": "//elsewhere.example/", "link_words": "Tell us"}, {"link"}),
        (POLL | {"link": "/\\elsewhere.example/", "link_words": "Tell us"}, {"link"}),
        (POLL | {"link": "/\t/elsewhere.example/", "link_words": "Tell us"}, {"link"}),
        ({"sort": "volunteers"}, {"how"}),
        ({"sort": "volunteers", "how": "Come in."}, set()),
        ({"sort": "consultation"}, {"consultation"}),
        ({"sort": "consultation", "consultation": "grass"}, set()),
        # What another kind's hidden fields hold is not asked about.
        ({"sort": "consultation", "consultation": "grass", "link": "/have-your-say/", "question": ""}, set()),
    ],
)
def test_what_is_missing(value: dict[str, Any], missing: set[str]) -> None:
    assert set(missing_from_invitation(value)) == missing


def test_each_field_of_one_kind_says_of_which() -> None:
    block = InvitationBlock()
    assert "newspaper-invitation" in block.meta.form_classname
    said = {name: str(child.field.help_text) for name, child in block.child_blocks.items() if hasattr(child, "field")}
    assert said["consultation"].startswith("Of a consultation.")
    assert said["question"].startswith("Of a poll.")
    assert all(said[name].startswith("Of a poll or a call.") for name in ("until", "link", "link_words"))


@pytest.mark.django_db
def test_the_block_says_it_at_the_field() -> None:
    block = InvitationBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"sort": "poll", "heading": "One tick", "how": "Hand it in."}))
    assert set(refused.value.block_errors) == {"question", "choices"}
