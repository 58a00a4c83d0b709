"""Staff addresses of sessions, under the Wagtail admin's."""

from django.urls import path

from engagement.directory.sessions_desk import views

urlpatterns = [
    path("directory/sessions/", views.sessions_this_week, name="directory_sessions"),
    path("directory/sessions/<int:pk>/cancel/", views.cancel, name="directory_cancel_session"),
    path("directory/sessions/<int:pk>/move/", views.move, name="directory_move_session"),
    path("directory/sessions/<int:pk>/note/", views.note, name="directory_note_session"),
    path("directory/sessions/<int:pk>/restore/", views.restore, name="directory_restore_session"),
    path("directory/sessions/<int:pk>/on/<str:on>/", views.one_session, name="directory_session"),
    path("directory/activities/<int:pk>/dates/", views.dates, name="directory_dates"),
    path("directory/activities/<int:pk>/off/", views.cancel_days, name="directory_cancel_days"),
    path("directory/activities/<int:pk>/on-again/", views.restore_days, name="directory_restore_days"),
]
