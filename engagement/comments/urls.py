"""Public addresses of this room."""

from django.urls import path, re_path

from engagement.comments.views import (
    alerts,
    feeds,
    hearing,
    leaving,
    open311,
    outcomes,
    reading,
    session_page,
    supporting,
    yours,
)

urlpatterns = [
    path("have-your-say/", reading.comments, name="comments"),
    path("have-your-say/add/", leaving.add, name="comment_add"),
    path("have-your-say/thanks/<str:reference>/", leaving.thanks, name="comment_thanks"),
    path("have-your-say/comments/<str:reference>/", reading.comment, name="comment"),
    path("have-your-say/agree/", supporting.agree, name="comment_agree"),
    path("have-your-say/comments/<str:reference>/hear/", hearing.hear, name="comment_hear"),
    path("have-your-say/hear/<str:token>/", hearing.confirm, name="comment_hear_confirm"),
    path("have-your-say/stop/<str:token>/", hearing.stop, name="comment_stop"),
    path("have-your-say/look-in-your-mail/", hearing.mail_sent, name="comment_mail_sent"),
    path("have-your-say/alerts/", alerts.ask, name="alerts"),
    path("have-your-say/alerts/confirm/<str:token>/", alerts.confirm, name="alert_confirm"),
    path("have-your-say/alerts/stop/<str:token>/", alerts.end, name="alert_end"),
    path("have-your-say/yours/<str:token>/", yours.yours, name="comment_yours"),
    path("have-your-say/yours/<str:token>/take-back/", yours.withdraw, name="comment_yours_withdraw"),
    path("have-your-say/yours/<str:token>/put-back/", yours.put_back, name="comment_yours_put_back"),
    path("have-your-say/yours/<str:token>/hide-name/", yours.hide_name, name="comment_yours_hide_name"),
    path("have-your-say/yours/<str:token>/add/", yours.add_words, name="comment_yours_add"),
    path("have-your-say/yours/<str:token>/hear/", yours.hear, name="comment_yours_hear"),
    path("have-your-say/at/<str:code>/", session_page.session_page, name="comment_session"),
    path("have-your-say/comments.geojson", feeds.geojson, name="comments_geojson"),
    path("have-your-say/comments.columns", feeds.columns, name="comments_columns"),
    path("have-your-say/comments.csv", feeds.csv, name="comments_csv"),
    path("have-your-say/comments.rss", feeds.rss, name="comments_rss"),
    path("have-your-say/area/<slug:slug>.geojson", feeds.area, name="comments_area"),
    path("you-said-we-did/", outcomes.you_said_we_did, name="you_said_we_did"),
    path("you-said-we-did/rss/", outcomes.rss, name="you_said_we_did_rss"),
    path("you-said-we-did/<int:number>/", outcomes.action, name="comment_action"),
    path("have-your-say/better/<str:token>/", outcomes.better, name="action_better"),
    re_path(r"^open311/v2/services(?:\.(?P<form>json|xml))?$", open311.service_list, name="open311_services"),
    re_path(
        r"^open311/v2/services/(?P<code>[\w-]{1,60}?)(?:\.(?P<form>json|xml))?$",
        open311.service_definition,
        name="open311_service",
    ),
    re_path(r"^open311/v2/requests(?:\.(?P<form>json|xml))?$", open311.request_list, name="open311_requests"),
    re_path(
        r"^open311/v2/requests/(?P<reference>[\w-]{1,20}?)(?:\.(?P<form>json|xml))?$",
        open311.one_request,
        name="open311_request",
    ),
]
