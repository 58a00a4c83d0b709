"""Public addresses of the groups."""

from django.urls import path

from engagement.directory.groups import staff, views

urlpatterns = [
    path("groups/", views.group_list, name="groups"),
    path("groups.geojson", views.groups_geojson, name="groups_geojson"),
    path("groups/<slug:slug>/", views.group, name="organisation"),
]

staff_urlpatterns = [
    path("directory/strengths/", staff.strengths, name="directory_strengths"),
    path("directory/strengths.csv", staff.strengths_csv, name="directory_strengths_csv"),
    path("directory/strengths/<int:pk>/heard/", staff.heard, name="directory_heard"),
]
