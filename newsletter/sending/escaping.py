"""Words that one provider would take for its own language, made plain words again: an editor may well write {{ name }}."""

import re

from newsletter.sending.merging import FrozenMail

# SparkPost reads its template language in every mail that comes over its API, one by one too; these say the signs themselves.
_SPARKPOST = {
    "{{{": "{{opening_triple_curly()}}",
    "{{": "{{opening_double_curly()}}",
    "}}}": "{{closing_triple_curly()}}",
    "}}": "{{closing_double_curly()}}",
}
_CURLY = re.compile(r"\{\{\{?|\}\}\}?")


def escaped(mail: FrozenMail, esp_name: str) -> FrozenMail:
    """The mail as this provider has to be given it, so that readers get the words that were written."""
    if esp_name != "SparkPost":
        return mail
    return FrozenMail(subject=_plain(mail.subject), text=_plain(mail.text), html=_plain(mail.html))


def _plain(words: str) -> str:
    return _CURLY.sub(lambda found: _SPARKPOST[found[0]], words)
