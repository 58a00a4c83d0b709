"""How old somebody must be to read something with ease: Flesch and Kincaid's grade, in years of age.

The grade is 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975, Research Branch Report 8-75 of the
Naval Technical Training Command); first grade begins at six, so five is added.
"""

import re
from collections.abc import Iterable

FIRST_GRADE_AT = 5


def reading_age(sentences: Iterable[str]) -> float:
    """Of English sentences taken together, or bits that stand for themselves, such as the words on a button."""
    bits = [bit for sentence in sentences for bit in re.split(r"[.?!:…]\s|[.?!:…]$", sentence) if _words(bit)]
    words = [word for bit in bits for word in _words(bit)]
    if not words:
        return 0.0
    syllables = sum(syllables_of(word) for word in words)
    grade = 0.39 * len(words) / len(bits) + 11.8 * syllables / len(words) - 15.59
    return grade + FIRST_GRADE_AT


def _words(bit: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z'’-]*", bit)


def syllables_of(word: str) -> int:
    """How many beats an English word has, by its vowels: "warm" one, "open" two, "neighbour" two; never none."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?:[^laeiouycgsxz]es(?<!hes)|[^dt]ed|[^laeiouy]e)$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))
