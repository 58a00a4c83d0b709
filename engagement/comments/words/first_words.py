"""A comment has no title; its first words stand in for one."""

import textwrap


def first_words(words: str, limit: int = 70) -> str:
    """The start of some words on one line, cut between words where it can be."""
    line = " ".join(words.split())
    if len(line) <= limit:
        return line
    short = textwrap.shorten(line, limit, placeholder="…")
    return short if len(short) > limit // 2 else f"{line[: limit - 1]}…"
