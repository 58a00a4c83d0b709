"""Letters that the printing types do not have: each is found out once, and its name is printed instead of nothing."""

import unicodedata
from functools import cache
from typing import Any

import typst

# The types have these whole: Latin with its accents, Greek, Cyrillic, and common signs of punctuation.
_SURE = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x390, 0x3C0), range(0x410, 0x450), range(0x2010, 0x2028))
_PROBE = b'#set document(title: "x")\n#set text(lang: "en", font: "Libertinus Serif")\na#json("values.json")b'
_UNSEEN = frozenset("\n\u200b\u00ad\u200d\ufe0f\ufe0e")
MISSING = "□"


def printable(values: Any) -> Any:
    """The same values, with words that can be printed in full: "😀" becomes "[grinning face]"."""
    if isinstance(values, str):
        return "".join(letter if _is_sure(letter) or can_be_printed(letter) else in_words(letter) for letter in values)
    if isinstance(values, dict):
        return {key: printable(value) for key, value in values.items()}
    if isinstance(values, list):
        return [printable(value) for value in values]
    return values


@cache
def can_be_printed(letter: str) -> bool:
    """Whether one of the types has this letter."""
    files: dict[str, bytes] = {"main": _PROBE, "values.json": f'"\\u{ord(letter):04x}"'.encode()}
    if ord(letter) > 0xFFFF:
        files["values.json"] = f'"{letter}"'.encode()
    try:
        typst.compile(files, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)  # type: ignore[call-overload]
    except typst.TypstError:
        return False
    return True


def in_words(letter: str) -> str:
    """The name of a sign in brackets; a letter of a script that we cannot print is an empty box."""
    if unicodedata.category(letter) in {"So", "Sk", "Sm", "Sc", "Po"}:
        name = unicodedata.name(letter, "").lower()
        return f"[{name}]" if name else MISSING
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"} else MISSING


def _is_sure(letter: str) -> bool:
    return letter in _UNSEEN or any(ord(letter) in span for span in _SURE)
