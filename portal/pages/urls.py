"""Public pages that every site has."""

from django.urls import path

from portal.pages import sitemap, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("map/outline.geojson", views.outline, name="map_outline"),
    path("map/places.json", views.places, name="map_places"),
    path("found-a-weakness/", views.found_a_weakness, name="found_a_weakness"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/rooms.xml", sitemap.rooms, name="sitemap_rooms"),
    path("sitemap/<slug:name>-<int:number>.xml", sitemap.one_list, name="sitemap_list"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
