"""Large pictures are drawn one at a time by a process that gives its memory back, and nobody's writing waits for it."""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from engagement.comments.actions import photos as actions
from portal import photos
from portal.photos import clean_photo, without_notes
from portal.refusals import Refused

LARGE = (1600, 1200)
KINDS = ["JPEG", "PNG", "WEBP"]


def saved(kind: str, size: tuple[int, int] = LARGE, mode: str = "RGB") -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size, (0, 128, 128, 128)[: len(mode)]).save(out, kind)
    return io.BytesIO(out.getvalue())


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn by another process."""
    done, draw = list[str](), photos._drawn_apart

    def drawn(work: str, sent: bytes) -> bytes:
        done.append(work)
        return draw(work, sent)

    monkeypatch.setattr(photos, "_drawn_apart", drawn)
    return done


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_large_one_is_drawn_elsewhere_and_comes_back_the_same(kind: str, apart: list[str]) -> None:
    sent = saved(kind)
    clean = clean_photo(sent)
    assert (apart, clean.width, clean.height) == (["clean"], *LARGE)
    assert clean.content == photos._drawn("clean", sent.getvalue())


def test_staffs_keep_their_kind_and_as_many_points_as_pages_and_paper_need(apart: list[str]) -> None:
    with Image.open(io.BytesIO(without_notes(saved("WEBP", mode="RGBA")))) as picture:
        assert (picture.size, picture.format, picture.mode, apart) == (LARGE, "WEBP", "RGBA", ["keep_format"])
    for kind in ("JPEG", "PNG"):
        with Image.open(io.BytesIO(without_notes(saved(kind, (3600, 1200))))) as picture:
            assert (picture.size, picture.format) == ((2400, 800), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_one_is_drawn_here(kind: str, apart: list[str]) -> None:
    clean_photo(saved(kind, (400, 300)))
    assert not apart


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("take", [clean_photo, without_notes])
def test_one_with_too_many_points_is_refused_before_it_is_drawn(
    kind: str, take: Callable[[Any], object], apart: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MOST_PIXELS", LARGE[0] * LARGE[1] - 1)
    with pytest.raises(Refused, match="more than 25 million points"):
        take(saved(kind))
    assert not apart


def test_one_that_breaks_off_is_refused_in_the_same_words(apart: list[str]) -> None:
    noise = io.BytesIO()
    Image.effect_noise(LARGE, 80).convert("RGB").save(noise, "JPEG")
    with pytest.raises(Refused, match="This picture is damaged"):
        clean_photo(io.BytesIO(noise.getvalue()[:200_000]))
    assert apart == ["clean"]


@pytest.mark.parametrize("why", ["killed", "too slow"])
def test_a_drawing_that_ends_badly_ends_nothing_else(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if why == "killed":
        monkeypatch.setattr(photos.sys, "executable", "false")
        monkeypatch.setenv("PATH", os.defpath)
    else:
        monkeypatch.setattr(photos, "LONGEST_DRAWING_SECONDS", 0)
    with pytest.raises(Refused, match="This picture is damaged"):
        clean_photo(saved("JPEG"))
    assert photos._TURN._value == 1


def test_when_others_are_drawn_for_too_long_the_next_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "LONGEST_WAIT_SECONDS", 0)
    with photos._TURN, pytest.raises(Refused, match="Many people are sending pictures just now"):
        clean_photo(saved("JPEG", (40, 30)))
    assert clean_photo(saved("JPEG", (40, 30))).width == 40


@pytest.mark.django_db
def test_nobody_waits_with_writing_while_a_photo_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    before, during, draw = len(connection.savepoint_ids), list[int](), photos._drawn

    def drawn(work: str, sent: bytes) -> bytes:
        during.append(len(connection.savepoint_ids))
        return draw(work, sent)

    monkeypatch.setattr(photos, "_drawn", drawn)
    actions.take_in(file=saved("JPEG", (40, 30)))
    assert during == [before]
