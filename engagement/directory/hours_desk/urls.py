"""Staff addresses of hours, under the Wagtail admin."""

from django.urls import URLPattern, path

from engagement.directory.hours_desk import views

urlpatterns: list[URLPattern] = [
    path("directory/hours-in-words/", views.hours_in_words, name="directory_hours_in_words"),
    path("directory/hours-to-confirm/", views.to_confirm, name="directory_hours_to_confirm"),
    path("directory/hours-to-confirm/<int:pk>/take/", views.take, name="directory_take_hours"),
    path("directory/hours-to-confirm/<int:pk>/not-right/", views.not_right, name="directory_put_aside_hours"),
    path("directory/venues/<int:pk>/days/", views.days, name="directory_days"),
    path("directory/days/<int:pk>/undo/", views.undo_days, name="directory_undo_days"),
]
