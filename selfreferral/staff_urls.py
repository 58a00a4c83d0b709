"""Staff addresses of this room, under /staff/referrals/."""

from django.urls import path, re_path

from selfreferral.deeds import DEEDS
from selfreferral.views import assessments, entering, exports, looks, papers, queue, referral, rounds, wording
from selfreferral.views.deeds import view_of

app_name = "selfreferral_staff"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("search/", queue.search, name="search"),
    path("numbers/", exports.numbers, name="numbers"),
    path("numbers/file/", exports.numbers_file, name="numbers_file"),
    path("people/", exports.people, name="people_file"),
    path("new/", entering.choose, name="entering"),
    re_path(r"^new/(?P<came_by>paper|phone)/$", entering.enter, name="enter"),
    path("new/<str:reference>/", entering.taken, name="taken"),
    path("new/<str:reference>/words/", entering.words, name="words"),
    path("looks/", looks.looks, name="looks"),
    path("looks/file/", looks.looks_file, name="looks_file"),
    path("looks/week/", looks.looks_week, name="looks_week"),
    path("surveys/", rounds.surveys, name="surveys"),
    path("surveys/<uuid:pk>/", rounds.survey, name="survey"),
    path("calls/", rounds.calls, name="calls"),
    path("calls/<uuid:pk>/", rounds.rung, name="rung"),
    path("calls/<uuid:pk>/tried/", rounds.tried, name="tried"),
    path("calls/<uuid:pk>/undo/", rounds.not_rung, name="not_rung"),
    path("sheet/", assessments.sheet, name="sheet"),
    path("<str:reference>/told/", looks.told_to_the_person, name="told"),
    path("questions/", wording.wordings, name="wordings"),
    path("questions/<slug:key>/", wording.wording, name="wording"),
    path("<str:reference>/", referral.detail, name="detail"),
    path("<str:reference>/claim/", queue.claim, name="claim"),
    path("<str:reference>/print/", papers.printed, name="printed"),
    path("<str:reference>/assess/", assessments.page, name="assess"),
    path("<str:reference>/assess/code/", assessments.code, name="assess_code"),
    path("<str:reference>/assess/here/", assessments.hand_over, name="assess_here"),
    path("<str:reference>/held/", papers.given, name="given"),
    *(path(f"<str:reference>/{deed.form.name}/", view_of(deed), name=deed.form.name) for deed in DEEDS),
]
