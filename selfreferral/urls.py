"""Public addresses of this room: one says "get help", all that follow say nothing."""

from django.urls import path

from selfreferral.views import apply

app_name = "selfreferral"
urlpatterns = [
    path("get-help/", apply.start, name="start"),
    path("here/", apply.onward, name="onward"),
    path("here/<int:number>/", apply.step, name="step"),
    path("here/check/", apply.check, name="check"),
    path("here/sent/", apply.sent, name="sent"),
    path("here/good-to-know/", apply.good_to_know, name="good_to_know"),
    path("here/leave/", apply.leave, name="leave"),
]
