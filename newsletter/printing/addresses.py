"""How an address is written on paper: without what nobody types, and with places where a narrow column may break it."""

import re
from collections.abc import Callable

_SCHEME = re.compile(r"^(https?://(www\.)?|mailto:|tel:)", re.IGNORECASE)
_BREAK_AFTER = re.compile(r"([/.\-_?=&@])(?=.)")
MAY_BREAK = "\u200b"
SOFT_HYPHEN = "\u00ad"
LONGEST_WORD = 20
_LONG_WORD = re.compile(rf"[^\s\u200b\u00ad]{{{LONGEST_WORD + 1},}}")


def on_paper(url: str) -> str:
    """An address as somebody would write it down: "https://www.example.org/" is "example.org"."""
    bare = _SCHEME.sub("", url.strip())
    return bare.rstrip("/") if "?" not in bare else bare


def says(words: str, url: str) -> bool:
    """Whether the words already give the address, so that nothing has to be written beside them."""
    if url.lower().startswith("tel:"):
        digits = re.sub(r"\D", "", url)
        return bool(digits) and digits in re.sub(r"\D", "", words)
    return on_paper(url).casefold() in words.casefold()


def breakable(address: str) -> str:
    """The address with places where it may go on in the next line."""
    return _BREAK_AFTER.sub(rf"\1{MAY_BREAK}", address)


def fitting(words: str) -> str:
    """Words of which none is too long for a column: addresses may break at their signs, others anywhere with a hyphen."""

    def cut(found: re.Match[str]) -> str:
        word = found[0]
        if re.search(r"[/@]|\w\.\w", word):
            pieces = breakable(word).split(MAY_BREAK)
            return MAY_BREAK.join(SOFT_HYPHEN.join(_halves(piece)) for piece in pieces)
        return SOFT_HYPHEN.join(_halves(word))

    return _LONG_WORD.sub(cut, words)


def _halves(word: str) -> list[str]:
    step = 8
    return [word[start : start + step] for start in range(0, len(word), step)] if len(word) > LONGEST_WORD else [word]


class AddressBook:
    """The addresses of one part in the order in which they are met; each is written out once, with its number."""

    def __init__(self, whole: Callable[[str], str]) -> None:
        self._whole = whole
        self._numbers: dict[str, int] = {}

    def number(self, url: str, words: str) -> int:
        """The number to print behind these words; 0 where they say the address themselves."""
        whole = self._whole(url)
        if says(words, whole):
            return 0
        return self._numbers.setdefault(whole, len(self._numbers) + 1)

    @property
    def lines(self) -> list[dict[str, str | int]]:
        return [
            {"number": number, "url": url, "said": breakable(on_paper(url))} for url, number in self._numbers.items()
        ]
