"""Public addresses of this room; they come before the activities' own, whose names they never take."""

from django.urls import path

from engagement.directory.listening import views

urlpatterns = [
    path("activities/<slug:slug>/tell-me/", views.ask, name="listen"),
    path("tell-me/look-in-your-mail/", views.mail_sent, name="listen_mail_sent"),
    path("tell-me/yes/<str:token>/", views.confirm, name="listen_confirm"),
    path("tell-me/stop/<str:token>/", views.end, name="listen_end"),
]
