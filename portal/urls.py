"""The URL map on one screen; Wagtail's catch-all comes last."""

from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import serve as document

from portal.accounts.permissions import public
from portal.emails.webhooks import DOORS
from portal.pages.alone import alone
from portal.pages.pictures import picture

handler400 = "portal.pages.errors.unreadable"
handler403 = "portal.pages.errors.refused"
handler404 = "portal.pages.errors.not_found"
handler500 = "portal.pages.errors.broken"

to_sign_in = public(RedirectView.as_view(url=reverse_lazy("account_login"), query_string=True))
to_sign_out = public(RedirectView.as_view(url=reverse_lazy("account_logout")))

urlpatterns = [
    path("", include("portal.operations.urls")),
    path("", include("portal.pages.urls")),
    path("", include("engagement.directory.urls")),
    path("", include("engagement.comments.urls")),
    path("", include("selfreferral.urls")),
    path("", include("newsletter.urls")),
    path("", include("portal.insight.urls")),
    # Where mail providers tell what became of our mails; each proves itself by a secret or a signature.
    *(path(f"webhooks/mail/{provider}/", public(door), name=f"mail_{provider}") for provider, door in DOORS.items()),
    path("", include("portal.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    # Wagtail's own doors would pass by allauth's limits and second factor.
    path("staff/login/", to_sign_in),
    path("staff/password_reset/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("staff/logout/", to_sign_out),
    path("staff/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:document_filename>", public(alone(document))),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", public(alone(picture))),
    path("", include(wagtail_urls)),
]
