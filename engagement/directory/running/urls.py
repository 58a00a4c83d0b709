"""Staff addresses of sessions, under the Wagtail admin's."""

from django.urls import path

from engagement.directory.views import sessions

urlpatterns = [
    path("directory/sessions/", sessions.sessions_this_week, name="directory_sessions"),
    path("directory/sessions/<int:pk>/cancel/", sessions.cancel, name="directory_cancel_session"),
    path("directory/sessions/<int:pk>/move/", sessions.move, name="directory_move_session"),
    path("directory/sessions/<int:pk>/note/", sessions.note, name="directory_note_session"),
    path("directory/sessions/<int:pk>/restore/", sessions.restore, name="directory_restore_session"),
    path("directory/sessions/<int:pk>/on/<str:on>/", sessions.one_session, name="directory_session"),
    path("directory/activities/<int:pk>/dates/", sessions.dates, name="directory_dates"),
    path("directory/activities/<int:pk>/off/", sessions.cancel_days, name="directory_cancel_days"),
    path("directory/activities/<int:pk>/on-again/", sessions.restore_days, name="directory_restore_days"),
]
