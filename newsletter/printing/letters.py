"""Letters that the printing types do not have: each is found out once, and its name is printed instead of nothing."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from portal.pdf import tagged
from portal.typesetting import CannotBeSet

# The types have these whole: Latin with its accents, Greek, Cyrillic, and common signs of punctuation.
_SURE = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x390, 0x3C0), range(0x410, 0x450), range(0x2010, 0x2028))
_PROBE = (
    b'#set document(title: "x")\n#set text(lang: "en", font: "Libertinus Serif")\n'
    b'#for one in json("values.json") [a#(one)b #parbreak()]'
)
_UNSEEN = frozenset("\n\u200b\u00ad\u200d\ufe0f\ufe0e")
_MISSED = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# So many letters are tried for one issue; what is beyond is in a script that we do not print.
MOST_TRIED = 1000
MISSING = "□"
# What was found out so far: whether one of the types has the letter.
_found: dict[str, bool] = {}


def printable(values: Any) -> Any:
    """The same values, with words that can be printed in full: "😀" becomes "[grinning face]"."""
    have = _had(sorted({letter for words in _words(values) for letter in words if not _is_sure(letter)}))
    return _in_print(values, have)


def _in_print(values: Any, have: frozenset[str]) -> Any:
    if isinstance(values, str):
        return "".join(letter if _is_sure(letter) or letter in have else in_words(letter) for letter in values)
    if isinstance(values, dict):
        return {key: _in_print(value, have) for key, value in values.items()}
    if isinstance(values, list):
        return [_in_print(value, have) for value in values]
    return values


def _words(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list):
        for value in values:
            yield from _words(value)


def _had(letters: list[str]) -> frozenset[str]:
    """Those of the letters that one of the types has; all that are not known yet are tried at once."""
    tried = [letter for letter in letters if letter not in _found][:MOST_TRIED]
    if tried:
        missed = _missed(tried)
        rest = [letter for letter in tried if letter not in missed]
        # What is refused a second time was told in a way that we do not read.
        if missed and rest and _missed(rest):
            missed, rest = set(tried), []
        _found.update(dict.fromkeys(missed, False) | dict.fromkeys(rest, True))
    return frozenset(letter for letter in letters if _found.get(letter))


def _missed(letters: list[str]) -> set[str]:
    """Which of these no type has, found out by setting all of them once."""
    files: dict[str, bytes] = {"main": _PROBE, "values.json": json.dumps(letters).encode()}
    try:
        tagged(files)
    except CannotBeSet as refusal:
        told = "".join(_MISSED.findall(str(refusal)))
        told = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), told)
        return set(letters) & set(told) or set(letters)
    return set()


def in_words(letter: str) -> str:
    """The name of a sign in brackets; a letter of a script that we cannot print is an empty box."""
    if unicodedata.category(letter) in {"So", "Sk", "Sm", "Sc", "Po"}:
        name = unicodedata.name(letter, "").lower()
        return f"[{name}]" if name else MISSING
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"} else MISSING


def _is_sure(letter: str) -> bool:
    return letter in _UNSEEN or any(ord(letter) in span for span in _SURE)
