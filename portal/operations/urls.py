"""Addresses a machine asks: is it alive, is it ready, how is it."""

from django.urls import path

from portal.operations import views
from portal.operations.health.views import metrics

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
