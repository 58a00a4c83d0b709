"""Public addresses of the newspaper that are not pages; they stand before Wagtail's, so no issue can hide them."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from newsletter.feeds import IssueFeed
from newsletter.printing.short_links import UNSEEN
from newsletter.views import choosing, leaving, printed, sharing, subscribing
from portal.accounts.permissions import public

urlpatterns = [
    path("news/rss/", public(require_safe(IssueFeed())), name="newsletter_feed"),
    path("news/subscribe/", subscribing.subscribe, name="newsletter_subscribe"),
    path("news/subscribe/look-in-your-mail/", subscribing.look_in_your_mail, name="newsletter_asked"),
    path("news/subscribe/we-will-look/", subscribing.we_will_look, name="newsletter_asked_for_post"),
    path("news/confirm/<str:token>/", subscribing.confirm, name="newsletter_confirm"),
    path("news/<slug:slug>.png", sharing.card, name="newsletter_card"),
    path("news/<str:slug>.pdf", printed.issue_pdf, name="newsletter_pdf"),
    path("q/<str:code>/", printed.follow, name="newsletter_short_link"),
    # The same as it is copied from a PDF or typed in capitals.
    re_path(rf"^{UNSEEN}[qQ]{UNSEEN}/(?P<code>[^/]+)/?$", printed.follow),
    path("news/u/<str:token>/", leaving.leave, name="newsletter_leave"),
    path("news/preferences/<str:token>/", choosing.preferences, name="newsletter_preferences"),
]
