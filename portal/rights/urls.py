"""Staff addresses of this room, under /staff/rights/."""

from django.urls import path, re_path

from portal.rights.views import doing, held, requests

app_name = "rights"
urlpatterns = [
    path("", requests.requests, name="requests"),
    path("new/", requests.write_down, name="write_down"),
    path("<str:reference>/", requests.one, name="request"),
    path("<str:reference>/change/<slug:name>/", requests.change, name="change"),
    path("<str:reference>/longer/", requests.longer, name="longer"),
    path("<str:reference>/note/", requests.add_note, name="note"),
    path("<str:reference>/look/", requests.look_for, name="look_for"),
    path("<str:reference>/held/", held.held, name="held"),
    re_path(r"^(?P<reference>[^/]+)/handed-out/(?P<form>file|paper)/$", held.handed_out, name="hand_out"),
    path("<str:reference>/erase/", doing.erase, name="erase"),
    path("<str:reference>/erased/", doing.certificate, name="certificate"),
    path("<str:reference>/<int:pk>/picture/", held.picture, name="picture"),
    path("<str:reference>/<int:pk>/whose/", requests.whose, name="whose"),
    path("<str:reference>/<int:pk>/put-right/", doing.put_right, name="put_right"),
    path("<str:reference>/<int:pk>/restrict/", doing.restrict, name="restrict"),
    path("<str:reference>/<int:pk>/lift/", doing.lift, name="lift"),
    path("<str:reference>/<int:pk>/stop-mail/", doing.stop_mail, name="stop_mail"),
    path("<str:reference>/<int:pk>/settled/", doing.settled, name="settled"),
]
