"""Public pages that are not written by editors: search, privacy, cookies, accessibility and the map's outline."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.accounts.permissions import public, staff_view
from portal.emails.links import absolute
from portal.forms import PlainField, PublicForm
from portal.geo.models import Area, NamedPlace
from portal.pages.cookies import COOKIES
from portal.pages.gallery import sample
from portal.pages.kept_pages import kept_page
from portal.pages.search import find
from portal.privacy.declarations import personal_data_held

LONGEST_QUERY = 100
SECURITY_TXT_HOLDS = timedelta(days=180)


class SearchForm(PublicForm):
    """Words to look for."""

    query = PlainField(label="Search", required=False, max_length=LONGEST_QUERY, widget=forms.TextInput)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    query = form.cleaned_data["query"] if form.is_valid() else ""
    return render(request, "pages/search.html", {"form": form, "query": query, "results": find(query) if query else []})


@public
@kept_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    declarations = [
        {
            "what": what,
            "purpose": declared.purpose,
            "kept": declared.kept_in_words,
            "erased": declared.erased,
        }
        for what, declared in personal_data_held()
    ]
    return render(request, "pages/privacy.html", {"declarations": declarations})


@public
@kept_page
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/cookies.html", {"cookies": COOKIES})


@public
@kept_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public
@require_safe
@cache_control(public=True, max_age=3600)
def outline(request: HttpRequest) -> JsonResponse:
    """The partnership's own area, or every area where none is marked as its own."""
    areas = Area.objects.home() or Area.objects.all()
    return JsonResponse({"type": "FeatureCollection", "features": [area.as_feature for area in areas]})


@public
@require_safe
@cache_control(public=True, max_age=3600)
def places(request: HttpRequest) -> JsonResponse:
    """Named places with a point, so that a pin can be told by the place nearest to it."""
    listed = NamedPlace.objects.listed().with_a_point()
    return JsonResponse({"places": list(listed.values("name", "latitude", "longitude"))})


@staff_view("pages.view_components")
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/components.html", {"sample": sample()})


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It is written anew at each asking, so its end lies always ahead."""
    context = {
        "expires": (timezone.now() + SECURITY_TXT_HOLDS).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "canonical": absolute(reverse("security_txt")),
        "policy": absolute(reverse("found_a_weakness")),
    }
    return render(request, "pages/security.txt", context, content_type="text/plain; charset=utf-8")


@public
@kept_page
@require_safe
def found_a_weakness(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/found_a_weakness.html")
