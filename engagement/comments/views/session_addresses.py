"""The addresses of the screens about face-to-face sessions, below /staff/."""

from django.urls import path, re_path

from engagement.comments.views import entering, session_papers, sessions

_ONE = "face-to-face/<str:code>/"
SESSION_SCREENS = [
    path("face-to-face/", sessions.sessions, name="comments_sessions"),
    path("face-to-face/plan/", sessions.plan, name="comments_session_plan"),
    path("face-to-face/promises/", sessions.promises, name="comments_promises"),
    re_path(
        r"^face-to-face/promises/(?P<number>\d{1,9})/(?P<change>kept|not-kept|drop)/$",
        sessions.change_promise,
        name="comments_promise_change",
    ),
    path(_ONE, sessions.session, name="comments_session"),
    path(f"{_ONE}change/", sessions.plan, name="comments_session_change"),
    path(f"{_ONE}promise/", sessions.promised, name="comments_session_promise"),
    path(f"{_ONE}enter/", entering.enter, name="comments_session_enter"),
    path(f"{_ONE}file/", entering.upload, name="comments_session_file"),
    path(f"{_ONE}entries.csv", entering.download, name="comments_session_download"),
    re_path(
        r"^face-to-face/(?P<code>[\w-]{1,8})/(?P<sheet>map|stickers|writing-sheet)\.pdf$",
        session_papers.paper,
        name="comments_session_paper",
    ),
]
