"""What must hold before mail goes out: whoever sends it for us can tell us what became of it, and links to leave are safe."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from portal.emails.webhooks import can_prove_itself, provider_in_use

_SEE = "See “Mail” in docs/running.md."


def check_provider(app_configs: Any, **also: Any) -> list[CheckMessage]:
    """Without reports nobody hears of complaints and dead addresses; without a secret, anybody could make them up."""
    provider = provider_in_use()
    if provider is None or can_prove_itself(provider):
        return []
    words = f"Mail goes by {provider}, and what it tells us cannot be told from what a stranger makes up."
    hint = f"Set ANYMAIL_WEBHOOK_SECRET=name:password, or the key with which it signs. {_SEE}"
    return [Error(words, hint=hint, id="emails.E001")]


def check_links(app_configs: Any, **also: Any) -> list[CheckMessage]:
    """RFC 8058 asks for https in the header by which mail programs let readers leave."""
    if not settings.SECURE_SSL_REDIRECT or settings.BASE_URL.startswith("https://"):
        return []
    return [Error("BASE_URL does not begin with https://.", hint=f"Links to leave need it. {_SEE}", id="emails.E002")]
