"""The builder's addresses, under /staff/insight/."""

from django.urls import path

from portal.insight.builder import views

app_name = "insight"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<int:pk>/", views.board, name="board"),
    path("<int:pk>/exact.pdf", views.board_pdf, name="board_pdf"),
    path("<int:pk>/draft.pdf", views.draft_pdf, name="draft_pdf"),
    path("<int:pk>/today/", views.changed, name="changed"),
]
