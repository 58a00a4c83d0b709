"""Public addresses of this room: one says "get help", all that follow say nothing."""

from django.urls import path

from selfreferral.views import apply, paper, pathway, returning, stages, surveys

app_name = "selfreferral"
urlpatterns = [
    path("get-help/", apply.start, name="start"),
    path("get-help/paper.pdf", paper.paper, name="paper"),
    path("get-help/pathway/", pathway.pathway, name="pathway"),
    path("here/", apply.onward, name="onward"),
    path("here/<int:number>/", apply.step, name="step"),
    path("here/check/", apply.check, name="check"),
    path("here/sent/", apply.sent, name="sent"),
    path("here/closed/", apply.closed, name="closed"),
    path("here/good-to-know/", apply.good_to_know, name="good_to_know"),
    path("here/words/", returning.words, name="words"),
    path("here/return/", returning.come, name="return"),
    path("here/yours/", returning.yours, name="yours"),
    path("here/yours/say/", returning.speak, name="yours_say"),
    path("here/yours/ways/", returning.narrow, name="yours_narrow"),
    path("here/yours/stop/", returning.cease, name="yours_stop"),
    path("here/yours/again/", returning.resume, name="yours_again"),
    path("here/how/", stages.how, name="how"),
    path("here/how/numbers/", stages.stages, name="stages"),
    path("here/how/thanks/", stages.said, name="said"),
    path("here/leave/", apply.leave, name="leave"),
    path("survey/<slug:token>/", surveys.survey, name="survey"),
    path("survey/<slug:token>/call/", surveys.call, name="survey_call"),
]
