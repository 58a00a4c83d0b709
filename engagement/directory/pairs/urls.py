"""Staff addresses of the pairs."""

from django.urls import path

from engagement.directory.pairs import views

staff_urlpatterns = [
    path("directory/pairs/", views.pairs, name="directory_pairs"),
    path("directory/pairs/find/", views.find, name="directory_find_pairs"),
    path("directory/pairs/<int:pk>/", views.pair, name="directory_pair"),
    path("directory/pairs/<int:pk>/undo/", views.undo, name="directory_undo_pair"),
]
