"""How people sign in: by allauth, with limits at every door, and how long a session of staff lasts."""

from portal.settings.environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
REQUIRE_MFA: bool = env.bool("REQUIRE_MFA", default=True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "portal.accounts.adapter.OurAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Residents come in by a code from a mail: three tries at it, and then a new one has to be asked for.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# No door takes a tenth guess in five minutes; what is counted by account ("key", "user") locks nobody else.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "30/5m/ip,5/5m/key",
    "login": "30/m/ip",
    "request_login_code": "20/5m/ip,2/5m/key",
    "reset_password": "20/5m/ip,3/5m/key",
    "reset_password_from_key": "9/5m/ip",
    "reauthenticate": "9/5m/user",
    "invitation": "9/5m/ip",
}
MFA_ADAPTER = "portal.accounts.adapter.OurSecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "9/5m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "login_webauthn": "portal.accounts.passkeys.SignIn",
    "authenticate_webauthn": "portal.accounts.passkeys.SecondStep",
    "reauthenticate_webauthn": "portal.accounts.passkeys.ShowAgain",
    "add_webauthn": "portal.accounts.passkeys.Add",
}
MFA_TOTP_ISSUER = "Together"
# Staff are asked again who they are after this long without a press, and after this long in any event.
STAFF_IDLE_MINUTES: int = env.int("STAFF_IDLE_MINUTES", default=15)
STAFF_HOURS: int = env.int("STAFF_HOURS", default=10)
INVITATION_DAYS: int = env.int("INVITATION_DAYS", default=7)
