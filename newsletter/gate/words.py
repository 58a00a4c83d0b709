"""The gate's rules about words: headings in their order, links that say where they lead, and sentences that read easily."""

import html
import re
from collections.abc import Iterator
from datetime import date

from newsletter.rendering.parts import Part
from portal.reading_age import reading_age, syllables_of
from portal.text import without_tags

# The NHS digital service manual writes for a reading age of 9 to 11; this is its upper end.
READING_AGE_AT_MOST = 11
# A score of fewer words than these says more about one long name than about the writing.
FEWEST_WORDS = 40
# Of fewer words than those, a sentence is hard only where half of it or more is words of four beats and up.
FEWEST_IN_A_SENTENCE = 5
BEATS_OF_A_LONG_WORD = 4
LONGEST_SHOUT = 80

_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_HEADING = re.compile(r"<h([2-4])>(.*?)</h\1>", re.DOTALL)
_WITH_LINKS = frozenset({"invitation", "lead", "puzzle", "recipe", "story"})
_BOLD_LINE = re.compile(r"<p>\s*<(b|strong)>([^<]*)</\1>\s*(?:<br\s*/?>)?\s*</p>")
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
# Typed as words: with its beginning, or a name that ends as most names here do; an e-mail address is none.
_TYPED_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|org|com|net|info)\b(?![\w.-]*@)(?:/\S*)?)",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    {
        "",
        "click",
        "click here",
        "details",
        "find out more",
        "follow this link",
        "here",
        "info",
        "learn more",
        "link",
        "more",
        "more info",
        "more information",
        "press here",
        "read more",
        "see here",
        "see more",
        "this",
        "this link",
        "this page",
        "website",
    }
)


def headings_out_of_order(part: Part, today: date) -> Iterator[str]:
    """The part's own headline is the second level, so that its words begin at the third and skip none."""
    above = 2
    for level, words in _HEADING.findall(part.words):
        if not _plain(words):
            yield " has a heading with no words in it. Take it out."
        elif int(level) < 3 or int(level) > above + 1:
            yield f": the heading “{_plain(words)}” is out of order. Make it a small heading (H3)."
        above = max(int(level), 3)
    for _, words in _BOLD_LINE.findall(part.words):
        if 0 < len(_plain(words)) <= LONGEST_SHOUT and not _plain(words).endswith((".", "!", "?", ":")):
            yield f": “{_plain(words)}” looks like a heading and is only bold. Make it a heading (H3)."


def links_that_say_nothing(part: Part, today: date) -> Iterator[str]:
    """Links whose words make no sense on their own, as a screen reader lists them."""
    labels = [_plain(label) for label in _LINK.findall(part.words)]
    if part.kind != "contacts":
        labels += [row.title for row in part.rows if row.url and not row.is_live]
    for label in labels:
        bare = label.casefold().strip(" .,:;!›»→>")
        if bare in _SAYS_NOTHING:
            yield (
                f": a link says only “{label}”. Say where it leads."
                if bare
                else ": a link has no words. Say where it leads."
            )
        elif _ADDRESS.fullmatch(label):
            yield f": a link is a bare address, {label}. Say in words where it leads."


def addresses_typed_as_words(part: Part, today: date) -> Iterator[str]:
    """Web addresses that nobody can press, in words that can have a link."""
    if part.kind not in _WITH_LINKS:
        return
    for address in _TYPED_ADDRESS.findall(_plain(_LINK.sub(" ", part.words))):
        yield f": {_cut(address.rstrip('.,:;!?)”'))} is a bare web address. Make it a link, in words that say where it leads."


def hard_to_read(part: Part, today: date) -> Iterator[str]:
    """Words that need more schooling than our readers had."""
    said = sentences_of(part)
    if sum(len(sentence.split()) for sentence in said) < FEWEST_WORDS:
        yield from _mostly_long_words(said)
        return
    age = reading_age(said)
    if age > READING_AGE_AT_MOST:
        yield (
            f" is hard to read: it takes a reading age of {age:.0f}, and we aim for {READING_AGE_AT_MOST} at the most."
            " Use shorter sentences and everyday words."
        )


def _mostly_long_words(said: list[str]) -> Iterator[str]:
    """The first sentence of a short part that is made of long words; a single name is none."""
    for sentence in (one for line in said for one in re.split(r"(?<=[.?!:;])\s+", line)):
        heard = re.findall(r"[A-Za-z][a-z'’-]*", sentence)
        long_words = [word for word in heard if syllables_of(word) >= BEATS_OF_A_LONG_WORD]
        if len(heard) >= FEWEST_IN_A_SENTENCE and len(long_words) * 2 >= len(heard):
            yield f" has a sentence that is hard to read: “{_cut(sentence)}” Use shorter, everyday words."
            return


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_SHOUT else f"{sentence[:LONGEST_SHOUT].rsplit(' ', 1)[0]}…"


def sentences_of(part: Part) -> list[str]:
    """What an editor wrote in this part, line by line; names and addresses from the directory are not our writing."""
    said = [part.standfirst, *without_tags(part.words).splitlines(), part.note, *part.steps]
    if part.kind == "you_said_we_did":
        said += [words for row in part.rows if not row.is_live for words in (row.title, row.detail)]
    return [sentence for sentence in said if sentence.strip()]


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())
