"""Staff addresses of hours, under the Wagtail admin."""

from django.urls import URLPattern, path

from engagement.directory.views import hours

urlpatterns: list[URLPattern] = [
    path("directory/hours-in-words/", hours.hours_in_words, name="directory_hours_in_words"),
    path("directory/hours-to-confirm/", hours.to_confirm, name="directory_hours_to_confirm"),
    path("directory/hours-to-confirm/<int:pk>/take/", hours.take, name="directory_take_hours"),
    path("directory/hours-to-confirm/<int:pk>/not-right/", hours.not_right, name="directory_put_aside_hours"),
    path("directory/venues/<int:pk>/days/", hours.days, name="directory_days"),
    path("directory/days/<int:pk>/undo/", hours.undo_days, name="directory_undo_days"),
    path("directory/days/<int:pk>/sessions/", hours.sessions_of_days, name="directory_days_sessions"),
]
