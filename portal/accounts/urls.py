"""Public addresses of accounts: the door of an invitation, a resident's own page, and doors of allauth that are closed."""

from django.urls import path, re_path

from portal.accounts.views import doors, mine, people, welcome

urlpatterns = [
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("me/", mine.mine, name="me"),
    path("me/end/", mine.end, name="me_end"),
    path("accounts/login/code/", doors.ask_for_code, name="account_request_login_code"),
    path("accounts/back/", mine.back, name="back"),
    # An address is proven by an invitation or by a code, and nobody signs up by another way.
    *(path(f"accounts/{name}/", doors.closed) for name in ("signup", "email", "confirm-email", "password/set")),
    re_path(r"^accounts/confirm-email/.+$", doors.closed),
    # Wagtail's own forms of users and groups know no second administrator.
    re_path(r"^staff/(?:users|groups|bulk/accounts|bulk/auth)(?:/(?P<rest>.*))?$", people.instead),
]
