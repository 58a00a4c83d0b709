"""Addresses of what is kept how long."""

from django.urls import path

from portal.operations.keeping import views

app_name = "keeping"
urlpatterns = [
    path("", views.kept, name="kept"),
    path("soon/", views.soon, name="soon"),
    path("soon/<str:period>/<str:number>/", views.hold, name="hold"),
    path("held/<int:pk>/end/", views.end, name="end"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<int:pk>/", views.certificate, name="certificate"),
    path("certificates/<int:pk>/json/", views.certificate_json, name="certificate_json"),
]
