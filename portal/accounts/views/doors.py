"""Doors of allauth that are ours in part: the asking for a code, and those that are closed."""

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django.http import Http404, HttpRequest, HttpResponse

from portal.accounts.actions.residents import account_for_code
from portal.accounts.permissions import public


class AskForCode(RequestLoginCodeView):
    """A resident asks for a code; the answer is the same for every address, known, new or of staff."""

    def form_valid(self, form: Any) -> HttpResponse:
        form._user = account_for_code(address=form.cleaned_data["email"])
        answer: HttpResponse = super().form_valid(form)
        return answer


ask_for_code = public(AskForCode.as_view())


@public
def closed(request: HttpRequest, **names: str) -> HttpResponse:
    """Nobody makes or changes an account here."""
    raise Http404
