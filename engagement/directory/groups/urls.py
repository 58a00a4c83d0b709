"""Public addresses of the groups."""

from django.urls import path

from engagement.directory.groups import views

urlpatterns = [
    path("groups/", views.group_list, name="groups"),
    path("groups.geojson", views.groups_geojson, name="groups_geojson"),
    path("groups/<slug:slug>/", views.group, name="organisation"),
]
