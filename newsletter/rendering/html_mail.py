"""Draws the e-mail: mrml lays it out for old mail programs, css-inline writes the styles into the tags."""

from collections.abc import Mapping
from typing import Any

import css_inline
import mrml
from django.template.loader import render_to_string

# mrml would link a web font by itself: nothing in our mail is fetched from anybody else.
_NO_FONTS = mrml.RenderOptions(fonts={})
# Style tags stay, for the dark scheme and narrow screens that only they can ask about.
_INLINER = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def as_html(context: Mapping[str, Any]) -> str:
    """The whole e-mail as HTML."""
    source = render_to_string("emails/newsletter/issue.mjml", dict(context))
    return _INLINER.inline(mrml.to_html(source, None, _NO_FONTS).content)
