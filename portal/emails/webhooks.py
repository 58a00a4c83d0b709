"""The door at which a mail provider tells what became of our mails: open to the provider in use, once it can prove itself."""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import anymail.webhooks
from anymail.exceptions import AnymailConfigurationError, AnymailError
from anymail.signals import tracking
from anymail.utils import get_anymail_setting
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

_BACKENDS = "anymail.backends."
# Providers that sign what they tell, with the settings (without ANYMAIL_) of which one is enough to check it.
_SIGNING_KEYS: dict[str, tuple[str, ...]] = {
    "mailersend": ("MAILERSEND_SIGNING_SECRET",),
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY", "MAILGUN_API_KEY"),
    "mailtrap": ("MAILTRAP_SIGNING_SECRET",),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
    "resend": ("RESEND_SIGNING_SECRET",),
    "sendgrid": ("SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY",),
    "unisender_go": ("UNISENDER_GO_API_KEY",),
}
# A provider signs with these, and we cannot check it without them, secret or not.
_NEEDED_KEYS = {"mailersend", "mailgun", "mandrill", "postal", "unisender_go"}
# What comes of words that are no report: anymail reads them as they come.
_RUBBISH = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError, AnymailError,
    # A report for another door, such as a mail that somebody wrote to us.
    AnymailConfigurationError,
)  # fmt: skip


def provider_in_use() -> str | None:
    """The mail provider by anymail's name for it ("mailgun"); None with SMTP, files and tests."""
    name = settings.EMAIL_BACKEND.removeprefix(_BACKENDS).split(".")[0]
    return name if settings.EMAIL_BACKEND.startswith(_BACKENDS) and name in _PROVIDERS else None


def can_prove_itself(provider: str) -> bool:
    """Whether what comes in this provider's name can be told from what a stranger sends."""
    has_key = any(get_anymail_setting(key.lower(), default="") for key in _SIGNING_KEYS.get(provider, ()))
    return has_key or (provider not in _NEEDED_KEYS and bool(get_anymail_setting("webhook_secret", default="")))


class Honest:
    """Says plainly what it will not take, and takes a report whole or not at all: a provider then tells it again."""

    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.basic_auth and not request.headers.get("Authorization"):
            return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="mail"'})
        try:
            self.run_validators(request)
            events = self.parse_events(request)
        except SuspiciousOperation:
            raise
        except _RUBBISH:
            return HttpResponse("This is not a report about our mail.\n", status=400, content_type="text/plain")
        with transaction.atomic():
            for event in events:
                self.signal.send(sender=self.__class__, event=event, esp_name=self.esp_name)
        return HttpResponse()


_PROVIDERS = frozenset(one.name for one in pkgutil.iter_modules(anymail.webhooks.__path__)) - {"base"}


@cache
def _view(provider: str) -> Callable[..., HttpResponseBase]:
    """Anymail's view of one provider, made honest; looked up when it is asked, for one of them takes 13 MB."""
    known = vars(import_module(f"anymail.webhooks.{provider}")).values()
    views: list[Any] = [one for one in known if isinstance(one, type) and issubclass(one, AnymailBaseWebhookView)]
    # Mandrill has one door for all that it tells.
    view_class = next(one for one in views if one.signal is tracking or "Combined" in one.__name__)
    honest: Any = type(f"Honest{view_class.__name__}", (Honest, view_class), {})
    made: Callable[..., HttpResponseBase] = honest.as_view()
    return made


def _door(provider: str) -> Callable[..., HttpResponseBase]:
    @csrf_exempt
    def door(request: HttpRequest) -> HttpResponseBase:
        if provider != provider_in_use() or not can_prove_itself(provider):
            raise Http404
        return _view(provider)(request)

    return door


# By the provider's name; who may come in is asked behind each, so to the portal's own table of addresses they are public.
DOORS: dict[str, Callable[..., HttpResponseBase]] = {provider: _door(provider) for provider in sorted(_PROVIDERS)}
