"""How a browser is known that agreed."""

from django.http import HttpResponse
from django.test import RequestFactory

from engagement.comments.leaving.browsers import COOKIE, new_number, number_of, remember


def test_a_browser_carries_its_own_number_and_scripts_cannot_read_it() -> None:
    number, response = new_number(), HttpResponse()
    remember(response, number)
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = number
    assert number_of(request) == number


def test_what_is_no_number_of_ours_is_no_number() -> None:
    for odd in ("", "1", "x" * 5000, "' or 1=1 --' or 1=1 ---", new_number() + "\n"):
        request = RequestFactory().get("/")
        request.COOKIES[COOKIE] = odd
        assert number_of(request) == ""
    assert number_of(RequestFactory().get("/")) == ""
