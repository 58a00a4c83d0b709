"""Public addresses of this room."""

from django.urls import path

from engagement.comments.views import feeds, leaving, reading

urlpatterns = [
    path("have-your-say/", reading.comments, name="comments"),
    path("have-your-say/add/", leaving.add, name="comment_add"),
    path("have-your-say/thanks/<str:reference>/", leaving.thanks, name="comment_thanks"),
    path("have-your-say/comments/<str:reference>/", reading.comment, name="comment"),
    path("have-your-say/comments.geojson", feeds.geojson, name="comments_geojson"),
    path("have-your-say/comments.rss", feeds.rss, name="comments_rss"),
    path("have-your-say/area/<slug:slug>.geojson", feeds.area, name="comments_area"),
    path("you-said-we-did/", reading.you_said_we_did, name="you_said_we_did"),
    path("you-said-we-did/<int:number>/", reading.action, name="comment_action"),
]
