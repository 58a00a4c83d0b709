"""Forms of passkeys that refuse what no browser would send, where the library's own would break."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

# What the library lets through from an answer of another shape.
NOT_AN_ANSWER = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class Sturdy:
    """Mix in before a form: an answer that cannot be read is a wrong one."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NOT_AN_ANSWER as wrong:
            raise get_adapter().validation_error("incorrect_code") from wrong


class SignIn(Sturdy, LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class SecondStep(Sturdy, AuthenticateWebAuthnForm):
    """A key after the password."""


class ShowAgain(Sturdy, ReauthenticateWebAuthnForm):
    """A key before a step that matters."""


class Add(AddWebAuthnForm):
    """A new key."""

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except NOT_AN_ANSWER as wrong:
            raise get_adapter().validation_error("incorrect_code") from wrong
