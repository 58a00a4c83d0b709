"""The form on paper, for everybody to print or to take along."""

import hashlib
import json

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.pages.context import site
from portal.pdf import typeset
from selfreferral.models import QuestionWording
from selfreferral.questions.paper import SIZES, form_values
from selfreferral.views.privately import privately

KEPT_FOR = 24 * 60 * 60


@privately
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """A PDF with a name that says nothing, plain or as `?print=large`."""
    print_size = request.GET.get("print", "")
    if print_size not in SIZES:
        raise Http404
    here = site(request)
    urgent_help = here["urgent_help"]
    values = form_values(
        pages=QuestionWording.objects.asked_now(),
        print_size=print_size,
        identity=here["identity"],
        numbers=[(line.value["label"], line.value["phone"], line.value["detail"]) for line in urgent_help.lines],
        checked_on=urgent_help.checked_on,
    )
    # A blank form holds nobody's words; it is set anew when any word of it changes.
    key = f"paper:{hashlib.sha256(json.dumps(values).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        content = typeset("paper/form", values)
        cache.set(key, content, KEPT_FOR)
    name = f"form{'-large' if print_size else ''}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
