"""Public pages that every site has."""

from django.urls import path

from portal.pages import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("map/outline.geojson", views.outline, name="map_outline"),
    path("map/places.json", views.places, name="map_places"),
    path("found-a-weakness/", views.found_a_weakness, name="found_a_weakness"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
