"""Staff addresses of this room, under /staff/referrals/."""

from django.urls import path

from selfreferral.views import queue, referral

app_name = "selfreferral_staff"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<str:reference>/", referral.detail, name="detail"),
    path("<str:reference>/claim/", queue.claim, name="claim"),
    path("<str:reference>/release/", referral.release, name="release"),
    path("<str:reference>/move/", referral.move, name="move"),
    path("<str:reference>/attempt/", referral.attempt, name="attempt"),
    path("<str:reference>/override/", referral.override, name="override"),
    path("<str:reference>/signpost/", referral.signpost, name="signpost"),
    path("<str:reference>/allocate/", referral.allocate, name="allocate"),
]
