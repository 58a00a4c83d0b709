"""Packs the words of every answer that is not kept packed already, as the browser can unpack them."""

from collections.abc import Callable
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

# Pictures, PDFs and archives are packed in themselves; files on their way from the disk stay as they are.
PACKED_SORTS = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/xml",
    "application/rss+xml",
    "image/svg+xml",
)
LEAST = 200
# The slower settings would cost a person more time than the smaller answer saves.
BROTLI_LEVEL = 4
# Somebody's own page is lengthened by chance, so that nobody on the line learns from its length what stands in it.
MOST_CHANCE_BYTES = 100


class Packed:
    """Brotli for whoever carries no cookie; gzip, a little longer each time by chance, for everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _is_worth_packing(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        packing, body = _packed(response.content, request)
        if not packing or len(body) >= len(response.content):
            return response
        response.content = body
        response.headers["Content-Encoding"] = packing
        response.headers["Content-Length"] = str(len(body))
        if response.headers.get("ETag", "").startswith('"'):
            # The same words in other bytes.
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


def takes(accepted: str, packing: str) -> bool:
    """Whether a browser said that it unpacks this; `q=0` says that it does not."""
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == packing:
            return weight.replace(" ", "").rstrip("0").rstrip(".") not in {"q=", "q=0"}
    return False


@lru_cache(maxsize=200)
def best_packing(accepted: str) -> str:
    """How a browser likes words best: `br`, `gzip` or not at all."""
    return next((packing for packing in ("br", "gzip") if takes(accepted, packing)), "")


def _is_worth_packing(response: HttpResponse) -> bool:
    is_words = response.headers.get("Content-Type", "").startswith(PACKED_SORTS)
    return is_words and len(response.content) >= LEAST and not response.has_header("Content-Encoding")


def _packed(words: bytes, request: HttpRequest) -> tuple[str, bytes]:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if not request.META.get("HTTP_COOKIE") and takes(accepted, "br"):
        return "br", brotli.compress(words, mode=brotli.MODE_TEXT, quality=BROTLI_LEVEL)
    if takes(accepted, "gzip"):
        return "gzip", compress_string(words, max_random_bytes=MOST_CHANCE_BYTES)
    return "", words
