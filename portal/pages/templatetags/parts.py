"""The parts that editors put a page together from, drawn once for each change of them or of what they show."""

import hashlib
import json
from typing import cast

from django import template
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from portal.changes import remembered

register = template.Library()


@register.simple_tag
def parts_of(body: StreamValue) -> SafeString:
    """They know nothing of who asks. What was written is their name, so a draft is never mistaken for the page."""
    written = json.dumps(body.get_prep_value(), sort_keys=True)
    name = hashlib.sha256(written.encode()).hexdigest()
    return remembered(f"parts {name}", lambda: cast(SafeString, body.render_as_block()))
