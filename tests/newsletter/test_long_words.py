"""A paste from a word processor: no word is lost, and too much of it is refused while the editor can still see it."""

import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from newsletter.long_words import MOST_CHARACTERS, WordsBlock
from newsletter.rendering.building import words_of
from newsletter.rendering.edition import edition_of
from tests.factories.newsletter import an_issue, story

HEAD = (
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->"
    "<style>p.MsoNormal {mso-style-parent:''; font-family:Calibri}</style>"
)
LINE = (
    '<p class="MsoNormal" style="margin-bottom:0cm;mso-fareast-language:EN-GB"><span lang="EN-GB" style="'
    "font-size:11.0pt;mso-bidi-font-family:'Times New Roman';mso-ansi-language:EN-GB;mso-no-proof:yes\">"
    '<font face="Calibri" color="#000000"><font size="2"><b style="mso-bidi-font-weight:normal">Word{number}</b> &amp; soup'
    '<o:p></o:p></font></font></span><u><strike>.</strike></u></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
)


def paste(lines: int) -> str:
    return HEAD + "".join(LINE.replace("{number}", str(number)) for number in range(lines))


def test_half_a_megabyte_from_a_word_processor_keeps_every_word_and_no_style() -> None:
    pasted = paste(1_300)
    assert len(pasted) > 500_000
    words = words_of(WordsBlock().clean(RichText(pasted)))
    assert re.findall(r"Word(\d+)", words) == [str(number) for number in range(1_300)]
    assert words.count("&amp; soup") == 1_300
    for left in ("mso", "style", "font", "o:p", "<span", "<u>"):
        assert left not in words, left


def test_too_many_words_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValidationError, match=r"30,00\d characters long.*Make two stories"):
        WordsBlock().clean(RichText("<p>" + "warm " * (MOST_CHARACTERS // 5) + "hall</p>"))
    with pytest.raises(ValidationError, match="Paste it as plain text"):
        WordsBlock().clean(RichText("<span></span>" * 160_000))


@pytest.mark.django_db
def test_words_that_came_in_by_another_way_are_drawn_whole_however_long() -> None:
    issue = an_issue(body=[story(words="<p>" + "warm & dry " * 12_000 + "end</p>")])
    edition = edition_of(issue)
    assert edition.text.count("warm & dry") == edition.html.count("warm &amp; dry") == 12_000
