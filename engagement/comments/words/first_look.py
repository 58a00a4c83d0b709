"""What the rules of the site see in a comment before any person reads it, whichever way it came in."""

from typing import NamedTuple

from engagement.comments.words.distress import signs_of_distress
from engagement.comments.words.screening import ADVERT, reads_like_an_advert, why_held


class FirstLook(NamedTuple):
    """Signs of a cry for help, personal details in one phrase, and whether it came as an advert or a flood does."""

    signs: tuple[str, ...] = ()
    personal: str = ""
    advert: str = ""
    is_one_of_many: bool = False

    @property
    def reason(self) -> str:
        """Why it is held, by the reason that weighs most; nothing where it is not."""
        if self.signs:
            return "needs_help"
        if self.personal:
            return "personal"
        if self.advert:
            return "advert"
        return "many_at_once" if self.is_one_of_many else ""

    @property
    def note(self) -> str:
        """What a moderator should look for."""
        heard = f"It sounds like: {', '.join(self.signs)}." if self.signs else ""
        found = " and ".join(part for part in (self.personal, self.advert) if part)
        return " ".join(part for part in (heard, f"It may have {found} in it." if found else "") if part)


def first_look(
    words: str,
    where_words: str = "",
    author_name: str = "",
    photo_words: str = "",
    *,
    is_one_of_many: bool = False,
) -> FirstLook:
    """Everything that the rules see in what one author wrote."""
    return FirstLook(
        signs=signs_of_distress(words, where_words, photo_words),
        personal=why_held(words, where_words, author_name, photo_words),
        advert=ADVERT if reads_like_an_advert(words) else "",
        is_one_of_many=is_one_of_many,
    )
