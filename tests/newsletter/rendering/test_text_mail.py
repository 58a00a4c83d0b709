"""Words with tags as plain text."""

import pytest

from newsletter.rendering.text_mail import words_as_text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("<ul><li>Soup</li><li>Bread</li></ul>", "- Soup\n- Bread"),
        ('<p><a href="https://example.org/">The club</a> meets.</p>', "The club (https://example.org/) meets."),
        ('<p><a href="tel:999">999</a> <a href="mailto:a@example.org">a@example.org</a></p>', "999 a@example.org"),
        ("<h3>When</h3><p>On Friday.</p>", "When\n\nOn Friday."),
        ("<p>One<br>line</p>", "One\nline"),
        ("", ""),
    ],
)
def test_words_read_well_without_tags(words: str, text: str) -> None:
    assert words_as_text(words) == text
