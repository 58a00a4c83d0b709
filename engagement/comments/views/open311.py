"""Open311 GeoReport v2, to read: services, requests, and one request by its number."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.comments.models import PlaceComment, Theme
from engagement.comments.open311.asking import Asked, BadRequest, read_asked
from engagement.comments.open311.records import request_of, services
from engagement.comments.open311.writing import answer, definition, refusal
from portal.accounts.permissions import public
from portal.references import normalise_reference


@public
@require_safe
@cache_control(public=True, no_cache=True)
def service_list(request: HttpRequest, form: str = "json") -> HttpResponse:
    return answer("services", services(list(Theme.objects.active())), form)


@public
@require_safe
@cache_control(public=True, no_cache=True)
def service_definition(request: HttpRequest, code: str, form: str = "json") -> HttpResponse:
    if code not in {known["service_code"] for known in services(list(Theme.objects.active()))}:
        return refusal(404, "There is no service with this code.", form)
    return definition(code, form)


@public
@require_safe
@cache_control(public=True, no_cache=True)
def request_list(request: HttpRequest, form: str = "json") -> HttpResponse:
    """Published comments, newest first."""
    try:
        asked = read_asked(request.GET.dict())
    except BadRequest as problem:
        return refusal(400, str(problem), form)
    return _requests(asked, form)


@public
@require_safe
@cache_control(public=True, no_cache=True)
def one_request(request: HttpRequest, reference: str, form: str = "json") -> HttpResponse:
    """One comment; a hidden one and one that never was give the same answer."""
    found = PlaceComment.objects.for_other_programs(Asked(references=(normalise_reference(reference) or reference,)))
    if not found:
        return refusal(404, "There is no request with this number.", form)
    return answer("service_requests", map(request_of, found), form)


def _requests(asked: Asked, form: str) -> HttpResponse:
    found = PlaceComment.objects.for_other_programs(asked)[asked.first : asked.first + asked.page_size]
    return answer("service_requests", map(request_of, found), form)
