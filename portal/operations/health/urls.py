"""Staff addresses of health."""

from django.urls import path

from portal.operations.health import views

app_name = "health"
urlpatterns = [
    path("", views.page, name="page"),
    path("go-on/<int:pk>/", views.go_on, name="go_on"),
    path("set-aside/", views.decide_aside, name="decide_aside"),
]
