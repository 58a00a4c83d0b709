"""Answers that nobody keeps are packed too: by brotli for whoever carries no cookie, else by gzip and a little chance."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from portal.pages.packing import Packed, takes

WORDS = "Somebody reads every word that you send. " * 40


def answer(response: HttpResponseBase, accepted: str, cookie: str = "") -> HttpResponseBase:
    return Packed(lambda request: response)(
        RequestFactory().get("/", headers={"Accept-Encoding": accepted, "Cookie": cookie})
    )


@pytest.mark.parametrize(
    ("accepted", "cookie", "packing"),
    [
        ("gzip, deflate, br, zstd", "", "br"),
        ("gzip, deflate, br, zstd", "csrftoken=1", "gzip"),
        ("gzip", "", "gzip"),
        ("br;q=0, gzip;q=0.5", "", "gzip"),
        ("br", "csrftoken=1", None),
        ("br;q=0.000, identity", "", None),
        ("", "", None),
    ],
)
def test_packed_as_the_browser_can_unpack_it(accepted: str, cookie: str, packing: str | None) -> None:
    got = answer(HttpResponse(WORDS, headers={"ETag": '"one"'}), accepted, cookie)
    assert isinstance(got, HttpResponse)
    assert got.headers.get("Content-Encoding") == packing
    assert got.headers["Vary"] == "Accept-Encoding"
    assert got.headers["ETag"] == ('W/"one"' if packing else '"one"')
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packing]
    assert unpack(got.content).decode() == WORDS
    if packing:
        assert got.headers["Content-Length"] == str(len(got.content))
        assert len(got.content) < len(WORDS) / 4


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("Short."),
        HttpResponse(WORDS, content_type="image/jpeg"),
        HttpResponse(WORDS, content_type="application/pdf"),
        HttpResponse(WORDS, headers={"Content-Encoding": "zstd"}),
        StreamingHttpResponse([WORDS]),
        HttpResponse(status=304),
    ],
    ids=["short", "a picture", "paper", "packed already", "on its way", "had already"],
)
def test_left_as_it_is(response: HttpResponseBase) -> None:
    before = response.headers.get("Content-Encoding")
    assert answer(response, "br, gzip").headers.get("Content-Encoding") == before


def test_somebodys_own_page_is_not_always_as_long() -> None:
    lengths = {len(answer(HttpResponse(WORDS), "gzip", "a=b").content) for _ in range(40)}  # type: ignore[attr-defined]
    assert len(lengths) > 5


def test_a_browser_is_taken_at_its_word() -> None:
    assert takes("GZIP ; q=1.0", "gzip")
    assert not takes("xbr, br ;q=0.0", "br")
