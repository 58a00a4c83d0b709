"""The answer to a link that leads to nobody: false, cut short, or the example in an editor's test."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

EXAMPLE = "example"


def no_such_link(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "newsletter/old_link.html", {"is_example": token == EXAMPLE}, status=404)
