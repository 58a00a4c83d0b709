"""Staff addresses of this room, under /staff/referrals/."""

from django.urls import path

from selfreferral.deeds import DEEDS
from selfreferral.views import exports, queue, referral
from selfreferral.views.deeds import view_of

app_name = "selfreferral_staff"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("numbers/", exports.numbers, name="numbers"),
    path("numbers/file/", exports.numbers_file, name="numbers_file"),
    path("people/", exports.people, name="people_file"),
    path("<str:reference>/", referral.detail, name="detail"),
    path("<str:reference>/claim/", queue.claim, name="claim"),
    *(path(f"<str:reference>/{deed.form.name}/", view_of(deed), name=deed.form.name) for deed in DEEDS),
]
