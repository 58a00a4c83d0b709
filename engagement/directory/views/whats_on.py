"""What is on: day by day, and the same as points for the map."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.directory.lists.asking import SessionsForm
from engagement.directory.lists.programme import Programme
from engagement.directory.views.map_data import map_answer
from portal import clock
from portal.accounts.permissions import public
from portal.pages.kept_pages import kept_page
from portal.paging import in_words


@public
@kept_page
@require_safe
def whats_on(request: HttpRequest) -> HttpResponse:
    form = SessionsForm(request.GET)
    programme = Programme(form.wanted, clock.now())
    page = programme.page(request.GET)
    context = {
        "form": form,
        "programme": programme,
        "page": page,
        "count": in_words(programme.count),
        "links": form.links(programme.further),
        "unscheduled": [] if page.after else programme.unscheduled(),
    }
    return render(request, "directory/whats_on.html", context)


@public
@require_safe
def whats_on_geojson(request: HttpRequest) -> JsonResponse:
    """The points of the list, with the same filters; `bbox=west,south,east,north` and `zoom` ask for what a map shows."""
    return map_answer(request, Programme(SessionsForm(request.GET).wanted, clock.now()).on_the_map)
