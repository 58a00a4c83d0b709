"""Public addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from engagement.directory.views import entries, warm_spaces, whats_on

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("engagement.directory.feeds.urls")),
    path("warm-spaces/", warm_spaces.warm_space_list, name="warm_spaces"),
    path("warm-spaces.geojson", warm_spaces.warm_spaces_geojson, name="warm_spaces_geojson"),
    path("whats-on/", whats_on.whats_on, name="whats_on"),
    path("whats-on.geojson", whats_on.whats_on_geojson, name="whats_on_geojson"),
    path("venues/<slug:slug>/", entries.venue, name="venue"),
    path("activities/<slug:slug>/", entries.activity, name="activity"),
    path("", include("engagement.directory.groups.urls")),
    path("", include("engagement.directory.open_referral.urls")),
    path("", include("engagement.directory.listening.urls")),
    path("", include("engagement.directory.keeping.urls")),
]
